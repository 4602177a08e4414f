import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { isProtectedLevel, LEVEL_NAME } from '../../../shared/domain/marking.ts';
import type { ReportDocument } from '../../../shared/domain/report.ts';
import type { DocumentLook } from '../../documents/look.ts';
import { documentHead } from '../../documents/head.ts';
import { attention, checklist, digestGroups, factTable, handTable, headed } from '../../documents/parts.ts';
import { renderPdf } from '../../documents/pdf.ts';
import { markedSection } from '../../documents/sections.ts';
import { RULED } from '../../documents/styles.ts';
import { shorten, swedishDate, swedishTime } from '../../documents/text.ts';
import { decisionContent } from '../decision.ts';
import { sha256Hex, type ExportFile } from '../files.ts';
import type { Cleared } from '../gate.ts';
import { receiptContent } from '../receipt.ts';
import { checkGrade, neededGrade } from './grade.ts';

export interface Transfer {
  /** Number of the removable medium in the register; left out: a line to fill in. */
  readonly medium?: string;
  /** Signalskyddsgrad of the system that will be used, such as "SG S". */
  readonly grade?: string;
  readonly recipientName?: string;
  /** The document's number in the register; left out: the incident's neutral reference. */
  readonly designation?: string;
  /** The copy's random code in the register. */
  readonly code?: string;
  readonly createdBy: string;
  readonly at: Date;
}

export interface SheetInput {
  readonly document: ReportDocument;
  readonly clearance: Cleared;
  readonly transfer: Transfer;
  readonly files: readonly ExportFile[];
  readonly look?: DocumentLook;
}

/** Above this a file is slow or impossible on older systems (domain.md §5.1: smaller than 1 MB is preferred). */
const LARGE_BYTES = 1_000_000;

/** Överföringsbladet: goes with the medium to the operator and is kept with the register when all is done. */
export async function transferSheet(input: SheetInput): Promise<Uint8Array> {
  const { document, clearance, transfer, files } = input;
  const { marking, organisation } = document;
  const reference = transfer.designation ?? document.reference;
  const content: Content[] = [
    ...documentHead({
      stamp: { marking, organisation, reference, date: swedishDate(transfer.at) },
      title: 'Överföringsblad signalskydd',
      ...(transfer.code === undefined ? {} : { code: transfer.code }),
      subtitle: 'Följer mediet till signalskyddsoperatören och åter till registret',
      lines: [
        { label: 'Upprättat', value: swedishTime(transfer.at) },
        { label: 'Av', value: transfer.createdBy },
        { label: 'Referens', value: reference },
      ],
    }),
    ...warnings(input),
    factTable([
      ['Mottagare', transfer.recipientName ?? null],
      ['Handling', `${document.form.name}, ${document.version === 'full' ? 'fullständig' : 'öppen version'}`],
      ['Medium nr', transfer.medium ?? null],
      ['Signalskyddsgrad', gradeLine(input)],
      ['System och program', null],
    ]),
    headed('Filer på mediet', fileTable(files)),
    {
      text: 'Kontrollera på operatörens dator: sha256sum -c sha256sums.txt. Annars jämförs grupperna ovan för hand.',
      style: 'help',
    },
    decisionContent(clearance),
    headed('Checklista för operatören', checklist(operatorSteps(input))),
    {
      text:
        'Källor: MSBFS 2023:3 (bemanning) och handhavandekort för krypto-pc. Handhavandet är inte bekräftat mot ' +
        'gällande föreskrift; systemets egen instruktion går före.',
      style: 'help',
    },
    headed('Överlämnat, sänt och mottaget', handOver()),
    headed(
      'Kvittens',
      receiptContent({
        reference,
        copy: null,
        pages: null,
        received: 'mottagen fullständig och läsbar, och dekrypterad samma vecka som den sändes',
        sender: organisation,
      }),
    ),
  ];
  const section = markedSection(content, {
    marking,
    organisation,
    reference,
    date: swedishDate(transfer.at),
    draft: document.draft,
    exercise: document.exercise,
    footnote: 'Överföringsblad',
  });
  return renderPdf(
    { content: [section] },
    { title: `Överföringsblad ${reference}`, created: transfer.at, look: input.look ?? {} },
  );
}

function gradeLine({ document, transfer }: SheetInput): string {
  const level = document.marking.level;
  const needed = neededGrade(level);
  const least = needed === null ? 'ingen lägsta grad av klassen' : `lägst ${needed} för ${LEVEL_NAME[level]}`;
  if (transfer.grade !== undefined) return `${checkGrade(transfer.grade, level)} (${least})`;
  return `…………………… (${least})`;
}

function warnings({ document, files }: SheetInput): Content[] {
  const found: Content[] = [];
  if (!isProtectedLevel(document.marking.level)) {
    found.push(
      attention('Ingen säkerhetsskyddsklass', [
        'Handlingen är inte säkerhetsskyddsklassificerad. Signalskydd är tillåtet men inte nödvändigt.',
      ]),
    );
  }
  const large = files.filter((file) => file.bytes.length > LARGE_BYTES).map((file) => file.name);
  if (large.length > 0) {
    found.push(
      attention('Stor fil', [
        `${large.join(', ')} är större än 1 MB. Fråga mottagaren om systemet tar emot så stora filer, ` +
          'eller sänd rapport.txt.',
      ]),
    );
  }
  return found;
}

function operatorSteps({ document, transfer }: SheetInput): string[] {
  const needed = neededGrade(document.marking.level);
  const recipient = shorten(transfer.recipientName ?? 'mottagaren', 80);
  return [
    'Viruskontrollera filerna i produktionsdatorn först, innan mediet sätts i krypto-pc:n.',
    needed === null
      ? 'Kontrollera att systemet är godkänt och i drift.'
      : `Kontrollera att systemets signalskyddsgrad är lägst ${needed}, eftersom handlingen är ${LEVEL_NAME[document.marking.level]}.`,
    `Ring ${recipient} och kom överens om tid. Bemannade system tar emot och sänder inom en timme helgfria vardagar 9–15. Nämn bara tid och referens i telefon, aldrig klass eller innehåll.`,
    'Stäm av att programvaran är identisk i båda ändar: samma program och samma version.',
    'Fråga vilken fil mottagaren kan läsa. Sänd en fil: rapport.pdf i första hand, annars rapport.txt.',
    'Jämför kontrollsummorna efter kopieringen till krypto-pc:n.',
    'Kryptera och sänd. Filen får dubbel filändelse, till exempel rapport.pdf.kry, som mottagaren måste kunna ta emot.',
    'Påminn mottagaren om att dekryptera samma vecka: nyckeln kan förstöras vid veckans slut.',
    'Invänta kvittens. Utebliven kvittens anmäls genast till säkerhetsskyddschefen.',
    'Lämna åter mediet och det här bladet till registret. Radera filerna i krypto-pc:n enligt dess instruktion.',
  ];
}

function fileTable(files: readonly ExportFile[]): Content {
  const sized = new Intl.NumberFormat('sv-SE');
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: [88, 66, 272],
      body: [
        ['Fil', 'Byte', 'SHA-256'].map((text): TableCell => ({ text, style: 'tableHead' })),
        ...files.map((file): TableCell[] => [
          { text: file.name, bold: true, fontSize: 9.5 },
          { text: sized.format(file.bytes.length), fontSize: 9.5 },
          digestGroups(sha256Hex(file.bytes)),
        ]),
      ],
    },
    layout: RULED,
    margin: [0, 0, 0, 6],
  };
}

function handOver(): Content {
  return handTable(
    ['Steg', 'Datum, klockslag', 'Namnteckning', 'Namnförtydligande'],
    [126, 86, 108, 104],
    0,
    [
      ['Lämnat till operatören', '', '', ''],
      ['Mottaget av operatören', '', '', ''],
      ['Sänt', '', '', ''],
      ['Mottaget hos mottagaren', '', '', ''],
      ['Medium åter till registret', '', '', ''],
    ],
  );
}
