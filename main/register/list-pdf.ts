import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { ReportDocument } from '../../shared/domain/report.ts';
import { swedishDate, swedishTime } from '../../shared/domain/swedish-time.ts';
import type { DocumentLook } from '../documents/look.ts';
import { documentHead } from '../documents/head.ts';
import { signatureRow } from '../documents/parts.ts';
import { renderPdf } from '../documents/pdf.ts';
import { markedSection } from '../documents/sections.ts';
import { RULED, TEXT_WIDTH } from '../documents/styles.ts';
import type { PaperList } from './lists.ts';

/** Padding of a cell, left and right together; the first column has none to the left. */
const PADDING = 12;

/** The number of a list that is a classified paper, and the code of its only copy. */
export interface ListNumber {
  readonly designation: string;
  readonly code: string;
}

/**
 * A list of the register as PDF/A-2b. Asks no gate: whoever prints it has done so.
 * @param document the same list as the gate has cleared it: its marking stands on every page
 */
export async function renderListPdf({
  document,
  list,
  number,
  look = {},
}: {
  readonly document: ReportDocument;
  readonly list: PaperList;
  readonly number?: ListNumber;
  readonly look?: DocumentLook;
}): Promise<Uint8Array> {
  const at = new Date(document.createdAt);
  const marks = {
    marking: document.marking,
    organisation: document.organisation,
    date: swedishDate(at),
    reference: number?.designation ?? list.title,
    ...(number && { copy: { number: 1, of: 1 } }),
  };
  const section = markedSection(
    [
      ...documentHead({
        stamp: marks,
        ...(number && { code: number.code }),
        title: list.title,
        subtitle: list.lead,
        lines: [
          { label: 'Utskrivet', value: swedishTime(at) },
          { label: 'Av', value: document.author },
          { label: 'Rader', value: String(list.rows.length) },
        ],
      }),
      list.rows.length === 0 ? { text: 'Inget att visa.' } : tableOf(list),
      ...(list.signatures.length === 0 ? [] : [signatureRow(list.signatures)]),
    ],
    { ...marks, draft: false, exercise: false, footnote: list.title },
  );
  return renderPdf({ content: [section] }, { title: 'Lista', created: at, look });
}

function tableOf({ columns, widths, rows }: PaperList): Content {
  const total = widths.reduce((sum, width) => sum + width, 0);
  const inside = TEXT_WIDTH - columns.length * PADDING + PADDING / 2;
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: Math.min(2, rows.length),
      dontBreakRows: rows.every(({ cells }) => cells.join('').length < 600),
      widths: widths.map((width) => (inside * width) / total),
      body: [
        columns.map((text): TableCell => ({ text, style: 'tableHead' })),
        ...rows.map((row): TableCell[] =>
          row.cells.map((text, index) => ({
            text,
            fontSize: 9,
            // The number is struck, as a registrar does with a ruler; what was said stays readable.
            ...(row.isStruck && index === 1 ? { decoration: 'lineThrough' as const } : {}),
          })),
        ),
      ],
    },
    layout: RULED,
    margin: [0, 0, 0, 10],
  };
}
