import hyphen from 'hyphen/sv/index.js';

/** Marks a place where a word may be parted; taken out again where a line does not end there (`lines.ts`). */
export const SOFT_HYPHEN = '\u00ad';

/** A shorter word is not worth parting. */
const LEAST_LETTERS = 10;
/** Letters that stay together before and after the hyphen. */
const LEAST_BEFORE = 3;
const LEAST_AFTER = 3;
const MOST_KEPT = 20_000;

/**
 * Only whole words of small letters, with or without a capital first. A name of a system, a file, an address or a hash
 * holds digits, signs or capitals: it must be read off the paper as it is, and is never parted.
 */
const WORD = /(?<![\p{L}\p{N}\p{M}_@./\\:#&=+~-])\p{L}\p{Ll}{9,}(?![\p{L}\p{N}\p{M}_@/\\:#&=+~-]|\.\p{L})/gu;

const parted = new Map<string, string>();

/** A text with soft hyphens where Swedish words may be parted (patterns of TeX, by the package `hyphen`). */
export function hyphenate(text: string): string {
  return text.length < LEAST_LETTERS ? text : text.replace(WORD, hyphenateWord);
}

function hyphenateWord(word: string): string {
  const known = parted.get(word);
  if (known !== undefined) return known;
  const parts = hyphen.hyphenateSync(word, { minWordLength: LEAST_LETTERS }).split(SOFT_HYPHEN);
  let result = '';
  let since = 0;
  let left = word.length;
  for (const [index, part] of parts.entries()) {
    const isAllowed = since >= (result.includes(SOFT_HYPHEN) ? 2 : LEAST_BEFORE) && left >= LEAST_AFTER;
    if (index > 0 && isAllowed) {
      result += SOFT_HYPHEN;
      since = 0;
    }
    result += part;
    since += part.length;
    left -= part.length;
  }
  // What documents say differs without end; the words they say it with do not.
  if (parted.size >= MOST_KEPT) parted.clear();
  parted.set(word, result);
  return result;
}
