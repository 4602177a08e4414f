import type { Content, ContentText, CustomTableLayout } from 'pdfmake/interfaces.js';
import { isProtectedLevel, LEVEL_NAME, type Level, type Marking } from '../../shared/domain/marking.ts';
import { STAMP_RED } from './styles.ts';
import type { CopyNumber } from './types.ts';

export interface StampInput {
  readonly marking: Marking;
  /** Who made the note: the authority (5 kap. 5 § OSL p 3) or the operator. */
  readonly organisation: string;
  /** The day the note was made, `2026-11-22` (5 kap. 5 § OSL p 2). */
  readonly date: string;
  /** Beteckning: diary number and secret serial number, or the incident's neutral reference. */
  readonly reference: string;
  readonly copy?: CopyNumber;
  readonly page?: CopyNumber;
  /** Kvalificerat hemlig under OSL: who decides on disclosure (5 kap. 5 § second paragraph OSL, 1 § OSF). */
  readonly decidedBy?: string;
}

/** Outer width of the stamp in points. */
export const STAMP_WIDTH = 236;

/** "KVALIFICERAT HEMLIG"; the empty text for öppen, which is marked by carrying nothing. */
export function levelWords(level: Level): string {
  return level === 'oppen' ? '' : LEVEL_NAME[level].toLocaleUpperCase('sv');
}

/** "Sekretess enligt 15 kap. 2 § OSL och 18 kap. 8 § OSL" */
export function provisionLine(marking: Marking): string {
  const last = marking.basis.at(-1) ?? '';
  const others = marking.basis.slice(0, -1).join(', ');
  return `Sekretess enligt ${others === '' ? last : `${others} och ${last}`}`;
}

/** "Exemplar 1 av 3" */
export function copyLine(copy: CopyNumber): string {
  return `Exemplar ${copy.number} av ${copy.of}`;
}

/**
 * The red frame on the first page. For a säkerhetsskyddsklass: anteckning om säkerhetsskyddsklass (3 kap. 7 § SSF
 * 2021:955) together with the sekretessmarkering of 5 kap. 5 § OSL; double frame for kvalificerat hemlig, as the
 * historic stamps. For sekretess: the sekretessmarkering alone. For öppen: no content at all.
 *
 * The law says what the note must hold but not how it looks; PMFS 2022:1 could not be read (domain.md §4.4).
 */
export function markingStamp(input: StampInput): Content[] {
  const { marking } = input;
  if (marking.level === 'oppen') return [];
  const lines: ContentText[] = [
    { text: levelWords(marking.level), bold: true, fontSize: 17, characterSpacing: 0.8, lineHeight: 1 },
  ];
  if (isProtectedLevel(marking.level)) {
    lines.push({
      text: 'enligt 2 kap. 5 § säkerhetsskyddslagen (2018:585)',
      fontSize: 9,
      margin: [0, 0, 0, 3],
    });
  }
  if (marking.basis.length > 0) lines.push({ text: provisionLine(marking), fontSize: 9, bold: true });
  lines.push({ text: input.organisation, fontSize: 9 });
  lines.push({ text: input.date, fontSize: 9 });
  lines.push({ text: `Beteckning: ${input.reference}`, fontSize: 9 });
  const counts: string[] = [];
  if (input.copy) counts.push(copyLine(input.copy));
  if (input.page) counts.push(`Sida ${input.page.number} (${input.page.of})`);
  if (counts.length > 0) lines.push({ text: counts.join('     '), fontSize: 9, bold: true });
  if (marking.level === 'kvalificerat-hemlig') {
    // Who decides is set by law only for allmänna handlingar; without an answer the stamp leaves a line for it.
    const decider = input.decidedBy ?? '………………………………………';
    lines.push({ text: `Prövas av ${decider}`, fontSize: 9, margin: [0, 3, 0, 0] });
  }
  const text: Content = { stack: lines, color: STAMP_RED, lineHeight: 1.05 };
  const double = marking.level === 'kvalificerat-hemlig';
  return [double ? framed(framed(text, 8, 0.9), 2.6, 1.6) : framed(text, 8, 1.6)];
}

/** One frame of lines around the content; `gap` and `line` in points. */
function framed(content: Content, gap: number, line: number): Content {
  const layout: CustomTableLayout = {
    hLineWidth: () => line,
    vLineWidth: () => line,
    hLineColor: () => STAMP_RED,
    vLineColor: () => STAMP_RED,
    paddingLeft: () => gap,
    paddingRight: () => gap,
    paddingTop: () => gap * 0.7,
    paddingBottom: () => gap * 0.7,
  };
  return { table: { widths: ['*'], body: [[content]] }, layout, unbreakable: true };
}
