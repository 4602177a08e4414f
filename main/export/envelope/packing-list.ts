import type { Content, ContentSection, TableCell } from 'pdfmake/interfaces.js';
import type { Organisation, ReportDocument } from '../../../shared/domain/report.ts';
import { documentHead } from '../../documents/head.ts';
import {
  attention,
  factTable,
  handTable,
  headed,
  signatureRow,
  writingLine,
  type FactRow,
} from '../../documents/parts.ts';
import { markedSection } from '../../documents/sections.ts';
import { INK, RULED } from '../../documents/styles.ts';
import { shorten } from '../../documents/text.ts';
import { decisionContent } from '../decision.ts';
import type { Cleared } from '../gate.ts';
import {
  packingSteps,
  PICTURE_SIZE,
  PICTURES,
  type Carriage,
  type EnvelopeLayout,
  type PackingPicture,
  type PackingStep,
} from '../../../shared/domain/packing.ts';
import type { PrinterOffset } from '../../../shared/domain/printer.ts';
import { swedishDate, swedishTime } from '../../../shared/domain/swedish-time.ts';
import type { EnvelopePlan, EnvelopeRecipient } from './plan.ts';

interface PackingWords {
  /** Of the copies in the register, in order; none of a draft or an exercise. */
  readonly designations: readonly string[];
  readonly document: ReportDocument;
  /** One for the printer, one for the carriage: what each was allowed by is printed. */
  readonly clearances: readonly Cleared[];
  readonly recipient: EnvelopeRecipient;
  readonly sender: Organisation;
  readonly carriage: Carriage;
  readonly plan: EnvelopePlan;
  readonly layout: EnvelopeLayout;
  readonly printer: PrinterOffset | null;
  readonly copies: number;
  /** Sheets of paper in each copy, printed on one side. */
  readonly sheets: number;
  readonly securityBag: string | null;
  readonly consignment: string | null;
  readonly at: Date;
  readonly createdBy: string;
}

const CARRIAGE_NAME: Readonly<Record<Carriage, string>> = {
  rek: 'Rekommenderat brev (REK)',
  varde: 'Värdepost (VÄRDE)',
  'personlig-leverans': 'Personlig leverans',
};

/** "K7M2-9QXA-4D1F/003:1/3 – 3/3": what the last number has in common with the first is not said twice, for a frame is narrow. */
function numberOfAll([first, ...others]: readonly string[]): string | null {
  const last = others.at(-1);
  if (first === undefined || last === undefined) return first ?? null;
  const differs = [...last].findIndex((sign, index) => sign !== first[index]);
  const ownPart = last.slice(0, Math.max(differs, 0)).search(/[\p{L}\p{N}]*$/u);
  return `${first} – ${last.slice(ownPart)}`;
}

/** Packlistan stays with the sender: what goes into what, in which order, and what must be checked first. */
export function packingList(words: PackingWords): ContentSection {
  const { document, recipient, carriage, plan } = words;
  const { marking, organisation, draft, exercise } = document;
  const reference = numberOfAll(words.designations) ?? document.reference;
  const content: Content[] = [
    ...documentHead({
      stamp: { marking, organisation, reference, date: swedishDate(words.at) },
      title: 'Packlista, kuvert i kuvert',
      subtitle: `${CARRIAGE_NAME[carriage]} till ${recipient.name}. Stannar hos avsändaren.`,
      lines: [
        { label: 'Upprättad', value: swedishTime(words.at) },
        { label: 'Av', value: words.createdBy },
        { label: 'Beteckning', value: reference },
      ],
    }),
    ...addressWarning(recipient),
    ...senderWarning(words.sender),
    ...serviceWarning(words),
    factTable([
      ['Handling', document.form.name],
      ['Mottagare', recipient.lines.join(', ')],
      ...(recipient.checked ? [['Adressen', recipient.checked] satisfies FactRow] : []),
      ['Öppnas av', recipient.attention ?? `Behörig mottagare hos ${recipient.name}`],
      ['Kuvert', `Yttre: ${plan.outer.name}. Inre: ${plan.inner.name}.`],
      ...(words.printer === null ? [] : [['Skrivare', printerLine(words.printer)] satisfies FactRow]),
    ]),
    copyTable(words),
    headed('Så packas varje exemplar', picturedSteps(stepsOf(words))),
    ...words.clearances.map(decisionContent),
    headed(
      'Underskrifter',
      handTable(['Steg', 'Datum, klockslag', 'Namnteckning', 'Namnförtydligande'], [126, 86, 108, 104], 0, [
        ['Packat av', '', '', ''],
        ['Kontrollerat av', '', '', ''],
        ['Inlämnat av', '', '', ''],
      ]),
    ),
  ];
  const marks = { marking, organisation, reference, date: swedishDate(words.at), draft, exercise };
  return markedSection(content, { ...marks, footnote: 'Packlista' });
}

function addressWarning(recipient: EnvelopeRecipient): Content[] {
  if (recipient.status === 'confirmed') return [];
  const why =
    recipient.status === 'historical'
      ? 'Adressen är hämtad ur en äldre rutin och kan ha upphört att gälla.'
      : 'Adressen är inte bekräftad.';
  return [
    attention('Bekräfta adressen före postning', [
      `${why} Ring ${recipient.name} och bekräfta före postning.${recipient.note === null ? '' : ` ${recipient.note}`}`,
      ...(recipient.overrideReason ? [`Skrivs ut ändå. Skäl: ${recipient.overrideReason}`] : []),
      signatureRow(['Bekräftad av, hos mottagaren', 'Datum och klockslag', 'Egen namnteckning'], 420),
    ]),
  ];
}

/** Post that cannot be delivered and has no sender is opened by the postal service to find one. */
function senderWarning(sender: Organisation): Content[] {
  if (sender.address.length > 0) return [];
  return [
    attention('Avsändarens postadress saknas', [
      'Skriv den på det yttre kuvertet för hand. En försändelse som inte kan delas ut och saknar avsändare öppnas hos posten.',
    ]),
  ];
}

/** MSB's own request (routine of 2024-02): with personal hand-out nobody there could collect the post. */
function serviceWarning({ carriage, recipient }: PackingWords): Content[] {
  const words = [recipient.name, ...recipient.lines].join(' ');
  if (
    carriage !== 'rek' ||
    !/\b(CERT-SE|MSB|MCF|NCSC)\b|Myndigheten för (civilt försvar|samhällsskydd)|Nationellt cybersäkerhetscenter/.test(
      words,
    )
  )
    return [];
  return [
    attention('Personlig utlämning: NEJ', [
      'Välj inte tillägget personlig utlämning när brevet lämnas in. Mottagaren kan då få svårt att hämta ut det.',
    ]),
  ];
}

function copyTable(words: PackingWords): Content {
  const { carriage, copies, consignment, securityBag } = words;
  const number = { rek: 'REK-nummer', varde: 'VÄRDE-nummer', 'personlig-leverans': 'Kvittens, datum' }[
    carriage
  ];
  // A number that was given belongs to one consignment; the others get theirs by hand.
  const given = (value: string | null, copy: number): TableCell =>
    value !== null && copy === 1 ? { text: value, fontSize: 9.5 } : writingLine(94, 13);
  const page = (id: string): Content => ({
    text: [{ pageReference: id }],
    fontSize: 9.5,
    alignment: 'center',
  });
  return {
    table: {
      // The heading stands in the table: a table that is kept whole with what stands over it is lost where it is higher than a page.
      headerRows: 2,
      keepWithHeaderRows: Math.min(2, copies),
      dontBreakRows: true,
      widths: [46, 98, 98, 50, 50, 50],
      body: [
        [{ text: 'Exemplar', style: 'heading', margin: 0, colSpan: 6 }, '', '', '', '', ''],
        [
          'Exemplar',
          'Säkerhetspåse nr',
          number,
          'Rapport från sida',
          'Inre kuvert sida',
          'Yttre kuvert sida',
        ].map((text): TableCell => ({ text, style: 'tableHead' })),
        ...Array.from({ length: copies }, (_, index): TableCell[] => [
          { text: `${index + 1} av ${copies}`, bold: true, fontSize: 9.5 },
          given(securityBag, index + 1),
          given(consignment, index + 1),
          page(`cover-${index + 1}`),
          page(`inner-${index + 1}`),
          page(`outer-${index + 1}`),
        ]),
      ],
    },
    layout: RULED,
    margin: [0, 14, 0, 4],
  };
}

function stepsOf({ layout, carriage, sheets, document, recipient }: PackingWords): PackingStep[] {
  const { level } = document.marking;
  return packingSteps({ layout, carriage, level, sheets, receiver: shorten(recipient.name, 80) });
}

const millimetres = new Intl.NumberFormat('sv-SE', { signDisplay: 'exceptZero', maximumFractionDigits: 1 });

function printerLine({ name, right, down }: PrinterOffset): string {
  return `${name}. Kuvertsidorna är flyttade ${millimetres.format(right)} mm åt höger och ${millimetres.format(down)} mm nedåt.`;
}

/** Points to a millimetre of a picture as it is drawn. */
const PICTURE_SCALE = 1.55;

function picture(name: PackingPicture): Content {
  return {
    canvas: PICTURES[name].map(({ points, isClosed, isFilled, isDashed }) => ({
      type: 'polyline',
      lineWidth: 0.8,
      lineColor: INK,
      closePath: isClosed ?? false,
      ...(isFilled ? { color: '#e4e4e4' } : {}),
      ...(isDashed ? { dash: { length: 2, space: 1.5 } } : {}),
      points: points.map(([x, y]) => ({ x: x * PICTURE_SCALE, y: y * PICTURE_SCALE })),
    })),
  };
}

/** Each beside its picture, and a table of its own: only the first one keeps to the heading. */
function picturedSteps(steps: readonly PackingStep[]): Content[] {
  return steps.map(({ picture: name, text }, index) => ({
    table: {
      dontBreakRows: true,
      widths: [18, PICTURE_SIZE.width * PICTURE_SCALE + 4, '*'],
      body: [
        [{ text: `${index + 1}.`, bold: true }, name === null ? { text: '' } : picture(name), { text }],
      ] satisfies TableCell[][],
    },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: () => 0,
      paddingRight: () => 6,
      paddingTop: () => 3,
      paddingBottom: () => 3,
    },
  }));
}
