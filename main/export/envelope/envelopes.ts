import type { Content, ContentSection, CustomTableLayout } from 'pdfmake/interfaces.js';
import type { ReportDocument } from '../../../shared/domain/report.ts';
import { copyLine, markingStamp, STAMP_WIDTH } from '../../documents/stamp.ts';
import { A4_MARGINS, INK, MILLIMETRE, RULE } from '../../documents/styles.ts';
import { signatureRow } from '../../documents/parts.ts';
import type { CopyNumber } from '../../documents/types.ts';
import type { PrinterOffset } from '../../../shared/domain/printer.ts';
import { swedishDate } from '../../../shared/domain/swedish-time.ts';
import type { EnvelopePlan, EnvelopeRecipient, OuterWords, Sheet } from './plan.ts';

/** How far what is printed is moved, for the printer's own fault. */
export type Shift = Pick<PrinterOffset, 'right' | 'down'>;

/** Space between the edge of an envelope and its text, in points: printers do not reach the edge. */
const EDGE = 26;

/**
 * The outer envelope. It is made of two addresses and a service and of nothing else: no header, footer or background
 * comes from the document around it.
 */
export function outerEnvelope(
  words: OuterWords,
  plan: EnvelopePlan,
  id: string,
  shift: Shift | null = null,
): ContentSection {
  const { sheet } = plan.outer;
  const inside = { width: sheet.width - EDGE * 2, height: sheet.height - EDGE * 2 };
  const large = sheet.height > 500;
  const service: Content = words.service === null ? '' : serviceBox(words.service);
  const top = inside.height * 0.45;
  return envelopePage(
    { labels: plan.labels, sheet, shift, isOuter: true },
    {
      table: {
        widths: [inside.width],
        heights: [top, inside.height - top - 14],
        body: [
          [
            {
              columns: [
                {
                  width: '*',
                  stack: words.sender.map((line) => ({ text: line, fontSize: large ? 11 : 9.5 })),
                },
                { width: 'auto', stack: [service] },
              ],
            },
          ],
          [
            {
              margin: [inside.width * 0.42, 0, 0, 0],
              stack: words.recipient.map((line, index) => ({
                text: line,
                fontSize: large ? 17 : 13.5,
                ...(index === 0 ? { id } : {}),
              })),
            },
          ],
        ],
      },
      layout: BARE,
    },
  );
}

export interface InnerWords {
  readonly document: ReportDocument;
  readonly copy: CopyNumber;
  readonly recipient: EnvelopeRecipient;
  readonly at: Date;
}

/** The inner envelope: class, beteckning and exemplar, who may open it, and the line to sign over the seal. */
export function innerEnvelope(
  words: InnerWords,
  plan: EnvelopePlan,
  id: string,
  shift: Shift | null = null,
): ContentSection {
  const { document, copy, recipient } = words;
  const { sheet } = plan.inner;
  const width = sheet.width - EDGE * 2;
  const stamp = markingStamp({
    marking: document.marking,
    organisation: document.organisation,
    date: swedishDate(words.at),
    reference: document.reference,
    copy,
  });
  const banner = [document.draft ? 'UTKAST' : '', document.exercise ? 'ÖVNING ÖVNING ÖVNING' : ''];
  const marks = banner.filter((word) => word !== '').join('   ·   ');
  const seal = 54;
  return envelopePage(
    { labels: plan.labels, sheet, shift, isOuter: false },
    {
      table: {
        widths: [width],
        heights: [sheet.height - EDGE * 2 - seal - 8, seal],
        body: [
          [
            {
              stack: [
                ...(marks === '' ? [] : [{ text: marks, bold: true, alignment: 'center' as const }]),
                {
                  columns: [
                    { width: width - STAMP_WIDTH - 14, stack: addressee(words) },
                    { width: STAMP_WIDTH, stack: stamp },
                  ],
                  columnGap: 14,
                  margin: [0, 2, 0, 8],
                },
                {
                  text: `Öppnas endast av ${recipient.attention ?? `behörig mottagare hos ${recipient.name}`}`,
                  bold: true,
                  fontSize: 12.5,
                  id,
                },
              ],
            },
          ],
          [signatureRow(['Förseglat, datum', 'Förseglat av, namnteckning'], width)],
        ],
      },
      layout: BARE,
    },
  );
}

function addressee({ document, copy, recipient }: InnerWords): Content[] {
  const lines: Content[] = [
    { text: 'Till', style: 'label' },
    { text: recipient.name, bold: true, fontSize: 12 },
  ];
  if (recipient.attention !== undefined) lines.push({ text: recipient.attention });
  // Where there is a stamp, beteckning, exemplar and sender stand in it; a small envelope has no room for them twice.
  if (document.marking.level !== 'oppen') return lines;
  lines.push(
    { text: 'Beteckning', style: 'label', margin: [0, 6, 0, 1] },
    { text: document.reference },
    { text: copyLine(copy) },
    { text: 'Från', style: 'label', margin: [0, 6, 0, 1] },
    { text: document.organisation },
  );
  return lines;
}

const BARE: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 0,
};

interface EnvelopePage {
  readonly labels: EnvelopePlan['labels'];
  readonly sheet: Sheet;
  readonly shift: Shift | null;
  readonly isOuter: boolean;
}

type Margins = [left: number, top: number, right: number, bottom: number];

/** On a sheet of two labels the margins of the sheet itself: they are centred on it, without a gap. */
function sheetMargins({ width, height }: Sheet, isOuter: boolean): Margins {
  const side = (210 * MILLIMETRE - width) / 2;
  const end = (297 * MILLIMETRE - height * 2) / 2;
  const [left, right] = [side + EDGE, side + EDGE];
  return isOuter
    ? [left, end + EDGE, right, end + height + EDGE]
    : [left, end + height + EDGE, right, end + EDGE];
}

/** What the printer puts too far to the right is put as much to the left: the margins move, and the text keeps its width. */
function moved([left, top, right, bottom]: Margins, shift: Shift | null): Margins {
  if (shift === null) return [left, top, right, bottom];
  const [across, down] = [shift.right * MILLIMETRE, shift.down * MILLIMETRE];
  return [left + across, top + down, right - across, bottom - down];
}

/** A page of the envelope's own size, or a label of an A4 page. Nothing is inherited. */
function envelopePage({ labels, sheet, shift, isOuter }: EnvelopePage, content: Content): ContentSection {
  const nothing = { header: null, footer: null, background: null, watermark: null } as const;
  if (labels === null) {
    return {
      section: content,
      pageSize: { width: sheet.width, height: sheet.height },
      pageOrientation: 'landscape',
      pageMargins: moved([EDGE, EDGE, EDGE, EDGE], shift),
      ...nothing,
    };
  }
  if (labels === 'two') {
    return {
      section: content,
      pageSize: 'A4',
      pageOrientation: 'portrait',
      pageMargins: moved(sheetMargins(sheet, isOuter), shift),
      ...nothing,
    };
  }
  const frame: CustomTableLayout = {
    hLineWidth: () => 0.6,
    vLineWidth: () => 0.6,
    hLineColor: () => RULE,
    vLineColor: () => RULE,
    hLineStyle: () => ({ dash: { length: 5, space: 4 } }),
    vLineStyle: () => ({ dash: { length: 5, space: 4 } }),
    paddingLeft: () => EDGE,
    paddingRight: () => EDGE,
    paddingTop: () => EDGE,
    paddingBottom: () => EDGE,
  };
  return {
    section: {
      table: {
        widths: [sheet.width - EDGE * 2],
        heights: [sheet.height - EDGE * 2],
        body: [[content]],
      },
      layout: frame,
    },
    pageSize: 'A4',
    pageOrientation: 'portrait',
    pageMargins: moved(A4_MARGINS, shift),
    ...nothing,
  };
}

function serviceBox(service: string): Content {
  return {
    table: { body: [[{ text: service, bold: true, fontSize: 18, lineHeight: 1, characterSpacing: 1 }]] },
    layout: {
      hLineWidth: () => 1.2,
      vLineWidth: () => 1.2,
      hLineColor: () => INK,
      vLineColor: () => INK,
      paddingLeft: () => 12,
      paddingRight: () => 12,
      paddingTop: () => 5,
      paddingBottom: () => 5,
    },
  };
}
