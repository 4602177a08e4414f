import type { Email } from 'postal-mime';
import { SigillError } from '../../shared/domain/error.ts';
import type { OpenedAnswer } from './open-answer.ts';
import { bytesOf, parseMail, sha256 } from './parse-mail.ts';
import { findUnchecked, type UncheckedSignature } from './signed-part.ts';
import { oneLine, visible } from './visible-text.ts';

const LARGEST_TEXT = 200_000;
const MOST_ATTACHMENTS = 200;

function bounded(text: string, most: number): string {
  if (text.length <= most) return text;
  throw new SigillError(
    'usage',
    `Svarets text är för lång för att läsas här (högst ${most} tecken). Be avsändaren lägga det långa i en bilaga.`,
  );
}

interface Content extends Pick<OpenedAnswer, 'subject' | 'from' | 'text' | 'attachments' | 'remarks'> {
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

/** A mail inside the encryption begins with a header field; anything else is taken as plain text. */
export async function readContent(bytes: Buffer): Promise<Content> {
  if (
    !/^(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*content-type:/i.test(
      bytes.toString('latin1', 0, 65_536),
    )
  ) {
    const plain = plainText(bytes);
    return { subject: null, from: null, ...plain, attachments: [], unchecked: findUnchecked(plain.text, []) };
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
    ...headsOf(mail),
    text: bounded(visible(text).trimEnd() || NO_TEXT, LARGEST_TEXT),
    attachments: mail.attachments.map((part, index) => {
      const content = bytesOf(part);
      return {
        name: oneLine(part.filename ?? `bilaga ${index + 1}`),
        size: content.length,
        sha256: sha256(content),
      };
    }),
    remarks: [],
    unchecked: findUnchecked(
      text,
      mail.attachments.map(({ mimeType }) => mimeType),
    ),
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

/** Windows writes so where nothing else is asked of it; every byte that is no control character is a letter there. */
function plainText(bytes: Buffer): Pick<Content, 'text' | 'remarks'> {
  const read = (encoding: string): string =>
    bounded(visible(new TextDecoder(encoding, { fatal: true }).decode(bytes)).trimEnd(), LARGEST_TEXT);
  try {
    return { text: read('utf-8'), remarks: [] };
  } catch (error) {
    if (error instanceof SigillError) throw error;
  }
  // What has control characters is a picture, a document or a program.
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  if (/[\u0000-\u0008\u000e-\u001f\u0081\u008d\u008f\u0090\u009d]/.test(bytes.toString('latin1'))) {
    throw new SigillError(
      'usage',
      'Svaret är öppnat, men det är inte text. Be avsändaren om ren text eller ett brev.',
    );
  }
  return {
    text: read('windows-1252'),
    remarks: ['Texten är inte skriven i UTF-8 och är läst som Windows-1252: enstaka tecken kan vara fel.'],
  };
}
