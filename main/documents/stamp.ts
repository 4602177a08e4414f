import type { Content, ContentText, CustomTableLayout } from 'pdfmake/interfaces.js';
import { LEVEL_NAME, type Level, type Marking } from '../../shared/domain/marking.ts';
import {
  stampBlanksOf,
  type MarkedLevel,
  type StampBlank,
  type StampLayout,
  type StampLine,
} from '../../shared/domain/stamp-layout.ts';
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
  /**
   * Kvalificerat hemlig under OSL: who decides on disclosure (5 kap. 5 § second paragraph OSL, 1 § OSF); left out: by the
   * stamp's own table, else a line to fill in.
   */
  readonly decidedBy?: string;
}

/** Outer width of the stamp in points. */
export const STAMP_WIDTH = 236;

/** "KVALIFICERAT HEMLIG"; the empty text for öppen, which is marked by carrying nothing. */
export function levelWords(level: Level): string {
  return level === 'oppen' ? '' : LEVEL_NAME[level].toLocaleUpperCase('sv');
}

/** "15 kap. 2 § OSL och 18 kap. 8 § OSL" */
function provisions({ basis }: Marking): string {
  const last = basis.at(-1) ?? '';
  const others = basis.slice(0, -1).join(', ');
  return others === '' ? last : `${others} och ${last}`;
}

/** "Sekretess enligt 15 kap. 2 § OSL och 18 kap. 8 § OSL" */
export function provisionLine(marking: Marking): string {
  return `Sekretess enligt ${provisions(marking)}`;
}

/** "Exemplar 1 av 3" */
export function copyLine(copy: CopyNumber): string {
  return `Exemplar ${copy.number} av ${copy.of}`;
}

/** Where a stamp is to be drawn: `renderPdf` draws it, since it is told the layout. */
export interface StampPlace {
  readonly stampFor: StampInput;
  readonly place: 'first' | 'following';
}

export function isStampPlace(value: object): value is StampPlace {
  return 'stampFor' in value;
}

/**
 * The frame on the first page. For a säkerhetsskyddsklass: anteckning om säkerhetsskyddsklass (3 kap. 7 § SSF 2021:955)
 * together with the sekretessmarkering of 5 kap. 5 § OSL. For sekretess: the sekretessmarkering alone. For öppen: no
 * content at all.
 *
 * The law says what the note must hold but not how it looks; PMFS 2022:1 could not be read (domain.md §4.4).
 */
export function markingStamp(input: StampInput): Content[] {
  return placed(input, 'first');
}

/** The same, smaller, for the top of every page after the first. */
export function followingStamp(input: StampInput): Content[] {
  return placed(input, 'following');
}

function placed(input: StampInput, place: StampPlace['place']): Content[] {
  if (input.marking.level === 'oppen') return [];
  const stamp: StampPlace = { stampFor: input, place };
  return [stamp as unknown as Content];
}

/** Long names in the smaller stamp are cut: it must not grow over the text. The first page has them whole. */
const MOST_LETTERS = { organisation: 40, beteckning: 30, bestammelse: 180 } as const;

/** Draws a stamp by a layout. @param layout whatever `findStampFaults` finds nothing wrong with */
export function drawStamp({ stampFor, place }: StampPlace, layout: StampLayout): Content {
  const level = stampFor.marking.level as MarkedLevel;
  const words = blanksFor(stampFor, layout, place);
  const isFirst = place === 'first';
  const lines = layout[place].flatMap((line): ContentText[] => {
    const text = fillIn(line, level, words);
    if (text === null) return [];
    return [
      {
        text,
        fontSize: line.size,
        bold: line.bold ?? false,
        lineHeight: 1,
        ...(line.size >= 14 ? { characterSpacing: 0.8 } : {}),
        ...(isFirst ? { margin: [0, 0, 0, 0.6] } : { alignment: 'center' }),
      },
    ];
  });
  const text: Content = { stack: lines, color: layout.colour };
  const [gap, thin, thick] = isFirst ? [8, 0.9, 1.6] : [3.5, 0.7, 1.2];
  const isSingle = layout.frames[level] === 'single';
  const outerGap = isSingle ? gap : isFirst ? 2.6 : 2;
  // As wide as it is, whatever stands in it: a name of one long word would else push the frame out of the page.
  const width = isFirst ? STAMP_WIDTH - 2 * (outerGap + thick) : null;
  if (isSingle) return framed(text, layout, outerGap, thick, width);
  const inner = framed(text, layout, gap, thin, width === null ? null : width - 2 * (gap + thin));
  return framed(inner, layout, outerGap, thick, width);
}

function blanksFor(
  input: StampInput,
  { decides }: StampLayout,
  place: StampPlace['place'],
): Readonly<Record<StampBlank, string>> {
  const { marking } = input;
  const cut = (name: Exclude<keyof typeof MOST_LETTERS, 'beteckning'>, text: string): string =>
    place === 'first' || text.length <= MOST_LETTERS[name]
      ? text
      : `${text.slice(0, MOST_LETTERS[name] - 1).trimEnd()}…`;
  const decider = decides.find(({ basis }) => marking.basis.includes(basis))?.who;
  return {
    klass: levelWords(marking.level),
    bestammelse: marking.basis.length === 0 ? '' : cut('bestammelse', provisions(marking)),
    organisation: cut('organisation', input.organisation),
    datum: input.date,
    // Its end tells one paper from another: the number of the document, its copy and how many there are.
    beteckning:
      place === 'first' || input.reference.length <= MOST_LETTERS.beteckning
        ? input.reference
        : `…${input.reference.slice(1 - MOST_LETTERS.beteckning).trimStart()}`,
    exemplar: input.copy ? copyLine(input.copy) : '',
    // Who decides is set by law only for allmänna handlingar; without an answer the stamp leaves a line for it.
    'provas-av': input.decidedBy ?? decider ?? '………………………………………',
  };
}

/** @returns null for a line that is not for this level, or whose blanks are all empty; parts divided by · fall one by one */
function fillIn(
  { text, levels }: StampLine,
  level: MarkedLevel,
  words: Readonly<Record<string, string>>,
): string | null {
  if (levels !== undefined && !levels.includes(level)) return null;
  const parts = text.split(' · ').filter((part) => {
    const blanks = stampBlanksOf(part);
    return blanks.length === 0 || blanks.some((name) => (words[name] ?? '') !== '');
  });
  if (parts.length === 0) return null;
  return parts
    .join(' · ')
    .replace(/\{([^{}]*)\}/g, (_whole, name: string) => words[name] ?? '')
    .trim();
}

/** One frame of lines around the content. In points; `width` of what is inside, null for what there is room for. */
function framed(
  content: Content,
  { colour }: StampLayout,
  gap: number,
  line: number,
  width: number | null,
): Content {
  const layout: CustomTableLayout = {
    hLineWidth: () => line,
    vLineWidth: () => line,
    hLineColor: () => colour,
    vLineColor: () => colour,
    paddingLeft: () => gap,
    paddingRight: () => gap,
    paddingTop: () => gap * 0.7,
    paddingBottom: () => gap * 0.7,
  };
  return { table: { widths: [width ?? '*'], body: [[content]] }, layout, unbreakable: true };
}
