import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openpgp } from '../../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../../keys/own.ts';
import { fileNamed, SAMPLE_PDF, SAMPLE_TEXT, sampleEmail } from '../../testing/email.ts';
import { openGnupg, type GnupgKeyType } from '../../testing/gnupg.ts';
import { makeEmailExport } from './epost.ts';

/** GnuPG 2.2 reads what we send, with keys that it has made itself. The other programs: programs.interop.test.ts. */
const gnupg = openGnupg();
const slow = 180_000;

const GNUPG_KEYS: readonly GnupgKeyType[] = ['rsa3072', 'rsa4096', 'cv25519'];

let own: OwnKey;

beforeAll(async () => {
  own = await createOwnKey({ name: 'Säkerhetsskydd', email: 'sakskydd@exempel.se', at: new Date() });
  gnupg?.must(['--import'], own.armoredPublic);
  for (const type of GNUPG_KEYS) gnupg?.makeKey(`${type}@exempel.se`, type);
}, slow);

afterAll(() => {
  gnupg?.close();
});

/** The encrypted part of a mail, taken out by a parser that is not the writer. */
async function payload(mail: Buffer): Promise<Buffer> {
  const parsed = await PostalMime.parse(mail);
  const part = parsed.attachments.find(({ mimeType }) => mimeType === 'application/octet-stream');
  return Buffer.from(part?.content as ArrayBuffer);
}

async function expectReport(decrypted: Buffer): Promise<void> {
  const mail = await PostalMime.parse(decrypted);
  expect(mail.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(SAMPLE_TEXT.trimEnd());
  const pdf = mail.attachments.find(({ filename }) => filename === 'rapport.pdf');
  expect(Buffer.compare(Buffer.from(pdf?.content as ArrayBuffer), SAMPLE_PDF)).toBe(0);
}

describe.skipIf(gnupg === null)('GnuPG', () => {
  if (gnupg === null) return;
  const recipient = (userId: string) => ({
    fingerprint: gnupg.fingerprint(userId),
    armored: gnupg.must(['--armor', '--export', userId]).toString('utf8'),
  });

  it.each(GNUPG_KEYS)('reads and verifies the mail and the file with a key of its own: %s', async (type) => {
    const files = await makeEmailExport(sampleEmail(own, [recipient(`${type}@exempel.se`)], new Date()));
    for (const message of [await payload(fileNamed(files, /\.eml$/)), fileNamed(files, /\.pgp$/)]) {
      const { status, stdout, stderr } = gnupg.run(['--decrypt'], message);
      expect(status, stderr).toBe(0);
      expect(stderr).toContain('DECRYPTION_OKAY');
      expect(stderr).toContain(`VALIDSIG ${own.fingerprint}`);
      expect(stderr).toContain('GOODMDC');
      await expectReport(stdout);
    }
  });

  it('sees PKESK version 3 and a packet with MDC, for exactly the keys asked for', async () => {
    const recipients = GNUPG_KEYS.map((type) => recipient(`${type}@exempel.se`));
    const files = await makeEmailExport(sampleEmail(own, recipients, new Date()));
    const listing = gnupg
      .run(['--list-packets', '--list-only'], fileNamed(files, /\.pgp$/))
      .stdout.toString();
    expect(listing.match(/^:pubkey enc packet: version 3/gm)).toHaveLength(4);
    expect(listing.match(/^:\S+ .*packet/gm)).toHaveLength(5);
    expect(listing).toMatch(/^:encrypted data packet:\n\tlength: \d+\n\tmdc_method: 2/m);
    const keyIds = [...listing.matchAll(/keyid ([0-9A-F]{16})/g)].map((match) => match[1]);
    const subkeys = [...recipients.map(({ armored }) => armored), own.armoredPublic].map(async (armoredKey) =>
      (await (await openpgp.readKey({ armoredKey })).getEncryptionKey()).getKeyID().toHex().toUpperCase(),
    );
    expect(keyIds.sort()).toEqual((await Promise.all(subkeys)).sort());
  });

  it('reads a message that also goes to a key it does not understand', async () => {
    const { publicKey } = await openpgp.generateKey({
      type: 'curve25519',
      userIDs: [{ name: 'RFC 9580' }],
      format: 'object',
    });
    const modern = { fingerprint: publicKey.getFingerprint().toUpperCase(), armored: publicKey.armor() };
    const recipients = [modern, recipient('rsa3072@exempel.se')];
    const files = await makeEmailExport(sampleEmail(own, recipients, new Date()));
    const { stdout, stderr } = gnupg.run(['--decrypt'], fileNamed(files, /\.pgp$/));
    expect(stderr).toContain('DECRYPTION_OKAY');
    expect(stderr).toContain('GOODSIG');
    await expectReport(stdout);
  });

  it('reads a message to a key that announces SEIPDv2, which it could not if we had listened', async () => {
    const { privateKey } = await openpgp.generateKey({
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [{ name: 'Ny', email: 'ny@exempel.se' }],
      format: 'object',
      config: { aeadProtect: true },
    });
    gnupg.must(['--import'], privateKey.armor());
    const modern = {
      fingerprint: privateKey.getFingerprint().toUpperCase(),
      armored: privateKey.toPublic().armor(),
    };
    const files = await makeEmailExport(sampleEmail(own, [modern], new Date()));
    const { stdout, stderr } = gnupg.run(['--decrypt'], fileNamed(files, /\.pgp$/));
    expect(stderr).toContain('DECRYPTION_OKAY');
    expect(stderr).toContain('GOODSIG');
    await expectReport(stdout);
  });

  it('refuses a mail in which one bit has been changed', async () => {
    const files = await makeEmailExport(sampleEmail(own, [recipient('cv25519@exempel.se')], new Date()));
    const { data } = await openpgp.unarmor(fileNamed(files, /\.pgp$/).toString());
    const bytes = Buffer.from(data as unknown as Uint8Array);
    bytes[bytes.length - 1000] = (bytes[bytes.length - 1000] ?? 0) ^ 1;
    const { status, stderr } = gnupg.run(['--decrypt'], bytes);
    expect(status).not.toBe(0);
    // Where the signature breaks before the end is reached, GnuPG stops there and never comes to the MDC.
    expect(stderr).toMatch(/BADSIG|BADMDC/);
    expect(stderr).not.toMatch(/GOODSIG|GOODMDC|DECRYPTION_OKAY/);
  });

  it('cannot read it without one of the keys', async () => {
    const stranger = await createOwnKey({ name: 'Annan', email: null, at: new Date() });
    const recipients = [{ fingerprint: stranger.fingerprint, armored: stranger.armoredPublic }];
    const files = await makeEmailExport(sampleEmail(own, recipients, new Date()));
    const { status, stdout, stderr } = gnupg.run(['--decrypt'], fileNamed(files, /\.pgp$/));
    expect(status).not.toBe(0);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain('NO_SECKEY');
  });
});
