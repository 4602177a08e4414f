import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { openpgp } from '../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../keys/own.ts';
import { openGnupg } from '../testing/gnupg.ts';
import type { AnswerJob } from './answer-job.ts';
import { openAnswer } from './open-answer.ts';
import type { OpenedAnswer } from './opened-answer.ts';

const made = new Date('2026-11-01T08:00:00Z');
const at = new Date('2026-11-22T13:05:00Z');
const PART = 'Content-Type: text/plain; charset=utf-8\r\n\r\nRäksmörgås är mottaget.\r\n-- \r\nCERT';
const gnupg = openGnupg();

let own: OwnKey;
let other: OwnKey;
let stranger: OwnKey;

beforeAll(async () => {
  own = await createOwnKey({ name: 'Vi', email: 'sakskydd@exempel.se', at: made });
  other = await createOwnKey({ name: 'CERT', email: 'cert@exempel.se', at: made });
  stranger = await createOwnKey({ name: 'Annan', email: null, at: made });
});
afterAll(() => gnupg?.close());

async function sign(part: string, signer: OwnKey): Promise<string> {
  const signature = await openpgp.sign({
    message: await openpgp.createMessage({ binary: Buffer.from(part), date: at }),
    signingKeys: await openpgp.readPrivateKey({ armoredKey: signer.armoredPrivate }),
    detached: true,
    date: at,
  });
  return signature;
}

interface Signing {
  readonly heads?: readonly string[];
  readonly type?: string;
  readonly more?: readonly string[];
}

/** A mail as KMail and Evolution make it. */
const mailOf = (part: string, signature: string, { heads = [], type, more = [] }: Signing = {}): string =>
  [
    ...heads,
    `Content-Type: multipart/signed; micalg=pgp-sha512;`,
    `\tprotocol="${type ?? 'application/pgp-signature'}"; boundary="s1"`,
    '',
    'Det här är ett brev i MIME.',
    '--s1',
    part,
    '--s1',
    `Content-Type: ${type ?? 'application/pgp-signature'}; name="signature.asc"`,
    'Content-Description: Digital signatur',
    '',
    signature.trimEnd(),
    ...more,
    '--s1--',
    '',
  ].join('\r\n');

async function encrypt(content: string, signer: OwnKey | null = null): Promise<string> {
  return openpgp.encrypt({
    message: await openpgp.createMessage({ binary: Buffer.from(content), date: at }),
    encryptionKeys: await openpgp.readKey({ armoredKey: own.armoredPublic }),
    ...(signer ? { signingKeys: await openpgp.readPrivateKey({ armoredKey: signer.armoredPrivate }) } : {}),
    date: at,
  });
}

const known = (key: OwnKey, change: object = {}): AnswerJob['knownKeys'][number] => ({
  fingerprint: key.fingerprint,
  armored: key.armoredPublic,
  isVerified: true,
  isOwn: false,
  owner: 'CERT <cert@exempel.se>',
  emails: ['cert@exempel.se'],
  ...change,
});
const open = (file: string, change: Partial<AnswerJob> = {}): Promise<OpenedAnswer> =>
  openAnswer({
    file: Buffer.from(file),
    ownKeys: [own.armoredPrivate],
    knownKeys: [known(other)],
    at,
    ...change,
  });

describe('an answer that was signed first and encrypted then', () => {
  it('is by who signed it, and its signature is no attachment', async () => {
    const signature = await sign(PART, other);
    // Some programs leave line feeds alone on the way: what was signed had whole line endings.
    for (const mail of [mailOf(PART, signature), mailOf(PART, signature).replaceAll('\r\n', '\n')]) {
      expect(await open(await encrypt(mail))).toMatchObject({
        signature: { kind: 'verified', fingerprint: other.fingerprint, signedAt: at.toISOString() },
        text: 'Räksmörgås är mottaget.\n-- \nCERT',
        attachments: [],
        remarks: [],
      });
    }
  });

  it('is judged as one with the signature inside the message is', async () => {
    const file = await encrypt(mailOf(PART, await sign(PART, other)));
    for (const [change, kind] of [
      [{ isVerified: false }, 'unverified-key'],
      [{ isVerified: false, isDistrusted: true }, 'distrusted-key'],
      [{ isOwn: true }, 'own'],
    ] as const) {
      expect((await open(file, { knownKeys: [known(other, change)] })).signature.kind).toBe(kind);
    }
    expect((await open(file, { knownKeys: [] })).signature.kind).toBe('unknown-key');
  });

  it('is refused where one character of the part is another, and where the clock is far ahead', async () => {
    const signature = await sign(PART, other);
    const changed = await encrypt(mailOf(PART.replace('mottaget', 'mottagit'), signature));
    await expect(open(changed)).rejects.toMatchObject({ kind: 'damaged' });
    // Also where the message around it is signed, by a key that is verified too.
    const both = await encrypt(mailOf(PART.replace('mottaget', 'mottagit'), signature), stranger);
    const knownKeys = [known(stranger), known(other)];
    await expect(open(both, { knownKeys })).rejects.toBeInstanceOf(SigillError);
    const file = await encrypt(mailOf(PART, signature));
    const early = new Date(at.getTime() - 3_600_000);
    await expect(open(file, { at: early })).rejects.toThrow(/senare än den här datorns klocka/);
  });

  it('has no more of the mail shown than what is signed, but for its subject and sender, and that is told', async () => {
    const heads = ['From: <cert@exempel.se>', 'Subject: Svar'];
    const opened = await open(await encrypt(mailOf(PART, await sign(PART, other), { heads })));
    expect(opened).toMatchObject({ subject: 'Svar', from: 'cert@exempel.se' });
    expect(opened.remarks).toEqual([expect.stringMatching(/inte ämnet eller avsändaren/)]);
    expect(opened.text).not.toContain('MIME');
    const part = `Subject: Skyddat\r\nFrom: <cert@exempel.se>\r\n${PART}`;
    expect(await open(await encrypt(mailOf(part, await sign(part, other), { heads })))).toMatchObject({
      subject: 'Skyddat',
      remarks: [],
    });
  });
});

describe('a signature that is not checked', () => {
  it.each([
    ['application/pkcs7-signature', 'smime'],
    ['application/pgp-signature', 'openpgp'],
  ])('is told of, and stands as an attachment: %s', async (type, by) => {
    const opened = await open(await encrypt(mailOf(PART, 'MIIB', { type })));
    expect(opened.signature).toEqual({ kind: 'unchecked', by });
    expect(opened.attachments).toMatchObject([{ name: 'signature.asc' }]);
    expect(opened.text).toContain('Räksmörgås');
  });

  it('may be of a part of the mail only: nothing that stands beside is passed over', async () => {
    const signature = await sign(PART, other);
    const more = ['--s1', 'Content-Type: text/plain', '', 'Tillagt efteråt.'];
    const opened = await open(await encrypt(mailOf(PART, signature, { more })));
    expect(opened.signature).toEqual({ kind: 'unchecked', by: 'openpgp' });
    expect(opened.text).toContain('Tillagt efteråt.');
    const list = [
      'Content-Type: multipart/mixed; boundary=list',
      '',
      '--list',
      mailOf(PART, signature),
      '--list',
      '',
      'Sidfot',
      '--list--',
      '',
    ].join('\r\n');
    expect((await open(await encrypt(list))).signature).toEqual({ kind: 'unchecked', by: 'openpgp' });
  });

  it('may stand in the text', async () => {
    const text = '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nJa.\n';
    expect((await open(await encrypt(text))).signature.kind).toBe('unchecked');
  });
});

describe.skipIf(gnupg === null)('GnuPG', () => {
  it('signs a part, as binary and as text, that is found to hold; and one that was changed, not', async () => {
    if (gnupg === null) return;
    const signer = gnupg.makeKey('CERT <cert@exempel.se>', 'cv25519');
    gnupg.must(['--import'], own.armoredPublic);
    const armored = gnupg.must(['--armor', '--export', signer]).toString();
    const knownKeys = [known(other, { fingerprint: signer, armored })];
    const part = PART.replaceAll('ä', '=E4').replace('utf-8', 'iso-8859-1');
    const seal = (mail: string): string =>
      gnupg.must(['--armor', '--encrypt', '-r', own.fingerprint], mail).toString();
    for (const mode of [[], ['--textmode']]) {
      const signature = gnupg.must([...mode, '--armor', '--detach-sign', '-u', signer], part).toString();
      const opened = await open(seal(mailOf(part, signature)), { knownKeys, at: new Date() });
      expect(opened.signature).toMatchObject({ kind: 'verified', fingerprint: signer });
      expect(opened.attachments).toEqual([]);
      const changed = open(seal(mailOf(`${part}!`, signature)), { knownKeys, at: new Date() });
      await expect(changed).rejects.toMatchObject({ kind: 'damaged' });
    }
  });
});
