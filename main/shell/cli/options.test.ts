import { describe, expect, it } from 'vitest';
import { timeOf, writtenTime } from './options.ts';

describe('a time in a command', () => {
  const now = new Date('2026-11-27T02:11:00Z');

  it('is Swedish time where it has no offset, whatever the machine is set to', () => {
    expect(timeOf('2026-11-27T03:05', now)).toBe('2026-11-27T02:05:00.000Z');
    expect(timeOf('2026-07-01 03:05', now)).toBe('2026-07-01T01:05:00.000Z');
    expect(timeOf('2026-11-27T02:05Z', now)).toBe('2026-11-27T02:05:00.000Z');
    expect(writtenTime('2026-11-27T03:05:30+02:00')).toBe('2026-11-27T03:05:30+02:00');
    expect(timeOf(undefined, now)).toBe(now.toISOString());
  });

  it('is refused where it is none, or came twice', () => {
    for (const none of ['i går', '2026-11-27', '2026-02-30T10:00', '2026-13-01T10:00Z', '2026-03-29T02:30'])
      expect(() => writtenTime(none)).toThrow(/svensk tid/);
    expect(() => writtenTime('2026-10-25T02:30', '--due')).toThrow(/två gånger.*\(--due\)/);
  });
});
