import { afterAll, describe, expect, it } from 'vitest';
import { openGnupg } from '../testing/gnupg.ts';
import { inspectPublicKey } from './inspect.ts';
import { extendOwnKey, lifeInSeconds, makeRevocation } from './own-life.ts';
import { mergeCopies } from './merge-copies.ts';
import { openpgp } from './openpgp-config.ts';
import { createOwnKey } from './own.ts';

const at = new Date('2026-11-22T13:05:00Z');
const gnupg = openGnupg();
afterAll(() => gnupg?.close());

describe('the life of an own key', () => {
  it('is counted in calendar years from now, in seconds from its creation', () => {
    const created = new Date('2024-02-29T00:00:00Z');
    expect(lifeInSeconds(created, created, 1)).toBe(366 * 86_400);
    expect(lifeInSeconds(created, new Date('2025-02-28T00:00:00Z'), 2)).toBe((365 + 730) * 86_400);
    expect(lifeInSeconds(created, created, null)).toBe(0);
  });

  it('can be set when it is made, moved with the same fingerprint, and taken away', async () => {
    const own = await createOwnKey({ name: 'Vi', email: 'vi@exempel.se', at, years: 1 });
    expect(own.expiresAt).toBe('2027-11-22T13:05:00.000Z');
    await expect(inspectPublicKey(own.armoredPublic, new Date('2027-11-23T00:00:00Z'))).rejects.toMatchObject(
      { kind: 'usage' },
    );
    const later = new Date('2027-10-01T08:00:00Z');
    const extended = await extendOwnKey({ armoredPrivate: own.armoredPrivate, at: later, years: 2 });
    expect(extended.expiresAt).toBe('2029-10-01T08:00:00.000Z');
    expect(await inspectPublicKey(extended.armoredPublic, new Date('2028-01-01T00:00:00Z'))).toMatchObject({
      fingerprint: own.fingerprint,
      userIds: ['Vi <vi@exempel.se>'],
      expiresAt: '2029-10-01T08:00:00.000Z',
    });
    const endless = await extendOwnKey({ armoredPrivate: extended.armoredPrivate, at: later, years: null });
    expect(endless.expiresAt).toBeNull();
  });

  it('is given back to one that has run out', async () => {
    const own = await createOwnKey({ name: 'Vi', email: null, at, years: 1 });
    const late = new Date('2028-02-01T08:00:00Z');
    const extended = await extendOwnKey({ armoredPrivate: own.armoredPrivate, at: late, years: 1 });
    expect((await inspectPublicKey(extended.armoredPublic, late)).expiresAt).toBe('2029-02-01T08:00:00.000Z');
  });

  it.skipIf(gnupg === null)('is moved and ended for GnuPG too', async () => {
    const made = new Date(Date.now() - 60_000);
    const own = await createOwnKey({ name: 'Prov', email: 'prov@exempel.se', at: made, years: 1 });
    const now = new Date();
    const extended = await extendOwnKey({ armoredPrivate: own.armoredPrivate, at: now, years: 3 });
    gnupg?.run(['--import'], own.armoredPublic);
    gnupg?.run(['--import'], extended.armoredPublic);
    const listed = (): string[] =>
      gnupg
        ?.must(['--with-colons', '--list-keys', own.fingerprint])
        .toString()
        .match(/^pub:.*$/m)?.[0]
        .split(':') ?? [];
    expect(Number(listed()[6])).toBe(Math.floor(Date.parse(extended.expiresAt ?? '') / 1000));
    expect(listed()[1]).not.toBe('r');
    const certificate = await makeRevocation({ armoredPrivate: extended.armoredPrivate, at: now });
    gnupg?.run(['--import'], certificate);
    expect(listed()[1]).toBe('r');
  });
});

describe('a key of which a part has been taken back', () => {
  const began = new Date(Date.now() - 3600_000);
  const revokedAt = new Date(Date.now() - 1800_000);
  const now = new Date();

  /** A key with two subkeys to encrypt to, the first of them revoked, and two names, the second revoked. */
  async function makeWithRevoked(): Promise<openpgp.PrivateKey> {
    const made = await openpgp.generateKey({
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [
        { name: 'Vi', email: 'vi@exempel.se' },
        { name: 'Gammal', email: 'gammal@exempel.se' },
      ],
      subkeys: [{}, {}],
      date: began,
      format: 'object',
    });
    const key = made.privateKey;
    const secret = key.keyPacket as openpgp.SecretKeyPacket;
    const [subkey, ...subkeys] = key.subkeys;
    const [user, old] = key.users;
    if (!subkey || !user || !old) throw new TypeError('The library made another key.');
    const because = { flag: openpgp.enums.reasonForRevocation.keyCompromised };
    key.subkeys = [await subkey.revoke(secret, because, revokedAt), ...subkeys];
    const revokedUser = await (
      old as unknown as { revoke(...order: unknown[]): Promise<openpgp.User> }
    ).revoke(secret, because, revokedAt);
    key.users = [user, revokedUser];
    return openpgp.readPrivateKey({ binaryKey: (await mergeCopies(made.privateKey, key)).write() });
  }

  it.skipIf(gnupg === null)(
    'keeps a subkey for logging in what it is, with the end that it had',
    async () => {
      gnupg?.must([
        '--batch',
        '--passphrase',
        '',
        '--quick-generate-key',
        'A <a@exempel.se>',
        'rsa3072',
        'cert',
        '0',
      ]);
      const listed = gnupg?.must(['--with-colons', '--list-keys', 'a@exempel.se']).toString() ?? '';
      const fingerprint = /^fpr:(?:[^:]*:){8}([0-9A-F]{40})/m.exec(listed)?.[1] ?? '';
      for (const use of ['sign', 'encr', 'auth'])
        gnupg?.must(['--batch', '--passphrase', '', '--quick-add-key', fingerprint, 'rsa3072', use, '2y']);
      const secret = gnupg?.must(['--armor', '--export-secret-keys', fingerprint]).toString() ?? '';
      const later = new Date(Date.now() + 5000);
      const extended = await extendOwnKey({ armoredPrivate: secret, at: later, years: 5 });
      const usesOf = async (armoredKey: string): Promise<string[]> => {
        const key = await openpgp.readKey({ armoredKey });
        const bindings = await Promise.all(key.subkeys.map((subkey) => subkey.verify(later)));
        return bindings.map(({ keyFlags }) => (keyFlags?.[0] ?? 0).toString(16)).sort();
      };
      expect(await usesOf(extended.armoredPublic)).toEqual(await usesOf(secret));
      expect(await inspectPublicKey(extended.armoredPublic, later)).toMatchObject({
        expiresAt: extended.expiresAt,
      });
    },
  );

  it('gets another end, and nothing else: what was taken back stays so, also for GnuPG', async (context) => {
    const key = await makeWithRevoked();
    const [compromised = '', good = ''] = key.subkeys.map((subkey) => subkey.getFingerprint().toUpperCase());
    const extended = await extendOwnKey({ armoredPrivate: key.armor(), at: now, years: 3 });
    const inspected = await inspectPublicKey(extended.armoredPublic, now);
    expect(inspected.userIds).toEqual(['Vi <vi@exempel.se>']);
    expect(inspected.expiresAt).toBe(extended.expiresAt);
    const secret = await openpgp.readPrivateKey({ armoredKey: extended.armoredPrivate });
    const encrypting = await secret.getEncryptionKey(undefined, now);
    expect(encrypting.getFingerprint().toUpperCase()).toBe(good);
    // An answer to the old part can still be opened.
    expect(secret.subkeys.map((subkey) => subkey.getFingerprint().toUpperCase()).sort()).toEqual(
      [compromised, good].sort(),
    );
    expect(secret.isDecrypted()).toBe(true);
    if (gnupg === null) return context.skip();
    gnupg.run(['--import'], extended.armoredPublic);
    const lines = gnupg
      .must([
        '--with-colons',
        '--with-subkey-fingerprint',
        '--list-options',
        'show-unusable-subkeys,show-unusable-uids',
        '--list-keys',
        inspected.fingerprint,
      ])
      .toString()
      .split('\n')
      .map((line) => line.split(':'));
    const validityBefore = (fingerprint: string): string | undefined =>
      lines[lines.findIndex((fields) => fields[0] === 'fpr' && fields[9] === fingerprint) - 1]?.[1];
    expect(validityBefore(compromised)).toBe('r');
    expect(validityBefore(good)).not.toBe('r');
    const old = lines.find((fields) => fields[0] === 'uid' && fields[9]?.startsWith('Gammal'));
    expect(old?.[1]).toBe('r');
  });
});
