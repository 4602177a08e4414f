import { createRequire } from 'node:module';

/**
 * Teaches pdfmake to keep a provision on one line: `18 kap. 8 b § OSL` cut after 18 is easily read as another. The space
 * between stays a space, so that whoever searches the document or copies from it finds what a person would write.
 */

interface Word {
  readonly text: string;
  readonly lineEnd?: boolean;
  noNewLine?: boolean;
  trailingCut?: number;
}

interface TextBreaker {
  getBreaks(texts: unknown, styles: unknown): Word[];
}

interface TextInlines {
  measure(words: Word[], styles: unknown): Word[];
}

const load = createRequire(import.meta.url);
const { default: Breaker } = load('pdfmake/js/TextBreaker.js') as { default: { prototype: TextBreaker } };
const { default: Measurer } = load('pdfmake/js/TextInlines.js') as { default: { prototype: TextInlines } };

const SECTION = String.raw`\d+(?: [a-z])?(?:[–-]\d+(?: [a-z])?)? §§?`;
/** A chapter with its section, a chapter alone, or a section alone. */
const PROVISION = new RegExp(String.raw`\d+(?: [a-z])? kap\.(?: ${SECTION})?|${SECTION}`, 'g');

/** Marks each word of a provision but the last as one that no line ends with. */
function tie(words: readonly Word[]): void {
  const text = words.map((word) => (word.lineEnd === true ? `${word.text}\n` : word.text)).join('');
  if (!text.includes('§') && !text.includes('kap.')) return;
  const provisions = text.matchAll(PROVISION);
  let provision = provisions.next().value;
  let end = 0;
  for (const word of words) {
    end += word.text.length + (word.lineEnd === true ? 1 : 0);
    while (provision && provision.index + provision[0].length <= end) provision = provisions.next().value;
    if (!provision) return;
    if (provision.index < end) word.noNewLine = true;
  }
}

function teach(breaker: TextBreaker, measurer: TextInlines): void {
  const breaks = breaker.getBreaks;
  const measure = measurer.measure;

  breaker.getBreaks = function (this: TextBreaker, texts: unknown, styles: unknown): Word[] {
    const words = breaks.call(this, texts, styles);
    tie(words);
    return words;
  };

  // The space within what is tied is never at a line's end; pdfmake takes its width off all the same, and cuts what then does not fit.
  measurer.measure = function (this: TextInlines, words: Word[], styles: unknown): Word[] {
    const measured = measure.call(this, words, styles);
    for (const word of measured) if (word.noNewLine === true) word.trailingCut = 0;
    return measured;
  };
}

teach(Breaker.prototype, Measurer.prototype);
