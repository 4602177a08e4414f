import type { ContentSection, DynamicBackground } from 'pdfmake/interfaces.js';
import { SigillError } from '../../../shared/domain/error.ts';
import type { Organisation, ReportDocument } from '../../../shared/domain/report.ts';
import { countPages, renderPdf } from '../../documents/pdf.ts';
import { markedSection } from '../../documents/sections.ts';
import type { ReportContent } from '../../documents/types.ts';
import type { ExportFile } from '../files.ts';
import { requireClearance, type Clearance } from '../gate.ts';
import { copyMarks, coverSheet, receiptSheet, type CopyWords } from './cover-sheet.ts';
import { innerEnvelope, outerEnvelope } from './envelopes.ts';
import { packingList } from './packing-list.ts';
import {
  outerWords,
  planEnvelopes,
  type Carriage,
  type EnvelopeLayout,
  type EnvelopeRecipient,
} from './plan.ts';

export interface EnvelopeInput {
  readonly document: ReportDocument;
  /** For the carriage. */
  readonly clearance: Clearance;
  /** For the printer. */
  readonly printClearance: Clearance;
  readonly reportContent: ReportContent;
  /** How many copies, each in envelopes of its own. */
  readonly copies: number;
  readonly sender: Organisation;
  readonly recipient: EnvelopeRecipient;
  readonly carriage: Carriage;
  readonly layout: EnvelopeLayout;
  /** Number of the security bag of the first copy; left out: a line to fill in. */
  readonly securityBag?: string;
  /** REK or VÄRDE number of the first copy; left out: a line to fill in. */
  readonly consignment?: string;
  readonly at: Date;
  readonly createdBy: string;
}

const MOST_COPIES = 50;

/**
 * Makes the whole paper job as one file to print: packing list, then for each copy cover sheet, report, receipt, inner
 * and outer envelope. One file, because a job in several files is a job where a sheet is forgotten.
 * @throws SigillError `policy` without a clearance for this document by this very carriage, and one for
 *   printing it; `usage` where the address
 *   is missing, the number of copies is wrong, or the paper does not go into the envelope.
 */
export async function makeEnvelopeJob(input: EnvelopeInput): Promise<ExportFile[]> {
  const { document, clearance, recipient, sender, carriage, copies, at } = input;
  requireClearance(clearance, document, [carriage]);
  requireClearance(input.printClearance, document, ['utskrift']);
  if (!Number.isInteger(copies) || copies < 1 || copies > MOST_COPIES) {
    throw new SigillError('usage', `Antalet exemplar ska vara ett heltal från 1 till ${MOST_COPIES}.`);
  }
  const outside = outerWords(sender, recipient, carriage, document.reference);
  const securityBag = input.securityBag ?? null;
  const words = (number: number, pages: number): CopyWords => ({
    document,
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
    markedSection(input.reportContent(copy.copy), { ...copyMarks(copy), footnote: document.form.name }),
    receiptSheet(copy),
  ];
  const counted = await countPages(papers(words(1, 0)));
  const pages = counted[1] ?? 0;
  const sheets = counted.reduce((sum, count) => sum + count, 0);
  const plan = planEnvelopes(input.layout, sheets);
  const watch = new SinglePages();
  const content: ContentSection[] = [
    packingList({
      document,
      clearances: [input.printClearance, clearance],
      recipient,
      sender,
      carriage,
      plan,
      copies,
      sheets,
      securityBag,
      consignment: input.consignment ?? null,
      at,
      createdBy: input.createdBy,
    }),
  ];
  for (let number = 1; number <= copies; number++) {
    const copy = words(number, pages);
    content.push(
      ...papers(copy),
      watch.add(innerEnvelope(copy, plan, `inner-${number}`)),
      watch.add(outerEnvelope(outside, plan, `outer-${number}`)),
    );
  }
  const bytes = await renderPdf({ content }, { title: `Utskrift ${document.reference}`, created: at });
  watch.check();
  return [{ name: 'utskrift.pdf', bytes }];
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
