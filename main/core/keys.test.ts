import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { WrittenComparison } from '../../shared/domain/key-comparison.ts';
import { openpgp } from '../keys/openpgp-config.ts';
import { extendOwnKey } from '../keys/own-life.ts';
import { createOwnKey } from '../keys/own.ts';
import { findOwnKey, listKeys, type StoredKey } from '../keys/repository.ts';
import { loadRulePack } from '../rules/load.ts';
import { casePath, makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { verifyAudit } from './audit.ts';
import { dispatch, type Dispatched } from './dispatch.ts';
import { importIncidentFiles } from './import-incidents.ts';
import { bindKey } from '../addresses/service.ts';
import { distrustRecipientKey } from './distrust-key.ts';
import {
  createOwn,
  extendOwn,
  importOwn,
  importRecipientKey,
  ownRevocationSheet,
  verifyRecipientKey,
} from './keys.ts';
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

function send(out: string, to: string | null = null): Promise<Dispatched> {
  const order = { incidentId: kalix, formId: 'kommun-slutrapport', version: 'full', draft: false } as const;
  const decision = { reason: 'Prövat', decidedBy: null };
  return dispatch(
    vault,
    rules,
    { ...order, out: join(test.root, out), decision },
    byEmail(vault, rules, to === null ? [] : [to]),
  );
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

  it('is sent a letter that is not from the address of the own key, and that is said', async () => {
    const { remarks } = await send('annan-avsandare');
    expect(remarks.join(' ')).toMatch(
      /avsändaren prov@example\.se, men er egen nyckel gäller vi@exempel\.se\./,
    );
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

  it('that is taken out of use is sent nothing, is chosen for no address, and says who and why; the comparison is kept', async () => {
    const fingerprint = keysOf('recipient')[0]?.fingerprint ?? '';
    const chosen = { recipient: 'cert-se-rapport', address: 'epost', fingerprint, reason: 'per telefon' };
    bindKey(vault, rules, chosen);
    distrustRecipientKey(vault, { fingerprint, reason: 'Mottagarens kort är borta' });
    const actor = vault.requireRoom('open').actor.name;
    const distrusted = { distrustedBy: actor, distrustReason: 'Mottagarens kort är borta', verifiedAt: null };
    expect(keysOf('recipient')).toMatchObject([{ ...distrusted, distrustedAt: expect.any(String) }]);
    for (const key of [null, fingerprint]) {
      await expect(send('ur-bruk', key)).rejects.toMatchObject({
        kind: 'policy',
        message: expect.stringMatching(/Mottagarens kort är borta/),
      });
    }
    expect(() => bindKey(vault, rules, chosen)).toThrow(/inte i bruk/);
    expect(actions()).toContain('key.distrusted');
    const kept = vault
      .requireRoom('open')
      .store.database.prepare('SELECT verified_by, verified_second FROM key_distrust')
      .all();
    expect(kept).toEqual([{ verified_by: 'Cia', verified_second: 'Bo Ask' }]);
  });

  it('that is out of use stays so through a newer copy, and is used again when two have compared it', async () => {
    const [key] = keysOf('recipient');
    const fingerprint = key?.fingerprint ?? '';
    await importRecipientKey(vault, Buffer.from(key?.armored ?? ''), null);
    expect(keysOf('recipient')).toMatchObject([{ distrustReason: 'Mottagarens kort är borta' }]);
    await expect(verifyRecipientKey(vault, fingerprint, { ...CALLED, second: 'eva lind' })).rejects.toThrow();
    expect(keysOf('recipient')).toMatchObject([{ verifiedAt: null }]);
    await verifyRecipientKey(vault, fingerprint, CALLED);
    expect(keysOf('recipient')).toMatchObject([
      { distrustedAt: null, distrustedBy: null, verifiedBy: 'Eva Lind' },
    ]);
    await send('igen');
  });

  it('is not taken out of use without a reason, twice, or where it is our own', () => {
    const fingerprint = keysOf('recipient')[0]?.fingerprint ?? '';
    const own = keysOf('own')[0]?.fingerprint ?? '';
    distrustRecipientKey(vault, { fingerprint, reason: 'x' });
    for (const [which, reason] of [
      [fingerprint, ' '],
      [fingerprint, 'igen'],
      [own, 'x'],
      ['0'.repeat(40), 'x'],
    ] as const) {
      expect(() => distrustRecipientKey(vault, { fingerprint: which, reason })).toThrow(
        expect.objectContaining({ kind: 'usage' }),
      );
    }
  });

  it('that its owner has revoked is out of use as soon as the vault hears of it, and no comparison brings it back', async () => {
    const { publicKey, privateKey } = await openpgp.generateKey({
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [{ name: 'Återkallad', email: 'aterkallad@exempel.se' }],
      date: new Date(Date.now() - 60_000),
      format: 'object',
    });
    const fingerprint = publicKey.getFingerprint().toUpperCase();
    await importRecipientKey(vault, Buffer.from(publicKey.armor()), CALLED);
    await send('fore-aterkallelsen', fingerprint);
    const revoked = await openpgp.revokeKey({ key: privateKey, format: 'armored' });
    const { ended, stored } = await importRecipientKey(vault, Buffer.from(revoked.publicKey), null);
    expect(ended).toMatch(/återkallad av sin ägare.*inget krypteras/s);
    expect(stored).toMatchObject({ verifiedAt: null, distrustReason: expect.stringMatching(/återkallat/) });
    await expect(send('efter', fingerprint)).rejects.toMatchObject({ kind: 'policy' });
    await expect(verifyRecipientKey(vault, fingerprint, CALLED)).rejects.toMatchObject({ kind: 'usage' });
    // The copy from before changes nothing.
    const again = await importRecipientKey(vault, Buffer.from(publicKey.armor()), CALLED);
    expect(again).toMatchObject({ verified: false, ended: expect.stringMatching(/återkallad/) });
    expect(actions().filter((action) => action === 'key.distrusted').length).toBeGreaterThan(0);
  });
});

describe('an own key that is read in from a file', () => {
  const secretOf = (): string => findOwnKey(vault.requireRoom('open').store)?.armoredPrivate ?? '';
  const read = (armored: string): ReturnType<typeof importOwn> =>
    importOwn(vault, Buffer.from(armored), null);

  it('and was taken out of use is used again, with all that the vault knows of it', async () => {
    const fingerprint = await createOwn(vault, { email: 'forsta@exempel.se', years: null });
    const file = secretOf();
    const { expiresAt } = await extendOwn(vault, 2);
    const second = await createOwn(vault, { email: 'andra@exempel.se', years: null });
    const publicHalf = (await openpgp.readPrivateKey({ armoredKey: file })).toPublic().armor();
    await expect(importRecipientKey(vault, Buffer.from(publicHalf), null)).rejects.toMatchObject({
      message: expect.stringMatching(/ur bruk: inget krypteras till den/),
    });
    expect(await read(file)).toEqual({ fingerprint, arrival: 'used-again', expiresAt });
    expect(keysOf('own')).toMatchObject([{ fingerprint, expiresAt, emails: ['forsta@exempel.se'] }]);
    const retired = listKeys(vault.requireRoom('open').store).find((key) => key.fingerprint === second);
    expect(retired?.retiredAt).not.toBeNull();
    expect(actions().at(-1)).toBe('key.own-used-again');
    await expect(importRecipientKey(vault, Buffer.from(publicHalf), null)).rejects.toThrow(
      /Allt som sänds krypteras redan/,
    );
  });

  it('and is in use is renewed where the file has another end; where it says nothing new nothing is done', async () => {
    const { fingerprint, armoredPrivate } = await createOwnKey({
      name: 'Vi',
      email: null,
      at: new Date(Date.now() - 60_000),
    });
    expect(await read(armoredPrivate)).toEqual({ fingerprint, arrival: 'new', expiresAt: null });
    const renewed = await extendOwnKey({ armoredPrivate, at: vault.now(), years: 5 });
    const { expiresAt } = renewed;
    expect(await read(renewed.armoredPrivate)).toEqual({ fingerprint, arrival: 'renewed', expiresAt });
    expect(keysOf('own')).toMatchObject([{ fingerprint, expiresAt }]);
    expect(actions().at(-1)).toBe('key.own-renewed');
    const rows = actions().length;
    expect(await read(renewed.armoredPrivate)).toMatchObject({ arrival: 'unchanged' });
    expect(actions()).toHaveLength(rows);
  });

  it('and is a recipient’s in the vault stays that', async () => {
    const { publicKey, privateKey } = await openpgp.generateKey({
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [{ name: 'Mottagare' }],
      date: new Date(Date.now() - 60_000),
      format: 'armored',
    });
    await importRecipientKey(vault, Buffer.from(publicKey), null);
    await expect(read(privateKey)).rejects.toThrow(/inläst som en mottagares/);
  });
});
