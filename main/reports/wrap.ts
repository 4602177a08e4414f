import { plainText, showHidden } from '../documents/hidden.ts';

const clusters = new Intl.Segmenter('sv', { granularity: 'grapheme' });

function plainLines(text: string): string[] {
  return plainText(text)
    .split('\n')
    .map((line) => showHidden(line).trimEnd());
}

/** Cuts a word that no line can hold, between characters as they are seen where that is possible. */
function cut(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  const add = (unit: string): void => {
    if (piece.length + unit.length > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += unit;
  };
  for (const { segment } of clusters.segment(word)) {
    // Accents can be piled on one letter without end: then the letter is cut as well.
    if (segment.length > width) for (const character of segment) add(character);
    else add(segment);
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

/** "18 kap. 8 b §" is one word: a provision cut in two is easily read as another. */
const PROVISION = /\d+ kap\. \d+(?: [a-z])? §/g;
const TIED = '\u00a0';

function wrapLine(text: string, { width, write }: Setting): string[] {
  const whole = write(text.replaceAll(TIED, ' '));
  if (whole.length <= width) return [whole];
  const tied = text.replace(PROVISION, (provision) => provision.replaceAll(' ', TIED));
  const line = tied.split(TIED).map(write).join(TIED);
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ').filter((candidate) => candidate !== '')) {
    if (current !== '' && current.length + 1 + word.length <= width) {
      current += ` ${word}`;
      continue;
    }
    if (current !== '') lines.push(current);
    const pieces = word.length <= width ? [word] : cut(word, width);
    lines.push(...pieces.slice(0, -1));
    current = pieces.at(-1) ?? '';
  }
  if (current !== '') lines.push(current);
  return lines.map((wrapped) => wrapped.replaceAll(TIED, ' '));
}

/** How lines are set. */
export interface Setting {
  /** In UTF-16 units: never fewer than what is seen. */
  readonly width: number;
  /** Writes a text with the signs that are sent, which may be more than those it had. */
  readonly write: (text: string) => string;
}

export const asItIs = (text: string): string => text;

/**
 * Text as lines of at most `width`, each hidden character by its number: on a printer or a terminal it can turn a page,
 * move the cursor, or turn the order of the letters around. A line that fits keeps its spaces, so that a small table in an
 * answer stays a table; a longer one is wrapped between words.
 */
export function setLines(text: string, setting: Setting): string[] {
  return plainLines(text).flatMap((line) => wrapLine(line, setting));
}

/** The same with the signs that the text has. */
export function wrapLines(text: string, width: number): string[] {
  return setLines(text, { width, write: asItIs });
}
