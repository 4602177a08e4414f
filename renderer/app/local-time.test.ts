import { describe, expect, it } from 'vitest';
import { fromLocalInput, readLocalInput, toLocalInput } from './local-time.ts';

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

  it('takes the first of the hour that comes twice, says so, and the second where it is asked for', () => {
    expect(readLocalInput('2026-10-25 02:30')).toEqual({ at: '2026-10-25T02:30:00+02:00', isUnclear: true });
    expect(readLocalInput('2026-10-25 02:30 Vintertid')).toEqual({
      at: '2026-10-25T02:30:00+01:00',
      isUnclear: false,
    });
    expect(readLocalInput('2026-10-25 02:30 sommartid')).toMatchObject({ isUnclear: false });
    expect(readLocalInput('2026-10-25 03:30')).toEqual({ at: '2026-10-25T03:30:00+01:00', isUnclear: false });
  });

  it('says why what is written is no time', () => {
    expect(readLocalInput('2026-03-29 02:30')).toEqual({ fault: 'skipped' });
    expect(readLocalInput('2026-03-29 03:00')).toEqual({ at: '2026-03-29T03:00:00+02:00', isUnclear: false });
    expect(readLocalInput('2026-02-31 02:30')).toEqual({ fault: 'date' });
    expect(readLocalInput('2026-13-01 02:30')).toEqual({ fault: 'date' });
    expect(readLocalInput('2026-11-22 24:00')).toEqual({ fault: 'clock' });
    expect(readLocalInput('2026-11-22 12:60')).toEqual({ fault: 'clock' });
    expect(readLocalInput('0226-11-22 12:00')).toEqual({ fault: 'year' });
    expect(readLocalInput('2026-11-22 12:00 sommartid')).toEqual({ fault: 'season' });
    expect(readLocalInput('i natt')).toEqual({ fault: 'form' });
  });

  it('gives back what it was given', () => {
    for (const value of [
      '2026-11-22 03:00',
      '2026-03-29 01:59',
      '2026-10-25 02:30',
      '2026-10-25 02:30 vintertid',
      '2026-10-25 04:00',
    ]) {
      expect(toLocalInput(new Date(fromLocalInput(value) ?? ''))).toBe(value);
    }
  });
});
