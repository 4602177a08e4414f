import type { DispatchWay } from '../../shared/domain/dispatch.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { levelRank, type Level, type Marking } from '../../shared/domain/marking.ts';
import type {
  CopyMove,
  CopyState,
  Designation,
  DestructionWay,
  IncomingKind,
} from '../../shared/domain/register.ts';
import type { ListKind } from '../../shared/domain/register-lists.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { Store } from '../store/store.ts';

/** The SQL of the register: documents, their copies, and what became of each. Every function works in one room. */

/** What the papers of a document say that has been given a number of the protected register since. */
export interface Former extends Designation {
  readonly level: Level;
  /** When it was given the other number. */
  readonly at: string;
}

/** One numbered document. */
export interface EntryRow {
  readonly serial: number;
  /** Null for what came in, and for a list of this register. */
  readonly dispatchId: string | null;
  /** Null for a list. */
  readonly incidentId: IncidentId | null;
  readonly pattern: string;
  readonly diary: string;
  readonly year: number;
  readonly copies: number;
  /** As it is now: what a value in it has been raised to since counts. */
  readonly level: Level;
  readonly registeredAt: string;
  /** The name of a person. */
  readonly registeredBy: string;
  /** Null: what the expedition says. */
  readonly correspondent: string | null;
  readonly summary: string | null;
  readonly omitCorrespondent: boolean;
  readonly omitSummary: boolean;
  /** What the row tells is kept apart: it shows its date and number only. */
  readonly withheld: boolean;
  /** When it came in; null for what goes out. */
  readonly cameAt: string | null;
  readonly incomingKind: IncomingKind | null;
  /** The serial of the document that it is the answer to or the kvittens of. */
  readonly answersSerial: number | null;
  /** Provisions that it is marked with beside those that it was made with. */
  readonly basis: readonly string[];
  readonly formerly: Former | null;
  /** Which list of this register it is, on paper; null for any other document. */
  readonly list: ListKind | null;
}

/** The same with what is read of its expedition; that is null for what has none. */
export interface ListedEntry extends EntryRow {
  /** What it was registered with, which its papers say. */
  readonly registeredLevel: Level;
  /** What each of its values that was raised or lowered since is marked now. */
  readonly raisedTo: readonly Marking[];
  /** When its class was changed last; null where it never was. */
  readonly reclassedAt: string | null;
  readonly form: string | null;
  readonly way: DispatchWay | null;
  /** JSON, as the expedition has it. */
  readonly details: string | null;
  readonly withdrawn: boolean;
}

/** A document that an expedition sends. */
export type SentEntry = ListedEntry & { readonly dispatchId: string; readonly incidentId: IncidentId };

interface RawEntry extends Omit<
  ListedEntry,
  'level' | 'omitCorrespondent' | 'omitSummary' | 'withheld' | 'withdrawn' | 'raisedTo' | 'basis' | 'formerly'
> {
  /** JSON, as what follows. */
  readonly raisedTo: string;
  readonly basis: string;
  readonly formerly: string | null;
  readonly omitCorrespondent: number;
  readonly omitSummary: number;
  readonly withheld: number;
  readonly withdrawn: number;
}

const higher = (one: Level, other: Level): Level => (levelRank(other) > levelRank(one) ? other : one);

function entryOf(raw: RawEntry): ListedEntry {
  const raisedTo = JSON.parse(raw.raisedTo) as Marking[];
  return {
    ...raw,
    raisedTo,
    level: raisedTo.map(({ level }) => level).reduce(higher, raw.registeredLevel),
    basis: JSON.parse(raw.basis) as string[],
    formerly: raw.formerly === null ? null : (JSON.parse(raw.formerly) as Former),
    omitCorrespondent: raw.omitCorrespondent === 1,
    omitSummary: raw.omitSummary === 1,
    withheld: raw.withheld === 1,
    withdrawn: raw.withdrawn === 1,
  };
}

const ENTRY = `SELECT entry.serial, entry.dispatch_id AS dispatchId, entry.incident_id AS incidentId, entry.pattern, entry.diary,
    entry.year, entry.copies, entry.level AS registeredLevel, entry.registered_at AS registeredAt, entry.registered_by AS registeredBy,
    entry.correspondent, entry.summary, entry.omit_correspondent AS omitCorrespondent,
    entry.omit_summary AS omitSummary, entry.withheld, entry.came_at AS cameAt,
    entry.incoming_kind AS incomingKind, entry.answers_serial AS answersSerial, entry.basis, entry.formerly, entry.list,
    dispatch.form, dispatch.way, dispatch.details,
    (SELECT max(at) FROM register_raise WHERE serial = entry.serial) AS reclassedAt,
    (SELECT json_group_array(json_object('level', level, 'basis', json(basis))) FROM register_raise AS last WHERE last.serial = entry.serial AND last.seq = (
       SELECT max(seq) FROM register_raise
       WHERE serial = last.serial AND item_kind = last.item_kind AND item_key = last.item_key)) AS raisedTo,
    EXISTS (SELECT 1 FROM dispatch_event AS step
            WHERE step.dispatch_id = dispatch.id AND step.event = 'withdrawn') AS withdrawn
  FROM register_entry AS entry LEFT JOIN dispatch ON dispatch.id = entry.dispatch_id
  WHERE entry.serial BETWEEN ? AND ? ORDER BY entry.serial`;

const entriesBetween = (store: Store<Room>, first: number, last: number): ListedEntry[] =>
  store.database.prepare<[number, number], RawEntry>(ENTRY).all(first, last).map(entryOf);

/** Every entry of a room, by number. Documents are not read. */
export function listEntries(store: Store<Room>): ListedEntry[] {
  return entriesBetween(store, 1, Number.MAX_SAFE_INTEGER);
}

/** @returns the entry of an expedition, or null */
export function findEntryOf(store: Store<Room>, dispatchId: string): SentEntry | null {
  const serial = store.database
    .prepare<[string], { serial: number }>('SELECT serial FROM register_entry WHERE dispatch_id = ?')
    .get(dispatchId)?.serial;
  const entry = serial === undefined ? null : findEntry(store, serial);
  const incidentId = entry?.incidentId ?? null;
  return entry && incidentId && { ...entry, dispatchId, incidentId };
}

/** @returns one entry, or null */
export function findEntry(store: Store<Room>, serial: number): ListedEntry | null {
  return entriesBetween(store, serial, serial)[0] ?? null;
}

/** @returns the number that the next document gets */
export function nextSerial(store: Store<Room>): number {
  return (
    store.database
      .prepare<[], { next: number }>('SELECT 1 + coalesce(max(serial), 0) AS next FROM register_entry')
      .get()?.next ?? 1
  );
}

/** Adds a document. The schema refuses every number but the next one. */
export function insertEntry(store: Store<Room>, entry: EntryRow): void {
  store.database
    .prepare(
      `INSERT INTO register_entry (serial, dispatch_id, incident_id, pattern, diary, year, copies, level, registered_at,
         registered_by, correspondent, summary, omit_correspondent, omit_summary, came_at, incoming_kind, answers_serial, basis,
         formerly, list)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.serial,
      entry.dispatchId,
      entry.incidentId,
      entry.pattern,
      entry.diary,
      entry.year,
      entry.copies,
      entry.level,
      entry.registeredAt,
      entry.registeredBy,
      entry.correspondent,
      entry.summary,
      entry.omitCorrespondent ? 1 : 0,
      entry.omitSummary ? 1 : 0,
      entry.cameAt,
      entry.incomingKind,
      entry.answersSerial,
      JSON.stringify(entry.basis),
      entry.formerly && JSON.stringify(entry.formerly),
      entry.list,
    );
}

/** A value of a document that has a number, and what it is marked now. */
export interface RaisedValue {
  readonly kind: string;
  readonly key: string;
  readonly marking: Marking;
}

/** Adds that a value in a document was raised, or lowered by decision. */
export function addRaise(
  store: Store<Room>,
  serial: number,
  { kind, key, marking }: RaisedValue,
  at: string,
  by: string,
): void {
  store.database
    .prepare(
      `INSERT INTO register_raise (serial, seq, item_kind, item_key, level, basis, at, recorded_by)
       VALUES (?, (SELECT 1 + coalesce(max(seq), 0) FROM register_raise WHERE serial = ?), ?, ?, ?, ?, ?, ?)`,
    )
    .run(serial, serial, kind, key, marking.level, JSON.stringify(marking.basis), at, by);
}

/** @returns the documents of an incident in which this value has been raised, by number */
export function listRaisedBy(
  store: Store<Room>,
  incidentId: IncidentId,
  { kind, key }: Pick<RaisedValue, 'kind' | 'key'>,
): number[] {
  return store.database
    .prepare<[string, string, string], { serial: number }>(
      `SELECT DISTINCT serial FROM register_raise JOIN register_entry USING (serial)
       WHERE incident_id = ? AND item_kind = ? AND item_key = ? ORDER BY serial`,
    )
    .all(incidentId, kind, key)
    .map(({ serial }) => serial);
}

/** What the papers say of a document that was given its number before anybody kept that. It is told once. */
export function setFormer(store: Store<'protected'>, serial: number, formerly: Former): void {
  store.database
    .prepare('UPDATE register_entry SET formerly = ? WHERE serial = ? AND formerly IS NULL')
    .run(JSON.stringify(formerly), serial);
}

type Words = Pick<EntryRow, 'correspondent' | 'summary' | 'omitCorrespondent' | 'omitSummary'>;

/** Changes what an entry tells, and what of it the extract leaves out. Its number stays. */
export function setWords(store: Store<Room>, serial: number, words: Words): void {
  store.database
    .prepare(
      `UPDATE register_entry SET correspondent = ?, summary = ?, omit_correspondent = ?, omit_summary = ?
       WHERE serial = ?`,
    )
    .run(
      words.correspondent,
      words.summary,
      words.omitCorrespondent ? 1 : 0,
      words.omitSummary ? 1 : 0,
      serial,
    );
}

/** A numbered paper, or a numbered file. */
export interface CopyRow {
  readonly code: string;
  readonly serial: number;
  readonly number: number;
}

export function insertCopy(store: Store<Room>, { code, serial, number }: CopyRow): void {
  store.database
    .prepare('INSERT INTO register_copy (code, serial, number) VALUES (?, ?, ?)')
    .run(code, serial, number);
}

/** Every copy of a room, by document and number. */
export function listCopies(store: Store<Room>): CopyRow[] {
  return store.database
    .prepare<[], CopyRow>('SELECT code, serial, number FROM register_copy ORDER BY serial, number')
    .all();
}

export function copiesOf(store: Store<Room>, serial: number): CopyRow[] {
  return store.database
    .prepare<[number], CopyRow>(
      'SELECT code, serial, number FROM register_copy WHERE serial = ? ORDER BY number',
    )
    .all(serial);
}

export function findCopy(store: Store<Room>, code: string): CopyRow | null {
  return (
    store.database
      .prepare<[string], CopyRow>('SELECT code, serial, number FROM register_copy WHERE code = ?')
      .get(code) ?? null
  );
}

/** One thing that became of a copy. */
export interface CopyEventRow {
  readonly code: string;
  readonly seq: number;
  readonly move: CopyMove;
  readonly state: CopyState;
  readonly at: string;
  readonly holder: string | null;
  readonly external: boolean;
  readonly how: DestructionWay | null;
  readonly witness: string | null;
  readonly note: string | null;
  /** The step of the expedition that it follows from. */
  readonly dispatchSeq: number | null;
  readonly recordedAt: string;
  /** The name of a person. */
  readonly recordedBy: string;
}

type RawEvent = Omit<CopyEventRow, 'external'> & { readonly external: number };

/** What became of every copy of a room, by copy and in order. */
export function listCopyEvents(store: Store<Room>): CopyEventRow[] {
  return store.database
    .prepare<[], RawEvent>(
      `SELECT code, seq, move, state, at, holder, external, how, witness, note, dispatch_seq AS dispatchSeq,
         recorded_at AS recordedAt, recorded_by AS recordedBy
       FROM copy_event ORDER BY code, seq`,
    )
    .all()
    .map((raw) => ({ ...raw, external: raw.external === 1 }));
}

export function eventsOfCopy(store: Store<Room>, code: string): CopyEventRow[] {
  return store.database
    .prepare<[string], RawEvent>(
      `SELECT code, seq, move, state, at, holder, external, how, witness, note, dispatch_seq AS dispatchSeq,
         recorded_at AS recordedAt, recorded_by AS recordedBy
       FROM copy_event WHERE code = ? ORDER BY seq`,
    )
    .all(code)
    .map((raw) => ({ ...raw, external: raw.external === 1 }));
}

/** Adds what became of a copy after what was told last. */
export function addCopyEvent(store: Store<Room>, event: Omit<CopyEventRow, 'seq'>): void {
  store.database
    .prepare(
      `INSERT INTO copy_event (code, seq, move, state, at, holder, external, how, witness, note, dispatch_seq,
         recorded_at, recorded_by)
       VALUES (?, (SELECT 1 + coalesce(max(seq), 0) FROM copy_event WHERE code = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      event.code,
      event.code,
      event.move,
      event.state,
      event.at,
      event.holder,
      event.external ? 1 : 0,
      event.how,
      event.witness,
      event.note,
      event.dispatchSeq,
      event.recordedAt,
      event.recordedBy,
    );
}

/** A name on a distributionslista. */
export interface DistributionRow {
  readonly position: number;
  readonly name: string;
  readonly addedAt: string;
  readonly addedBy: string;
  readonly struckAt: string | null;
  readonly struckBy: string | null;
}

export function distributionOf(store: Store<Room>, serial: number): DistributionRow[] {
  return store.database
    .prepare<[number], DistributionRow>(
      `SELECT position, name, added_at AS addedAt, added_by AS addedBy, struck_at AS struckAt, struck_by AS struckBy
       FROM distribution WHERE serial = ? ORDER BY position`,
    )
    .all(serial);
}

export function addDistribution(
  store: Store<Room>,
  serial: number,
  { position, name, addedAt, addedBy, struckAt, struckBy }: DistributionRow,
): void {
  store.database
    .prepare(
      `INSERT INTO distribution (serial, position, name, added_at, added_by, struck_at, struck_by)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(serial, position, name, addedAt, addedBy, struckAt, struckBy);
}

export function strikeDistribution(
  store: Store<Room>,
  serial: number,
  position: number,
  at: string,
  by: string,
): void {
  store.database
    .prepare(
      `UPDATE distribution SET struck_at = ?, struck_by = ?
       WHERE serial = ? AND position = ? AND struck_at IS NULL`,
    )
    .run(at, by, serial, position);
}

/** @returns the organisation's own diary number of an incident, or null */
export function readDiary(store: Store<Room>, incidentId: IncidentId): string | null {
  return (
    store.database
      .prepare<[string], { number: string }>('SELECT number FROM register_diary WHERE incident_id = ?')
      .get(incidentId)?.number ?? null
  );
}

export function writeDiary(store: Store<Room>, incidentId: IncidentId, number: string): void {
  store.database
    .prepare(
      `INSERT INTO register_diary (incident_id, number) VALUES (?, ?)
       ON CONFLICT (incident_id) DO UPDATE SET number = excluded.number`,
    )
    .run(incidentId, number);
}

/** Documents are numbered by the incident's neutral reference again; what has a number keeps it. */
export function removeDiary(store: Store<Room>, incidentId: IncidentId): void {
  store.database.prepare('DELETE FROM register_diary WHERE incident_id = ?').run(incidentId);
}

/** The documents of the open room whose words and copies lie elsewhere. */
export function listWithheld(store: Store<'open'>): string[] {
  return store.database
    .prepare<[], { id: string }>('SELECT dispatch_id AS id FROM register_entry WHERE withheld = 1')
    .all()
    .map(({ id }) => id);
}

/**
 * Takes an entry's words and copies out of the open room; its number and date stay. `secure_delete` overwrites the bytes;
 * see also `rewriteDatabase`. Can be done again.
 */
export function eraseEntry(store: Store<'open'>, serial: number): void {
  const { database } = store;
  database
    .prepare(
      `UPDATE register_entry SET withheld = 1, correspondent = NULL, summary = NULL, omit_correspondent = 1, omit_summary = 1
       WHERE serial = ?`,
    )
    .run(serial);
  database.prepare('DELETE FROM distribution WHERE serial = ?').run(serial);
  database.prepare('DELETE FROM register_raise WHERE serial = ?').run(serial);
  database
    .prepare(
      `DELETE FROM audit_payload WHERE json_extract(payload, '$.register') = ?
         OR json_extract(payload, '$.copy') IN (SELECT code FROM register_copy WHERE serial = ?)`,
    )
    .run(serial, serial);
  database
    .prepare('DELETE FROM inventory_copy WHERE code IN (SELECT code FROM register_copy WHERE serial = ?)')
    .run(serial);
  database
    .prepare('DELETE FROM copy_event WHERE code IN (SELECT code FROM register_copy WHERE serial = ?)')
    .run(serial);
  database.prepare('DELETE FROM register_copy WHERE serial = ?').run(serial);
}
