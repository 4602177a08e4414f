import { describe, expect, it } from 'vitest';
import { fromLocalInput, toLocalInput } from './local-time.ts';

describe('times as they are written in Sweden', () => {
  it('takes winter and summer for what they are', () => {
    expect(fromLocalInput('2026-11-22T03:00')).toBe('2026-11-22T03:00:00+01:00');
    expect(fromLocalInput('2026-07-01T03:00')).toBe('2026-07-01T03:00:00+02:00');
    expect(fromLocalInput('2026-11-22 3.05')).toBe('2026-11-22T03:05:00+01:00');
    for (const not of [
      '',
      'i natt',
      '2026-13-01 03:00',
      '11/22/2026 03:00',
      '2026-02-30 03:00',
      '2026-04-31 03:00',
    ])
      expect(fromLocalInput(not)).toBeNull();
  });

  it('takes the first of the hour that comes twice, and the hour after the one that is not there', () => {
    expect(fromLocalInput('2026-10-25T02:30')).toBe('2026-10-25T02:30:00+02:00');
    expect(fromLocalInput('2026-10-25T03:30')).toBe('2026-10-25T03:30:00+01:00');
    expect(fromLocalInput('2026-03-29T02:30')).toBe('2026-03-29T03:30:00+02:00');
  });

  it('gives back what it was given', () => {
    for (const value of ['2026-11-22 03:00', '2026-03-29 01:59', '2026-10-25 04:00']) {
      expect(toLocalInput(new Date(fromLocalInput(value) ?? ''))).toBe(value);
    }
  });
});
