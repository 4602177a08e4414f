import { fontOf, type FontName } from './fonts.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
/** Characters that only join signs or choose between their pictures, and are dropped where they do: between letters of other scripts. */
const JOINING =
  /[\ufe00-\ufe0f]|[\u200c\u200d](?=[^\p{Script=Latin}\p{Script=Common}]|\p{Extended_Pictographic})/gu;
/**
 * Those that show nothing where they stand: a soft hyphen, a zero-width space or joiner, a byte order mark. In a report of an incident
 * they are how a name was made to look like another: each is written out by its number.
 */
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/;
/** Most texts: nothing in them needs to be looked at letter by letter. */
const PLAIN = /^[\n -~åäöÅÄÖéÉ§–’”·…]*$/;

/** A stretch of text in one font. `undrawable`: the code points stand there by their numbers. */
export interface TextRun {
  readonly text: string;
  readonly font: FontName;
  readonly undrawable: boolean;
}

function normalise(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/\t/g, '    ')
    .replace(JOINING, '')
    .normalize('NFC');
}

/** `[U+4E2D]`: how a character that no font has is written out. */
export function codePointWords(code: number): string {
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}

/**
 * Text as it can be set: NFC, line ends as `\n`, tabs as spaces, joiners between signs dropped, in runs of one font each.
 * A character that no font has (a Chinese sign, a control or direction character) is a run of its own, `[U+4E2D]`, so
 * that nothing vanishes from the paper and nothing turns the order of the letters around.
 */
export function textRuns(text: string): TextRun[] {
  const plain = (run: string): TextRun => ({ text: run, font: 'SourceSans3', undrawable: false });
  if (PLAIN.test(text)) return [plain(text)];
  const runs: TextRun[] = [];
  let current = plain('');
  for (const character of normalise(text)) {
    const code = character.codePointAt(0) ?? 0;
    // A space goes with the letters before it: alone in a font of its own it would be lost to whoever reads the file.
    const isSpace = code === NEWLINE || code === SPACE;
    const font = isSpace ? current.font : UNSEEN.test(character) ? null : fontOf(code);
    const undrawable = font === null;
    const shown = undrawable ? codePointWords(code) : character;
    const wanted = font ?? 'SourceSans3';
    if (!undrawable && !current.undrawable && current.font === wanted) {
      current = { ...current, text: current.text + shown };
      continue;
    }
    if (current.text !== '') runs.push(current);
    current = { text: shown, font: wanted, undrawable };
  }
  return [...runs, current];
}

/** The same as one string: what metadata hold, and what is measured. */
export function printable(text: string): string {
  return textRuns(text)
    .map((run) => run.text)
    .join('');
}

/** The characters of a text that no font has, each once, in order. */
export function undrawableIn(text: string): string[] {
  if (PLAIN.test(text)) return [];
  const found = [...normalise(text)].filter((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code !== NEWLINE && (UNSEEN.test(character) || fontOf(code) === null);
  });
  return [...new Set(found)];
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
