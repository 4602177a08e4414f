import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { isProtectedLevel, LEVEL_NAME } from '../../../shared/domain/marking.ts';
import type { ReportDocument } from '../../../shared/domain/report.ts';
import type { DocumentLook } from '../../documents/look.ts';
import type { TransferProfile } from '../../../shared/domain/rules.ts';
import { CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { swedishDate, swedishTime } from '../../../shared/domain/swedish-time.ts';
import { documentHead } from '../../documents/head.ts';
import {
  attention,
  checklist,
  digestGroups,
  factTable,
  handTable,
  headed,
  type FactRow,
} from '../../documents/parts.ts';
import { renderPdf } from '../../documents/pdf.ts';
import { markedSection } from '../../documents/sections.ts';
import { RULED } from '../../documents/styles.ts';
import { shorten } from '../../documents/text.ts';
import { decisionContent } from '../decision.ts';
import { sha256Hex, type ExportFile } from '../files.ts';
import type { Cleared } from '../gate.ts';
import { receiptContent } from '../receipt.ts';
import type { FittedFiles } from './fit-profile.ts';
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
  readonly profile: TransferProfile;
  /** How the text is written; null where no text goes. */
  readonly text: FittedFiles['text'];
  readonly files: readonly ExportFile[];
  readonly look?: DocumentLook;
}

/** Above this a file is slow or impossible on older systems (domain.md §5.1: smaller than 1 MB is preferred [U]). */
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
      ['Profil', profileLine(input)],
      ...(input.text === null ? [] : [['Text', textLine(input.text)] satisfies FactRow]),
      ...(input.profile.window === null ? [] : [['Bemanning', input.profile.window.words] satisfies FactRow]),
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
      text: `${input.profile.note ?? ''} Källor: ${input.profile.sources.map(({ reference }) => reference).join('; ')}. Systemets egen instruktion går före.`.trim(),
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

/** The profile's own steps, with what is known of this transfer in them. */
function operatorSteps({ document, transfer, profile, files }: SheetInput): string[] {
  const { level } = document.marking;
  const needed = neededGrade(level);
  const [first] = files;
  const words: Readonly<Record<string, string>> = {
    mottagare: shorten(transfer.recipientName ?? 'mottagaren', 80),
    fil: first?.name ?? 'filen',
    grad:
      needed === null
        ? 'Kontrollera att systemet är godkänt och i drift.'
        : `Kontrollera att systemets signalskyddsgrad är lägst ${needed}, eftersom handlingen är ${LEVEL_NAME[level]}.`,
  };
  return profile.checklist.map((step) =>
    step.replace(/\{([^{}]*)\}/g, (_whole, blank: string) => words[blank] ?? ''),
  );
}

function profileLine({ profile }: SheetInput): string {
  return `${profile.name} (${CONFIDENCE_NAME[profile.confidence]})`;
}

function textLine({ characterSet, transliterated }: NonNullable<FittedFiles['text']>): string {
  if (transliterated.length === 0) return `${characterSet}, inget tecken översatt`;
  return `${characterSet}, ${transliterated.length} tecken översatta; vilka står överst i texten`;
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
