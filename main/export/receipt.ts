import type { Content } from 'pdfmake/interfaces.js';
import { factTable, signatureRow, type FactRow } from '../documents/parts.ts';
import { copyLine } from '../documents/stamp.ts';
import type { CopyNumber } from '../documents/types.ts';
import { fillText, RECEIPT_TEXT } from '../../shared/domain/standard-text.ts';

interface Receipt {
  /** Beteckning. */
  readonly reference: string;
  readonly copy: CopyNumber | null;
  /** Number of pages of the report; null is filled in by the receiver. */
  readonly pages: number | null;
  /** What the receiver vouches for where no numbered copy came in a sealed envelope; else the standard text says it. */
  readonly received?: string;
  readonly sender: string;
  /** What else is known or to be filled in, such as the number of the security bag. */
  readonly further?: readonly FactRow[];
}

/**
 * Kvittens (domain.md §12.7): the receiver signs and sends it back. It says nothing of what the document is about, so
 * that it can go back by open post.
 */
export function receiptContent(receipt: Receipt): Content {
  const rows: FactRow[] = [['Handling', receipt.reference]];
  if (receipt.copy) rows.push(['Exemplar', copyLine(receipt.copy).replace('Exemplar ', '')]);
  rows.push(['Antal sidor', receipt.pages === null ? null : String(receipt.pages)]);
  rows.push(['Från', receipt.sender], ...(receipt.further ?? []));
  return {
    stack: [
      factTable(rows),
      { text: sentenceOf(receipt), margin: [0, 8, 0, 0] },
      signatureRow(['Datum och klockslag', 'Organisation']),
      signatureRow(['Namnteckning', 'Namnförtydligande']),
    ],
  };
}

/** What is signed: the standard text, with lines to write on where the receiver knows and we do not. */
function sentenceOf({ reference, copy, pages, received }: Receipt): string {
  if (received !== undefined || !copy) return `Handlingen ovan är ${received ?? 'mottagen'}.`;
  return fillText(RECEIPT_TEXT, {
    handling: reference,
    exemplar: copyLine(copy).replace('Exemplar ', ''),
    sidor: pages === null ? '…… sidor' : `${pages} ${pages === 1 ? 'sida' : 'sidor'}`,
    mottagen: 'den dag och tid som står nedan',
  });
}
