import { describe, expect, it } from 'vitest';
import { countdownTo, nextTick } from './countdown.ts';

const left = (due: string, now: string) => countdownTo(due, new Date(now));

describe('a countdown', () => {
  it('is in days and hours, hours and minutes, and at the last in seconds', () => {
    expect(left('2026-11-25T12:00:00Z', '2026-11-22T08:00:00Z').text).toBe('3 d 4 h');
    expect(left('2026-11-22T12:10:00Z', '2026-11-22T10:00:00Z').text).toBe('2 h 10 min');
    expect(left('2026-11-22T11:00:00Z', '2026-11-22T10:00:00Z').text).toBe('1 h 0 min');
    expect(left('2026-11-22T10:00:00Z', '2026-11-08T11:00:00Z').text).toBe('13 d 23 h');
    expect(left('2026-11-22T10:00:00Z', '2021-12-13T08:00:00Z').text).toMatch(/^1\s805 d$/);
    expect(left('2026-11-22T10:42:10Z', '2026-11-22T10:00:00Z').text).toBe('42 min 10 s');
  });

  it('is of elapsed time over midnight and when the clock is changed', () => {
    expect(left('2026-03-29T05:00:00+02:00', '2026-03-28T22:00:00+01:00').text).toBe('6 h 0 min');
    expect(left('2026-10-25T13:00:00+01:00', '2026-10-24T14:00:00+02:00').text).toBe('1 d 0 h');
    expect(left('2026-11-23T05:10:00+01:00', '2026-11-22T23:10:00+01:00').text).toBe('6 h 0 min');
  });

  it('says how late it is, from the very moment', () => {
    expect(left('2026-11-22T10:00:00Z', '2026-11-22T12:10:59Z')).toEqual({
      isLate: true,
      text: '2 h 10 min',
    });
    expect(left('2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z').isLate).toBe(true);
    expect(left('2026-11-22T10:00:00Z', '2026-11-22T09:59:59Z')).toEqual({
      isLate: false,
      text: '0 min 1 s',
    });
  });
});

it('ticks with the minute, and with the second in the last hour', () => {
  const now = new Date('2026-11-22T10:00:20.250Z');
  expect(nextTick(['2026-11-23T10:00:00Z'], now)).toBe(39_750);
  expect(nextTick([], now)).toBe(39_750);
  expect(nextTick(['2026-11-22T09:00:00Z'], now)).toBe(39_750);
  expect(nextTick(['2026-11-23T10:00:00Z', '2026-11-22T10:30:00Z'], now)).toBe(750);
});
