import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { calendarText, type CalendarEvent } from './calendar.ts';

/** Read back by Mozilla's parser, which knows nothing of ours. */
const MADE = '2026-11-22T12:00:00.000Z';
const event = (change: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'a1@sigill.invalid',
  summary: 'Frist: K7M2-9QXA-4D1F',
  description: null,
  at: { instant: '2026-11-24T02:00:00Z' },
  alarms: [24, 2],
  ...change,
});
function read(text: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  expect(calendar.getFirstPropertyValue('prodid')).toContain('Sigill');
  return calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
}

describe('a calendar file', () => {
  it('is read back as it was meant: id, text, point in time in UTC, alarms', () => {
    const [one] = read(calendarText([event()], MADE));
    expect(one?.uid).toBe('a1@sigill.invalid');
    expect(one?.summary).toBe('Frist: K7M2-9QXA-4D1F');
    expect(one?.description).toBeNull();
    expect(one?.startDate.toString()).toBe('2026-11-24T02:00:00Z');
    expect(one?.startDate.toJSDate().toISOString()).toBe('2026-11-24T02:00:00.000Z');
    expect(String(one?.component.getFirstPropertyValue('dtstamp'))).toBe('2026-11-22T12:00:00Z');
    const alarms = one?.component.getAllSubcomponents('valarm') ?? [];
    expect(alarms.map((alarm) => String(alarm.getFirstPropertyValue('trigger')))).toEqual([
      '-PT24H',
      '-PT2H',
    ]);
  });

  it('has no alarm that would have rung already', () => {
    const triggers = (instant: string): string[] =>
      read(calendarText([event({ at: { instant } })], MADE)).flatMap((one) =>
        one.component
          .getAllSubcomponents('valarm')
          .map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
      );
    expect(triggers('2026-11-23T02:00:00Z')).toEqual(['-PT2H']);
    expect(triggers('2024-11-23T02:00:00Z')).toEqual([]);
  });

  it('has a whole day as a day', () => {
    const [one] = read(calendarText([event({ at: { day: '2026-06-22' } })], MADE));
    expect(one?.startDate.isDate).toBe(true);
    expect(one?.startDate.toString()).toBe('2026-06-22');
  });

  it('is lines of at most 75 octets that end with CR LF, and no other line breaks', () => {
    const long = `Länsstyrelsen, åäö; \\ "n" 😀 ${'å'.repeat(300)}\nrad två`;
    const text = calendarText([event({ summary: long, description: long })], MADE);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line, 'utf8')).toBeLessThanOrEqual(75);
    const [one] = read(text);
    expect([one?.summary, one?.description]).toEqual([long, long]);
  });

  it('is read back whatever stands in it, and nothing in it begins a line of its own', () => {
    const words = fc
      .string({ unit: 'grapheme', maxLength: 200 })
      .map((text) => text.replace(/\p{Cc}/gu, '\n'));
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), (summaries) => {
        const events = summaries.map((summary, index) =>
          event({
            uid: `u${index}@sigill.invalid`,
            summary: `x${summary}\nEND:VEVENT`,
            description: `y${summary}`,
          }),
        );
        const back = read(calendarText(events, MADE));
        expect(back.map(({ summary }) => summary)).toEqual(events.map(({ summary }) => summary));
        expect(back.map(({ description }) => description)).toEqual(events.map((one) => one.description));
      }),
    );
  });
});
