const clusters = new Intl.Segmenter('sv', { granularity: 'grapheme' });

/**
 * Controls (Cc), format and direction characters (Cf), and lone surrogates (Cs). On a printer or a terminal they can
 * turn a page, move the cursor, or turn the order of the letters around.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Show nothing and change nothing in plain text: soft hyphen, zero-width characters, byte order mark. */
const SILENT = /\u00ad|[\u200b-\u200d]|\u2060|\ufeff/g;

function plainLines(text: string): string[] {
  return text
    .normalize('NFC')
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n')
    .split('\n')
    .map((line) =>
      line
        .replace(/\t/g, '    ')
        .replace(SILENT, '')
        .replace(UNPRINTABLE, (character) => {
          const code = character.codePointAt(0) ?? 0;
          return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
        })
        .trimEnd(),
    );
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

function wrapLine(text: string, width: number): string[] {
  if (text.length <= width) return [text.replaceAll(TIED, ' ')];
  const line = text.replace(PROVISION, (provision) => provision.replaceAll(' ', TIED));
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

/**
 * Text as lines of at most `width` UTF-16 units, without control characters. A line that fits keeps its spaces, so
 * that a small table in an answer stays a table; a longer one is wrapped between words.
 */
export function wrapLines(text: string, width: number): string[] {
  return plainLines(text).flatMap((line) => wrapLine(line, width));
}
