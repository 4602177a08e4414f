import { drawableCodePoints } from './fonts.ts';

const NEWLINE = 0x0a;
/** Characters that show nothing and may be dropped: soft hyphen, zero-width ones, byte order mark, variation selectors. */
const INVISIBLE = /\u00ad|[\u200b-\u200d]|\u2060|[\ufe00-\ufe0f]|\ufeff/g;

/**
 * Text as it can be set in the documents' font: NFC, line ends as `\n`, tabs as spaces, invisible characters dropped.
 * A character that the font lacks (an emoji, a control or direction character) is written out as `[U+1F600]`, so that
 * nothing vanishes from the paper and nothing turns the order of the letters around.
 */
export function printable(text: string): string {
  const normal = text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/\t/g, '    ')
    .replace(INVISIBLE, '')
    .normalize('NFC');
  const drawable = drawableCodePoints();
  let printed = '';
  for (const character of normal) {
    const code = character.codePointAt(0) ?? 0;
    printed +=
      code === NEWLINE || drawable.has(code)
        ? character
        : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  }
  return printed;
}

/** Cuts a line that must stay one line (a running header), with an ellipsis. `length` in characters. */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= length
    ? line
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

/** A document's date: the Swedish calendar day of an instant, `2026-11-22`. */
export function swedishDate(instant: Date): string {
  return instant.toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
}

/** `2026-11-22 14:05`, Swedish time. */
export function swedishTime(instant: Date): string {
  return instant.toLocaleString('sv-SE', {
    timeZone: 'Europe/Stockholm',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
}
