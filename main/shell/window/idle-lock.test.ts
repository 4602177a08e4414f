import { describe, expect, it } from 'vitest';
import { IdleLock } from './idle-lock.ts';

/** An idle lock of two minutes with a clock of its own, and what it did. */
function watched(systemIdleSeconds?: () => number) {
  let now = 1_000_000;
  const did: string[] = [];
  const idle = new IdleLock({
    idleLockMinutes: () => 2,
    warn: (seconds) => did.push(`warn ${seconds}`),
    lock: (reason) => did.push(`lock: ${reason}`),
    now: () => now,
    ...(systemIdleSeconds ? { systemIdleSeconds } : {}),
  });
  const pass = (seconds: number): void => {
    for (let second = 0; second < seconds; second += 1) {
      now += 1000;
      idle.tick();
    }
  };
  return { idle, did, pass, jump: (seconds: number) => (now += seconds * 1000) };
}

describe('IdleLock', () => {
  it('warns for a minute, says now, gives time for drafts, and locks', () => {
    const { did, pass } = watched();
    pass(59);
    expect(did).toEqual([]);
    pass(61);
    expect(did[0]).toBe('warn 60');
    expect(did.at(-1)).toBe('warn 0');
    pass(2);
    expect(did.at(-1)).toBe('lock: Ingen har använt Sigill på en stund.');
  });

  it('takes the warning back when somebody does something', () => {
    const { idle, did, pass } = watched();
    pass(70);
    idle.active();
    pass(1);
    expect(did.at(-1)).toBe('warn null');
    pass(50);
    expect(did.at(-1)).toBe('warn null');
  });

  it('does not lock again and again while nobody is there', () => {
    const { idle, did, pass } = watched();
    pass(1000);
    expect(did.filter((line) => line.startsWith('lock'))).toHaveLength(1);
    idle.active();
    pass(200);
    expect(did.filter((line) => line.startsWith('lock'))).toHaveLength(2);
  });

  it('locks when the computer has slept or its clock was moved, either way', () => {
    for (const jump of [3600, -3600]) {
      const { did, pass, jump: move } = watched();
      pass(5);
      move(jump);
      pass(1);
      expect(did).toEqual(['lock: Datorn har varit i vila.']);
    }
  });

  it('goes by the idle time of the whole computer where that is known', () => {
    let seconds = 0;
    const { did, pass } = watched(() => seconds);
    pass(500);
    expect(did).toEqual([]);
    seconds = 120;
    pass(3);
    expect(did).toEqual(['warn 0', 'lock: Ingen har använt Sigill på en stund.']);
  });
});
