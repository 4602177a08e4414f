/**
 * Provisions of the law in whichever way people write them, as chapter, paragraph and letter: "18 kap. 8 b § OSL" and
 * "OSL 18:8 b" are both `18:8b`, and neither is `18:8`. Stycke and punkt do not matter to the channel table, nor does
 * the name of the law: the table speaks of one law only.
 */

/** "8", "8 b", "8b": a letter belongs to the number; a word after it does not, nor the p of punkt. */
const PARAGRAPH = String.raw`\d+(?:\s?[a-h](?![\p{L}\d]))?`;
const LINK = String.raw`\s*(?:,|\boch\b|\beller\b|\bsamt\b|\btill\b|[-–—])\s*`;
/** "8 §", "8 och 13 §§", "1–3 §§": numbers up to the sign. "8 § 3 p" says nothing of a 3 §. */
const BEFORE_SIGN = new RegExp(`(${PARAGRAPH}(?:${LINK}${PARAGRAPH})*)\\s*§`, 'gu');
/** "§ 8", as some write it. */
const AFTER_SIGN = new RegExp(`§+\\s*(${PARAGRAPH}(?:${LINK}${PARAGRAPH})*)`, 'gu');
const CHAPTER = /(\d+)\s*kap(?:itel|itlet)?\b\.?/gu;
/** "15:2", "15:1–3"; not "2009:400", which is the number of a law. */
const WITH_COLON = new RegExp(
  String.raw`(?<![\d:.-])(\d{1,2})\s*:\s*(${PARAGRAPH}(?:\s*[-–—]\s*${PARAGRAPH})?)(?![\d:])`,
  'gu',
);
const RANGE = /^(\d+)\s*(?:[-–—]|till)\s*(\d+)$/u;

/** A range wider than this is not read out: no chapter has so many paragraphs. */
const WIDEST_RANGE = 100;

function paragraphsOf(numbers: string): string[] {
  return numbers.split(/\s*(?:,|\boch\b|\beller\b|\bsamt\b)\s*/u).flatMap((piece) => {
    const [, from, to] = RANGE.exec(piece) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from !== undefined && last >= first && last - first < WIDEST_RANGE) {
      return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
    }
    // A range with letters in it ("8–8 b") is taken by its ends.
    return piece.split(/[-–—]|\btill\b/u).map((end) => end.replace(/\s/g, ''));
  });
}

/** What stands for a chapter that is named without a paragraph. */
export function wholeChapter(provision: string): string {
  return `${provision.split(':', 1)[0] ?? ''}:*`;
}

function inChapterForm(text: string): string[] {
  const chapters = [...text.matchAll(CHAPTER)];
  return chapters.flatMap((found, index) => {
    const chapter = found[1] ?? '';
    const rest = text.slice(found.index + found[0].length, chapters[index + 1]?.index);
    const before = [...rest.matchAll(BEFORE_SIGN)];
    const numbers = before.length > 0 ? before : [...rest.matchAll(AFTER_SIGN)];
    if (numbers.length === 0) return [`${chapter}:*`];
    return numbers.flatMap((match) => paragraphsOf(match[1] ?? '').map((number) => `${chapter}:${number}`));
  });
}

/** Compatible forms made one (a narrow colon, a full-width digit), invisible characters and odd dashes taken away. */
function plain(provision: string): string {
  return provision
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u2212\u2010\u2011]/gu, '-')
    .replace(/\u2236/gu, ':')
    .toLowerCase();
}

/** Numbers that name no provision: of a law, of a stycke, of a punkt. */
const NOT_PROVISIONS = [
  /\b\d{4}\s*:\s*\d+\b/gu,
  /\d+\s*(?:st\b\.?|stycket\b|p\b\.?|punkten\b|mom\b\.?)/gu,
  /(?:\bst\b\.?|\bstycket|\bp\b\.?|\bpunkt(?:en)?|\bmom\b\.?)\s*\d+/gu,
];

/**
 * Every provision that a text names; a chapter without a paragraph as `15:*`.
 * @returns null where something in the text is not understood: a number is left over, or none was found. What is not
 *   understood must not be taken for something harmless.
 */
export function provisionsIn(provision: string): string[] | null {
  const text = plain(provision);
  const named = [
    ...inChapterForm(text),
    ...[...text.matchAll(WITH_COLON)].flatMap((match) =>
      paragraphsOf(match[2] ?? '').map((number) => `${match[1]}:${number}`),
    ),
  ];
  let rest = text;
  for (const pattern of NOT_PROVISIONS) rest = rest.replace(pattern, ' ');
  rest = rest
    .replace(WITH_COLON, ' ')
    .replace(BEFORE_SIGN, ' ')
    .replace(AFTER_SIGN, ' ')
    .replace(CHAPTER, ' ');
  return named.length === 0 || /\p{N}/u.test(rest) ? null : named;
}
