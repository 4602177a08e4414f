import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LARGEST_ANSWER } from '../../shared/domain/answer.ts';
import { SigillError } from '../../shared/domain/error.ts';
import { buildEncryptedMail, buildReportMime, type MailHeaders } from '../export/email/mime.ts';
import { openpgp } from '../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../keys/own.ts';
import type { AnswerJob } from './answer-job.ts';
import { openAnswer } from './open-answer.ts';
import type { OpenedAnswer } from './opened-answer.ts';
import { openGnupg } from '../testing/gnupg.ts';

const made = new Date('2026-11-01T08:00:00Z');
const at = new Date('2026-11-22T13:05:00Z');
const TEXT = 'Tack. Rapporten är läst, räksmörgås.\n';
const HEADERS: MailHeaders = {
  subject: 'Svar på er rapport',
  from: { name: 'CERT', address: 'cert@exempel.se' },
  to: ['sakskydd@exempel.se'],
  date: at,
  messageId: '<1@exempel.se>',
};

const gnupg = openGnupg();

let own: OwnKey;
let other: OwnKey;
let stranger: OwnKey;
let answer: string;

beforeAll(async () => {
  own = await createOwnKey({ name: 'Vi', email: 'sakskydd@exempel.se', at: made });
  other = await createOwnKey({ name: 'CERT', email: 'cert@exempel.se', at: made });
  stranger = await createOwnKey({ name: 'Annan', email: null, at: made });
  answer = await write(await inner(), other);
});

afterAll(() => gnupg?.close());

const inner = (): Promise<Uint8Array> =>
  buildReportMime(HEADERS, TEXT, [
    { filename: 'bilaga.txt', contentType: 'text/plain', content: Buffer.from('abc') },
  ]);

async function write(content: Uint8Array, signer: OwnKey | null, reader: OwnKey = own): Promise<string> {
  return openpgp.encrypt({
    message: await openpgp.createMessage({ binary: content, date: at }),
    encryptionKeys: await openpgp.readKey({ armoredKey: reader.armoredPublic }),
    ...(signer ? { signingKeys: await openpgp.readPrivateKey({ armoredKey: signer.armoredPrivate }) } : {}),
    date: at,
  });
}

type KnownKey = AnswerJob['knownKeys'][number];

const knownKey = (change: Partial<KnownKey> = {}): KnownKey => ({
  fingerprint: other.fingerprint,
  armored: other.armoredPublic,
  isVerified: true,
  isOwn: false,
  owner: 'CERT <cert@exempel.se>',
  emails: ['cert@exempel.se'],
  ...change,
});

const open = (file: string | Uint8Array, change: Partial<AnswerJob> = {}): Promise<OpenedAnswer> =>
  openAnswer({
    file: Buffer.from(file),
    ownKeys: [stranger.armoredPrivate, own.armoredPrivate],
    knownKeys: [knownKey()],
    at,
    ...change,
  });

async function refusal(file: string | Uint8Array, change: Partial<AnswerJob> = {}): Promise<SigillError> {
  const error: unknown = await open(file, change).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SigillError)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return error;
}

describe('an answer', () => {
  it('is read from a whole mail, from the armored message and from the binary one', async () => {
    const { data } = await openpgp.unarmor(answer);
    for (const file of [
      Buffer.from(await buildEncryptedMail(HEADERS, answer)),
      answer,
      `Hej,\n\n${answer}`.replace(/^/, 'Content-Type: text/plain\n\n'),
      data as unknown as Uint8Array,
    ]) {
      expect(await open(file)).toMatchObject({
        signature: {
          kind: 'verified',
          fingerprint: other.fingerprint,
          owner: 'CERT <cert@exempel.se>',
          signedAt: at.toISOString(),
        },
        remarks: [],
        subject: 'Svar på er rapport',
        from: 'cert@exempel.se',
        text: TEXT.trimEnd(),
        attachments: [
          {
            name: 'bilaga.txt',
            size: 3,
            sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
          },
        ],
      });
    }
  });

  it('in plain text has no headers, and hidden characters in it are made visible', async () => {
    const opened = await open(await write(Buffer.from('Rad 1\r\nvänd\u202e1234\n'), other));
    expect(opened).toMatchObject({
      subject: null,
      from: null,
      text: 'Rad 1\nvänd\uFFFD1234',
      attachments: [],
    });
  });

  it('in HTML alone is read as text, and one without any text says so', async () => {
    const html = (content: string): Buffer =>
      Buffer.from(`Subject: Svar\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${content}\r\n`);
    const words =
      '<html><body><p>Åtgärda <b>genast</b> &amp; svara.</p><script>ond()</script><p>Andra stycket</p></body></html>';
    const { text } = await open(await write(html(words), other));
    expect(text).toMatch(/^Åtgärda genast & svara\.\s+Andra stycket$/);
    expect((await open(await write(html('<img src="x">'), other))).text).toBe('(Brevet har ingen text.)');
  });

  it('that is longer than a row holds is shown as far as it goes, and that is told', async () => {
    const long = await open(await write(Buffer.from(`${'a'.repeat(199_999)}\u{1f525}slut`), other));
    expect(long.text).toBe('a'.repeat(199_999));
    expect(long.remarks).toEqual([
      expect.stringMatching(/200\s000 tecknen av 200\s005 .*Be avsändaren om resten/),
    ]);
  });

  it('that says something in HTML that its text does not is shown with both', async () => {
    const twofold = (text: string, html: string): Buffer =>
      Buffer.from(
        [
          'Content-Type: multipart/alternative; boundary=q',
          '',
          '--q',
          'Content-Type: text/plain; charset=utf-8',
          '',
          text,
          '--q',
          'Content-Type: text/html; charset=utf-8',
          '',
          html,
          '--q--',
          '',
        ].join('\r\n'),
      );
    const said = '<p>Larmnummer: <b>0701-234567</b></p>';
    const both = await open(await write(twofold('Ditt program visar inte HTML.', said), other));
    expect(both.text).toMatch(
      /^Ditt program visar inte HTML\.\n\n\(Så här lyder brevet i HTML:\)\s+Larmnummer: 0701-234567$/,
    );
    expect(both.remarks).toEqual([expect.stringMatching(/lyder på två sätt/)]);
    const same = await open(await write(twofold('Larmnummer: 0701-234567', said), other));
    expect(same).toMatchObject({ text: 'Larmnummer: 0701-234567', remarks: [] });
  });

  it('that is a file and no text is known by its name, size and hash', async () => {
    const picture = Buffer.from([0xff, 0xd8, 0, 1, 2]);
    const named = async (filename?: string): Promise<OpenedAnswer> =>
      open(
        await openpgp.encrypt({
          message: await openpgp.createMessage({
            binary: picture,
            date: at,
            ...(filename ? { filename } : {}),
          }),
          encryptionKeys: await openpgp.readKey({ armoredKey: own.armoredPublic }),
          signingKeys: await openpgp.readPrivateKey({ armoredKey: other.armoredPrivate }),
          date: at,
        }),
      );
    const answered = await named('svar.jpg');
    expect(answered).toMatchObject({
      signature: { kind: 'verified' },
      text: '(Svaret är en fil, inte text.)',
      attachments: [
        { name: 'svar.jpg', size: 5, sha256: createHash('sha256').update(picture).digest('hex') },
      ],
    });
    expect(answered.remarks).toEqual([
      expect.stringMatching(/fil och inte text/),
      expect.stringMatching(/ingen underskrift gäller namnet/),
    ]);
    for (const name of [undefined, '../svar.jpg', 'C:\\svar.jpg', '\n']) {
      const nameless = await named(name);
      expect(nameless.attachments[0]?.name).toBe('fil utan namn');
      expect(nameless.remarks).toHaveLength(1);
    }
  });

  it.skipIf(gnupg === null)('that is a file from GnuPG has the name that it had there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sigill-svar-'));
    const file = join(folder, 'svar.pdf');
    writeFileSync(file, Buffer.from('%PDF-1.7\n\u0000\u0001\u00ff', 'latin1'));
    gnupg?.must(['--import'], own.armoredPublic);
    const encrypted = gnupg?.must(['-e', '-r', own.fingerprint, '-o', '-', file]) ?? '';
    rmSync(folder, { recursive: true });
    expect((await open(encrypted)).attachments).toMatchObject([{ name: 'svar.pdf', size: 12 }]);
  });

  it('says of its signature only what is known', async () => {
    const plain = Buffer.from('text');
    const known = [knownKey({ isVerified: false })];
    expect((await open(await write(plain, null))).signature).toEqual({ kind: 'unsigned' });
    expect((await open(await write(plain, stranger))).signature.kind).toBe('unknown-key');
    expect((await open(answer, { knownKeys: known })).signature).toMatchObject({
      kind: 'unverified-key',
      fingerprint: other.fingerprint,
    });
    const distrusted = [knownKey({ isVerified: false, isDistrusted: true })];
    expect((await open(answer, { knownKeys: distrusted })).signature).toMatchObject({
      kind: 'distrusted-key',
      fingerprint: other.fingerprint,
    });
  });
});

describe('an answer that would pass for another', () => {
  const mail = (headers: string, body = 'Text.'): Buffer =>
    Buffer.from(`${headers}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`);

  it('writes no line of its own among ours: neither by its subject nor by what an attachment is called', async () => {
    const forged = 'Svar=0A=0AUnderskriften_=C3=A4r_verifierad.=09x';
    const opened = await open(await write(mail(`Subject: =?utf-8?q?${forged}?=`), null));
    expect(opened.subject).toBe('Svar Underskriften är verifierad. x');
    const withFile = Buffer.from(
      [
        'Content-Type: multipart/mixed; boundary=q',
        '',
        '--q',
        'Content-Type: text/plain',
        '',
        'Text.',
        '--q',
        'Content-Type: application/octet-stream',
        "Content-Disposition: attachment; filename*=utf-8''a%0A-%20ok.pdf",
        '',
        'abc',
        '--q--',
        '',
      ].join('\r\n'),
    );
    expect((await open(await write(withFile, null))).attachments[0]?.name).toBe('a - ok.pdf');
  });

  it('from somebody else than the owner of the key is told, and so is one that we wrote ourselves', async () => {
    const from = (address: string): Promise<string> =>
      write(mail(`From: <${address}>\r\nSubject: Svar`), other);
    expect((await open(await from('cert@exempel.se'))).remarks).toEqual([]);
    expect((await open(await from('chef@polisen.example'))).remarks).toEqual([
      expect.stringMatching(/annan avsändare \(chef@polisen\.example\) än nyckelns ägare/),
    ]);
    const known = [knownKey({ fingerprint: own.fingerprint, armored: own.armoredPublic, isOwn: true })];
    const reflected = await open(await write(mail('Subject: Rapport'), own), { knownKeys: known });
    expect(reflected.signature.kind).toBe('own');
  });

  it('of a clock that is ahead is read, or told by the clock; never as changed', async () => {
    const later = async (ahead: number): Promise<string> =>
      openpgp.encrypt({
        message: await openpgp.createMessage({ binary: Buffer.from('text'), date: at }),
        encryptionKeys: await openpgp.readKey({ armoredKey: own.armoredPublic }),
        signingKeys: await openpgp.readPrivateKey({ armoredKey: other.armoredPrivate }),
        date: new Date(at.getTime() + ahead),
      });
    expect((await open(await later(2000))).signature.kind).toBe('verified');
    const error = await refusal(await later(3_600_000));
    expect(error).toMatchObject({ kind: 'usage' });
    expect(error.message).toMatch(/senare än den här datorns klocka.*Kontrollera klockan/);
  });

  it('that was signed long ago is told of, for it may have been sent again', async () => {
    const later = (hours: number): Partial<AnswerJob> => ({ at: new Date(at.getTime() + hours * 3_600_000) });
    expect((await open(answer, later(24))).remarks).toEqual([]);
    expect((await open(answer, later(25))).remarks).toEqual([
      expect.stringMatching(/^Svaret underskrevs 2026-11-22 14:05, .*svarar på just den här incidenten/),
    ]);
  });

  it('of several messages is the letter and not what is attached to it, and the others are told of', async () => {
    const [body, file] = [
      await write(Buffer.from('BREVET'), other),
      await write(Buffer.from('BILAGAN'), other),
    ];
    const both = [
      'Content-Type: multipart/mixed; boundary=q',
      '',
      '--q',
      'Content-Type: text/plain',
      '',
      body,
      '--q',
      'Content-Type: application/octet-stream',
      'Content-Disposition: attachment; filename=a.txt.asc',
      '',
      file,
      '--q--',
      '',
    ].join('\r\n');
    const opened = await open(both);
    expect(opened.text).toBe('BREVET');
    expect(opened.remarks).toEqual([expect.stringMatching(/fler krypterade delar/)]);
  });

  it('written on an older Windows is read, with a word about it, and so is one that it has saved in UTF-16', async () => {
    const opened = await open(await write(Buffer.from('räksmörgås', 'latin1'), other));
    expect(opened).toMatchObject({ text: 'räksmörgås', remarks: [expect.stringMatching(/Windows-1252/)] });
    const wide = await open(await write(Buffer.from('\uFEFFräksmörgås\r\n', 'utf16le'), other));
    expect(wide).toMatchObject({ text: 'räksmörgås', remarks: [] });
  });
});

describe('refused, in words', () => {
  it('where one bit has been changed, wherever it is', async () => {
    const { data } = await openpgp.unarmor(answer);
    const bytes = Buffer.from(data as unknown as Uint8Array);
    // Past the session key packet: a change there makes it no longer ours, or unreadable.
    for (const place of [200, 400, bytes.length - 30, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      const error = await refusal(changed);
      expect(error.kind, String(place)).toBe('damaged');
      expect(error.message).toMatch(/ändrat eller skadat/);
    }
  });

  it('where it is to somebody else', async () => {
    const error = await refusal(await write(Buffer.from('text'), other, stranger), {
      ownKeys: [own.armoredPrivate],
    });
    expect(error).toMatchObject({ kind: 'usage' });
    expect(error.message).toMatch(/annan nyckel än er/);
  });

  it('where it is not encrypted, or not anything', async () => {
    for (const file of [
      '',
      'hej',
      Buffer.from([0x85, 1, 2, 3]),
      answer.slice(0, 300),
      'Content-Type: multipart/mixed\n\n',
    ]) {
      const error = await refusal(file);
      expect(error.kind).toBe('usage');
      expect(error.message).toMatch(/inte ett OpenPGP-krypterat svar/);
    }
  });

  it('at once, where a message has a beginning time after time and never an end', async () => {
    const beginning = '-----BEGIN PGP MESSAGE-----\n';
    const started = performance.now();
    for (const file of [beginning.repeat(250_000), `Subject: Svar\n\n${beginning.repeat(50_000)}`]) {
      expect((await refusal(file)).message).toMatch(/inte ett OpenPGP-krypterat/);
    }
    // Seconds many times over, on a slow computer too, where each beginning is followed to the end of the file.
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('where it is too large, before anything is read', async () => {
    expect((await refusal(Buffer.alloc(LARGEST_ANSWER + 1))).message).toMatch(/för stor.*32 MB/);
  });
});
