import type { ContentSection } from 'pdfmake/interfaces.js';
import { isProtectedLevel, OPEN_MARKING } from '../../../shared/domain/marking.ts';
import type { Organisation } from '../../../shared/domain/report.ts';
import { swedishDate, swedishTime } from '../../../shared/domain/swedish-time.ts';
import { documentHead } from '../../documents/head.ts';
import { factTable, handTable, headed, type FactRow } from '../../documents/parts.ts';
import { markedSection, type PageMarks } from '../../documents/sections.ts';
import { copyLine } from '../../documents/stamp.ts';
import { receiptContent } from '../receipt.ts';
import type { InnerWords } from './envelopes.ts';

/** What one copy's sheets are made from. */
export interface CopyWords extends InnerWords {
  /** Pages of the report itself. */
  readonly pages: number;
  readonly sender: Organisation;
  readonly securityBag: string | null;
  /** The copy's random code in the register; null where nothing is numbered. */
  readonly code: string | null;
}

/** The marks of every sheet of one copy. */
export function copyMarks({ document, copy, at }: Pick<CopyWords, 'document' | 'copy' | 'at'>): PageMarks {
  const { marking, organisation, reference, draft, exercise } = document;
  return { marking, organisation, reference, draft, exercise, copy, date: swedishDate(at) };
}

/** Försättsbladet: lies on top of the report, says who may read it and who has. */
export function coverSheet(words: CopyWords, id: string): ContentSection {
  const { document, copy, recipient, pages } = words;
  const rules = isProtectedLevel(document.marking.level)
    ? 'Bara den som är behörig får ta del av handlingen: bedömd pålitlig, med kunskap om säkerhetsskydd och med behov ' +
      'av uppgifterna i sitt arbete (2 kap. 2 § säkerhetsskyddsförordningen, 2021:955). '
    : '';
  const rows: FactRow[] = [
    ['Handling', document.form.name],
    [
      'Exemplar',
      `${copyLine(copy)}, ${pages} ${pages === 1 ? 'sida' : 'sidor'} utom försättsblad och kvittens`,
    ],
    ['Rapporten skapad', `${swedishTime(new Date(document.createdAt))} av ${document.author}`],
  ];
  return markedSection(
    [
      ...documentHead({
        stamp: {
          marking: document.marking,
          organisation: document.organisation,
          reference: document.reference,
          date: swedishDate(words.at),
          copy,
        },
        title: 'Försättsblad',
        ...(words.code === null ? {} : { code: words.code }),
        id,
        lines: [
          { label: 'Datum', value: swedishDate(words.at) },
          { label: 'Beteckning', value: document.reference },
        ],
      }),
      factTable(rows),
      {
        text: `${rules}Också muntlig delgivning kvitteras. Saknas en kvittens är kontrollen bruten: anmäl det genast till säkerhetsskyddschefen.`,
        style: 'help',
        margin: [0, 4, 0, 0],
      },
      headed(
        'Distributionslista',
        handTable(['Nr', 'Namn eller funktion', 'Organisation'], [22, 210, 201], 2, [
          ['1', recipient.attention ?? 'Behörig mottagare', recipient.name],
        ]),
      ),
      headed(
        'Kvitteringslista',
        handTable(
          ['Datum', 'Namnteckning', 'Namnförtydligande', 'Läst/delgiven', 'Återlämnad'],
          [64, 118, 118, 60, 56],
          4,
        ),
      ),
    ],
    { ...copyMarks(words), footnote: 'Försättsblad' },
  );
}

/** Kvittensen: returns to the sender. Unmarked, since it tells nothing but that a handling came. */
export function receiptSheet(words: CopyWords): ContentSection {
  const { document, copy, pages, sender, securityBag } = words;
  return markedSection(
    [
      ...documentHead({
        stamp: { ...document, marking: OPEN_MARKING, date: swedishDate(words.at) },
        title: 'Kvittens',
        ...(words.code === null ? {} : { code: words.code }),
        subtitle: 'Fylls i av mottagaren och återsänds till avsändaren. Bladet får gå som vanligt brev.',
        lines: [{ label: 'Datum', value: swedishDate(words.at) }],
      }),
      receiptContent({
        reference: document.reference,
        copy,
        pages,
        sender: sender.name,
        further: [
          ['Säkerhetspåse nr', securityBag],
          ['Avvikelse', null],
          [
            'Återsänds till',
            [sender.name, ...sender.address.filter((line) => line !== sender.name)].join('\n'),
          ],
        ],
      }),
    ],
    { ...copyMarks(words), marking: OPEN_MARKING, footnote: 'Kvittens' },
  );
}
