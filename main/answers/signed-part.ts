import { openpgp } from '../keys/openpgp-config.ts';
import { bytesOf, parseMail } from './parse-mail.ts';

/** A part that is signed beside itself, and the signature (RFC 1847 2.1, RFC 3156 5). */
export interface SignedPart {
  /** The part with its headers, with the line endings that were signed. */
  readonly content: Buffer;
  readonly signature: openpgp.Signature;
}

/**
 * What is signed in a mail that is signed as a whole, in the way of programs that sign first and encrypt then (RFC 3156 6.1).
 * @returns null where it is not signed so, or is not built as the standard says: it is then read as any other mail
 */
export async function findSignedPart(mail: Buffer): Promise<SignedPart | null> {
  // Byte by byte: what is signed may be in any character encoding.
  const whole = mail.toString('latin1').replace(/\r?\n/g, '\r\n');
  const boundary = boundaryOf(whole);
  if (boundary === null) return null;
  const parts = partsBetween(whole, boundary);
  const [signed, signing] = parts ?? [];
  if (signed === undefined || signing === undefined || parts?.length !== 2) return null;
  const armored = (await parseMail(Buffer.from(signing, 'latin1')))?.attachments[0];
  if (armored?.mimeType !== OPENPGP_SIGNATURE) return null;
  const signature = await openpgp
    .readSignature({ armoredSignature: bytesOf(armored).toString('latin1') })
    .catch(() => null);
  if (signature === null || signature.packets.length === 0) return null;
  return { content: Buffer.from(signed, 'latin1'), signature };
}

const OPENPGP_SIGNATURE = 'application/pgp-signature';

function boundaryOf(mail: string): string | null {
  const end = mail.indexOf('\r\n\r\n');
  const fields = (end < 0 ? mail : mail.slice(0, end)).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const type = fields.find((field) => /^content-type:/i.test(field)) ?? '';
  if (!/^content-type:\s*multipart\/signed\s*;/i.test(type)) return null;
  const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"\\]+)"|([^\s;"]+))/i.exec(type) ?? [];
  return quoted ?? bare ?? null;
}

/** RFC 2046 5.1.1: the line break before a delimiter belongs to the delimiter. */
function partsBetween(mail: string, boundary: string): string[] | null {
  const parts: string[] = [];
  const delimiter = `\r\n--${boundary}`;
  let start: number | null = null;
  for (let at = mail.indexOf(delimiter); at >= 0; at = mail.indexOf(delimiter, at + 2)) {
    const after = at + delimiter.length;
    const lineEnd = mail.indexOf('\r\n', after);
    const rest = mail.slice(after, lineEnd < 0 ? undefined : lineEnd).trimEnd();
    if (rest !== '' && rest !== CLOSING) continue;
    if (start !== null) parts.push(mail.slice(start, at));
    if (rest === CLOSING) return parts;
    if (lineEnd < 0) return null;
    start = lineEnd + 2;
  }
  return null;
}

const CLOSING = '-'.repeat(2);

/** Who has signed the part, each with whether it holds, in the form that a signature inside the message is told in. */
export async function signersOf(
  { content, signature }: SignedPart,
  verificationKeys: openpgp.PublicKey[],
  date: Date,
): Promise<openpgp.VerifyMessageResult['signatures']> {
  const message = await openpgp.createMessage({ binary: content, date });
  const { signatures } = await openpgp.verify({ message, signature, verificationKeys, date });
  return signatures;
}

/** What is known of a signature that is not checked. */
export type UncheckedSignature = 'smime' | 'openpgp';

/** @returns null where there is none */
export function findUnchecked(text: string, types: readonly string[]): UncheckedSignature | null {
  if (types.some((type) => /^application\/(?:x-)?pkcs7-(?:signature|mime)$/.test(type))) return 'smime';
  return types.includes(OPENPGP_SIGNATURE) || /^-----BEGIN PGP SIGNED MESSAGE-----/m.test(text)
    ? 'openpgp'
    : null;
}
