import type { ReportField, ReportPart } from '../../shared/domain/report.ts';
import { printable } from '../documents/text.ts';
import { shownCodes } from './about.ts';

/**
 * pdfmake draws what may not be broken past the end of the paper when it is longer than a page, and then text is lost.
 * So a thing is kept whole only where it is surely short: wrapped here as pdfmake would, with every letter at least as
 * wide as it is. A page holds some forty lines.
 */
const SHORT_LINES = 18;
/** The width of the answer's and the label's column in em of their letters. */
const ANSWER_WIDTH = 28;
const LABEL_WIDTH = 13;

const NARROW = /[ .,:;!|'ijlftrI()[\]-]/;
const ORDINARY = /[a-zåäöéA-ZÅÄÖÉ0-9§?/"+=<>_*]/;
const WIDE = /[mwMW]/;

function letterWidth(letter: string): number {
  if (NARROW.test(letter)) return 0.42;
  return ORDINARY.test(letter) && !WIDE.test(letter) ? 0.72 : 1.05;
}

function linesOf(text: string, width: number): number {
  let lines = 0;
  for (const paragraph of printable(text).split('\n')) {
    let used = 0;
    lines++;
    for (const word of paragraph.split(' ')) {
      const wide = [...word, ' '].reduce((sum, letter) => sum + letterWidth(letter), 0);
      if (used > 0 && used + wide > width) {
        lines++;
        used = 0;
      }
      // A word that no line can hold is cut into as many as it needs.
      lines += Math.floor(wide / width);
      used += wide % width;
    }
  }
  return lines;
}

function partSize(part: ReportPart): number {
  const own =
    linesOf(part.text, ANSWER_WIDTH) + (part.label === null ? 0 : linesOf(part.label, ANSWER_WIDTH));
  if (part.withheld) return own;
  const codes = shownCodes(part).reduce((lines, code) => lines + linesOf(code, ANSWER_WIDTH), 0);
  return (
    own + codes + (part.marking.level === 'oppen' ? 0 : linesOf(part.marking.basis.join(', '), ANSWER_WIDTH))
  );
}

export function isShortPart(part: ReportPart): boolean {
  return partSize(part) <= SHORT_LINES;
}

/** Long by its own words alone: what stands above and under them is short. */
export function hasLongText(part: ReportPart): boolean {
  if (part.withheld || part.text.trim() === '') return false;
  return partSize(part) > SHORT_LINES && partSize({ ...part, text: '' }) <= SHORT_LINES;
}

/** Counts the label and its help beside the answer. */
export function isShortField(field: ReportField): boolean {
  let answer = 0;
  for (const part of field.parts) {
    answer += partSize(part);
    // A chronology has a thousand parts, and is too long after the first few.
    if (answer > SHORT_LINES) return false;
  }
  return linesOf(field.label, LABEL_WIDTH) + linesOf(field.help ?? '', LABEL_WIDTH) <= SHORT_LINES;
}
