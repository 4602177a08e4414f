import { createRequire } from 'node:module';
import { partsOf } from './hyphenation.ts';

/**
 * Teaches pdfmake to part words, and to take a word of any length: where a line is full, the next word is asked whether a part of it still fits. Only in
 * text nodes that say `hyphenates` (`pdf.ts` puts it there).
 */
const HYPHEN = '-';

interface Inline {
  readonly text: string;
  readonly width: number;
  readonly noWrap?: unknown;
  noNewLine?: boolean;
}

interface Line {
  readonly maxWidth: number;
  readonly leadingCut: number;
  readonly inlineWidths: number;
  readonly newLineForced?: boolean;
  readonly inlines: readonly Inline[];
  addInline(inline: Inline): void;
}

interface TextNode {
  readonly hyphenates?: boolean;
  readonly _inlines?: Inline[];
}

interface LayoutBuilder {
  readonly writer: { context(): { readonly availableWidth: number } };
  buildNextLine(node: TextNode): Line | null;
}

const load = createRequire(import.meta.url);
const { default: Builder } = load('pdfmake/js/LayoutBuilder.js') as { default: { prototype: LayoutBuilder } };
const { default: TextInlines } = load('pdfmake/js/TextInlines.js') as {
  default: new (document: null) => { widthOfText(text: string, inline: Inline): number };
};
const measurer = new TextInlines(null);

/** A word right after a slash, a dot or a hyphen is a part of something longer. */
const STANDS_FREE = /(^|[\s(“”"])$/;

/** The same kind of letters with another text. What an inline is may be its own or inherited (`measure.ts`). */
function withText(inline: Inline, text: string): Inline {
  const copy = Object.create(Object.getPrototypeOf(inline) as object) as object;
  return Object.assign(copy, inline, { text, width: measurer.widthOfText(text, inline), leadingCut: 0 });
}

/** @returns the longest beginning of a word that the width holds with a hyphen, and the rest; null where none does */
function part(inline: Inline, width: number): readonly [begin: Inline, rest: Inline] | null {
  if (inline.noNewLine === true || inline.noWrap === true) return null;
  const parts = partsOf(inline.text);
  for (let count = parts.length - 1; count > 0; count--) {
    const begin = withText(inline, parts.slice(0, count).join('') + HYPHEN);
    if (begin.width > width) continue;
    return [Object.assign(begin, { trailingCut: 0 }), withText(inline, parts.slice(count).join(''))];
  }
  return null;
}

/** More letters than a line holds, in any of our sizes and on any of our pages. */
const MOST_LETTERS = 1000;
const REST = Symbol('rest');

/** What follows in the same word: it is not measured before its turn comes, and fits nowhere until then. */
function restOf(inline: Inline, text: string): Inline {
  const copy = Object.create(Object.getPrototypeOf(inline) as object) as object;
  return Object.assign(copy, inline, { text, width: Infinity, leadingCut: 0, [REST]: true });
}

/**
 * Puts no more of a word first than a line could hold. pdfmake measures all that is left of a word for every line of it: a log line
 * or a dump of some thousand letters without a space would take minutes, and one of some hundred thousand all the memory there is.
 */
function takeWindow(waiting: Inline[]): void {
  const [first, next] = waiting;
  if (!first) return;
  // What the line before left of its window, and the rest.
  const isGoingOn = next !== undefined && REST in next;
  const rest = isGoingOn ? next.text : first.text.slice(MOST_LETTERS);
  if (!isGoingOn && rest === '') return;
  const taken = isGoingOn ? rest.slice(0, Math.max(0, MOST_LETTERS - first.text.length)) : '';
  const window = isGoingOn ? first.text + taken : first.text.slice(0, MOST_LETTERS);
  const after = rest.slice(taken.length);
  waiting.splice(
    0,
    isGoingOn ? 2 : 1,
    withText(first, window),
    ...(after === '' ? [] : [restOf(first, after)]),
  );
}

/** What is tied together (`ties.ts`) and wider than the line would be cut in the middle of a number: it is parted at a space. */
function untieTooWide(waiting: readonly Inline[], availableWidth: number): void {
  const last = waiting.findIndex(({ noNewLine }) => noNewLine !== true);
  if (last <= 0) return;
  const tied = waiting.slice(0, last + 1);
  if (tied.reduce((sum, { width }) => sum + width, 0) <= availableWidth) return;
  for (const inline of tied) if (inline.text.endsWith(' ')) inline.noNewLine = false;
}

function teach(builder: LayoutBuilder): void {
  const build = builder.buildNextLine;
  /** What the line before ended with, in a text that goes on. */
  const endings = new WeakMap<TextNode, string>();

  builder.buildNextLine = function (this: LayoutBuilder, node: TextNode): Line | null {
    const waiting = node._inlines;
    const { availableWidth } = this.writer.context();
    if (waiting !== undefined) {
      takeWindow(waiting);
      untieTooWide(waiting, availableWidth);
    }
    if (node.hyphenates !== true || waiting === undefined) return build.call(this, node);
    const [first] = waiting;
    /** The rest of a parted word may be parted again. */
    let isParted = false;
    // A word that is longer than a whole line would be cut where the line ends, whatever letter stands there.
    if (first && first.width > availableWidth && STANDS_FREE.test(endings.get(node) ?? '')) {
      const parts = part(first, availableWidth);
      if (parts) waiting.splice(0, 1, ...parts);
      isParted = parts !== null;
    }
    const line = build.call(this, node);
    if (line === null) return null;
    const last = line.inlines.at(-1);
    const [next] = waiting;
    if (!isParted && next && line.newLineForced !== true && last && STANDS_FREE.test(last.text)) {
      const parts = part(next, line.maxWidth - (line.inlineWidths - line.leadingCut));
      if (parts) {
        line.addInline(parts[0]);
        waiting[0] = parts[1];
        isParted = true;
      }
    }
    endings.set(node, isParted ? '' : (last?.text ?? ''));
    return line;
  };
}

teach(Builder.prototype);
