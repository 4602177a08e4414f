/**
 * A calendar file (iCalendar, RFC 5545). Text in, text out: what may stand in it is the gate's to say, see
 * main/core/export-calendar.ts.
 */

export interface CalendarEvent {
  /** The same for the same deadline each time, so that a calendar that reads it again moves the event. */
  readonly uid: string;
  readonly summary: string;
  readonly description: string | null;
  /** A point in time, ISO 8601, or a whole day, "2026-06-22". */
  readonly at: { readonly instant: string } | { readonly day: string };
  /** How long before it the calendar is to tell of it, in hours; none where it is empty. */
  readonly alarms: readonly number[];
}

/** RFC 5545 3.1: lines are at most 75 octets, without the line break. */
const LONGEST_LINE = 75;

/** @param made ISO 8601: when the file was made */
export function calendarText(events: readonly CalendarEvent[], made: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sigill//Frister//SV',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...events.flatMap((event) => eventLines(event, made)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function eventLines({ uid, summary, description, at, alarms }: CalendarEvent, made: string): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${utc(made)}`,
    'day' in at ? `DTSTART;VALUE=DATE:${at.day.replaceAll('-', '')}` : `DTSTART:${utc(at.instant)}`,
    `SUMMARY:${escapeText(summary)}`,
    ...(description === null ? [] : [`DESCRIPTION:${escapeText(description)}`]),
    'CLASS:CONFIDENTIAL',
    // It takes up no time: nobody is busy because something is due.
    'TRANSP:TRANSPARENT',
    ...alarms
      .filter((hours) => willRing(at, hours, made))
      .flatMap((hours) => [
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        `DESCRIPTION:${escapeText(summary)}`,
        `TRIGGER:-PT${hours}H`,
        'END:VALARM',
      ]),
    'END:VEVENT',
  ];
}

/** An alarm that would have rung already rings at once in many a calendar, for each event of last year. */
function willRing(at: CalendarEvent['at'], hours: number, made: string): boolean {
  const begins = Date.parse('day' in at ? `${at.day}T00:00:00Z` : at.instant);
  return begins - hours * 60 * 60 * 1000 > Date.parse(made);
}

/** "20261123T020000Z": in UTC, which needs no description of a time zone. */
function utc(instant: string): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** RFC 5545 3.3.11. Other control characters have no place in a text, and are taken away. */
function escapeText(text: string): string {
  return text
    .replace(/\r\n|\r/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n');
}

/** Breaks a line after at most 75 octets, never inside a character; what follows begins with a space. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const length = Buffer.byteLength(character, 'utf8');
    if (octets + length > LONGEST_LINE) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += length;
  }
  return [...parts, part].join('\r\n');
}
