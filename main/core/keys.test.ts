import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { WrittenComparison } from '../../shared/domain/key-comparison.ts';
import { openpgp } from '../keys/openpgp-config.ts';
import { findOwnKey, listKeys, type StoredKey } from '../keys/repository.ts';
import { loadRulePack } from '../rules/load.ts';
import { casePath, makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { verifyAudit } from './audit.ts';
import { dispatch, type Dispatched } from './dispatch.ts';
import { importIncidentFiles } from './import-incidents.ts';
import { createOwn, extendOwn, importRecipientKey, ownRevocationSheet } from './keys.ts';
import { byEmail } from './ways-out.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
const CALLED: WrittenComparison = {
  first: 'Eva Lind',
  second: 'Bo Ask',
  way: 'telefon',
  phone: '010-240 40 40',
  note: 'vakthavande',
};

let test: TestVault;
let vault: Vault;
let kalix: IncidentId;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open']);
  [kalix] = importIncidentFiles(vault, rules, [casePath('kalix-2021')]) as [IncidentId];
});
afterAll(() => {
  expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  vault.close();
  test.remove();
});

const keysOf = (role: StoredKey['role']): StoredKey[] =>
  listKeys(vault.requireRoom('open').store).filter((key) => key.role === role && key.retiredAt === null);
const actions = (): unknown[] =>
  vault
    .requireRoom('open')
    .store.database.prepare('SELECT action FROM audit_entry ORDER BY seq')
    .pluck()
    .all();

function send(out: string): Promise<Dispatched> {
  const order = { incidentId: kalix, formId: 'kommun-slutrapport', version: 'full', draft: false } as const;
  const decision = { reason: 'Prövat', decidedBy: null };
  return dispatch(vault, rules, { ...order, out: join(test.root, out), decision }, byEmail(vault, rules, []));
}

async function makeRecipient(aeadProtect: boolean): Promise<Buffer> {
  const { publicKey } = await openpgp.generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'CERT', email: 'cert@exempel.se' }],
    date: new Date(Date.now() - 60_000),
    format: 'object',
    config: { aeadProtect },
  });
  return Buffer.from(publicKey.armor());
}

describe('the own key', () => {
  it('is made with an end, which can be moved with the same fingerprint; the audit tells', async () => {
    const fingerprint = await createOwn(vault, { email: 'vi@exempel.se', years: 1 });
    expect(Date.parse(keysOf('own')[0]?.expiresAt ?? '')).toBeGreaterThan(vault.now().getTime());
    const extended = await extendOwn(vault, 3);
    expect(extended.fingerprint).toBe(fingerprint);
    expect(keysOf('own')).toMatchObject([{ fingerprint, expiresAt: extended.expiresAt }]);
    const secret = findOwnKey(vault.requireRoom('open').store);
    expect((await openpgp.readPrivateKey({ armoredKey: secret?.armoredPrivate ?? '' })).isDecrypted()).toBe(
      true,
    );
    expect(actions().slice(-2)).toEqual(['key.own-created', 'key.own-extended']);
    expect((await extendOwn(vault, null)).expiresAt).toBeNull();
  });

  it('has its revocation on a sheet, without a trace but the row that says so', async () => {
    const pdf = await ownRevocationSheet(vault);
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect(actions().at(-1)).toBe('key.revocation-made');
  });
});

describe("a recipient's key", () => {
  it('that asks for more than GnuPG reads gets what everybody reads, and that is said', async () => {
    await importRecipientKey(vault, await makeRecipient(true), CALLED);
    const { remarks } = await send('nyare');
    expect(remarks.join(' ')).toMatch(/SEIPDv2.*GnuPG inte läser/);
  });

  it('keeps both persons and the number when a newer copy comes in, and half a comparison is refused', async () => {
    const armored = Buffer.from(keysOf('recipient')[0]?.armored ?? '');
    await importRecipientKey(vault, armored, null);
    const { first, second, phone, note } = CALLED;
    expect(keysOf('recipient')).toMatchObject([
      { verifiedBy: first, verifiedSecond: second, verifiedPhone: phone, verifiedHow: note },
    ]);
    await expect(importRecipientKey(vault, armored, { ...CALLED, second: null })).rejects.toMatchObject({
      kind: 'usage',
    });
    await importRecipientKey(vault, armored, { ...CALLED, first: 'Cia', way: 'mote' });
    expect(keysOf('recipient')).toMatchObject([{ verifiedBy: 'Cia', verifiedPhone: null }]);
  });
});
