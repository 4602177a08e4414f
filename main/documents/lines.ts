import { createRequire } from 'node:module';
import { SOFT_HYPHEN } from './hyphenation.ts';

/**
 * Teaches pdfmake to part words. It breaks a line after a soft hyphen already, by the Unicode rules, but draws none and
 * leaves the mark in the text. Here the mark becomes a hyphen where the line ends with it, and vanishes where it does not.
 */
const HYPHEN = '-';

interface Font {
  widthOfString(text: string, size: number, features: unknown): number;
}

interface Inline {
  readonly text: string;
  readonly width: number;
  readonly font: Font;
  readonly fontSize: number;
  readonly fontFeatures?: unknown;
  readonly leadingCut?: number;
  readonly trailingCut?: number;
  readonly lineEnd?: boolean;
  readonly noNewLine?: boolean;
  /** Width of the hyphen that stands last, which the next inline takes away. */
  readonly hyphen?: number;
}

interface Line {
  inlines: Inline[];
  inlineWidths: number;
  addInline(inline: Inline): void;
  getAvailableWidth(): number;
  hasEnoughSpaceForInline(inline: Inline, next?: readonly Inline[]): boolean;
}

interface TextMeasure {
  widthOfText(text: string, inline: object): number;
}

const load = createRequire(import.meta.url);
const { default: LineClass } = load('pdfmake/js/Line.js') as { default: { prototype: Line } };
const { default: TextInlines } = load('pdfmake/js/TextInlines.js') as { default: { prototype: TextMeasure } };

function hyphenWidth({ font, fontSize, fontFeatures }: Inline): number {
  return font.widthOfString(HYPHEN, fontSize, fontFeatures ?? null);
}

function openHyphen(line: Line): number {
  return line.inlines.at(-1)?.hyphen ?? 0;
}

function endsSoftly(inline: Inline): boolean {
  return inline.text.endsWith(SOFT_HYPHEN);
}

/** Replaces three methods of pdfmake's line. */
function teach(line: Line): void {
  const add = line.addInline;
  const available = line.getAvailableWidth;
  const hasEnough = line.hasEnoughSpaceForInline;

  line.addInline = function (this: Line, inline: Inline): void {
    const before = this.inlines.at(-1);
    if (before?.hyphen !== undefined) {
      // The word goes on in the same line: both parts become one, drawn as one.
      this.inlines.pop();
      this.inlineWidths -= before.width;
      const { hyphen, ...whole } = before;
      this.addInline({
        ...whole,
        text: before.text.slice(0, -1) + inline.text,
        width: before.width - hyphen + inline.width,
        trailingCut: inline.trailingCut ?? 0,
        lineEnd: inline.lineEnd ?? false,
        noNewLine: inline.noNewLine ?? false,
      });
    } else if (endsSoftly(inline)) {
      const hyphen = hyphenWidth(inline);
      const text = inline.text.slice(0, -1) + HYPHEN;
      add.call(this, { ...inline, text, width: inline.width + hyphen, hyphen });
    } else add.call(this, inline);
  };

  line.getAvailableWidth = function (this: Line): number {
    return available.call(this) + openHyphen(this);
  };

  line.hasEnoughSpaceForInline = function (this: Line, inline: Inline, next: readonly Inline[] = []) {
    const kept = this.inlineWidths;
    this.inlineWidths += (endsSoftly(inline) ? hyphenWidth(inline) : 0) - openHyphen(this);
    const result = hasEnough.call(this, inline, next);
    this.inlineWidths = kept;
    return result;
  };
}

/**
 * The font must never be asked about a soft hyphen: it gives it the glyph of the hyphen and no width, and remembers that
 * for the glyph, so that no hyphen at all would have a width from then on.
 */
function keepFromFont(inlines: TextMeasure): void {
  const measure = inlines.widthOfText;
  inlines.widthOfText = function (this: TextMeasure, text: string, inline: object): number {
    return measure.call(this, text.endsWith(SOFT_HYPHEN) ? text.slice(0, -1) : text, inline);
  };
}

teach(LineClass.prototype);
keepFromFont(TextInlines.prototype);
