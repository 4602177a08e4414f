import type { TimePrecision } from './incident.ts';

/** How far two clocks that both are held for right may differ: what another has told may lie this far ahead. */
const TOLERANCE_MINUTES = 5;

/** No it-incident is older, nor any paper about one: an earlier year is one that was mistyped (0226 for 2026). */
export const EARLIEST_YEAR = 1970;

const swedishDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', dateStyle: 'short' });

/**
 * True where a time is later than now, as exactly as it is known: a day is not later before the day is, nor is an hour.
 * Only for what is told to have happened; what is planned lies ahead by its nature.
 * @param at ISO 8601 with offset
 */
function isAhead(at: string, precision: TimePrecision, now: Date): boolean {
  const latest = new Date(now.getTime() + TOLERANCE_MINUTES * 60_000);
  if (precision === 'day') return swedishDay.format(new Date(at)) > swedishDay.format(latest);
  if (precision === 'hour') return Math.floor(Date.parse(at) / 3_600_000) > latest.getTime() / 3_600_000;
  return Date.parse(at) > latest.getTime();
}

/** What is wrong with a time that is told to have happened, or null. @param at ISO 8601 with offset */
export function happenedFault(at: string, precision: TimePrecision, now: Date): 'ahead' | 'too-early' | null {
  if (isAhead(at, precision, now)) return 'ahead';
  return Number(swedishDay.format(new Date(at)).split('-')[0]) < EARLIEST_YEAR ? 'too-early' : null;
}
