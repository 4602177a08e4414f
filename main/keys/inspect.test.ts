import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { openGnupg } from '../testing/gnupg.ts';
import { formatFingerprint, inspectPublicKey } from './inspect.ts';
import { FORGIVING_CONFIG, openpgp } from './openpgp-config.ts';
import { createOwnKey } from './own.ts';

// A minute on, so that what GnuPG makes while the tests run is not from the future.
const at = new Date(Date.now() + 60_000);
const past = new Date(at.getTime() - 400 * 86_400_000);
const DAY = 86_400;

async function refusal(material: Uint8Array | string, when: Date = at): Promise<SigillError> {
  const error: unknown = await inspectPublicKey(material, when).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SigillError)) throw new Error(`Expected a refusal, got ${String(error)}`);
  expect(error.kind).toBe('usage');
  return error;
}

type KeyOptions = Parameters<typeof openpgp.generateKey>[0];

/** Keys that nobody should use are made with the library's demands switched off. */
async function makeKey(options: Partial<KeyOptions>): Promise<openpgp.PrivateKey> {
  const made = await openpgp.generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'Prov', email: 'prov@exempel.se' }],
    date: past,
    ...options,
    config: { ...FORGIVING_CONFIG, ...options.config },
    format: 'object',
  });
  return made.privateKey;
}

const publicArmor = (key: openpgp.PrivateKey): string => key.toPublic().armor();

describe('a key that can be used', () => {
  it('is told in full', async () => {
    const key = await makeKey({
      userIDs: [
        { name: 'CERT Övning', email: 'Cert@exempel.se' },
        { name: 'CERT', email: 'cert2@exempel.se' },
      ],
      keyExpirationTime: 500 * DAY,
    });
    expect(await inspectPublicKey(publicArmor(key), at)).toMatchObject({
      fingerprint: key.getFingerprint().toUpperCase(),
      userIds: ['CERT Övning <Cert@exempel.se>', 'CERT <cert2@exempel.se>'],
      emails: ['cert@exempel.se', 'cert2@exempel.se'],
      algorithm: 'Ed25519 / Curve25519',
      expiresAt: new Date((Math.floor(past.getTime() / 1000) + 500 * DAY) * 1000).toISOString(),
      announcesSeipd2: false,
      hasModernEncryption: false,
    });
  });

  it('says when the encryption subkey ends before the key does', async () => {
    const key = await makeKey({ keyExpirationTime: 900 * DAY, subkeys: [{ keyExpirationTime: 500 * DAY }] });
    const { expiresAt } = await inspectPublicKey(publicArmor(key), at);
    expect(expiresAt).toBe(new Date((Math.floor(past.getTime() / 1000) + 500 * DAY) * 1000).toISOString());
  });

  it('is found whatever stands around it, and in the encodings of Windows', async () => {
    const armored = publicArmor(await makeKey({}));
    const { fingerprint } = await inspectPublicKey(armored, at);
    const around = `Hej!\r\n\r\n${armored.replaceAll('\n', '\r\n')}\r\nHälsningar\r\n`;
    const forms: (Uint8Array | string)[] = [
      Buffer.from(armored),
      around,
      Buffer.from(around),
      `\uFEFF${armored}`,
      Buffer.from(`\uFEFF${armored}`, 'utf8'),
      Buffer.from(`\uFEFF${armored}`, 'utf16le'),
      Buffer.from(`\uFEFF${armored}`, 'utf16le').swap16(),
      (await openpgp.readKey({ armoredKey: armored })).write(),
    ];
    for (const form of forms) expect((await inspectPublicKey(form, at)).fingerprint).toBe(fingerprint);
  });

  it('may be of a NIST curve', async () => {
    const key = await makeKey({ curve: 'nistP384' });
    expect(await inspectPublicKey(publicArmor(key), at)).toMatchObject({ algorithm: 'NIST P-384' });
  });

  it('may be of the newer encoding, which only some programs write', async () => {
    const key = await makeKey({ type: 'curve25519' });
    expect(await inspectPublicKey(publicArmor(key), at)).toMatchObject({
      algorithm: 'Ed25519 (RFC 9580) / X25519 (RFC 9580)',
      encryptionAlgorithm: 'X25519 (RFC 9580)',
      hasModernEncryption: true,
    });
  });

  it('may announce SEIPDv2, which is told', async () => {
    const key = await makeKey({ config: { aeadProtect: true } });
    expect(await inspectPublicKey(publicArmor(key), at)).toMatchObject({ announcesSeipd2: true });
  });

  it('shows only the user ids that it certifies itself, and nothing invisible in them', async () => {
    const key = await makeKey({ userIDs: [{ name: 'Eva\u202Eavlis', email: 'eva@exempel.se' }] });
    const stranger = await makeKey({ userIDs: [{ name: 'Säpo', email: 'sapo@exempel.se' }] });
    const packets = key.toPublic().toPacketList();
    packets.splice(1, 0, ...stranger.toPublic().toPacketList().slice(1, 3));
    const mixed = new openpgp.PublicKey(packets as openpgp.PacketList<openpgp.AnyPacket>);
    expect(mixed.getUserIDs()).toHaveLength(2);
    const inspected = await inspectPublicKey(mixed.armor(), at);
    expect(inspected.userIds).toEqual(['Eva\uFFFDavlis <eva@exempel.se>']);
    expect(inspected.emails).toEqual(['eva@exempel.se']);
  });
});

describe('a key that cannot be used is refused in words', () => {
  it.each([
    ['nothing', ''],
    ['words', 'Det här är ingen nyckel.'],
    ['an empty armor', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----\n'],
    ['an armor without an end', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjMEawNSvhYJKwYB\n'],
    ['noise', Buffer.from(Array.from({ length: 4000 }, (_, index) => 0x80 | ((index * 37) % 256)))],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a large file', Buffer.alloc(6 * 1024 * 1024, 0x99)],
  ])('%s', async (_, material) => {
    expect((await refusal(material)).message).toContain('inte en publik OpenPGP-nyckel');
  });

  it('a message', async () => {
    const message = await openpgp.encrypt({
      message: await openpgp.createMessage({ text: 'prov' }),
      encryptionKeys: (await makeKey({})).toPublic(),
    });
    expect((await refusal(message)).message).toContain('inte en publik OpenPGP-nyckel');
  });

  it('several keys, naming each', async () => {
    const keys = [await makeKey({}), await makeKey({})];
    const fingerprints = keys.map((key) => formatFingerprint(key.getFingerprint()));
    const blocks = keys.map(publicArmor).join('\n');
    const binary = Buffer.concat(keys.map((key) => key.toPublic().write()));
    for (const material of [blocks, binary]) {
      const error = await refusal(material);
      expect(error.message).toContain('2 nycklar');
      expect(error.faults).toEqual(fingerprints);
    }
  });

  it('a secret key, wherever it stands in the file and whatever it is called', async () => {
    const key = await makeKey({});
    const other = await makeKey({});
    const disguised = key.armor().replaceAll('PRIVATE KEY BLOCK', 'PUBLIC KEY BLOCK');
    const materials = [key.armor(), key.write(), publicArmor(other) + key.armor(), disguised];
    for (const material of materials) {
      const error = await refusal(material);
      expect(error.message).toContain('hemlig nyckel');
    }
  });

  it('an expired key', async () => {
    const key = await makeKey({ keyExpirationTime: 30 * DAY });
    const error = await refusal(publicArmor(key));
    expect(error.message).toContain('gick ut');
    expect(error.message).toContain(formatFingerprint(key.getFingerprint()));
    expect(await inspectPublicKey(publicArmor(key), new Date(past.getTime() + 29 * DAY * 1000))).toBeTruthy();
  });

  it('a key whose encryption subkey has expired', async () => {
    const key = await makeKey({ subkeys: [{ keyExpirationTime: 30 * DAY }] });
    expect((await refusal(publicArmor(key))).message).toContain('krypteringsnyckel gick ut');
  });

  it('a key from the future', async () => {
    const key = await makeKey({ date: new Date(at.getTime() + 2 * DAY * 1000) });
    expect((await refusal(publicArmor(key))).message).toContain('gäller först från');
  });

  it('a revoked key', async () => {
    const { publicKey } = await openpgp.revokeKey({ key: await makeKey({}), format: 'object', date: at });
    expect((await refusal(publicKey.armor())).message).toContain('återkallad');
  });

  it('a key revoked by a signature over SHA-1, which the library would overlook', async () => {
    const key = await makeKey({ type: 'rsa', rsaBits: 3072 });
    const { publicKey } = await openpgp.revokeKey({
      key,
      format: 'object',
      date: at,
      config: {
        ...FORGIVING_CONFIG,
        preferredHashAlgorithm: openpgp.enums.hash.sha1,
        nonDeterministicSignaturesViaNotation: false,
      },
    });
    expect(publicKey.revocationSignatures[0]?.hashAlgorithm).toBe(openpgp.enums.hash.sha1);
    expect(await publicKey.isRevoked(undefined, undefined, at)).toBe(false);
    expect((await refusal(publicKey.armor())).message).toContain('återkallad');
  });

  it('a key whose encryption subkey is revoked', async () => {
    const key = await makeKey({});
    const [subkey] = key.subkeys;
    if (!subkey) throw new Error('no subkey');
    key.subkeys[0] = await subkey.revoke(key.keyPacket as openpgp.SecretKeyPacket, undefined, at);
    expect((await refusal(publicArmor(key))).message).toContain('giltig krypteringsnyckel');
  });

  it('a key that can only sign', async () => {
    const key = await makeKey({ subkeys: [] });
    expect((await refusal(publicArmor(key))).message).toContain('går inte att kryptera till');
  });

  it('a weak key', async () => {
    const key = await makeKey({ type: 'rsa', rsaBits: 2048 });
    expect((await refusal(publicArmor(key))).message).toContain('för svag (RSA 2048)');
  });

  it('a strong key with a weak encryption subkey', async () => {
    const key = await makeKey({ subkeys: [{ type: 'rsa', rsaBits: 2048 }] });
    expect((await refusal(publicArmor(key))).message).toContain('för svag (RSA 2048)');
  });

  it('a version 6 key', async () => {
    const key = await makeKey({ type: 'curve25519', config: { v6Keys: true } });
    expect((await refusal(publicArmor(key))).message).toContain('version 6');
  });

  it('whatever is wrong with the bytes, the answer is in Swedish or the key is the same', async () => {
    const key = await makeKey({});
    const bytes = key.toPublic().write();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (index, change) => {
        const broken = Uint8Array.from(bytes);
        broken[index] = (broken[index] ?? 0) ^ change;
        const answer = await inspectPublicKey(broken, at).catch((error: unknown) => error);
        if (answer instanceof SigillError) return;
        // A flip in what no signature covers (unhashed subpackets, packet framing) does no harm.
        expect(answer).toMatchObject({ fingerprint: key.getFingerprint().toUpperCase() });
      }),
      { numRuns: 150 },
    );
  });
});

describe('keys that GnuPG has made', () => {
  const gnupg = openGnupg();
  const needed = { timeout: 120_000 };
  afterAll(() => gnupg?.close());
  if (gnupg === null) return it.skip('gpg is missing', () => undefined);
  const exported = (who: string): string => gnupg.must(['--armor', '--export', who]).toString('utf8');

  beforeAll(() => {
    gnupg.makeKey('Stark <stark@exempel.se>', 'rsa3072');
  }, 120_000);

  it('RSA 3072, armored and binary', async () => {
    const inspected = await inspectPublicKey(exported('stark@exempel.se'), at);
    expect(inspected).toMatchObject({
      fingerprint: gnupg.fingerprint('stark@exempel.se'),
      userIds: ['Stark <stark@exempel.se>'],
      algorithm: 'RSA 3072',
    });
    expect(await inspectPublicKey(gnupg.must(['--export', 'stark@exempel.se']), at)).toEqual(inspected);
  });

  it('Curve25519', async () => {
    gnupg.makeKey('Kurva <kurva@exempel.se>', 'cv25519');
    expect(await inspectPublicKey(exported('kurva@exempel.se'), at)).toMatchObject({
      algorithm: 'Ed25519 / Curve25519',
    });
  });

  it('expired', needed, async () => {
    // The subkey a minute later: the clock of each call starts at its time and runs on.
    const then = (seconds: number): string =>
      `--faked-system-time=${Math.floor(past.getTime() / 1000) + seconds}`;
    gnupg.must([
      then(0),
      '--passphrase',
      '',
      '--quick-generate-key',
      'Utgången <ut@exempel.se>',
      'ed25519',
      'sign,cert',
      '10d',
    ]);
    gnupg.must([
      then(60),
      '--passphrase',
      '',
      '--quick-add-key',
      gnupg.fingerprint('ut@exempel.se'),
      'cv25519',
      'encr',
      '10d',
    ]);
    expect((await refusal(exported('ut@exempel.se'))).message).toContain('gick ut');
  });

  it('revoked by its revocation certificate', async () => {
    const fingerprint = gnupg.makeKey('Åter <ater@exempel.se>', 'cv25519');
    gnupg.must(['--import'], gnupg.revocation(fingerprint));
    expect((await refusal(exported('ater@exempel.se'))).message).toContain('återkallad');
  });

  it('RSA 2048', needed, async () => {
    gnupg.must([
      '--passphrase',
      '',
      '--quick-generate-key',
      'Svag <svag@exempel.se>',
      'rsa2048',
      'default',
      'never',
    ]);
    expect((await refusal(exported('svag@exempel.se'))).message).toContain('för svag (RSA 2048)');
  });

  it('DSA with ElGamal', needed, async () => {
    gnupg.must([
      '--passphrase',
      '',
      '--quick-generate-key',
      'Gammal <dsa@exempel.se>',
      'dsa2048',
      'sign,cert',
      'never',
    ]);
    gnupg.must([
      '--passphrase',
      '',
      '--quick-add-key',
      gnupg.fingerprint('dsa@exempel.se'),
      'elg2048',
      'encr',
      'never',
    ]);
    expect((await refusal(exported('dsa@exempel.se'))).message).toContain('för svag (DSA)');
  });

  it.each([
    ['secp256k1', 'för svag (secp256k1)'],
    ['brainpoolP256r1', 'inte kan kontrollera (brainpoolP256r1)'],
  ])('of the curve %s', async (curve, words) => {
    gnupg.must([
      '--passphrase',
      '',
      '--quick-generate-key',
      `${curve}@exempel.se`,
      curve,
      'sign,cert',
      'never',
    ]);
    const fingerprint = gnupg.fingerprint(`${curve}@exempel.se`);
    gnupg.must(['--passphrase', '', '--quick-add-key', fingerprint, curve, 'encr', 'never']);
    expect((await refusal(exported(`${curve}@exempel.se`))).message).toContain(words);
  });

  it('for signing only', async () => {
    gnupg.must([
      '--passphrase',
      '',
      '--quick-generate-key',
      'Sign <sign@exempel.se>',
      'ed25519',
      'sign,cert',
      'never',
    ]);
    expect((await refusal(exported('sign@exempel.se'))).message).toContain('går inte att kryptera till');
  });

  it('signed with SHA-1', needed, async () => {
    gnupg.makeKey('Sha <sha@exempel.se>', 'rsa3072', ['--cert-digest-algo', 'SHA1']);
    const { message } = await refusal(exported('sha@exempel.se'));
    expect(message).toContain('SHA-1');
  });

  it('secret, and secret subkeys alone', async () => {
    gnupg.makeKey('Hemlig <hemlig@exempel.se>', 'cv25519');
    for (const how of ['--export-secret-keys', '--export-secret-subkeys']) {
      const secret = gnupg.must(['--passphrase', '', '--armor', how, 'hemlig@exempel.se']);
      expect((await refusal(secret)).message).toContain('hemlig nyckel');
    }
  });

  it('two in one block', async () => {
    const both = gnupg.must(['--armor', '--export', 'stark@exempel.se', 'kurva@exempel.se']);
    expect((await refusal(both)).faults).toHaveLength(2);
  });
});

it('a fingerprint is written in groups of four', async () => {
  const { fingerprint } = await createOwnKey({ name: 'Prov', email: null, at });
  expect(formatFingerprint(fingerprint)).toMatch(/^([0-9A-F]{4} ){9}[0-9A-F]{4}$/);
  expect(formatFingerprint('abcdef01')).toBe('ABCD EF01');
});
