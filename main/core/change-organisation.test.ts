import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { changeOrganisation } from './organisation.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
});
afterAll(() => {
  vault.close();
  test.remove();
});

it('what is changed of the organisation holds at once, in both rooms, for the next report', () => {
  changeOrganisation(vault, { phone: '010-123 45 67' });
  for (const { organisation } of vault.unlockedRooms()) expect(organisation.phone).toBe('010-123 45 67');
});
