import type { ContentSection, DynamicBackground } from 'pdfmake/interfaces.js';
import { SigillError } from '../../../shared/domain/error.ts';
import { withDesignation, type Organisation, type ReportDocument } from '../../../shared/domain/report.ts';
import type { DocumentLook } from '../../documents/look.ts';
import { countPages, renderPdf } from '../../documents/pdf.ts';
import { markedSection } from '../../documents/sections.ts';
import type { ReportContent } from '../../documents/types.ts';
import { reportContent } from '../../reports/pdf.ts';
import type { Cleared } from '../gate.ts';
import { copyMarks, coverSheet, receiptSheet, type CopyWords } from './cover-sheet.ts';
import { innerEnvelope, outerEnvelope } from './envelopes.ts';
import { packingList } from './packing-list.ts';
import type { Carriage, EnvelopeLayout } from '../../../shared/domain/packing.ts';
import type { PrinterOffset } from '../../../shared/domain/printer.ts';
import { outerWords, planEnvelopes, type EnvelopeRecipient } from './plan.ts';

/** What the pages of a paper job are drawn from: plain data, so that another thread can draw them. */
export interface EnvelopeDrawing {
  readonly document: ReportDocument;
  /** What the gate answered for the printer and for the carriage. */
  readonly cleared: readonly Cleared[];
  /** How many copies, each in envelopes of its own. */
  readonly copies: number;
  /** What the register calls each copy, in order; left out where nothing is numbered. */
  readonly numbered?: readonly { readonly designation: string; readonly code: string }[];
  readonly sender: Organisation;
  readonly recipient: EnvelopeRecipient;
  readonly carriage: Carriage;
  readonly layout: EnvelopeLayout;
  /** The printer that it is made for, with how far its print is moved; left out: not at all. */
  readonly printer?: PrinterOffset;
  /** Number of the security bag of the first copy; left out: a line to fill in. */
  readonly securityBag?: string;
  /** REK or VÄRDE number of the first copy; left out: a line to fill in. */
  readonly consignment?: string;
  readonly at: Date;
  readonly createdBy: string;
  readonly look?: DocumentLook;
}

/**
 * Draws the whole paper job: packing list, then for each copy cover sheet, report, receipt, inner and outer envelope.
 * Asks no gate: `makeEnvelopeJob` has done so.
 * @param content the body of the report in a copy
 * @throws SigillError `usage` where the address is missing, or the paper does not go into the envelope.
 */
export async function drawEnvelopes(
  drawing: EnvelopeDrawing,
  content: ReportContent = (copy) =>
    reportContent(drawing.document, { copy, ...drawing.numbered?.[copy.number - 1] }),
): Promise<Uint8Array> {
  const { document, recipient, sender, carriage, copies, at } = drawing;
  const outside = outerWords(sender, recipient, carriage, document.reference);
  const securityBag = drawing.securityBag ?? null;
  const words = (number: number, pages: number): CopyWords => ({
    document: withDesignation(document, drawing.numbered?.[number - 1]?.designation),
    code: drawing.numbered?.[number - 1]?.code ?? null,
    recipient,
    sender,
    at,
    pages,
    copy: { number, of: copies },
    // The number that was given is the first copy's; the others are written by hand.
    securityBag: number === 1 ? securityBag : null,
  });
  const papers = (copy: CopyWords): ContentSection[] => [
    coverSheet(copy, `cover-${copy.copy.number}`),
    markedSection(content(copy.copy), { ...copyMarks(copy), footnote: document.form.name }),
    receiptSheet(copy),
  ];
  const counted = await countPages(papers(words(1, 0)), drawing.look);
  const pages = counted[1] ?? 0;
  const sheets = counted.reduce((sum, count) => sum + count, 0);
  const plan = planEnvelopes(drawing.layout, sheets);
  const watch = new SinglePages();
  const sections: ContentSection[] = [
    packingList({
      designations: (drawing.numbered ?? []).map(({ designation }) => designation),
      document,
      clearances: drawing.cleared,
      recipient,
      sender,
      carriage,
      plan,
      layout: drawing.layout,
      printer: drawing.printer ?? null,
      copies,
      sheets,
      securityBag,
      consignment: drawing.consignment ?? null,
      at,
      createdBy: drawing.createdBy,
    }),
  ];
  for (let number = 1; number <= copies; number++) {
    const copy = words(number, pages);
    sections.push(
      ...papers(copy),
      watch.add(innerEnvelope(copy, plan, `inner-${number}`, drawing.printer)),
      watch.add(outerEnvelope(outside, plan, `outer-${number}`, drawing.printer)),
    );
  }
  // The title is what a printer's display and its log show: it says nothing of what is printed, as the outer envelope.
  const bytes = await renderPdf(
    { content: sections },
    { title: 'Utskrift', created: at, look: drawing.look ?? {} },
  );
  watch.check();
  return bytes;
}

/** An envelope whose text runs over to a second page is two envelopes: then nothing is made. */
class SinglePages {
  private readonly counts: { pages: number }[] = [];

  add(section: ContentSection): ContentSection {
    const count = { pages: 0 };
    this.counts.push(count);
    const background: DynamicBackground = () => {
      count.pages++;
      return null;
    };
    return { ...section, background };
  }

  check(): void {
    if (this.counts.every((count) => count.pages === 1)) return;
    throw new SigillError(
      'usage',
      'Texten ryms inte på kuvertet. Korta adressen eller välj ett större kuvert.',
    );
  }
}
