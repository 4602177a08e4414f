import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import MimeNode from 'nodemailer/lib/mime-node';

/** Header fields that stand both outside and, signed, inside the encryption. Nothing here is secret. */
export interface MailHeaders {
  readonly subject: string;
  readonly from: { readonly name: string; readonly address: string } | null;
  readonly to: readonly string[];
  readonly date: Date;
  /** With angle brackets. */
  readonly messageId: string;
}

interface MailAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array | Readable;
}

/** "=_" can stand neither in quoted-printable nor in base64, so no content can look like a boundary (RFC 2045 6.7). */
function boundary(): string {
  return `=_${randomBytes(15).toString('hex')}`;
}

/**
 * The MIME entity that is signed and encrypted: the report as text, and the attachments. Seven bits and CRLF
 * throughout, so that a receiver may take off the encryption and keep the signature (RFC 3156 3 and 6.2).
 *
 * The header fields are repeated inside with `protected-headers="v1"` (draft-autocrypt-lamps-protected-headers), which
 * Thunderbird, mutt, K-9 and others show instead of the outer ones: whoever changes the sender or the subject on the
 * way is found out.
 */
export async function buildReportMime(
  headers: MailHeaders,
  text: string,
  attachments: readonly (MailAttachment & { readonly content: Uint8Array })[],
): Promise<Uint8Array> {
  return compose(headers, text, attachments).build();
}

/** The same for what is too large to be held. An error in a source is not told by the stream: its hash must be checked. */
export function streamReportMime(
  headers: MailHeaders,
  text: string,
  attachments: readonly MailAttachment[],
): Readable {
  return compose(headers, text, attachments).createReadStream();
}

function compose(headers: MailHeaders, text: string, attachments: readonly MailAttachment[]): MimeNode {
  const message = new MailComposer({
    ...(headers.from ? { from: headers.from } : {}),
    to: headers.to.map((address) => ({ name: '', address })),
    subject: headers.subject,
    date: headers.date,
    messageId: headers.messageId,
    text: { content: text.replace(/\r\n|\r|\n/g, '\r\n'), contentTransferEncoding: 'quoted-printable' },
    attachments: attachments.map((attachment) => ({
      filename: attachment.filename,
      contentType: attachment.contentType,
      content: attachment.content instanceof Readable ? attachment.content : Buffer.from(attachment.content),
      contentTransferEncoding: 'base64',
    })),
    // A path or an address in a fact must stay words: nothing is read from disk or net while the mail is put together.
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  message.setHeader('Content-Type', `multipart/mixed; protected-headers="v1"; boundary="${boundary()}"`);
  return message;
}

/**
 * Wraps an armored OpenPGP message as PGP/MIME (RFC 3156 4). The outer fields tell who, when and a neutral
 * reference; there is no X-Mailer or User-Agent, and the sender's display name stands only inside.
 */
export async function buildEncryptedMail(headers: MailHeaders, armored: string): Promise<Uint8Array> {
  const root = new MimeNode(
    `multipart/encrypted; protocol="application/pgp-encrypted"; boundary="${boundary()}"`,
    { disableFileAccess: true, disableUrlAccess: true },
  );
  if (headers.from) root.setHeader('From', headers.from.address);
  if (headers.to.length > 0) root.setHeader('To', headers.to.join(', '));
  root.setHeader('Subject', headers.subject);
  root.setHeader('Message-ID', headers.messageId);
  root.setHeader('Date', headers.date);
  root
    .createChild('application/pgp-encrypted')
    .setHeader('Content-Description', 'PGP/MIME version identification')
    .setHeader('Content-Transfer-Encoding', '7bit')
    .setContent('Version: 1\r\n');
  root
    .createChild('application/octet-stream', { filename: 'encrypted.asc' })
    .setHeader('Content-Description', 'OpenPGP encrypted message')
    .setHeader('Content-Disposition', 'inline')
    .setHeader('Content-Transfer-Encoding', '7bit')
    .setContent(armored);
  return root.build();
}

/**
 * True where the bytes can go through any mail server as they are: ASCII, every line ended by CRLF and at most 998
 * characters long, no NUL (RFC 5322 2.1.1 and 2.3).
 */
export function isCanonicalMail(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1');
  return (
    bytes.every((byte) => byte > 0 && byte < 0x80) &&
    text.endsWith('\r\n') &&
    text.split('\r\n').every((line) => line.length <= 998 && !/[\r\n]/.test(line))
  );
}

/**
 * Finds an attachment by its file name and decodes it: for reading back what was written. It knows only the form that
 * `buildReportMime` writes.
 * @returns null where there is no such part.
 */
export function readAttachment(mime: Uint8Array, filename: string): Uint8Array | null {
  const text = Buffer.from(mime).toString('latin1');
  const declared = /boundary="([^"]+)"/.exec(text)?.[1];
  if (declared === undefined) return null;
  for (const part of text.split(`\r\n--${declared}`)) {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, end);
    if (end < 0 || !head.includes(`filename=${filename}`) || !/: base64$/m.test(head)) continue;
    return Buffer.from(part.slice(end + 4), 'base64');
  }
  return null;
}
