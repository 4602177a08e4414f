import type { IncidentId, IncidentState, OrganisationKind } from '../../shared/domain/incident.ts';
import type { Level, Marking } from '../../shared/domain/marking.ts';
import { roomOf, type LevelOf, type Marked, type Room } from '../../shared/domain/room.ts';
import { explainSqlite } from '../store/explain.ts';
import type { Store } from '../store/store.ts';

/** The SQL of incidents. Every function works in one room and takes only what that room may hold. */

export type ItemKind = 'title' | 'fact' | 'time' | 'log' | 'answer' | 'assessment-answer' | 'assessment';
/** `released`: lowered out of the protected room; its history stays there. */
export type ItemChange = 'created' | 'revised' | 'raised' | 'lowered' | 'released';

/**
 * Which value of an incident: `key` is empty for the title, else the fact id, the time id, the key in the log, `form/field`, the
 * assessment with the question (`CSL-BETYDANDE:sektor`), or the assessment whose decision it is.
 */
export interface ItemReference {
  readonly incidentId: IncidentId;
  readonly kind: ItemKind;
  readonly key: string;
}

export interface ItemRow<L extends Level = Level> extends ItemReference {
  readonly revision: number;
  /** JSON whose shape depends on the kind. */
  readonly content: string;
  readonly marking: Marking<L>;
  readonly change: ItemChange;
  readonly reason: string | null;
  readonly decisionId: string | null;
  readonly changedAt: string;
  readonly changedBy: string;
}

export interface IncidentRow {
  readonly id: IncidentId;
  readonly organisationKind: OrganisationKind;
  readonly exercise: boolean;
  readonly state: IncidentState;
  readonly createdAt: string;
  readonly createdBy: string;
}

export function insertIncident(store: Store<Room>, row: IncidentRow): void {
  const values = [
    row.id,
    row.organisationKind,
    row.exercise ? 1 : 0,
    row.state,
    row.createdAt,
    row.createdBy,
  ];
  if (store.room === 'open') {
    store.database
      .prepare(
        `INSERT INTO incident (id, organisation_kind, exercise, state, created_at, created_by, has_protected_part)
         VALUES (?, ?, ?, ?, ?, ?, 0)`,
      )
      .run(...values);
  } else {
    store.database
      .prepare(
        `INSERT INTO incident (id, organisation_kind, exercise, state, created_at, created_by)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(...values);
  }
}

interface RawIncident extends Omit<IncidentRow, 'exercise'> {
  exercise: number;
}

function incidentOf(raw: RawIncident): IncidentRow {
  return { ...raw, exercise: raw.exercise === 1 };
}

export function findIncident(store: Store<Room>, id: IncidentId): IncidentRow | null {
  const raw = store.database
    .prepare<[string], RawIncident>(
      `SELECT id, organisation_kind AS organisationKind, exercise, state, created_at AS createdAt,
              created_by AS createdBy FROM incident WHERE id = ?`,
    )
    .get(id);
  return raw ? incidentOf(raw) : null;
}

export function listIncidents(store: Store<Room>): IncidentRow[] {
  return store.database
    .prepare<[], RawIncident>(
      `SELECT id, organisation_kind AS organisationKind, exercise, state, created_at AS createdAt,
              created_by AS createdBy FROM incident ORDER BY created_at DESC, id`,
    )
    .all()
    .map(incidentOf);
}

export function removeRegime(store: Store<Room>, id: IncidentId, regime: string): void {
  store.database.prepare('DELETE FROM incident_regime WHERE incident_id = ? AND regime = ?').run(id, regime);
}

export function setState(store: Store<Room>, id: IncidentId, state: IncidentState): void {
  store.database.prepare('UPDATE incident SET state = ? WHERE id = ?').run(state, id);
}

/** Sets the neutral pointer: something of this incident lies in the protected room. It is never taken away. */
export function setProtectedPart(store: Store<'open'>, id: IncidentId): void {
  store.database.prepare('UPDATE incident SET has_protected_part = 1 WHERE id = ?').run(id);
}

export function hasProtectedPart(store: Store<'open'>, id: IncidentId): boolean {
  const row = store.database
    .prepare<[string], { pointer: number }>('SELECT has_protected_part AS pointer FROM incident WHERE id = ?')
    .get(id);
  return row?.pointer === 1;
}

/** Removes all trace of an incident from a room. Only for an import that a crash left half done. */
export function deleteIncident(store: Store<Room>, id: IncidentId): void {
  for (const statement of [
    'DELETE FROM step_event WHERE incident_id = ?',
    'DELETE FROM item_revision WHERE incident_id = ?',
    'DELETE FROM incident_regime WHERE incident_id = ?',
    'DELETE FROM marking_decision WHERE incident_id = ?',
    'DELETE FROM incident WHERE id = ?',
  ] as const) {
    store.database.prepare(statement).run(id);
  }
}

export function addRegime(store: Store<Room>, id: IncidentId, regime: string): void {
  store.database
    .prepare('INSERT OR IGNORE INTO incident_regime (incident_id, regime) VALUES (?, ?)')
    .run(id, regime);
}

export function listRegimes(store: Store<Room>, id: IncidentId): string[] {
  return store.database
    .prepare<[string], { regime: string }>(
      'SELECT regime FROM incident_regime WHERE incident_id = ? ORDER BY regime',
    )
    .all(id)
    .map((row) => row.regime);
}

/** What is new in a revision, beside the marked content itself. */
export interface RevisionNote {
  readonly change: ItemChange;
  readonly reason: string | null;
  readonly decisionId: string | null;
  readonly at: string;
  readonly by: string;
}

/**
 * Adds a revision. The types make it impossible to hand a room what belongs to the other; the schema refuses it as well.
 * @returns the number of the revision, from 1
 */
export function addRevision<R extends Room>(
  store: Room extends R ? never : Store<R>,
  item: ItemReference,
  marked: Marked<NoInfer<R>, unknown>,
  note: RevisionNote,
): number {
  if (roomOf(marked.marking.level) !== store.room)
    throw new TypeError('The value belongs to the other room.');
  const revision = (listRevisions(store as Store<R>, item).at(-1)?.revision ?? 0) + 1;
  insertRevision(store as Store<R>, {
    ...item,
    revision,
    content: JSON.stringify(marked.value),
    marking: marked.marking,
    change: note.change,
    reason: note.reason,
    decisionId: note.decisionId,
    changedAt: note.at,
    changedBy: note.by,
  });
  return revision;
}

function insertRevision<R extends Room>(store: Store<R>, row: ItemRow<LevelOf<R>>): void {
  store.database
    .prepare(
      `INSERT INTO item_revision
         (incident_id, kind, key, revision, content, level, basis, change, reason, decision_id, changed_at, changed_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      row.incidentId,
      row.kind,
      row.key,
      row.revision,
      row.content,
      row.marking.level,
      JSON.stringify(row.marking.basis),
      row.change,
      row.reason,
      row.decisionId,
      row.changedAt,
      row.changedBy,
    );
}

interface RawItem extends Omit<ItemRow, 'marking'> {
  level: Level;
  basis: string;
}

function itemOf<R extends Room>({ level, basis, ...rest }: RawItem): ItemRow<LevelOf<R>> {
  return { ...rest, marking: { level: level as LevelOf<R>, basis: JSON.parse(basis) as string[] } };
}

/** The values of an incident in this room, each in its latest revision. */
export function listItems<R extends Room>(store: Store<R>, id: IncidentId): ItemRow<LevelOf<R>>[] {
  return store.database
    .prepare<[string], RawItem>(
      `SELECT incident_id AS incidentId, kind, key, revision, content, level, basis, change, reason,
              decision_id AS decisionId, changed_at AS changedAt, changed_by AS changedBy
       FROM item WHERE incident_id = ? ORDER BY kind, key`,
    )
    .all(id)
    .map(itemOf<R>);
}

/** Every revision of one value, the first one first. */
export function listRevisions<R extends Room>(store: Store<R>, item: ItemReference): ItemRow<LevelOf<R>>[] {
  return store.database
    .prepare<[string, string, string], RawItem>(
      `SELECT incident_id AS incidentId, kind, key, revision, content, level, basis, change, reason,
              decision_id AS decisionId, changed_at AS changedAt, changed_by AS changedBy
       FROM item_revision WHERE incident_id = ? AND kind = ? AND key = ? ORDER BY revision`,
    )
    .all(item.incidentId, item.kind, item.key)
    .map(itemOf<R>);
}

/** The value as it stands now, or null where there is none in this room (also where it has been released). */
export function latestItem<R extends Room>(store: Store<R>, item: ItemReference): ItemRow<LevelOf<R>> | null {
  const latest = listRevisions(store, item).at(-1);
  return latest && latest.change !== 'released' ? latest : null;
}

/**
 * Erases a value with all its revisions, and the decisions that these rest on: a reason may say what the value said.
 * `secure_delete` overwrites the bytes of the rows; see also {@link rewriteDatabase}.
 */
export function eraseItem(store: Store<Room>, item: ItemReference): void {
  const decisions = listDecisions(store, item);
  store.database
    .prepare('DELETE FROM item_revision WHERE incident_id = ? AND kind = ? AND key = ?')
    .run(item.incidentId, item.kind, item.key);
  for (const { id } of decisions) {
    store.database.prepare('DELETE FROM marking_decision WHERE id = ?').run(id);
  }
}

/**
 * Writes the whole database anew, with what it holds and nothing else. Not inside a transaction.
 * @throws SigillError where there is no room on the disk, or another program has the database
 */
export function rewriteDatabase(store: Store<Room>): void {
  try {
    store.database.prepare('VACUUM').run();
  } catch (error) {
    throw explainSqlite(error, store.room);
  }
}

/**
 * Weeds out what the audit of a room tells of one value. The chain keeps its hash, so the proof that something was done
 * remains; what it was done to moves with the value.
 */
export function eraseAuditPayloads(store: Store<Room>, item: ItemReference): void {
  store.database
    .prepare(
      `DELETE FROM audit_payload
       WHERE json_extract(payload, '$.incident') = ? AND json_extract(payload, '$.kind') = ?
         AND json_extract(payload, '$.key') = ?`,
    )
    .run(item.incidentId, item.kind, item.key);
}

export interface MarkingDecision {
  readonly id: string;
  readonly incidentId: IncidentId;
  readonly reason: string;
  readonly firstUser: string;
  readonly secondUser: string;
  readonly at: string;
}

export function addMarkingDecision(store: Store<Room>, decision: MarkingDecision): void {
  store.database
    .prepare(
      'INSERT INTO marking_decision (id, incident_id, reason, first_user, second_user, at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(
      decision.id,
      decision.incidentId,
      decision.reason,
      decision.firstUser,
      decision.secondUser,
      decision.at,
    );
}

/** The decisions by which a value was lowered, the first one first. */
export function listDecisions(store: Store<Room>, item: ItemReference): MarkingDecision[] {
  return store.database
    .prepare<[string, string, string], MarkingDecision>(
      `SELECT decision.id, decision.incident_id AS incidentId, decision.reason, decision.first_user AS firstUser,
              decision.second_user AS secondUser, decision.at
       FROM item_revision AS item JOIN marking_decision AS decision ON decision.id = item.decision_id
       WHERE item.incident_id = ? AND item.kind = ? AND item.key = ? ORDER BY item.revision`,
    )
    .all(item.incidentId, item.kind, item.key);
}

/** A lowering that was decided in this room: by whom, why, and of which value. */
export interface Lowering extends MarkingDecision {
  readonly kind: ItemKind;
  readonly key: string;
  readonly level: Level;
}

/** Every lowering of an incident's values that was decided in this room, the first one first. */
export function listLowerings(store: Store<Room>, id: IncidentId): Lowering[] {
  return store.database
    .prepare<[string], Lowering>(
      `SELECT decision.id, decision.incident_id AS incidentId, decision.reason, decision.first_user AS firstUser,
              decision.second_user AS secondUser, decision.at, item.kind, item.key, item.level
       FROM marking_decision AS decision JOIN item_revision AS item ON item.decision_id = decision.id
       WHERE decision.incident_id = ? ORDER BY decision.at, decision.id`,
    )
    .all(id);
}

/** Work over both rooms that has been begun in the protected one. */
export interface PendingOperation {
  readonly id: string;
  readonly kind: 'import' | 'raise';
  readonly incidentId: IncidentId;
  readonly itemKind: ItemKind | null;
  readonly itemKey: string | null;
  readonly at: string;
}

export function addPending(store: Store<'protected'>, operation: PendingOperation): void {
  store.database
    .prepare(
      'INSERT INTO pending_operation (id, kind, incident_id, item_kind, item_key, at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(
      operation.id,
      operation.kind,
      operation.incidentId,
      operation.itemKind,
      operation.itemKey,
      operation.at,
    );
}

export function listPending(store: Store<'protected'>): PendingOperation[] {
  return store.database
    .prepare<[], PendingOperation>(
      `SELECT id, kind, incident_id AS incidentId, item_kind AS itemKind, item_key AS itemKey, at
       FROM pending_operation ORDER BY at, id`,
    )
    .all();
}

/** True for the protected half of an import that a crash left without its open half. */
export function isHalfImported(store: Store<'protected'>, id: IncidentId): boolean {
  return listPending(store).some(({ kind, incidentId }) => kind === 'import' && incidentId === id);
}

export function removePending(store: Store<'protected'>, id: string): void {
  store.database.prepare('DELETE FROM pending_operation WHERE id = ?').run(id);
}
