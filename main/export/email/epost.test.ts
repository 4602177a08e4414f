import { hostname } from 'node:os';
import PostalMime from 'postal-mime';
import { beforeAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../../shared/domain/error.ts';
import { OPEN_MARKING } from '../../../shared/domain/marking.ts';
import { FORGIVING_CONFIG, openpgp } from '../../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../../keys/own.ts';
import { renderJson } from '../../reports/json.ts';
import { CANARY, fileNamed, SAMPLE_PDF, SAMPLE_TEXT, sampleEmail } from '../../testing/email.ts';
import { sampleClearance, sampleReport } from '../../testing/report.ts';
import type { ExportFile, StreamedFile } from '../files.ts';
import { makeEmailExport, type EmailExportInput } from './epost.ts';

const at = new Date('2026-11-22T13:05:00Z');
const REFERENCE = 'K7M2-9QXA-4D1F';

let own: OwnKey;
let recipient: OwnKey;
let input: EmailExportInput;
let files: (ExportFile | StreamedFile)[];

const keyOf = ({ fingerprint, armoredPublic }: OwnKey) => ({ fingerprint, armored: armoredPublic });

beforeAll(async () => {
  const made = new Date('2026-11-01T08:00:00Z');
  own = await createOwnKey({ name: 'Säkerhetsskydd', email: 'sakskydd@exempel.se', at: made });
  recipient = await createOwnKey({ name: 'CERT', email: 'cert@exempel.se', at: made });
  input = sampleEmail(own, [keyOf(recipient)], at);
  files = await makeEmailExport(input);
});

async function decrypt(armored: string, reader: OwnKey = recipient): Promise<Buffer> {
  const opened = await openpgp.decrypt({
    message: await openpgp.readMessage({ armoredMessage: armored }),
    decryptionKeys: await openpgp.readPrivateKey({ armoredKey: reader.armoredPrivate }),
    verificationKeys: await openpgp.readKey({ armoredKey: own.armoredPublic }),
    expectSigned: true,
    date: at,
    format: 'binary',
  });
  return Buffer.from(opened.data);
}

async function refusal(change: Partial<EmailExportInput>): Promise<SigillError> {
  const error: unknown = await makeEmailExport({ ...input, ...change }).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SigillError)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return error;
}

function headersOf(mail: Buffer): Map<string, string> {
  const head = mail.toString('latin1').split('\r\n\r\n')[0] ?? '';
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}

describe('the files', () => {
  it('are a mail, its message alone, and the key to check it with', () => {
    expect(files.map((file) => file.name)).toEqual([
      `rapport-${REFERENCE}.eml`,
      `rapport-${REFERENCE}.pgp`,
      'avsandarens-nyckel.asc',
    ]);
    expect(fileNamed(files, /\.asc$/).toString()).toBe(own.armoredPublic);
    expect(fileNamed(files, /\.eml$/).includes(fileNamed(files, /\.pgp$/))).toBe(true);
  });

  it('tell nothing of the report, the sender key or the workstation', () => {
    const secrets = [
      CANARY,
      'Driftsystem',
      'Slutrapport',
      'Norra driftverket',
      'Eva Lind',
      'PRIVATE',
      hostname(),
      'rapport.pdf',
    ];
    for (const name of [/\.eml$/, /\.pgp$/]) {
      const bytes = fileNamed(files, name);
      for (const secret of secrets) {
        // In UTF-8, in Latin-1, and as base64 would begin it.
        const forms = [
          secret,
          Buffer.from(secret, 'latin1'),
          Buffer.from(secret).toString('base64').slice(0, -4),
        ];
        const found = forms.some((form) => form.length > 5 && bytes.includes(form));
        expect(found, secret).toBe(false);
      }
    }
  });

  it('are seven bit with CRLF and short lines', () => {
    const mail = fileNamed(files, /\.eml$/).toString('latin1');
    expect(mail).toMatch(/^[\t\r\n\x20-\x7e]*$/);
    for (const line of mail.split('\r\n')) {
      expect(line).not.toMatch(/[\r\n]/);
      expect(line.length).toBeLessThanOrEqual(78);
    }
  });
});

describe('the mail', () => {
  it('has only neutral header fields', () => {
    const headers = headersOf(fileNamed(files, /\.eml$/));
    expect([...headers.keys()].sort()).toEqual(
      ['Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To'].sort(),
    );
    expect(headers.get('Subject')).toBe(`Rapport, ref ${REFERENCE}`);
    expect(headers.get('From')).toBe('sakskydd@exempel.se');
    expect(headers.get('To')).toBe('cert@exempel.se, rapport@exempel.se');
    expect(headers.get('Date')).toBe('Sun, 22 Nov 2026 13:05:00 +0000');
    expect(headers.get('Message-ID')).toMatch(/^<[0-9a-f-]{36}@exempel\.se>$/);
  });

  it('is PGP/MIME of RFC 3156, read by another parser', async () => {
    const mail = await PostalMime.parse(fileNamed(files, /\.eml$/));
    const type = mail.headers.find((header) => header.key === 'content-type')?.value ?? '';
    expect(type).toMatch(/^multipart\/encrypted; protocol="application\/pgp-encrypted";\s*boundary="/);
    expect(mail.subject).toBe(`Rapport, ref ${REFERENCE}`);
    expect(mail.from?.address).toBe('sakskydd@exempel.se');
    expect(mail.to?.map((to) => to.address)).toEqual(['cert@exempel.se', 'rapport@exempel.se']);
    expect(mail.text ?? '').toBe('');
    const parts = mail.attachments.map(({ mimeType, content }) => ({
      mimeType,
      content: Buffer.from(content as ArrayBuffer).toString('latin1'),
    }));
    expect(parts).toEqual([
      { mimeType: 'application/pgp-encrypted', content: expect.stringMatching(/^Version: 1\r?\n\s*$/) },
      {
        mimeType: 'application/octet-stream',
        content: expect.stringMatching(/^-----BEGIN PGP MESSAGE-----\r?\n/),
      },
    ]);
  });

  it('may lack a sender, which the mail program then fills in', async () => {
    const made = await makeEmailExport({ ...input, from: { name: 'Säkerhetsskydd', email: null }, to: [] });
    const bytes = fileNamed(made, /\.eml$/);
    const headers = headersOf(bytes);
    expect(headers.has('From')).toBe(false);
    expect(headers.has('To')).toBe(false);
    expect(headers.get('Message-ID')).toMatch(/^<[0-9a-f-]{36}@rapport\.invalid>$/);
    expect((await PostalMime.parse(bytes)).attachments).toHaveLength(2);
    expect(headersOf(await decrypt(fileNamed(made, /\.pgp$/).toString())).has('From')).toBe(false);
  });
});

describe('the encrypted message', () => {
  it('holds the report in its three forms, byte for byte', async () => {
    const inner = await decrypt(fileNamed(files, /\.pgp$/).toString());
    const mail = await PostalMime.parse(inner);
    // postal-mime counts the line break before a boundary to the part (RFC 2046 5.1.1 does not).
    expect(mail.text?.replaceAll('\r\n', '\n')).toBe(`${SAMPLE_TEXT}\n`);
    expect(
      mail.attachments.map(({ filename, mimeType, disposition, content }) => [
        filename,
        mimeType,
        disposition,
        Buffer.from(content as ArrayBuffer).toString('base64'),
      ]),
    ).toEqual([
      ['rapport.pdf', 'application/pdf', 'attachment', Buffer.from(SAMPLE_PDF).toString('base64')],
      ['rapport.json', 'application/json', 'attachment', Buffer.from(input.rendered.json).toString('base64')],
    ]);
  });

  it('repeats the header fields inside, signed, with the name of the sender', async () => {
    const inner = await decrypt(fileNamed(files, /\.pgp$/).toString());
    const outside = headersOf(fileNamed(files, /\.eml$/));
    const inside = headersOf(inner);
    expect(inside.get('Content-Type')).toMatch(/^multipart\/mixed; protected-headers="?v1"?; boundary=/);
    for (const name of ['Subject', 'To', 'Date', 'Message-ID'])
      expect(inside.get(name)).toBe(outside.get(name));
    expect((await PostalMime.parse(inner)).from).toMatchObject({
      name: 'Säkerhetsskydd, Norra driftverket',
      address: 'sakskydd@exempel.se',
    });
    expect(inner.toString('latin1')).toMatch(/^[\t\r\n\x20-\x7e]*$/);
  });

  it('is for the recipient and for our own archive, and for nobody twice', async () => {
    const made = await makeEmailExport({
      ...input,
      recipients: [keyOf(recipient), keyOf(own), keyOf(recipient)],
    });
    const armored = fileNamed(made, /\.pgp$/).toString();
    const message = await openpgp.readMessage({ armoredMessage: armored });
    expect(message.getEncryptionKeyIDs()).toHaveLength(2);
    expect(await decrypt(armored, own)).toEqual(await decrypt(armored, recipient));
  });

  it('is SEIPDv1 even where every reader announces SEIPDv2', async () => {
    const modern = async (name: string): Promise<OwnKey> => {
      const { privateKey } = await openpgp.generateKey({
        type: 'ecc',
        curve: 'curve25519Legacy',
        userIDs: [{ name }],
        date: new Date('2026-11-01T08:00:00Z'),
        format: 'object',
        config: { aeadProtect: true },
      });
      return {
        fingerprint: privateKey.getFingerprint().toUpperCase(),
        armoredPrivate: privateKey.armor(),
        armoredPublic: privateKey.toPublic().armor(),
        createdAt: privateKey.getCreationTime().toISOString(),
        expiresAt: null,
      };
    };
    const [reader, sender] = [await modern('Mottagare'), await modern('Avsändare')];
    const versions = (message: openpgp.Message<openpgp.MaybeStream<string>>): [string, unknown][] =>
      message.packets.map((packet) => [packet.constructor.name, 'version' in packet ? packet.version : null]);

    // What the library would have done by itself.
    const keys = await Promise.all(
      [reader, sender].map(({ armoredPublic }) => openpgp.readKey({ armoredKey: armoredPublic })),
    );
    const natural = await openpgp.encrypt({
      message: await openpgp.createMessage({ text: 'prov' }),
      encryptionKeys: keys,
      date: at,
    });
    expect(versions(await openpgp.readMessage({ armoredMessage: natural }))).toContainEqual([
      'SymEncryptedIntegrityProtectedDataPacket',
      2,
    ]);

    const made = await makeEmailExport({ ...input, recipients: [keyOf(reader)], ownKey: sender });
    const armored = fileNamed(made, /\.pgp$/).toString();
    expect(versions(await openpgp.readMessage({ armoredMessage: armored }))).toEqual([
      ['PublicKeyEncryptedSessionKeyPacket', 3],
      ['PublicKeyEncryptedSessionKeyPacket', 3],
      ['SymEncryptedIntegrityProtectedDataPacket', 1],
    ]);
  });

  it('cannot be changed on the way', async () => {
    const { data } = await openpgp.unarmor(fileNamed(files, /\.pgp$/).toString());
    const bytes = Uint8Array.from(data as unknown as Uint8Array);
    bytes[bytes.length - 400] = (bytes[bytes.length - 400] ?? 0) ^ 1;
    await expect(decrypt(openpgp.armor(openpgp.enums.armor.message, bytes))).rejects.toThrow();
  });
});

describe('what is refused', () => {
  it('a clearance for another way out', async () => {
    const error = await refusal({ clearance: sampleClearance(input.document, 'signalskydd') });
    expect([error.kind, error.message]).toEqual([
      'policy',
      expect.stringContaining('Klartecknet gäller signalskydd'),
    ]);
  });

  it('a clearance for another document', async () => {
    const error = await refusal({ document: sampleReport('sekretess', { author: 'En annan' }) });
    expect([error.kind, error.message]).toEqual(['policy', expect.stringContaining('annat dokument')]);
  });

  it.each(['begransat-hemlig', 'konfidentiell', 'hemlig', 'kvalificerat-hemlig'] as const)(
    'a report marked %s, even with a clearance and a decision',
    async (level) => {
      const document = sampleReport(level);
      const clearance = sampleClearance(document, 'epost');
      const error = await refusal({
        document,
        clearance,
        rendered: { ...input.rendered, json: renderJson(document) },
      });
      expect([error.kind, error.message]).toEqual(['policy', expect.stringContaining('3 kap. 5 §')]);
      expect(error.message).not.toContain(CANARY);
    },
  );

  it('a report whose marking has been lowered below its parts', async () => {
    const document = sampleReport('hemlig', { marking: OPEN_MARKING });
    const clearance = sampleClearance(document, 'epost');
    const error = await refusal({
      document,
      clearance,
      rendered: { ...input.rendered, json: renderJson(document) },
    });
    expect(error.kind).toBe('policy');
  });

  it('files of another report than the one that was cleared', async () => {
    for (const json of [renderJson(sampleReport('hemlig')), Buffer.from('{}'), Buffer.from('prov')]) {
      const error = await refusal({ rendered: { ...input.rendered, json } });
      expect([error.kind, error.message]).toEqual(['policy', expect.stringContaining('annat dokument')]);
    }
  });

  it('no recipient', async () => {
    expect((await refusal({ recipients: [] })).message).toContain('minst en mottagare');
  });

  it.each(['cert exempel.se', 'a@b.se\r\nBcc: c@d.se', 'å@b.se'])('the address %j', async (address) => {
    expect((await refusal({ to: [address] })).message).toContain('adress');
    expect((await refusal({ from: { name: 'X', email: address } })).message).toContain('adress');
  });

  it('a recipient key that has expired since it was read in', async () => {
    const { publicKey } = await openpgp.generateKey({
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [{ name: 'Kort' }],
      date: new Date('2026-11-01T08:00:00Z'),
      keyExpirationTime: 86_400,
      format: 'object',
      config: FORGIVING_CONFIG,
    });
    const key = { fingerprint: publicKey.getFingerprint().toUpperCase(), armored: publicKey.armor() };
    expect((await refusal({ recipients: [key] })).message).toMatch(/gick ut .*Be mottagaren/);
  });

  it('our own key that has expired: what we do about it, and not that the recipient is to be asked', async () => {
    const old = await createOwnKey({
      name: 'Vi',
      email: null,
      at: new Date('2024-11-01T08:00:00Z'),
      years: 1,
    });
    const error = await refusal({ ownKey: old });
    expect(error.message).toMatch(/^Er egen nyckel .* gick ut 2025-11-01\..*ändra nyckelns slutdatum/);
    expect(error.message).not.toContain('Be mottagaren');
    expect(error.terminal).toBe('key extend-own');
  });

  it('a stored key that is not the one with its fingerprint', async () => {
    const swapped = { fingerprint: own.fingerprint, armored: recipient.armoredPublic };
    expect(await refusal({ recipients: [swapped] })).toMatchObject({ kind: 'damaged' });
    const mixed = { ...own, armoredPrivate: recipient.armoredPrivate };
    expect(await refusal({ ownKey: mixed })).toMatchObject({ kind: 'damaged' });
  });

  it('our secret key where the public one should be: it would be sent', async () => {
    const error = await refusal({ ownKey: { ...own, armoredPublic: own.armoredPrivate } });
    expect(error.message).toContain('hemlig nyckel');
  });
});
