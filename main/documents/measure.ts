import { createRequire } from 'node:module';

/**
 * Teaches pdfmake to look a paragraph's style up once. It asks some twenty questions of the whole stack of styles for every
 * word, which is half of the time that a long report takes; the words of a paragraph have their style in common.
 */

interface Inline {
  text: string;
  lineEnd?: boolean;
  noNewLine?: boolean;
  width: number;
  leadingCut: number;
  trailingCut: number;
  [property: string]: unknown;
}

interface TextInlines {
  measure(inlines: Inline[], styles: unknown): Inline[];
  widthOfText(text: string, inline: object): number;
}

const load = createRequire(import.meta.url);
const { default: Measurer } = load('pdfmake/js/TextInlines.js') as { default: { prototype: TextInlines } };
const { default: Styles } = load('pdfmake/js/StyleContextStack.js') as {
  default: { getStyleProperty(item: object, styles: unknown, property: string, otherwise: unknown): unknown };
};

/** What is a word's own, and not of its style. */
const OWN = new Set(['text', 'lineEnd', 'noNewLine']);
/** What the measuring gives a word that does not come from its style. */
const MEASURED = new Set([...OWN, 'width', 'leadingCut', 'trailingCut']);
const LEADING = /^\s+/;
const TRAILING = /\s+$/;

function teach(measurer: TextInlines): void {
  const measureAll = measurer.measure;

  measurer.measure = function (this: TextInlines, inlines: Inline[], styles: unknown): Inline[] {
    const [first] = inlines;
    const isPlain =
      first !== undefined &&
      inlines.length > 1 &&
      Styles.getStyleProperty(first, styles, 'leadingIndent', 0) === 0;
    if (!isPlain) return measureAll.call(this, inlines, styles);
    let run: Run | null = null;
    return inlines.map((inline) => {
      const keys = Object.keys(inline).filter((key) => !OWN.has(key));
      if (run !== null && isSameStyle(run, inline, keys)) return measureIn(this, run, inline);
      const given = Object.fromEntries(keys.map((key) => [key, inline[key]]));
      measureAll.call(this, [inline], styles);
      const keeps = (property: string): boolean =>
        Boolean(Styles.getStyleProperty(inline, styles, property, false));
      run = {
        given,
        keys,
        style: Object.fromEntries(Object.entries(inline).filter(([key]) => !MEASURED.has(key))),
        keepsLeading: keeps('preserveLeadingSpaces'),
        keepsTrailing: keeps('preserveTrailingSpaces'),
      };
      return inline;
    });
  };
}

/** Words that follow each other in one style. */
interface Run {
  readonly given: Readonly<Record<string, unknown>>;
  readonly keys: readonly string[];
  /** What they have in common; each word inherits it, which a twentieth of the memory is enough for. */
  readonly style: object;
  readonly keepsLeading: boolean;
  readonly keepsTrailing: boolean;
}

function isSameStyle(run: Run, inline: Inline, keys: readonly string[]): boolean {
  return keys.length === run.keys.length && keys.every((key) => run.given[key] === inline[key]);
}

function measureIn(measurer: TextInlines, run: Run, { text, lineEnd, noNewLine }: Inline): Inline {
  const word = Object.create(run.style) as Inline;
  const widthOf = (spaces: RegExpMatchArray | null): number =>
    spaces === null ? 0 : measurer.widthOfText(spaces[0], word);
  word.text = text;
  if (lineEnd !== undefined) word.lineEnd = lineEnd;
  if (noNewLine !== undefined) word.noNewLine = noNewLine;
  word.width = measurer.widthOfText(text, word);
  word.leadingCut = run.keepsLeading ? 0 : widthOf(text.match(LEADING));
  word.trailingCut = run.keepsTrailing ? 0 : widthOf(text.match(TRAILING));
  return word;
}

teach(Measurer.prototype);
