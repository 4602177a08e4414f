import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openSession } from '../core/open-session.ts';
import { verifyAudit } from '../core/audit.ts';
import { loadRulePack } from '../rules/load.ts';
import { shareNothing } from '../testing/made-once.ts';
import { makeTestVault, USER, type TestVault } from '../testing/vault.ts';
import { makeRecoveryCode, readRecoveryCode } from './recovery-code.ts';
import { listUnprovenRecovery, proveRecovery } from './recovery-proof.ts';
import type { RecoverySheet } from './recovery-sheet.ts';

vi.mock(import('./key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);
/** What was printed: the codes stand nowhere else. */
const codes = vi.hoisted(() => ({ open: '', protected: '' }));
vi.mock(import('./recovery-sheet.ts'), () => ({
  async recoverySheet({ room, code }: RecoverySheet) {
    codes[room] = code;
    return new Uint8Array([37]);
  },
}));

let test: TestVault;
beforeAll(async () => {
  // The codes are caught while they are printed: the vault must be made here.
  shareNothing();
  test = await makeTestVault();
});
afterAll(() => test.remove());

it('of a new vault are both unproven, and each is proven by its own code only, with a row in the audit', async () => {
  const vault = await test.open(['open', 'protected']);
  expect(listUnprovenRecovery(vault)).toEqual(['open', 'protected']);
  await expect(proveRecovery(vault, 'open', readRecoveryCode(codes.protected))).rejects.toMatchObject({
    kind: 'unlock',
    message: expect.stringMatching(/öppnar inte.*kuvertet.*Inget är ändrat/) as string,
  });
  await expect(proveRecovery(vault, 'open', makeRecoveryCode().secret)).rejects.toMatchObject({
    kind: 'unlock',
  });
  expect(listUnprovenRecovery(vault)).toEqual(['open', 'protected']);

  const secret = readRecoveryCode(codes.open);
  await proveRecovery(vault, 'open', secret);
  expect([...secret].every((byte) => byte === 0)).toBe(true);
  expect(listUnprovenRecovery(vault)).toEqual(['protected']);
  // The room is open as whom it was.
  expect(vault.requireRoom('open').actor.name).toBe(USER);
  expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  vault.close();
});

it('is also proven by unlocking with it, and stays so; of a locked room nothing is said', async () => {
  const vault = await test.open(['protected']);
  expect(listUnprovenRecovery(vault)).toEqual(['protected']);
  vault.close();
  const secrets = { protected: { kind: 'recovery', code: codes.protected } } as const;
  const byCode = await openSession({ folder: test.folder, userName: null, secrets }, loadRulePack());
  byCode.close();
  const later = await test.open(['open', 'protected']);
  expect(listUnprovenRecovery(later)).toEqual([]);
  later.close();
});
