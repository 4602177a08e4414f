import type {
  Content,
  ContentCanvas,
  ContentText,
  CustomTableLayout,
  TableCell,
} from 'pdfmake/interfaces.js';
import { INK, RULE, RULED, TEXT_WIDTH } from './styles.ts';

/** The pieces of forms and sheets: boxes to tick, lines to sign, frames that must be seen. Widths in points. */

const BOX = 10;
/**
 * Longest text, in characters, that is kept on one page. What may not be broken and does not fit is drawn past the end
 * of the paper by pdfmake, and so lost: text of any length must be allowed to break.
 */
const KEPT_CHARACTERS = 900;

/** An empty box to tick before each line. */
export function checklist(lines: readonly string[]): Content[] {
  const box: ContentCanvas = {
    canvas: [{ type: 'rect', x: 0, y: 2, w: BOX, h: BOX, lineWidth: 0.9, lineColor: INK }],
  };
  return lines.map((line) => listRow(box, line));
}

/** Numbered steps. */
export function steps(lines: readonly string[]): Content[] {
  return lines.map((line, index) => listRow({ text: `${index + 1}.`, bold: true }, line));
}

/** The lines are the program's own and short; each is kept whole and with what stands before it. */
function listRow(before: ContentCanvas | ContentText, text: string): Content {
  return {
    columns: [
      { ...before, width: 22 },
      { width: TEXT_WIDTH - 22, text },
    ],
    margin: [0, 0, 0, 5],
    unbreakable: true,
  };
}

/** A line to write on. */
export function writingLine(width: number, top = 22): ContentCanvas {
  return {
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.7, lineColor: INK }],
    margin: [0, top, 0, 0],
  };
}

/** Lines side by side, each with what to write under it: "Namnteckning", "Namnförtydligande", "Datum". */
export function signatureRow(captions: readonly string[], width = TEXT_WIDTH): Content {
  const gap = 16;
  const each = (width - gap * (captions.length - 1)) / captions.length;
  return {
    columns: captions.map((caption) => ({
      width: each,
      stack: [writingLine(each, 26), { text: caption, style: 'small', margin: [0, 2, 0, 0] }],
    })),
    columnGap: gap,
    margin: [0, 0, 0, 6],
    unbreakable: true,
  };
}

/** A label and its value; null leaves a line to fill in by hand. */
export type FactRow = readonly [label: string, value: Content | null];

/** Facts one below the other. A heading stands in the table, so that it is never alone at the foot of a page. */
export function factTable(rows: readonly FactRow[], heading?: string): Content {
  const head: TableCell[][] =
    heading === undefined ? [] : [[{ text: heading, style: 'heading', margin: 0, colSpan: 2 }, '']];
  const labelWidth = 128;
  const valueWidth = TEXT_WIDTH - labelWidth - 6 * 3;
  return {
    table: {
      widths: [labelWidth, valueWidth],
      headerRows: head.length,
      keepWithHeaderRows: head.length === 0 ? 0 : Math.min(2, rows.length),
      dontBreakRows: rows.every((row) => JSON.stringify(row).length < KEPT_CHARACTERS),
      body: [
        ...head,
        ...rows.map(([label, value]): TableCell[] => [
          { text: label, style: 'label', margin: [0, 1.5, 0, 0] },
          value === null
            ? writingLine(valueWidth - 8, 13)
            : typeof value === 'string'
              ? { text: value }
              : { stack: [value] },
        ]),
      ],
    },
    layout: { ...RULED, hLineWidth: (line) => (line === 0 ? 0 : 0.4), hLineColor: () => RULE },
    margin: [0, heading === undefined ? 0 : 14, 0, 6],
  };
}

/** Rows to be filled in by hand under their headings. `widths` in points; `first` gives rows that are already known. */
export function handTable(
  headings: readonly string[],
  widths: readonly number[],
  emptyRows: number,
  first: readonly (readonly string[])[] = [],
): Content {
  const empty = Array.from({ length: emptyRows }, () => headings.map(() => ''));
  const layout: CustomTableLayout = {
    hLineWidth: () => 0.5,
    vLineWidth: () => 0.5,
    hLineColor: () => RULE,
    vLineColor: () => RULE,
    paddingTop: () => 3,
    paddingBottom: () => 3,
  };
  return {
    table: {
      headerRows: 1,
      dontBreakRows: JSON.stringify(first).length < KEPT_CHARACTERS,
      widths: [...widths],
      heights: (row) => (row === 0 ? 12 : 19),
      body: [
        headings.map((text): TableCell => ({ text, style: 'tableHead' })),
        ...[...first, ...empty].map((row) => row.map((text): TableCell => ({ text, fontSize: 9.5 }))),
      ],
    },
    layout,
    margin: [0, 0, 0, 6],
  };
}

/** A black frame with a heavy left edge: what must be read before anything is done. Seen also without colour. */
export function attention(title: string, text: readonly (string | Content)[]): Content {
  const layout: CustomTableLayout = {
    hLineWidth: () => 0.9,
    vLineWidth: (line) => (line === 0 ? 5 : 0.9),
    hLineColor: () => INK,
    vLineColor: () => INK,
    paddingLeft: () => 9,
    paddingRight: () => 9,
    paddingTop: () => 6,
    paddingBottom: () => 6,
  };
  return {
    table: {
      widths: [TEXT_WIDTH - 24],
      body: [[{ stack: [{ text: title, bold: true, fontSize: 11.5, margin: [0, 0, 0, 2] }, ...text] }]],
    },
    layout,
    margin: [0, 4, 0, 10],
    unbreakable: JSON.stringify(text).length < KEPT_CHARACTERS,
  };
}

/** A heading together with the first part under it, which must be lower than a page. */
export function headed(heading: string, content: Content | Content[]): Content {
  const [first = '', ...rest] = Array.isArray(content) ? content : [content];
  return { stack: [{ stack: [{ text: heading, style: 'heading' }, first], unbreakable: true }, ...rest] };
}

/** A checksum in groups of four hex digits on fixed places, eight to a row: made to be compared by eye. */
export function digestGroups(hex: string): Content {
  const groups = hex.match(/.{1,4}/g) ?? [];
  const rows = [groups.slice(0, 8), groups.slice(8, 16)];
  return {
    stack: rows.map((row) => ({
      columns: row.map((text) => ({
        width: 31,
        text,
        fontSize: 9.5,
        fontFeatures: ['tnum'] as const,
        noWrap: true,
      })),
      columnGap: 2,
    })),
  };
}
