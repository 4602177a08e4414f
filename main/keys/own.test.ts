import { afterAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { openGnupg } from '../testing/gnupg.ts';
import { inspectPublicKey } from './inspect.ts';
import { openpgp } from './openpgp-config.ts';
import { createOwnKey } from './own.ts';

const at = new Date('2026-11-22T13:05:00Z');
const gnupg = openGnupg();
afterAll(() => gnupg?.close());

describe('an own key', () => {
  it('is a version 4 key of the kind that everyone reads', async () => {
    const own = await createOwnKey({ name: 'Säkerhetsskydd Åmål', email: 'sakskydd@exempel.se', at });
    const key = await openpgp.readKey({ armoredKey: own.armoredPublic });
    expect(key.keyPacket.version).toBe(4);
    expect(key.keyPacket.algorithm).toBe(openpgp.enums.publicKey.eddsaLegacy);
    expect(key.subkeys.map((subkey) => subkey.keyPacket.algorithm)).toEqual([openpgp.enums.publicKey.ecdh]);
    expect(key.isPrivate()).toBe(false);
    expect(await inspectPublicKey(own.armoredPublic, at)).toEqual({
      fingerprint: own.fingerprint,
      userIds: ['Säkerhetsskydd Åmål <sakskydd@exempel.se>'],
      emails: ['sakskydd@exempel.se'],
      algorithm: 'Ed25519 / Curve25519',
      encryptionAlgorithm: 'Curve25519',
      createdAt: '2026-11-22T13:05:00.000Z',
      expiresAt: null,
      armored: own.armoredPublic,
      announcesSeipd2: false,
      hasModernEncryption: false,
    });
    expect(own).toMatchObject({ createdAt: '2026-11-22T13:05:00.000Z' });
    expect(own.fingerprint).toMatch(/^[0-9A-F]{40}$/);
  });

  it('has its secret part without a passphrase, for the encrypted database keeps it', async () => {
    const own = await createOwnKey({ name: 'Registratorn', email: null, at });
    const secret = await openpgp.readPrivateKey({ armoredKey: own.armoredPrivate });
    expect(secret.isDecrypted()).toBe(true);
    expect(secret.getUserIDs()).toEqual(['Registratorn']);
    expect(own.armoredPublic).not.toContain('PRIVATE');
    expect(own.armoredPrivate + own.armoredPublic).not.toMatch(/^(Version|Comment):/m);
  });

  it.skipIf(gnupg === null)('is taken in by GnuPG, both parts', async () => {
    const own = await createOwnKey({ name: 'Åsa Öst', email: 'asa@exempel.se', at: new Date() });
    expect(gnupg?.run(['--import'], own.armoredPublic).stderr).toContain(`IMPORT_OK 1 ${own.fingerprint}`);
    expect(gnupg?.run(['--import'], own.armoredPrivate).stderr).toContain(`IMPORT_OK 17 ${own.fingerprint}`);
    expect(gnupg?.fingerprint('asa@exempel.se')).toBe(own.fingerprint);
  });

  it.each(['', '   ', 'a\nb', 'Eva <eva@exempel.se>', 'Eva (hemlig)', 'x'.repeat(201), 'a\u202Eb'])(
    'is not made for the name %j',
    async (name) => {
      await expect(createOwnKey({ name, email: null, at })).rejects.toThrow(SigillError);
    },
  );

  it('is not made for what is not an address', async () => {
    await expect(createOwnKey({ name: 'Eva', email: 'eva exempel.se', at })).rejects.toThrow(
      'inte en adress',
    );
  });
});
