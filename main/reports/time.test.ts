import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatShortTime, formatTime, instantOf, parseShownTime } from './time.ts';

describe('times in Swedish', () => {
  it('shows no more precision than was given', () => {
    const at = '2024-01-20T06:00:00+01:00';
    expect(formatTime(at, 'exact')).toBe('20 januari 2024 kl. 06.00, svensk tid');
    expect(formatTime(at, 'estimated')).toBe('20 januari 2024 kl. 06.00 (uppskattad), svensk tid');
    expect(formatTime(at, 'hour')).toBe('20 januari 2024 kl. 06, svensk tid');
    expect(formatTime(at, 'day')).toBe('20 januari 2024');
    expect(formatShortTime(at, 'exact')).toBe('20 januari 2024 kl. 06.00');
  });

  it('shows the Swedish day and clock of a time written elsewhere', () => {
    expect(formatTime('2026-06-30T23:30:00Z', 'exact')).toBe('1 juli 2026 kl. 01.30, svensk tid');
    expect(formatTime('2026-06-30T23:30:00Z', 'day')).toBe('1 juli 2026');
  });

  it('tells the two 02.30 of the night when summer time ends apart', () => {
    expect(formatTime('2026-10-25T02:30:00+02:00', 'exact')).toBe(
      '25 oktober 2026 kl. 02.30, svensk sommartid (UTC+2)',
    );
    expect(formatShortTime('2026-10-25T02:30:00+01:00', 'estimated')).toBe(
      '25 oktober 2026 kl. 02.30 (uppskattad), svensk normaltid (UTC+1)',
    );
    expect(formatTime('2026-10-25T03:00:00+01:00', 'exact')).toBe('25 oktober 2026 kl. 03.00, svensk tid');
    expect(formatTime('2026-03-29T03:00:00+02:00', 'exact')).toBe('29 mars 2026 kl. 03.00, svensk tid');
  });

  it('refuses what is not a time', () => {
    expect(() => formatTime('i går', 'exact')).toThrow(RangeError);
  });
});

describe('a time that has been shown, as a moment again', () => {
  const MINUTE_MS = 60_000;
  const minutes = fc
    .integer({ min: Date.UTC(2020, 0) / MINUTE_MS, max: Date.UTC(2041, 0) / MINUTE_MS })
    .map((minute) => new Date(minute * MINUTE_MS).toISOString());

  it('is the same to the minute, any time of any year', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom('exact', 'estimated'), (at, precision) => {
        expect(parseShownTime(formatTime(at, precision))).toBe(at.replace('.000Z', 'Z'));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['2026-10-25T00:30:00Z', 'exact'],
    ['2026-10-25T01:30:00Z', 'exact'],
    ['2026-10-25T00:00:00Z', 'hour'],
    ['2026-10-25T01:00:00Z', 'hour'],
    ['2026-03-29T01:00:00Z', 'exact'],
  ] as const)('%s (%s), where the clock is turned', (at, precision) => {
    expect(parseShownTime(formatTime(at, precision))).toBe(at);
  });

  it('is none where only the day is known, or where it is another text', () => {
    expect(parseShownTime(formatTime('2026-11-20T10:00:00Z', 'day'))).toBeNull();
    for (const text of ['', 'igår', '31 februari 2026 kl. 10.00, svensk tid', '1 brumaire 2026 kl. 10.00'])
      expect(parseShownTime(text)).toBeNull();
  });

  it('written by hand is Swedish time or has its own offset, and must be one moment', () => {
    expect(instantOf('2026-11-22T12:00', 'reject')).toBe('2026-11-22T11:00:00Z');
    expect(instantOf('2026-07-01T08:00:00+02:00', 'reject')).toBe('2026-07-01T06:00:00Z');
    expect(instantOf('2026-10-25T02:30', 'reject')).toBeNull();
    expect(instantOf('2026-03-29T02:30', 'reject')).toBeNull();
  });
});
