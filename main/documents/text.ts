import { fontOf, type FontName } from './fonts.ts';
import { codePointWords, isHidden, plainText } from './hidden.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
/** Most texts: nothing in them needs to be looked at letter by letter. */
const PLAIN = /^[\n -~åäöÅÄÖéÉ§–’”·…]*$/;

/** A stretch of text in one font. `undrawable`: the code points stand there by their numbers. */
export interface TextRun {
  readonly text: string;
  readonly font: FontName;
  readonly undrawable: boolean;
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
  for (const character of plainText(text)) {
    const code = character.codePointAt(0) ?? 0;
    // A space goes with the letters before it: alone in a font of its own it would be lost to whoever reads the file.
    const isSpace = code === NEWLINE || code === SPACE;
    const font = isSpace ? current.font : isHidden(character) ? null : fontOf(code);
    const undrawable = font === null;
    const shown = undrawable ? codePointWords(character) : character;
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
  const found = [...plainText(text)].filter((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code !== NEWLINE && (isHidden(character) || fontOf(code) === null);
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
