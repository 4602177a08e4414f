import { createHash } from 'node:crypto';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { SigillError } from '../../shared/domain/error.ts';
import { openpgp } from '../keys/openpgp-config.ts';

/** A larger file is not an answer that anybody reads on a screen. Bytes. */
export const LARGEST_ANSWER = 32 * 1024 * 1024;
const LARGEST_TEXT = 200_000;
const LONGEST_SUBJECT = 500;
const MOST_ATTACHMENTS = 200;
const BOUNDS = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 } as const;

/** What an answer is read with: plain data, so that another thread can do it. */
export interface AnswerJob {
  /** The file as it came: a mail (.eml), or the encrypted message alone, armored or binary. */
  readonly file: Uint8Array;
  /** The organisation's own secret keys, retired ones too: an answer may be to the key that was replaced. */
  readonly ownKeys: readonly string[];
  /** Keys that are in the vault. Only one that is verified says who has signed. */
  readonly knownKeys: readonly {
    readonly fingerprint: string;
    readonly armored: string;
    readonly isVerified: boolean;
  }[];
  readonly at: Date;
}

/** How the signature stands; `fingerprint` is of the key in the vault. */
export type AnswerSignature =
  | { readonly kind: 'verified'; readonly fingerprint: string; readonly signedAt: string | null }
  /** The signature is whole, but nobody has compared the fingerprint of the key. */
  | { readonly kind: 'unverified-key'; readonly fingerprint: string; readonly signedAt: string | null }
  /** Signed with a key that is not in the vault. */
  | { readonly kind: 'unknown-key'; readonly keyId: string }
  | { readonly kind: 'unsigned' };

export interface OpenedAnswer {
  /** SHA-256 of the file as it came, in hex. */
  readonly fileHash: string;
  readonly signature: AnswerSignature;
  /** From inside the encryption; null where the sender's program put none there. */
  readonly subject: string | null;
  readonly from: string | null;
  readonly text: string;
  readonly attachments: readonly {
    readonly name: string;
    /** Bytes. */
    readonly size: number;
    readonly sha256: string;
  }[];
}

/**
 * Opens an encrypted answer with the organisation's own keys and tells who has signed it. Nothing is shown of what is
 * not whole: where the message or a signature by a known key does not hold, the answer is refused.
 * @throws SigillError `usage` where it is not an encrypted message, is too large, or is to somebody else; `damaged`
 *   where it has been changed on its way
 */
export async function openAnswer(job: AnswerJob): Promise<OpenedAnswer> {
  if (job.file.length > LARGEST_ANSWER) {
    throw new SigillError(
      'usage',
      `Filen är för stor för att läsas som ett svar (högst ${LARGEST_ANSWER / 1024 / 1024} MB).`,
    );
  }
  const message = await readEncrypted(job.file);
  const own = await Promise.all(job.ownKeys.map((armoredKey) => openpgp.readPrivateKey({ armoredKey })));
  requireReader(message, own);
  const known = await Promise.all(
    job.knownKeys.map(async (key) => ({ ...key, key: await openpgp.readKey({ armoredKey: key.armored }) })),
  );
  const opened = await openpgp
    .decrypt({
      message,
      decryptionKeys: own,
      verificationKeys: known.map(({ key }) => key),
      date: job.at,
      format: 'binary',
    })
    .catch(() => null);
  if (opened === null) {
    throw new SigillError(
      'damaged',
      'Svaret går inte att öppna: det är ändrat eller skadat på vägen, eller gjort på ett sätt som inte är säkert. ' +
        'Inget av det visas. Ring avsändaren och be om det igen.',
    );
  }
  const signature = await judgeSignature(opened.signatures, known);
  return {
    fileHash: sha256(job.file),
    signature,
    ...(await readContent(Buffer.from(opened.data))),
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const NOT_ENCRYPTED =
  'Filen är inte ett OpenPGP-krypterat svar. Spara hela brevet som .eml, eller den krypterade delen för sig ' +
  '(.asc eller .pgp), och läs in den filen.';

/** The encrypted message in a file: binary, armored alone, in a mail's text, or as a part of PGP/MIME. */
async function readEncrypted(file: Uint8Array): Promise<openpgp.Message<Uint8Array>> {
  // RFC 9580 4.2: the first bit of a packet is always set; armor and mail are ASCII.
  const message =
    ((file[0] ?? 0) & 0x80) !== 0 && !isByteOrderMark(file)
      ? await openpgp.readMessage({ binaryMessage: file }).catch(() => null)
      : await readArmored(file);
  if (message === null) throw new SigillError('usage', NOT_ENCRYPTED);
  return message as openpgp.Message<Uint8Array>;
}

const isByteOrderMark = (file: Uint8Array): boolean => file[0] === 0xef && file[1] === 0xbb;

async function readArmored(file: Uint8Array): Promise<openpgp.Message<string> | null> {
  const whole = Buffer.from(file).toString('latin1');
  const candidates = /^(?:\u00ef\u00bb\u00bf)?\s*-----BEGIN PGP MESSAGE-----/.test(whole)
    ? [whole]
    : await partsOfMail(file);
  for (const candidate of candidates) {
    const armored = /-----BEGIN PGP MESSAGE-----[\s\S]*?-----END PGP MESSAGE-----/.exec(candidate)?.[0];
    if (armored === undefined) continue;
    const message = await openpgp.readMessage({ armoredMessage: armored }).catch(() => null);
    if (message !== null) return message;
  }
  return null;
}

async function partsOfMail(file: Uint8Array): Promise<string[]> {
  const mail = await parseMail(file);
  if (mail === null) return [];
  return [...mail.attachments.map((part) => bytesOf(part).toString('latin1')), mail.text ?? ''];
}

async function parseMail(bytes: Uint8Array): Promise<Email | null> {
  return PostalMime.parse(bytes, BOUNDS).catch(() => null);
}

function bytesOf({ content }: Attachment): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content as Uint8Array);
}

/** A hidden reader (RFC 9580 5.1): each of our keys is tried. */
const ANY_KEY = '0'.repeat(16);

/** To tell "not to us" from "changed on its way", which a failed decryption alone does not. */
function requireReader(message: openpgp.Message<Uint8Array>, own: readonly openpgp.PrivateKey[]): void {
  const readers = message.getEncryptionKeyIDs();
  const isOurs = readers.some(
    (reader) => reader.toHex() === ANY_KEY || own.some((key) => key.getKeys(reader).length > 0),
  );
  if (isOurs) return;
  throw new SigillError(
    'usage',
    readers.length === 0
      ? NOT_ENCRYPTED
      : 'Svaret är krypterat till en annan nyckel än er, och kan inte öppnas här. ' +
          'Ge avsändaren er öppna nyckel och be om svaret igen.',
  );
}

/** @throws SigillError `damaged` where a key in the vault is said to have signed, and it does not hold */
async function judgeSignature(
  signatures: openpgp.DecryptMessageResult['signatures'],
  known: readonly { fingerprint: string; isVerified: boolean; key: openpgp.PublicKey }[],
): Promise<AnswerSignature> {
  let best: AnswerSignature | null = null;
  for (const { keyID, verified, signature } of signatures) {
    const signer = known.find(({ key }) => key.getKeys(keyID).length > 0);
    if (!signer) {
      best ??= { kind: 'unknown-key', keyId: keyID.toHex().toUpperCase() };
      continue;
    }
    const holds = await verified.catch(() => false);
    if (!holds) {
      throw new SigillError(
        'damaged',
        'Underskriften stämmer inte: svaret är ändrat, eller underskrivet med en nyckel som inte längre får användas. ' +
          'Inget av det visas. Ring avsändaren.',
      );
    }
    const made = (await signature).packets[0]?.created ?? null;
    const signedAt = made?.toISOString() ?? null;
    if (signer.isVerified) return { kind: 'verified', fingerprint: signer.fingerprint, signedAt };
    best = { kind: 'unverified-key', fingerprint: signer.fingerprint, signedAt };
  }
  return best ?? { kind: 'unsigned' };
}

/** Text that a stranger has written: what cannot be seen must not turn a line around; lines and tabs are kept. */
function visible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

function bounded(text: string, most: number): string {
  if (text.length <= most) return text;
  throw new SigillError(
    'usage',
    `Svarets text är för lång för att läsas här (högst ${most} tecken). Be avsändaren lägga det långa i en bilaga.`,
  );
}

type Content = Pick<OpenedAnswer, 'subject' | 'from' | 'text' | 'attachments'>;

/** A mail inside the encryption begins with a header field; anything else is taken as plain text. */
async function readContent(bytes: Buffer): Promise<Content> {
  if (
    !/^(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*content-type:/i.test(
      bytes.toString('latin1', 0, 65_536),
    )
  ) {
    return { subject: null, from: null, text: plainText(bytes), attachments: [] };
  }
  const mail = await parseMail(bytes);
  if (mail === null || mail.attachments.length > MOST_ATTACHMENTS) {
    throw new SigillError(
      'usage',
      'Svaret är öppnat, men brevet inuti är inte uppbyggt som ett brev ska vara. Be avsändaren om ren text.',
    );
  }
  const text = mail.text?.trim() ? mail.text : await textOfHtml(mail.html ?? '');
  return {
    subject: mail.subject === undefined ? null : visible(mail.subject).slice(0, LONGEST_SUBJECT),
    from: mail.from?.address ? visible(mail.from.address).slice(0, LONGEST_SUBJECT) : null,
    text: bounded(visible(text).trimEnd() || NO_TEXT, LARGEST_TEXT),
    attachments: mail.attachments.map((part, index) => {
      const content = bytesOf(part);
      return {
        name: visible(part.filename ?? `bilaga ${index + 1}`).slice(0, LONGEST_SUBJECT),
        size: content.length,
        sha256: sha256(content),
      };
    }),
  };
}

/**
 * An answer in HTML alone as text: nothing in it is run or fetched. The parser makes text of HTML only where it stands beside
 * text, so it is put beside some.
 */
async function textOfHtml(html: string): Promise<string> {
  if (html.trim() === '') return '';
  const part = (type: string, content: string): string =>
    `${DELIMITER}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString('base64')}\r\n`;
  const mail = await parseMail(
    Buffer.from(
      `Content-Type: multipart/mixed; boundary=x\r\n\r\n${part('text/plain', ' ')}${part('text/html', html)}${DELIMITER}${TWO_HYPHENS}\r\n`,
    ),
  );
  return mail?.text?.trim() ?? '';
}

/** RFC 2046 5.1.1: a delimiter line is two hyphens and the boundary. */
const TWO_HYPHENS = '-'.repeat(2);
const DELIMITER = `${TWO_HYPHENS}x`;

/** Said in place of what is not there: an answer that seems empty may have its words in an attachment. */
const NO_TEXT = '(Brevet har ingen text.)';

function plainText(bytes: Buffer): string {
  try {
    return bounded(visible(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).trimEnd(), LARGEST_TEXT);
  } catch (error) {
    if (error instanceof SigillError) throw error;
    throw new SigillError(
      'usage',
      'Svaret är öppnat, men det är inte text. Be avsändaren om ren text eller ett brev.',
    );
  }
}
