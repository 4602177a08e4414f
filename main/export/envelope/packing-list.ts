import type { Content, ContentSection, TableCell } from 'pdfmake/interfaces.js';
import type { Organisation, ReportDocument } from '../../../shared/domain/report.ts';
import { documentHead } from '../../documents/head.ts';
import {
  attention,
  factTable,
  handTable,
  headed,
  signatureRow,
  steps,
  writingLine,
  type FactRow,
} from '../../documents/parts.ts';
import { markedSection } from '../../documents/sections.ts';
import { RULED } from '../../documents/styles.ts';
import { shorten, swedishDate, swedishTime } from '../../documents/text.ts';
import { decisionContent } from '../decision.ts';
import type { Cleared } from '../gate.ts';
import type { Carriage, EnvelopePlan, EnvelopeRecipient } from './plan.ts';

interface PackingWords {
  readonly document: ReportDocument;
  /** One for the printer, one for the carriage: what each was allowed by is printed. */
  readonly clearances: readonly Cleared[];
  readonly recipient: EnvelopeRecipient;
  readonly sender: Organisation;
  readonly carriage: Carriage;
  readonly plan: EnvelopePlan;
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

/** Packlistan stays with the sender: what goes into what, in which order, and what must be checked first. */
export function packingList(words: PackingWords): ContentSection {
  const { document, recipient, carriage, plan } = words;
  const { marking, organisation, reference, draft, exercise } = document;
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
    ]),
    headed('Exemplar', copyTable(words)),
    headed('Så packas varje exemplar', steps(packingSteps(words))),
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
  if (carriage !== 'rek' || !/\b(CERT-SE|MSB|MCF|NCSC)\b/.test(words)) return [];
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
      headerRows: 1,
      widths: [46, 98, 98, 50, 50, 50],
      body: [
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
    margin: [0, 0, 0, 4],
  };
}

function packingSteps(words: PackingWords): string[] {
  const { plan, carriage, sheets, document } = words;
  const receiver = shorten(words.recipient.name, 80);
  const print = plan.labels
    ? 'Skriv ut filen enkelsidigt på en skrivare som är godkänd för klassen. Klipp ut etiketterna längs den streckade ramen och fäst dem på kuverten.'
    : 'Skriv ut filen enkelsidigt på en skrivare som är godkänd för klassen. Kuvertsidorna i tabellen ovan skrivs på kuvert av den storlek som står där, eller på papper som klistras på.';
  const handIn: Readonly<Record<Carriage, string>> = {
    rek: 'Lämna in försändelsen som REK över disk. Skriv kvittots nummer i tabellen ovan och spara kvittot.',
    varde:
      'Lämna in försändelsen som VÄRDE över disk. Skriv kvittots nummer i tabellen ovan och spara kvittot.',
    'personlig-leverans': `Lämna försändelsen personligen hos ${receiver}. Kontrollera mottagarens legitimation och få kvittensen undertecknad på plats.`,
  };
  return [
    print,
    `Kontrollera exemplarnummer och sidnummer på varje blad. Ett exemplar är ${sheets} blad: försättsblad, rapport, kvittens.`,
    `Lägg försättsbladet överst och kvittensen underst. ${plan.fold}`,
    'Lägg bladen i det inre kuvertet. Förslut det, skriv datum och namnteckning över förseglingen och på framsidan.',
    'Lägg det inre kuvertet i säkerhetspåsen, förslut den och skriv dess nummer i tabellen ovan.',
    'Lägg säkerhetspåsen i det yttre kuvertet. Utanpå får bara mottagarens och avsändarens adress och postens tjänst synas: ingen klass, rubrik eller beteckning, inte heller genom papperet.',
    ...(document.marking.level === 'kvalificerat-hemlig'
      ? [
          'Kvalificerat hemlig: två personer packar, kontrollerar och följer försändelsen tills den är inlämnad, om verksamhetens rutin inte säger annat.',
        ]
      : []),
    handIn[carriage],
    'För in försändelsen i registret. Bevaka kvittensen: utebliven kvittens anmäls genast till säkerhetsskyddschefen.',
    'Förstör utskrifter som blev över och töm skrivarens minne enligt verksamhetens rutin.',
  ];
}
