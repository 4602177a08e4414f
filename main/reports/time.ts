import { Temporal } from 'temporal-polyfill';
import type { TimePrecision } from '../../shared/domain/incident.ts';

const ZONE = 'Europe/Stockholm';
const HOUR = 3_600_000;

const date = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function clockParts(instant: number): { hour: string; minute: string } {
  const parts = new Map(clock.formatToParts(instant).map((part) => [part.type, part.value]));
  return { hour: parts.get('hour') ?? '', minute: parts.get('minute') ?? '' };
}

function milliseconds(at: string): number {
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) throw new RangeError('A time is an ISO 8601 instant with an offset.');
  return instant;
}

function sameReading(one: number, other: number): boolean {
  const [first, second] = [clockParts(one), clockParts(other)];
  return (
    first.hour === second.hour && first.minute === second.minute && date.format(one) === date.format(other)
  );
}

/**
 * The night when summer time ends, the hour from 02.00 to 03.00 is lived through twice, and "02.30" names two
 * moments. A report with a six hour limit must say which.
 */
function zoneName(instant: number): string {
  if (sameReading(instant, instant + HOUR)) return 'svensk sommartid (UTC+2)';
  if (sameReading(instant, instant - HOUR)) return 'svensk normaltid (UTC+1)';
  return 'svensk tid';
}

/**
 * "20 januari 2024 kl. 06.00 (uppskattad)", "16 december 2021 kl. 03", "23 augusti 2025": the day and the clock in
 * Sweden, with no more precision than was given. Of a repeated hour it says which, otherwise no zone.
 * @throws RangeError where `at` is not an ISO 8601 instant
 */
export function formatShortTime(at: string, precision: TimePrecision): string {
  const instant = milliseconds(at);
  const day = date.format(instant);
  if (precision === 'day') return day;
  const { hour, minute } = clockParts(instant);
  const zone = zoneName(instant);
  const reading = precision === 'hour' ? hour : `${hour}.${minute}`;
  const estimated = precision === 'estimated' ? ' (uppskattad)' : '';
  return `${day} kl. ${reading}${estimated}${zone === 'svensk tid' ? '' : `, ${zone}`}`;
}

/**
 * As `formatShortTime`, always with its zone, so that the answer can be read out or copied on its own:
 * "20 januari 2024 kl. 06.00 (uppskattad), svensk tid".
 * @throws RangeError where `at` is not an ISO 8601 instant
 */
export function formatTime(at: string, precision: TimePrecision): string {
  const short = formatShortTime(at, precision);
  return precision === 'day' || zoneName(milliseconds(at)) !== 'svensk tid' ? short : `${short}, svensk tid`;
}

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', month: 'long' }).format(Date.UTC(2026, month, 15)),
);
const SHOWN =
  /^(\d{1,2})\s(\p{L}+)\s(\d{4})\skl\.\s(\d{2})(?:\.(\d{2}))?(?: \(uppskattad\))?(?:, svensk (?:tid|(sommartid|normaltid) \(UTC\+[12]\)))?$/u;

/**
 * The moment that {@link formatTime} has shown, to the minute, or to the hour where no more was given: a report holds its
 * times as text, and a machine asks for them as moments.
 * @returns an ISO 8601 instant in UTC, `2024-01-20T05:00:00Z`; null where only the day is known, or where it is another text
 */
export function parseShownTime(text: string): string | null {
  const [, day = '', name = '', year = '', hour = '', minute = '00', season] = SHOWN.exec(text) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  if (month === 0) return null;
  return instantOf(
    `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}T${hour}:${minute}`,
    // Of the repeated hour the first is summer time.
    season === 'normaltid' ? 'later' : 'earlier',
  );
}

/**
 * @param local Swedish local time, `2026-11-25T14:30`, or an instant with an offset
 * @param which of the two moments, where summer time ends and the clock shows the same twice; `reject`: neither
 * @returns an ISO 8601 instant in UTC without fractions; null where it is no moment
 */
export function instantOf(local: string, which: 'earlier' | 'later' | 'reject'): string | null {
  try {
    const instant = /(?:Z|[+-]\d{2}:\d{2})$/.test(local)
      ? Temporal.Instant.from(local)
      : Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE, { disambiguation: which }).toInstant();
    return instant.toString({ smallestUnit: 'second' });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
