import { EARLIEST_YEAR } from './happened.ts';

/** Times as a person writes them: Swedish time, whatever the computer is set to. */

const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** Minutes that Swedish time is ahead of UTC at an instant. */
function offsetMinutes(at: Date): number {
  const asUtc = Date.parse(`${parts.format(at).replace(' ', 'T')}Z`);
  return Math.round((asUtc - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
}

/** "2026-11-22 03:00": an instant as it is written in Sweden, whatever the computer is set to; with `vintertid` in the second
 *  of the two hours that are called the same in autumn, so that it is read back as what it was. */
export function toLocalInput(at: Date): string {
  const isSecond = offsetMinutes(at) === 60 && offsetMinutes(new Date(at.getTime() - HOUR)) === 120;
  return `${parts.format(at).slice(0, 16)}${isSecond ? ` ${WINTER}` : ''}`;
}

const HOUR = 3_600_000;
const SUMMER = 'sommartid';
const WINTER = 'vintertid';
const WRITTEN = new RegExp(
  String.raw`^\s*(\d{4}-\d{2}-\d{2})[ T](\d{1,2})[:.](\d{2})(?:\s+(${SUMMER}|${WINTER}))?\s*$`,
  'i',
);

/** Why what is written is no time: its form, a day that is not in the calendar, and so on. */
export type TimeFault = 'form' | 'date' | 'clock' | 'year' | 'skipped' | 'season';

/** What a person wrote, read. */
export type WrittenTime =
  | {
      /** ISO 8601 with offset. */
      readonly at: string;
      /** It came twice that night, and nothing written says which: the first is taken. */
      readonly isUnclear: boolean;
    }
  | { readonly fault: TimeFault };

/**
 * Reads what a person wrote as Swedish time. The hour that comes twice in autumn is the first one, where `vintertid` is not
 * written after it; the hour that is not there in spring is no time.
 */
export function readLocalInput(value: string): WrittenTime {
  const [, date = '', hour, minute, season] = WRITTEN.exec(value) ?? [];
  if (hour === undefined) return { fault: 'form' };
  const day = Date.parse(`${date}T00:00Z`);
  // 30 February is read as 2 March: a day that is not in the calendar is no day.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return { fault: 'date' };
  if (Number(date.slice(0, 4)) < EARLIEST_YEAR) return { fault: 'year' };
  if (Number(hour) > 23 || Number(minute) > 59) return { fault: 'clock' };
  const asUtc = day + Number(hour) * HOUR + Number(minute) * 60_000;
  const found = [120, 60].filter((minutes) => offsetMinutes(new Date(asUtc - minutes * 60_000)) === minutes);
  const [first] = found;
  if (first === undefined) return { fault: 'skipped' };
  const wanted = season === undefined ? first : season.toLowerCase() === SUMMER ? 120 : 60;
  if (!found.includes(wanted)) return { fault: 'season' };
  const local = new Date(asUtc).toISOString().slice(0, 19);
  return {
    at: `${local}+${String(wanted / 60).padStart(2, '0')}:00`,
    isUnclear: found.length > 1 && season === undefined,
  };
}
