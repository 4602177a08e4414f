import { isUtf8 } from 'node:buffer';
import type { Email } from 'postal-mime';
import { SigillError } from '../../shared/domain/error.ts';
import { sha256Hex } from '../export/files.ts';
import { asText } from '../keys/inspect.ts';
import { saysMore, textOfHtml } from './html-text.ts';
import type { OpenedAnswer } from './opened-answer.ts';
import { bytesOf, parseMail } from './parse-mail.ts';
import { findUnchecked, type UncheckedSignature } from './signed-part.ts';
import { oneLine, visible } from './visible-text.ts';

const LARGEST_TEXT = 200_000;
const MOST_ATTACHMENTS = 200;

/** A longer text is kept as far as a row holds it, and that is told. */
function bounded(text: string): Pick<Content, 'text' | 'remarks'> {
  if (text.length <= LARGEST_TEXT) return { text, remarks: [] };
  const [most, all] = [LARGEST_TEXT, text.length].map((count) => count.toLocaleString('sv-SE'));
  return {
    // Half a character is none.
    text: text.slice(0, LARGEST_TEXT).replace(/[\ud800-\udbff]$/, ''),
    remarks: [
      `Svarets text är för lång: de första ${most} tecknen av ${all} visas och kan sparas. Be avsändaren om resten i ett svar för sig.`,
    ],
  };
}

interface Content extends Pick<OpenedAnswer, 'subject' | 'from' | 'text' | 'attachments' | 'remarks'> {
  readonly contents: readonly Uint8Array[];
  /** A signature in it that is not checked. */
  readonly unchecked: UncheckedSignature | null;
}

/** A part that is signed beside itself, and from around it what the part has not: the headers need not be signed. */
export async function readSignedContent(signed: Buffer, around: Buffer): Promise<Content> {
  const content = await readContent(signed);
  const mail = await parseMail(around);
  const { subject, from } = mail === null ? content : headsOf(mail);
  const isFilledIn =
    (content.subject ?? subject) !== content.subject || (content.from ?? from) !== content.from;
  return {
    ...content,
    subject: content.subject ?? subject,
    from: content.from ?? from,
    remarks: [...content.remarks, ...(isFilledIn ? [HEADS_NOT_SIGNED] : [])],
  };
}

const HEADS_NOT_SIGNED =
  'Underskriften gäller brevets text och bilagor, men inte ämnet eller avsändaren i brevets huvud.';

const headsOf = (mail: Email): Pick<Content, 'subject' | 'from'> => ({
  subject: mail.subject === undefined ? null : oneLine(mail.subject),
  from: mail.from?.address ? oneLine(mail.from.address) : null,
});

/**
 * A mail inside the encryption begins with a header field; anything else is taken as plain text, or is a file where it is none.
 * @param fileName what the sender's program has called it; null where it has not
 */
export async function readContent(bytes: Buffer, fileName: string | null = null): Promise<Content> {
  if (
    !/^(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*content-type:/i.test(
      bytes.toString('latin1', 0, 65_536),
    )
  ) {
    const plain = plainText(bytes);
    if (plain === null) return fileAlone(bytes, fileName);
    const unchecked = findUnchecked(plain.text, []);
    return { subject: null, from: null, ...plain, attachments: [], contents: [], unchecked };
  }
  const mail = await parseMail(bytes);
  if (mail === null || mail.attachments.length > MOST_ATTACHMENTS) {
    throw new SigillError(
      'usage',
      'Svaret är öppnat, men brevet inuti är inte uppbyggt som ett brev ska vara. Be avsändaren om ren text.',
    );
  }
  const plain = visible(mail.text ?? '').trimEnd();
  const html = visible(await textOfHtml(mail.html ?? '')).trimEnd();
  const isTwofold = plain.trim() !== '' && saysMore(html, plain);
  const text = isTwofold ? `${plain}\n\n${IN_HTML}\n\n${html}` : plain.trim() === '' ? html : plain;
  const { remarks, ...shown } = bounded(text || NO_TEXT);
  const contents = mail.attachments.map((part) => bytesOf(part));
  return {
    ...headsOf(mail),
    ...shown,
    attachments: contents.map((content, index) => ({
      name: oneLine(mail.attachments[index]?.filename ?? `bilaga ${index + 1}`),
      size: content.length,
      sha256: sha256Hex(content),
    })),
    contents,
    remarks: [...(isTwofold ? [TWOFOLD] : []), ...remarks],
    unchecked: findUnchecked(
      text,
      mail.attachments.map(({ mimeType }) => mimeType),
    ),
  };
}

/** Said between the two. */
const IN_HTML = '(Så här lyder brevet i HTML:)';
const TWOFOLD =
  'Brevet lyder på två sätt: i HTML säger det något som inte står i den rena texten. Båda visas, den rena texten först.';

/** Said in place of what is not there: an answer that seems empty may have its words in an attachment. */
const NO_TEXT = '(Brevet har ingen text.)';

/** An answer that is no text and no mail: it is known by its hash, as what is attached to a mail is. */
function fileAlone(bytes: Buffer, fileName: string | null): Content {
  const name = oneLine(fileName ?? '');
  const isName = name !== '' && !/[\\/]/.test(name);
  return {
    subject: null,
    from: null,
    text: '(Svaret är en fil, inte text.)',
    attachments: [{ name: isName ? name : 'fil utan namn', size: bytes.length, sha256: sha256Hex(bytes) }],
    contents: [bytes],
    remarks: [
      'Svaret är en fil och inte text, och visas inte här. Spara den i en mapp, eller be avsändaren om det viktigaste som text.',
      // RFC 9580 5.9: the name and the date of what is signed are not.
      ...(isName
        ? ['Filens namn är vad avsändarens program kallade den: ingen underskrift gäller namnet.']
        : []),
    ],
    unchecked: null,
  };
}

/**
 * Windows writes so where nothing else is asked of it; every byte that is no control character is a letter there.
 * @returns null for what is no text
 */
function plainText(bytes: Buffer): Pick<Content, 'text' | 'remarks'> | null {
  const read = (text: string): Pick<Content, 'text' | 'remarks'> => bounded(visible(text).trimEnd());
  if (isUtf8(bytes)) return bytes.includes(0) ? null : read(bytes.toString('utf8'));
  if (UTF_16_MARK.test(bytes.toString('latin1', 0, 2))) {
    const text = asText(bytes) ?? '';
    return CONTROL.test(text) ? null : read(text);
  }
  // What has control characters is a picture, a document or a program.
  if (CONTROL.test(bytes.toString('latin1'))) return null;
  const { text, remarks } = read(new TextDecoder('windows-1252').decode(bytes));
  return {
    text,
    remarks: [
      'Texten är inte skriven i UTF-8 och är läst som Windows-1252: enstaka tecken kan vara fel.',
      ...remarks,
    ],
  };
}

const UTF_16_MARK = /^(?:\u00ff\u00fe|\u00fe\u00ff)/;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u0081\u008d\u008f\u0090\u009d]/;
