import {
  joinMarkings,
  LEVEL_NAME,
  makeMarking,
  OPEN_MARKING,
  type Marking,
} from '../../shared/domain/marking.ts';
import {
  COPY_STATE_NAME,
  DESTRUCTION_WAYS,
  MEDIUM_EVENT_NAME,
  MEDIUM_KINDS,
  type DestructionWay,
} from '../../shared/domain/register.ts';
import { LIST_TITLE, type ListKind } from '../../shared/domain/register-lists.ts';
import { answeredField, textPart, type ReportDocument } from '../../shared/domain/report.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { usualProvisions } from '../../shared/domain/words.ts';
import { SigillError } from '../../shared/domain/error.ts';
import { swedishDate, swedishTime } from '../../shared/domain/swedish-time.ts';
import type { Vault } from '../vault/session.ts';
import { inventoriesOf, type Inventory } from './inventory/service.ts';
import { mediaOf } from './media/service.ts';
import { listDestroyedCopies, listRegister } from './service.ts';
import type { EntryView } from './view.ts';

/** The register's lists on paper: which rows, what each tells, and how it is marked. Drawn by `list-pdf.ts`. */

export interface ListRow {
  readonly cells: readonly string[];
  readonly marking: Marking;
  /** Copies that have been returned or destroyed are struck out, as in the diary on paper. */
  readonly isStruck?: boolean;
}

export interface PaperList {
  readonly kind: ListKind;
  readonly title: string;
  readonly lead: string;
  readonly columns: readonly string[];
  /** Parts of the width, one for each column. */
  readonly widths: readonly number[];
  readonly rows: readonly ListRow[];
  /** Lines to sign under the list. */
  readonly signatures: readonly string[];
}

const NOTHING = '–';

function stateWords({ state, holder }: EntryView['copies'][number]): string {
  return holder === null ? COPY_STATE_NAME[state] : `${COPY_STATE_NAME[state]}: ${holder}`;
}

function registerRows(entries: readonly EntryView[]): ListRow[] {
  return entries.flatMap((entry) => {
    const words = [entry.correspondent ?? NOTHING, entry.summary ?? NOTHING];
    const first = [swedishDate(new Date(entry.registeredAt))];
    const { marking } = entry;
    if (entry.copies.length === 0)
      return [{ cells: [...first, entry.designation, ...words, NOTHING], marking }];
    return entry.copies.map((copy, index): ListRow => ({
      cells: [
        ...first,
        copy.designation,
        ...(index === 0 ? words : ['', '']),
        entry.withdrawn ? `${stateWords(copy)} (makulerad)` : stateWords(copy),
      ],
      marking,
      isStruck: copy.state === 'ater' || copy.state === 'forstord',
    }));
  });
}

/** Date and number always; the other two unless they are left out for that document (5 kap. 2 § OSL). */
function extractRows(entries: readonly EntryView[]): ListRow[] {
  return entries.map((entry) => ({
    cells: [
      swedishDate(new Date(entry.registeredAt)),
      entry.designation,
      entry.omitCorrespondent ? '' : (entry.correspondent ?? NOTHING),
      entry.omitSummary ? '' : (entry.summary ?? NOTHING),
    ],
    // What is left may be given out: that is what the leaving out has seen to.
    marking: OPEN_MARKING,
  }));
}

const DAY_MS = 24 * 60 * 60 * 1000;

function outstandingRows(entries: readonly EntryView[], now: Date): ListRow[] {
  return entries
    .flatMap((entry) =>
      entry.copies.flatMap((copy) =>
        copy.outstandingSince === null ? [] : [{ entry, copy, since: new Date(copy.outstandingSince) }],
      ),
    )
    .sort((one, other) => one.since.getTime() - other.since.getTime())
    .map(({ entry, copy, since }) => ({
      cells: [
        copy.designation,
        copy.holder ?? NOTHING,
        swedishDate(since),
        String(Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS))),
        '',
      ],
      marking: entry.marking,
    }));
}

function wayWords(how: string | null): string {
  return how === null ? NOTHING : (DESTRUCTION_WAYS[how as DestructionWay] ?? how);
}

const INVENTORY_RESULT = { seen: 'Funnet', missing: 'SAKNAS', moved: 'Flyttat under inventeringen' } as const;

function inventoryRows({ copies, finishedAt }: Inventory, entries: readonly EntryView[]): ListRow[] {
  const markings = new Map(entries.map(({ serial, marking }) => [serial, marking]));
  return copies.map((copy) => ({
    cells: [
      copy.seenAt === null ? '[  ]' : '[x]',
      copy.designation,
      copy.code.match(/.{1,4}/g)?.join('-') ?? copy.code,
      copy.holder ?? COPY_STATE_NAME[copy.state],
      [
        copy.isUnexpected
          ? `Fanns inte i listan; registret sade ${COPY_STATE_NAME[copy.state].toLocaleLowerCase('sv')}`
          : '',
        finishedAt === null || copy.result === null ? '' : INVENTORY_RESULT[copy.result],
        copy.seenAt === null ? '' : `${swedishTime(new Date(copy.seenAt))}, ${copy.seenBy ?? ''}`,
      ]
        .filter((part) => part !== '')
        .join('. '),
    ],
    marking: markings.get(copy.serial) ?? OPEN_MARKING,
  }));
}

/**
 * A list of a room as it is now.
 * @param inventoryId which inventory; the newest where none is named
 * @throws SigillError `usage` where there is none; `unlock`
 */
export function makeList(
  vault: Vault,
  rules: RulePack,
  room: Room,
  kind: ListKind,
  inventoryId: string | null = null,
): PaperList {
  const entries = listRegister(vault, rules, room);
  const base = { kind, title: LIST_TITLE[kind], lead: '', signatures: [] };
  switch (kind) {
    case 'register':
      return {
        ...base,
        lead: 'Överstruket: exemplaret är återlämnat eller förstört.',
        columns: ['Datum', 'Beteckning', 'Avsändare/mottagare', 'I korthet', 'Exemplaret'],
        widths: [12, 31, 19, 21, 17],
        rows: registerRows(entries),
      };
    case 'extract':
      // What the protected register tells, down to its number of rows, is not for the public.
      if (room === 'protected') {
        throw new SigillError('policy', 'Utdrag görs bara ur det öppna registret.');
      }
      return {
        ...base,
        lead: 'Datum och beteckning står alltid. Annat kan vara utelämnat eller särskilt enligt 5 kap. 2 § OSL.',
        columns: ['Datum', 'Beteckning', 'Avsändare/mottagare', 'I korthet'],
        widths: [13, 31, 28, 28],
        rows: extractRows(entries),
      };
    case 'outstanding':
      return {
        ...base,
        lead: 'Det som väntat längst står först. Saknas en kvittens är kontrollen bruten: anmäl det genast till säkerhetsskyddschefen.',
        columns: ['Beteckning', 'Utlämnat till', 'Datum', 'Dagar', 'Anteckning'],
        widths: [31, 26, 13, 9, 21],
        rows: outstandingRows(entries, vault.now()),
      };
    case 'destructions':
      return {
        ...base,
        columns: ['Datum', 'Vad', 'Hur', 'Av', 'Vittne', 'Anteckning'],
        widths: [12, 31, 16, 14, 14, 13],
        rows: destructionRows(vault, room, entries),
        signatures: ['Kontrollerat, datum', 'Namnteckning', 'Namnförtydligande'],
      };
    case 'media':
      return {
        ...base,
        columns: ['Beteckning', 'Slag', 'Klass', 'Senaste händelse', 'Innehåll'],
        widths: [20, 16, 17, 23, 24],
        rows: mediaRows(vault, room),
      };
    case 'inventory':
      return inventoryList(vault, rules, room, entries, inventoryId);
  }
}

function destructionRows(vault: Vault, room: Room, entries: readonly EntryView[]): ListRow[] {
  const copies = listDestroyedCopies(entries);
  const media = mediaOf(vault.requireRoom<Room>(room)).flatMap((medium) =>
    medium.events
      .filter(({ event }) => event === 'destroyed')
      .map(({ at, how, recordedBy, witness, what }) => ({
        marking: makeMarking(medium.level, usualProvisions(medium.level)),
        designation: `${MEDIUM_KINDS[medium.kind]} ${medium.label}`,
        at,
        how,
        by: recordedBy,
        witness,
        note: what,
        corrected: null,
      })),
  );
  return [...copies, ...media]
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map(({ marking, designation, at, how, by, witness, note, corrected }) => ({
      cells: [
        swedishDate(new Date(at)),
        designation,
        wayWords(how),
        by,
        witness ?? NOTHING,
        [
          note,
          corrected &&
            `Rättat ${swedishDate(new Date(corrected.at))} av ${corrected.by}: ${corrected.note ?? ''}`,
        ]
          .filter(Boolean)
          .join('. '),
      ],
      marking,
      isStruck: corrected !== null,
    }));
}

function mediaRows(vault: Vault, room: Room): ListRow[] {
  return mediaOf(vault.requireRoom<Room>(room)).map((medium) => {
    const last = medium.events.at(-1);
    const marking = makeMarking(medium.level, usualProvisions(medium.level));
    const wiped = medium.events.findLastIndex(({ event }) => event === 'wiped');
    const written = medium.events.slice(wiped + 1).filter(({ event }) => event === 'written');
    return {
      cells: [
        medium.label,
        MEDIUM_KINDS[medium.kind],
        LEVEL_NAME[medium.level],
        last
          ? `${MEDIUM_EVENT_NAME[last.event]} ${swedishDate(new Date(last.at))}, ${last.recordedBy}`
          : NOTHING,
        written.map(({ what }) => what ?? '').join('; ') || NOTHING,
      ],
      marking,
    };
  });
}

function inventoryList(
  vault: Vault,
  rules: RulePack,
  room: Room,
  entries: readonly EntryView[],
  inventoryId: string | null,
): PaperList {
  const found = inventoriesOf(vault, rules, room).find(
    ({ id }) => inventoryId === null || id === inventoryId,
  );
  if (!found) throw new SigillError('usage', 'Ingen inventering har gjorts i rummet. Starta en först.');
  const count = (result: 'seen' | 'missing'): number =>
    found.copies.filter((copy) => copy.result === result).length;
  const began = `Påbörjad ${swedishTime(new Date(found.startedAt))} av ${found.startedBy}.`;
  const ended =
    found.finishedAt === null
      ? 'Inte avslutad: bocka av exemplar för exemplar.'
      : `Avslutad ${swedishTime(new Date(found.finishedAt))} av ${found.finishedBy ?? ''}. Funna: ${count('seen')}. Saknas: ${count('missing')}.`;
  return {
    kind: 'inventory',
    title: found.finishedAt === null ? 'Inventeringslista' : 'Inventeringsprotokoll',
    lead: [began, ended, found.note ?? ''].filter((part) => part !== '').join(' '),
    columns: ['', 'Beteckning', 'Kod', 'Finns', 'Utfall'],
    widths: [5, 31, 20, 19, 25],
    rows: inventoryRows(found, entries),
    signatures: ['Inventerat av, datum', 'Namnteckning', 'Namnförtydligande'],
  };
}

/**
 * The list as the gate reads it: one part for each row, with its marking, so that what decides can be named. The clearance
 * is bound to its every word.
 */
export function listDocument(vault: Vault, room: Room, list: PaperList): ReportDocument {
  const { organisation, actor } = vault.requireRoom<Room>(room);
  const marking = joinMarkings(list.rows.map((row) => row.marking));
  const least: Marking =
    room === 'protected' && marking.level === 'oppen'
      ? makeMarking('begransat-hemlig', usualProvisions('begransat-hemlig'))
      : marking;
  return {
    format: 'sigill-report/1',
    form: {
      id: `register-${list.kind}`,
      name: list.title,
      version: '1',
      audience: 'document',
      confidence: 'secondary',
      note: null,
    },
    version: 'full',
    openLevel: null,
    reference: list.title,
    organisation: organisation.name,
    createdAt: vault.now().toISOString(),
    author: actor.name,
    exercise: false,
    draft: false,
    marking: least,
    introduction: list.lead,
    sections: [
      {
        id: 'rader',
        title: list.title,
        fields: list.rows.map((row, index) =>
          answeredField({ id: `rad-${index + 1}`, label: list.columns.join(', ') }, [
            textPart('document', row.cells.join('\t'), row.marking),
          ]),
        ),
      },
    ],
    checkpoint: null,
    missing: [],
  };
}
