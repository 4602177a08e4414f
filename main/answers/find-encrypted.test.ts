import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { openpgp } from '../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../keys/own.ts';
import { openGnupg } from '../testing/gnupg.ts';
import { findEncrypted } from './find-encrypted.ts';

const made = new Date('2026-11-01T08:00:00Z');
const gnupg = openGnupg();

let own: OwnKey;
let armored: string;
let binary: Buffer;

beforeAll(async () => {
  own = await createOwnKey({ name: 'Vi', email: 'sakskydd@exempel.se', at: made });
  armored = await encrypt('SVARET');
  binary = await toBinary(armored);
});
afterAll(() => gnupg?.close());

async function encrypt(text: string): Promise<string> {
  return openpgp.encrypt({
    message: await openpgp.createMessage({ text }),
    encryptionKeys: await openpgp.readKey({ armoredKey: own.armoredPublic }),
  });
}

const toBinary = async (message: string): Promise<Buffer> =>
  Buffer.from((await openpgp.unarmor(message)).data as unknown as Uint8Array);

/** What is found, opened. */
async function found(file: string | Uint8Array): Promise<{ text: string; others: number }> {
  const { message, others } = await findEncrypted(Buffer.from(file));
  const decryptionKeys = await openpgp.readPrivateKey({ armoredKey: own.armoredPrivate });
  const { data } = await openpgp.decrypt({ message, decryptionKeys });
  return { text: Buffer.from(data).toString('utf8'), others };
}

async function refusal(file: string | Uint8Array): Promise<string> {
  const error: unknown = await findEncrypted(Buffer.from(file)).catch((reason: unknown) => reason);
  if (!(error instanceof SigillError)) throw new Error('Expected a refusal.');
  expect(error.kind).toBe('usage');
  return error.message;
}

const mail = (type: string, body: string): string =>
  `From: cert@exempel.se\r\nSubject: Svar\r\nMIME-Version: 1.0\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;

const withFile = (letter: string, file: Buffer, name: string): string =>
  mail(
    'multipart/mixed; boundary=q',
    [
      '--q',
      'Content-Type: text/plain; charset=utf-8',
      '',
      letter,
      '--q',
      `Content-Type: application/octet-stream; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      file.toString('base64').replace(/.{76}/g, '$&\r\n'),
      '--q--',
    ].join('\r\n'),
  );

/** As Outlook writes what is pasted into it: a paragraph for each line. */
const asOutlook = (text: string): string =>
  `<html><body lang=SV>${text
    .split('\n')
    .map((line) => `<p class=MsoNormal><span>${line === '' ? '&nbsp;' : line}<o:p></o:p></span></p>`)
    .join('\r\n')}</body></html>`;

const quoted = (text: string): string => text.replace(/^/gm, '> ');

describe('the encrypted message', () => {
  it('is found where it is attached to a mail, armored or binary', async () => {
    const one = { text: 'SVARET', others: 0 };
    expect(await found(withFile('Se bilagan.', binary, 'msg.pgp'))).toEqual(one);
    expect(await found(withFile('Se bilagan.', Buffer.from(armored), 'msg.asc'))).toEqual(one);
    expect(await found(withFile(armored, binary, 'msg.pgp'))).toEqual({ text: 'SVARET', others: 1 });
  });

  it('is not taken to be a picture that is attached beside it', async () => {
    const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46]);
    expect(await found(withFile(armored, picture, 'logga.jpg'))).toEqual({ text: 'SVARET', others: 0 });
    expect(await refusal(withFile('Se bilden.', picture, 'logga.jpg'))).toMatch(
      /inte ett OpenPGP-krypterat svar/,
    );
  });

  it('is found in a file that Windows has saved in another encoding', async () => {
    for (const text of [armored, mail('text/plain', armored)]) {
      const little = Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'utf16le');
      for (const file of [little, Buffer.from(little).swap16(), Buffer.from(`\uFEFF${text}`)]) {
        expect(await found(file)).toEqual({ text: 'SVARET', others: 0 });
      }
    }
  });

  it('is found with text above and below it, in HTML alone, and after the marks of quotation', async () => {
    for (const file of [
      `Svar från CERT:\n${armored}\nHälsningar\n`,
      `Hej,\n\nhär är svaret.\n\n${armored}`,
      mail('text/html; charset=utf-8', asOutlook(`Hej\n${armored}`)),
      quoted(armored),
      mail('text/plain', `Se nedan.\r\n\r\n${quoted(armored)}`),
    ]) {
      expect(await found(file), file.slice(0, 200)).toEqual({ text: 'SVARET', others: 0 });
    }
  });

  it('is what somebody has written, and not what is quoted above it', async () => {
    const asked = quoted(await encrypt('FRÅGAN'));
    expect(await found(mail('text/plain', `${asked}\n\n${armored}`))).toEqual({ text: 'SVARET', others: 0 });
  });
});

describe('a file without one', () => {
  it('is said to be signed and not encrypted, where it is', async () => {
    const signed = mail(
      'multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512; boundary=q',
      [
        '--q',
        'Content-Type: text/plain',
        '',
        'Tack.',
        '--q',
        'Content-Type: application/pgp-signature; name="signature.asc"',
        '',
        '-----BEGIN PGP SIGNATURE-----',
        '',
        'abcd',
        '-----END PGP SIGNATURE-----',
        '--q--',
      ].join('\r\n'),
    );
    expect(await refusal(signed)).toMatch(/^Svaret är underskrivet men inte krypterat/);
  });

  it.skipIf(gnupg === null)('is told by GnuPG: signed alone, in clear text, or to a password', async () => {
    gnupg?.makeKey('CERT <cert@exempel.se>', 'cv25519');
    const make = (...args: string[]): Buffer =>
      gnupg?.must(['--passphrase', 'hemligt', ...args], 'Tack.\n') ?? Buffer.alloc(0);
    const signed = [make('-s'), make('-s', '--armor'), make('--clear-sign'), make('-b', '--armor')];
    const inMail = mail('text/plain', make('--clear-sign').toString());
    for (const file of [...signed, inMail, withFile('Se bilagan.', make('-s'), 'svar.gpg')]) {
      expect(await refusal(file)).toMatch(
        /^Svaret är underskrivet men inte krypterat.*skriv in det som behövs i händelseloggen/,
      );
    }
    for (const file of [make('-c'), make('-c', '--armor'), withFile('', make('-c'), 'svar.gpg')]) {
      expect(await refusal(file)).toMatch(/krypterat med ett lösenord och inte till er nyckel/);
    }
  });
});
