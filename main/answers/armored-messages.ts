/** An armored message, as it stands in a file or in a part of a mail. */
export interface ArmoredMessage {
  /** In the form that the library reads, whatever was put before and between its lines. */
  readonly armored: string;
  /** After the mark of what somebody quotes from another mail. */
  readonly isQuoted: boolean;
}

/** More messages than this are not looked at: nobody writes so many in one answer. */
export const MOST_MESSAGES = 100;

const BEGIN = '-----BEGIN PGP MESSAGE-----';
const END = '-----END PGP MESSAGE-----';

/**
 * Cuts out the armored messages of a text, whatever stands around them. Each end is held against the beginning closest before
 * it, so that every character is looked at a few times only, and no file can make it slow.
 */
export function armoredMessages(text: string): ArmoredMessage[] {
  const messages: ArmoredMessage[] = [];
  let from = 0;
  for (let end = text.indexOf(END); end >= 0; end = text.indexOf(END, from)) {
    const before = text.slice(from, end);
    const begin = before.lastIndexOf(BEGIN);
    from = end + END.length;
    if (begin < 0) continue;
    messages.push({
      armored: armorOf(before.slice(begin + BEGIN.length)),
      isQuoted: />[^\S\n]*$/.test(before.slice(0, begin).slice(-LONGEST_MARK)),
    });
    if (messages.length === MOST_MESSAGES) break;
  }
  return messages;
}

/** Characters before the beginning of a message, on its line. */
const LONGEST_MARK = 40;

/** Without the marks of quotation, the fields (they say nothing that is needed) and the empty lines that HTML has between all. */
function armorOf(inside: string): string {
  const body = inside
    .replace(/^[\s>]+/gm, '')
    .replace(/^[A-Za-z-]+:.*$/gm, '')
    .replace(/\s+/g, '\n')
    .trim();
  return `${BEGIN}\n\n${body}\n${END}\n`;
}
