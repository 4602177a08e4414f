import { parseMail } from './parse-mail.ts';

/**
 * What stands in HTML, as text: nothing in it is run or fetched. The parser makes text of HTML only where it stands beside
 * text, so it is put beside some.
 */
export async function textOfHtml(html: string): Promise<string> {
  if (html.trim() === '') return '';
  const part = (type: string, content: string): string =>
    `${DELIMITER}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString('base64')}\r\n`;
  const mail = await parseMail(
    Buffer.from(
      `Content-Type: multipart/mixed; boundary=x\r\n\r\n${part('text/plain', ' ')}${part('text/html', bodyOf(html))}${DELIMITER}${TWO_HYPHENS}\r\n`,
    ),
  );
  return mail?.text?.trim() ?? '';
}

/** RFC 2046 5.1.1: a delimiter line is two hyphens and the boundary. */
const TWO_HYPHENS = '-'.repeat(2);
const DELIMITER = `${TWO_HYPHENS}x`;

/**
 * The HTML without what no mail program shows, and without the marks of where its body begins and ends: the parser leaves out
 * what stands outside them, a mail program does not.
 */
function bodyOf(html: string): string {
  const shown = BLOCKS.reduce(withoutBlocks, html.replace(/<!---?>/g, ' ').replaceAll('--!>', '-->'));
  const end = shown.lastIndexOf('>') + 1;
  return shown.slice(0, end).replace(/<\/?(?:html|head|body|!doctype)\b[^>]*>/gi, ' ') + shown.slice(end);
}

const BLOCKS = ['style', 'script', 'title'] as const;

/** Block by block, so that no file can make it slow. */
function withoutBlocks(html: string, name: string): string {
  const opening = new RegExp(`<${name}\\b`, 'gi');
  const closing = new RegExp(`</${name}\\b`, 'gi');
  const kept: string[] = [];
  let from = 0;
  for (let found = opening.exec(html); found; found = opening.exec(html)) {
    kept.push(html.slice(from, found.index));
    closing.lastIndex = found.index;
    // One without an end goes on to the end of the mail.
    from = closing.exec(html)?.index ?? html.length;
    opening.lastIndex = from;
  }
  return kept.join(' ') + html.slice(from);
}

/** Whether the HTML of a mail says something that its text does not. Where links stand, and the marks of lists and quotes, is no matter. */
export function saysMore(html: string, text: string): boolean {
  const [inHtml, inText] = [wordsOf(html), wordsOf(text)];
  // A space before each and after the last: a word is not found inside another.
  const said = (words: readonly string[]): string =>
    [...words.filter((word) => !LINK.test(word)).map((word) => ` ${word}`), ' '].join('');
  if (!said(inText).includes(said(inHtml))) return true;
  return inHtml.some((word) => LINK.test(word) && !text.includes(word.replace(/^(?:mailto|tel):/i, '')));
}

const LINK = /^(?:https?|mailto|tel|cid):/i;

const wordsOf = (text: string): string[] =>
  text
    .replace(/[<>()[\]{}"'\u201c\u201d\u2019|]/g, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^[*_]+|[*_.,;]+$/g, ''))
    .filter((word) => /[\p{L}\p{N}\p{S}]/u.test(word));
