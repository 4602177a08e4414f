import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGnupg } from '../testing/gnupg.ts';
import { readOwnKeyFile } from './import-own.ts';
import { openpgp } from './openpgp-config.ts';
import { extendOwnKey } from './own-life.ts';
import { createOwnKey } from './own.ts';

const soon = (): Date => new Date(Date.now() + 5000);
const PASSPHRASE = 'räksmörgås på bryggan';
let open: string;
let locked: string;

beforeAll(async () => {
  const own = await createOwnKey({ name: 'Vi', email: 'vi@exempel.se', at: new Date() });
  open = own.armoredPrivate;
  const privateKey = await openpgp.readPrivateKey({ armoredKey: open });
  locked = (await openpgp.encryptKey({ privateKey, passphrase: PASSPHRASE })).armor();
});

const read = (file: string | Uint8Array, passphrase: string | null = null, at = soon()) =>
  readOwnKeyFile({ file: Buffer.from(file), passphrase, known: [], at });

it('is read with its passphrase, which is gone afterwards', async () => {
  for (const [file, passphrase] of [
    [open, null],
    [locked, PASSPHRASE],
    [(await openpgp.readPrivateKey({ armoredKey: locked })).write(), PASSPHRASE],
  ] as const) {
    const { inspected, armoredPrivate } = await read(file, passphrase);
    expect(inspected.emails).toEqual(['vi@exempel.se']);
    expect(inspected.armored).not.toContain('PRIVATE');
    expect((await openpgp.readPrivateKey({ armoredKey: armoredPrivate })).isDecrypted()).toBe(true);
  }
});

it('is read from a file as Windows programs save it, and from a backup with its public half', async () => {
  const secret = await openpgp.readPrivateKey({ armoredKey: open });
  const pub = secret.toPublic();
  for (const file of [
    Buffer.from(`\uFEFF${open.replaceAll('\n', '\r\n')}`, 'utf16le'),
    Buffer.from(`\uFEFF${open}`),
    `${pub.armor()}\n${open}`,
    `Vår nyckel\n\n${open}${pub.armor()}`,
    Buffer.concat([pub.write(), secret.write()]),
  ]) {
    expect((await read(file)).inspected.emails).toEqual(['vi@exempel.se']);
  }
});

describe('that is in the vault already', () => {
  const readAgain = (file: string, known: string, passphrase: string | null = null) =>
    readOwnKeyFile({ file: Buffer.from(file), passphrase, known: [known], at: soon() });

  it('is the same, has a later end, or is the older copy that undoes nothing', async () => {
    expect(await readAgain(open, open)).toMatchObject({ hasNews: false });
    expect(await readAgain(locked, open, PASSPHRASE)).toMatchObject({ hasNews: false });
    const renewed = await extendOwnKey({ armoredPrivate: open, at: soon(), years: 3 });
    const { inspected, armoredPrivate, hasNews } = await readAgain(renewed.armoredPrivate, open);
    expect(hasNews).toBe(true);
    expect(inspected.expiresAt).toBe(renewed.expiresAt);
    expect((await openpgp.readPrivateKey({ armoredKey: armoredPrivate })).isDecrypted()).toBe(true);
    const older = await readAgain(open, renewed.armoredPrivate);
    expect(older).toMatchObject({ hasNews: false, inspected: { expiresAt: renewed.expiresAt } });
  });

  it('is refused where the file says that it is revoked', async () => {
    const key = await openpgp.readPrivateKey({ armoredKey: open });
    const revoked = await openpgp.revokeKey({ key, format: 'armored', date: new Date() });
    await expect(readAgain(revoked.privateKey, open)).rejects.toThrow(/^Er egen nyckel .* återkallad/);
  });
});

describe('is refused', () => {
  it('without its passphrase, or with another', async () => {
    await expect(read(locked)).rejects.toMatchObject({ kind: 'usage' });
    await expect(read(locked, 'fel')).rejects.toMatchObject({ kind: 'unlock' });
  });

  it('where it is public, two keys, or nothing', async () => {
    const pub = (await openpgp.readPrivateKey({ armoredKey: open })).toPublic().armor();
    for (const file of [pub, '', 'hej', Buffer.from([0x95, 1, 2])]) {
      await expect(read(file)).rejects.toThrow(/inte en enda hemlig/);
    }
    const other = await createOwnKey({ name: 'Andra', email: null, at: new Date() });
    await expect(read(`${open}${other.armoredPrivate}`)).rejects.toMatchObject({
      message: expect.stringMatching(/inte en enda hemlig/),
      faults: [expect.any(String), expect.stringContaining(other.fingerprint.slice(-4))],
    });
  });

  it('where it is weak or has run out, and nobody else is to be asked about it', async () => {
    const make = (change: object) =>
      openpgp.generateKey({ type: 'rsa', userIDs: [{ name: 'Vi' }], format: 'armored', ...change });
    const weak = await make({ rsaBits: 2048, config: { minRSABits: 2048 } });
    await expect(read(weak.privateKey)).rejects.toThrow(/^Er egen nyckel .* för svag .*en annan egen nyckel/);
    const old = await openpgp.generateKey({
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [{ name: 'Vi' }],
      date: new Date('2020-01-01'),
      keyExpirationTime: 86_400,
    });
    await expect(read(old.privateKey)).rejects.toThrow(
      /gick ut 2020-01-02\. Flytta slutdatumet i det program/,
    );
    const signing = await openpgp.generateKey({ type: 'ecc', userIDs: [{ name: 'Vi' }], subkeys: [] });
    await expect(read(signing.privateKey)).rejects.toThrow(/bara för signering.*en annan egen nyckel/);
  });
});

const gnupg = openGnupg();
describe.skipIf(gnupg === null)('made by GnuPG', () => {
  if (gnupg === null) return;
  afterAll(() => gnupg.close());

  it('is read whole, and refused where the secret main key was left out of the export', async () => {
    gnupg.makeKey('vi@exempel.se', 'cv25519');
    const whole = gnupg.must(['--passphrase', '', '--armor', '--export-secret-keys', 'vi@exempel.se']);
    expect((await read(whole)).inspected.algorithm).toContain('Ed25519');
    const part = gnupg.must(['--passphrase', '', '--armor', '--export-secret-subkeys', 'vi@exempel.se']);
    await expect(read(part)).rejects.toThrow(/Exportera hela|inte hel|lösenfras/);
  });

  it('is known again from a later export, and gets the end that was moved there', async () => {
    const fingerprint = gnupg.makeKey('flyttad@exempel.se', 'rsa3072');
    const exported = (): Buffer => gnupg.must(['--passphrase', '', '--export-secret-keys', fingerprint]);
    const job = { passphrase: null, at: soon() };
    const first = await readOwnKeyFile({ ...job, file: exported(), known: [] });
    const known = [first.armoredPrivate];
    expect(await readOwnKeyFile({ ...job, file: exported(), known })).toMatchObject({ hasNews: false });
    const later = new Date(Date.now() + 2000).toISOString().slice(0, 19).replace(/[-:]/g, '');
    const moving = [
      '--passphrase',
      '',
      '--faked-system-time',
      later,
      '--quick-set-expire',
      fingerprint,
      '2y',
    ];
    gnupg.must(moving);
    gnupg.must([...moving, '*']);
    const { hasNews, inspected } = await readOwnKeyFile({ ...job, file: exported(), known });
    expect(hasNews).toBe(true);
    expect(inspected.expiresAt).not.toBeNull();
  });
});
