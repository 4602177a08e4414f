import hyphen from 'hyphen/sv/index.js';

/** How the patterns mark a place where a word may be parted; text that is set has none (`text.ts`). */
const SOFT_HYPHEN = '\u00ad';

/** A shorter word is not worth parting. */
const LEAST_LETTERS = 10;
/** Letters that stay together before and after the hyphen. */
const LEAST_BEFORE = 3;
const LEAST_AFTER = 4;
const MOST_KEPT = 20_000;

/**
 * Only whole words of small letters, with or without a capital first. A name of a system, a file, an address or a hash
 * holds digits, signs or capitals, and what goes on for a hundred letters is no word: it must be read off the paper as it is, and is never parted.
 */
const WORD =
  /(?<![\p{L}\p{N}\p{M}_@./\\:#&=+~-])\p{L}\p{Ll}{9,99}(?![\p{L}\p{N}\p{M}_@/\\:#&=+~-]|\.\p{L})/gu;

const parted = new Map<string, string>();

/** The parts that a word may be parted into, with what stands around it (`“`, `,`, a space); one where it may not. */
export function partsOf(text: string): string[] {
  return text.length < LEAST_LETTERS ? [text] : text.replace(WORD, hyphenateWord).split(SOFT_HYPHEN);
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
