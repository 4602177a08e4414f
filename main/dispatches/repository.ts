import type { IncidentId } from '../../shared/domain/incident.ts';
import type { DispatchEventKind, DispatchNumberKind, DispatchWay } from '../../shared/domain/dispatch.ts';
import type { Level } from '../../shared/domain/marking.ts';
import { roomOf, type Marked, type Room } from '../../shared/domain/room.ts';
import type { Store } from '../store/store.ts';

/** The SQL of expeditions: what was made to be sent, and what became of it. Every function works in one room. */

/** One expedition as a room keeps it, without the document. */
export interface DispatchRow {
  readonly id: string;
  readonly incidentId: IncidentId;
  readonly form: string;
  readonly version: string;
  readonly way: DispatchWay;
  readonly isDraft: boolean;
  /** The level of the row in this room: at least that of the document. */
  readonly level: Level;
  readonly documentHash: string;
  /** JSON: to whom and by what. No facts. */
  readonly details: string;
  readonly madeAt: string;
  /** The name of the person, who need not be a user of the room that the row is moved to. */
  readonly madeBy: string;
}

/** The same as it is listed: whether the document lies in this room. */
export interface ListedDispatch extends DispatchRow {
  readonly hasDocument: boolean;
}

interface RawDispatch extends Omit<ListedDispatch, 'isDraft' | 'hasDocument'> {
  readonly isDraft: number;
  readonly hasDocument: number;
}

function listed(raw: RawDispatch): ListedDispatch {
  return { ...raw, isDraft: raw.isDraft === 1, hasDocument: raw.hasDocument === 1 };
}

/**
 * Adds an expedition. The types make it impossible to hand a room a document of the other; the schema refuses it too.
 * @param marked the document as canonical JSON, with the marking that the row is kept at
 */
export function insertDispatch<R extends Room>(
  store: Room extends R ? never : Store<R>,
  row: Omit<DispatchRow, 'level'>,
  marked: Marked<NoInfer<R>, string>,
): void {
  const { database, room } = store as Store<R>;
  if (roomOf(marked.marking.level) !== room) throw new TypeError('The document belongs to the other room.');
  database
    .prepare(
      `INSERT INTO dispatch (id, incident_id, form, version, way, is_draft, level, document, document_hash, details,
         made_at, made_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      row.id,
      row.incidentId,
      row.form,
      row.version,
      row.way,
      row.isDraft ? 1 : 0,
      marked.marking.level,
      marked.value,
      row.documentHash,
      row.details,
      row.madeAt,
      row.madeBy,
    );
}

/** The expeditions of an incident that a room knows of, never with their documents. */
export function listDispatches(store: Store<Room>, id: IncidentId): ListedDispatch[] {
  return store.database
    .prepare<[string], RawDispatch>(
      `SELECT id, incident_id AS incidentId, form, version, way, is_draft AS isDraft, level,
              typeof(document) <> 'null' AS hasDocument, document_hash AS documentHash, details, made_at AS madeAt,
              made_by AS madeBy
       FROM dispatch WHERE incident_id = ?`,
    )
    .all(id)
    .map(listed);
}

/**
 * The expeditions of every incident that may still wait for something. What decides it stands before the document in a
 * row, so that the pages of all other documents are left unread.
 */
export function listUnfinished(store: Store<Room>): ListedDispatch[] {
  return store.database
    .prepare<[], RawDispatch>(
      `SELECT id, incident_id AS incidentId, form, version, way, is_draft AS isDraft, level,
              typeof(document) <> 'null' AS hasDocument, document_hash AS documentHash, details, made_at AS madeAt,
              made_by AS madeBy
       FROM dispatch
       WHERE is_draft = 0 AND way <> 'utskrift' AND NOT EXISTS (
         SELECT 1 FROM dispatch_event WHERE dispatch_id = dispatch.id AND event IN ('receipted', 'withdrawn'))`,
    )
    .all()
    .map(listed);
}

/** When something was first made to be sent of each incident that is not closed, by what this room holds. */
export function listSentSince(store: Store<Room>): { readonly id: IncidentId; readonly since: string }[] {
  return store.database
    .prepare<[], { id: IncidentId; since: string }>(
      `SELECT sent.incident_id AS id, min(sent.made_at) AS since
       FROM dispatch AS sent INDEXED BY dispatch_of_incident JOIN incident ON incident.id = sent.incident_id
       WHERE sent.is_draft = 0 AND incident.state <> 'closed' GROUP BY sent.incident_id`,
    )
    .all();
}

/**
 * What a form can ask for, and no more: a log grows by itself, and an assessment is told in no report.
 * @returns whether some of it has been written in this room after an instant (ISO 8601 UTC)
 */
export function changedAfter(store: Store<Room>): (id: IncidentId, since: string) => boolean {
  const statement = store.database.prepare<[string, string]>(
    `SELECT 1 FROM item_revision INDEXED BY item_changed
     WHERE incident_id = ? AND changed_at > ? AND kind IN ('title', 'fact', 'time', 'answer')
     LIMIT 1`,
  );
  return (id, since) => statement.get(id, since) !== undefined;
}

/** @returns whether a room knows of an expedition */
export function isKnown(store: Store<Room>, id: string): boolean {
  return store.database.prepare('SELECT 1 FROM dispatch WHERE id = ?').get(id) !== undefined;
}

/** @returns one expedition of a room, or null */
export function findDispatch(store: Store<Room>, id: string): ListedDispatch | null {
  const raw = store.database
    .prepare<[string], RawDispatch>(
      `SELECT id, incident_id AS incidentId, form, version, way, is_draft AS isDraft, level,
              typeof(document) <> 'null' AS hasDocument, document_hash AS documentHash, details, made_at AS madeAt,
              made_by AS madeBy
       FROM dispatch WHERE id = ?`,
    )
    .get(id);
  return raw ? listed(raw) : null;
}

/** @returns the document as it was sent, canonical JSON; null where it does not lie in this room */
export function readDocument(store: Store<Room>, id: string): string | null {
  return (
    store.database
      .prepare<[string], { document: string | null }>('SELECT document FROM dispatch WHERE id = ?')
      .get(id)?.document ?? null
  );
}

/**
 * Takes the document out of a row that stays, and the decision about it. `secure_delete` overwrites the bytes; see also
 * `rewriteDatabase`.
 */
export function removeDocument(store: Store<'open'>, id: string): void {
  store.database.prepare('UPDATE dispatch SET document = NULL WHERE id = ?').run(id);
  store.database.prepare('DELETE FROM dispatch_decision WHERE dispatch_id = ?').run(id);
}

/** What became of an expedition: one step. */
export interface DispatchEventRow {
  readonly dispatchId: string;
  readonly seq: number;
  readonly event: DispatchEventKind;
  readonly at: string;
  readonly note: string | null;
  readonly recordedAt: string;
  /** The name of the user. */
  readonly recordedBy: string;
}

/** What became of one expedition, in order. */
export function listEvents(store: Store<Room>, dispatchId: string): DispatchEventRow[] {
  return store.database
    .prepare<[string], DispatchEventRow>(
      `SELECT step.dispatch_id AS dispatchId, step.seq, step.event, step.at, step.note,
              step.recorded_at AS recordedAt, person.name AS recordedBy
       FROM dispatch_event AS step JOIN room_user AS person ON person.id = step.recorded_by
       WHERE step.dispatch_id = ? ORDER BY step.seq`,
    )
    .all(dispatchId);
}

/** Adds a step after the last one. @param by id of a user of this room */
export function addEvent(
  store: Store<Room>,
  step: Omit<DispatchEventRow, 'seq' | 'recordedBy'>,
  by: string,
): void {
  store.database
    .prepare(
      `INSERT INTO dispatch_event (dispatch_id, seq, event, at, note, recorded_at, recorded_by)
       VALUES (?, (SELECT 1 + coalesce(max(seq), 0) FROM dispatch_event WHERE dispatch_id = ?), ?, ?, ?, ?, ?)`,
    )
    .run(step.dispatchId, step.dispatchId, step.event, step.at, step.note, step.recordedAt, by);
}

/** The number of a security bag or a consignment, as somebody told it for one copy. */
export interface DispatchNumberRow {
  readonly dispatchId: string;
  readonly seq: number;
  readonly copy: number;
  readonly kind: DispatchNumberKind;
  /** null: there is none, after all. */
  readonly number: string | null;
  /** Why it was changed; null for the first one. */
  readonly reason: string | null;
  readonly recordedAt: string;
  /** The name of the user. */
  readonly recordedBy: string;
}

/** Every number that was told of an expedition, in order; the last one of each copy and kind counts. */
export function listNumbers(store: Store<Room>, dispatchId: string): DispatchNumberRow[] {
  return store.database
    .prepare<[string], DispatchNumberRow>(
      `SELECT told.dispatch_id AS dispatchId, told.seq, told.copy, told.kind, told.number, told.reason,
              told.recorded_at AS recordedAt, person.name AS recordedBy
       FROM dispatch_number AS told JOIN room_user AS person ON person.id = told.recorded_by
       WHERE told.dispatch_id = ? ORDER BY told.seq`,
    )
    .all(dispatchId);
}

/** Adds a number after what was told last. @param by id of a user of this room */
export function addNumber(
  store: Store<Room>,
  { dispatchId, copy, kind, number, reason, recordedAt }: Omit<DispatchNumberRow, 'seq' | 'recordedBy'>,
  by: string,
): void {
  store.database
    .prepare(
      `INSERT INTO dispatch_number (dispatch_id, seq, copy, kind, number, reason, recorded_at, recorded_by)
       VALUES (?, (SELECT 1 + coalesce(max(seq), 0) FROM dispatch_number WHERE dispatch_id = ?), ?, ?, ?, ?, ?, ?)`,
    )
    .run(dispatchId, dispatchId, copy, kind, number, reason, recordedAt, by);
}

/** The decision that one expedition of one document rests on. */
export interface DispatchDecisionRow {
  readonly dispatchId: string;
  readonly documentHash: string;
  readonly decider: 'anvandaren' | 'sakerhetsskyddschefen';
  /** JSON: what the gate asked for a decision by. */
  readonly rules: string;
  readonly reason: string;
  readonly decidedBy: string;
  readonly secondBy: string | null;
  readonly at: string;
  /** The name of the user. */
  readonly recordedBy: string;
}

/** Adds the decision of an expedition. The schema refuses a second one, and one of another document. */
export function insertDecision(store: Store<Room>, row: DispatchDecisionRow): void {
  store.database
    .prepare(
      `INSERT INTO dispatch_decision (dispatch_id, document_hash, decider, rules, reason, decided_by, second_by, at,
         recorded_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      row.dispatchId,
      row.documentHash,
      row.decider,
      row.rules,
      row.reason,
      row.decidedBy,
      row.secondBy,
      row.at,
      row.recordedBy,
    );
}

/** @returns the decision of an expedition, or null where it needed none or the decision lies in the other room */
export function findDecision(store: Store<Room>, dispatchId: string): DispatchDecisionRow | null {
  return (
    store.database
      .prepare<[string], DispatchDecisionRow>(
        `SELECT dispatch_id AS dispatchId, document_hash AS documentHash, decider, rules, reason,
                decided_by AS decidedBy, second_by AS secondBy, at, recorded_by AS recordedBy
         FROM dispatch_decision WHERE dispatch_id = ?`,
      )
      .get(dispatchId) ?? null
  );
}
