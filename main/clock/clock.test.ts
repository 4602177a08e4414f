import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draftWith, importOne } from '../testing/incidents.ts';
import { changeState } from '../incidents/service.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { ClockGuard, clockStatus, confirmClock } from './clock.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const HOUR = 3_600_000;
let test: TestVault;
let vault: Vault;
let guard: ClockGuard;
let wall: number;
let ticks: number;

beforeEach(async () => {
  // The vault's first rows are written by the real clock.
  wall = Date.now() + HOUR;
  ticks = 0;
  test = await makeTestVault();
  vault = await test.open(['open', 'protected'], () => new Date(wall));
  guard = new ClockGuard(
    () => new Date(wall),
    () => ticks,
  );
});
afterEach(() => {
  vault.close();
  test.remove();
});

/** Time goes by, and the clock shows it, or something else. */
const pass = (ms: number, shown = ms): void => {
  ticks += ms;
  wall += shown;
};
const status = () => clockStatus(vault, guard);
const confirm = () => confirmClock(vault, guard, { method: 'Fröken Ur', offsetSeconds: 3 });
const jumps = (room: 'open' | 'protected'): number =>
  (
    vault
      .requireRoom(room)
      .store.database.prepare("SELECT count(*) AS n FROM audit_entry WHERE action = 'clock.jump'")
      .get() as { n: number }
  ).n;

describe('the clock', () => {
  it('is to be confirmed before it is trusted, and says by whom and how', () => {
    expect(status()).toMatchObject({ isConfirmed: false, reason: 'never', confirmed: null });
    expect(confirm()).toMatchObject({
      isConfirmed: true,
      reason: null,
      confirmed: { by: USER, method: 'Fröken Ur', offsetSeconds: 3, at: new Date(wall).toISOString() },
    });
  });

  it('is confirmed for a day while something is going on, and longer while nothing is', () => {
    confirm();
    pass(25 * HOUR);
    expect(status().isConfirmed).toBe(true);
    const id = importOne(vault, draftWith({}));
    expect(status()).toMatchObject({ isConfirmed: false, reason: 'old' });
    changeState(vault, id, 'closed');
    expect(status().isConfirmed).toBe(true);
  });

  it.each([
    ['ahead', 10 * 60_000],
    ['back', -10 * 60_000],
  ])('that jumps %s is doubted and audited once in both rooms, until it is confirmed', (_name, by) => {
    confirm();
    pass(60_000, 60_000 + by);
    expect(status()).toMatchObject({ isConfirmed: false, reason: 'jump', jumpSeconds: by / 1000 });
    pass(60_000);
    expect(status()).toMatchObject({ isConfirmed: false, reason: 'jump' });
    expect([jumps('open'), jumps('protected')]).toEqual([1, 1]);
    pass(60_000);
    expect(confirm().isConfirmed).toBe(true);
    pass(60_000);
    expect(status().isConfirmed).toBe(true);
  });

  it('that drifts a little is let be', () => {
    confirm();
    for (let minute = 0; minute < 120; minute += 1) {
      pass(60_000, 60_010);
      expect(status().isConfirmed).toBe(true);
    }
    expect(jumps('open')).toBe(0);
  });

  it('that shows a time before the last thing done is doubted, also in a session of its own', () => {
    confirm();
    wall -= 2 * HOUR;
    expect(clockStatus(vault, null)).toMatchObject({
      isConfirmed: false,
      reason: 'behind',
      jumpSeconds: -7200,
    });
    expect([jumps('open'), jumps('protected')]).toEqual([1, 1]);
    expect(clockStatus(vault, null).reason).toBe('behind');
    expect(jumps('open')).toBe(1);
    expect(confirmClock(vault, null, { method: 'radioklocka', offsetSeconds: 0 }).isConfirmed).toBe(true);
  });

  it('is confirmed in the rooms that are unlocked, and the latest word counts', async () => {
    vault.lockRoom('protected');
    confirm();
    await vault.unlock('protected', USER, Buffer.from(PASSPHRASES.protected));
    expect(status().isConfirmed).toBe(true);
    vault.lockRoom('open');
    expect(status()).toMatchObject({ isConfirmed: false, reason: 'never' });
  });

  it.each([
    ['', 0],
    ['   ', 0],
    ['x'.repeat(201), 0],
    ['Fröken Ur', 1.5],
    ['Fröken Ur', 86_401],
    ['Fröken Ur', Number.NaN],
  ])('is not confirmed by %j and %d', (method, offsetSeconds) => {
    expect(() => confirmClock(vault, guard, { method, offsetSeconds })).toThrow(
      expect.objectContaining({ kind: 'usage' }) as Error,
    );
    expect(status().confirmed).toBeNull();
  });
});
