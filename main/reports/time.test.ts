import { describe, expect, it } from 'vitest';
import { formatShortTime, formatTime } from './time.ts';

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
