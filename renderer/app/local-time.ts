const ZONE = 'Europe/Stockholm';
const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** Minutes that Swedish time is ahead of UTC at an instant. */
function offsetMinutes(at: Date): number {
  const asUtc = Date.parse(`${parts.format(at).replace(' ', 'T')}Z`);
  return Math.round((asUtc - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
}

/** "2026-11-22 03:00": an instant as it is written in Sweden, whatever the computer is set to. */
export function toLocalInput(at: Date): string {
  return parts.format(at).slice(0, 16);
}

const WRITTEN = /^\s*(\d{4}-\d{2}-\d{2})[ T](\d{1,2})[:.](\d{2})\s*$/;

/**
 * Reads what a person wrote as Swedish time. In the hour that comes twice in autumn it is the first one; in the hour that is
 * not there in spring, the hour after.
 * @returns ISO 8601 with offset, or null where no time is written
 */
export function fromLocalInput(value: string): string | null {
  const [, date, hour, minute] = WRITTEN.exec(value) ?? [];
  const asUtc = Date.parse(`${date}T${hour?.padStart(2, '0')}:${minute}Z`);
  // 30 February is read as 2 March: a day that is not in the calendar is no day.
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 10) !== date) return null;
  const summer = asUtc - 120 * 60_000;
  const offset = offsetMinutes(new Date(summer)) === 120 ? 120 : 60;
  const at = new Date(asUtc - offset * 60_000);
  const shown = offsetMinutes(at);
  const local = new Date(at.getTime() + shown * 60_000).toISOString().slice(0, 19);
  return `${local}+${String(Math.floor(shown / 60)).padStart(2, '0')}:00`;
}

/** Today's date in Sweden: 2026-11-22. */
export function today(): string {
  return toLocalInput(new Date()).slice(0, 10);
}
