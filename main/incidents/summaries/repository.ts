import type { IncidentId, IncidentState } from '../../../shared/domain/incident.ts';
import type { Level } from '../../../shared/domain/marking.ts';
import type { Room } from '../../../shared/domain/room.ts';
import type { Store } from '../../store/store.ts';
import type { ItemKind } from '../repository.ts';

/** The SQL of the list: many incidents at once, and only what a row shows and a search looks in. */

export interface HeadRow {
  readonly id: IncidentId;
  readonly exercise: 0 | 1;
  readonly state: IncidentState;
  readonly createdAt: string;
  /** Always 0 in the protected room, which points at nothing. */
  readonly pointer: 0 | 1;
}

/** What a room knows of every incident without looking at its values. */
export function listHeads(store: Store<Room>): HeadRow[] {
  const statement =
    store.room === 'open'
      ? store.database.prepare<[], HeadRow>(
          `SELECT id, exercise, state, created_at AS createdAt, has_protected_part AS pointer FROM incident`,
        )
      : store.database.prepare<[], HeadRow>(
          `SELECT id, exercise, state, created_at AS createdAt, 0 AS pointer FROM incident`,
        );
  return statement.all();
}

/** A value in its latest revision. */
export interface ValueRow {
  readonly incidentId: IncidentId;
  readonly kind: ItemKind;
  readonly key: string;
  /** JSON whose shape depends on the kind. */
  readonly content: string;
  readonly level: Level;
  /** JSON: the provisions. */
  readonly basis: string;
  readonly changedAt: string;
}

/** The values of every incident from one id to another, both included, by id. */
export function listValues(store: Store<Room>, from: IncidentId, to: IncidentId): ValueRow[] {
  return store.database
    .prepare<[string, string], ValueRow>(
      `SELECT incident_id AS incidentId, kind, key, content, level, basis, changed_at AS changedAt
       FROM item WHERE incident_id BETWEEN ? AND ? ORDER BY incident_id`,
    )
    .all(from, to);
}

const WATCHED = [
  `CREATE TEMP TABLE IF NOT EXISTS changed_incident (
     seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE ON CONFLICT REPLACE) STRICT`,
  `CREATE TEMP TRIGGER IF NOT EXISTS watch_item_in AFTER INSERT ON main.item_revision
   BEGIN INSERT INTO changed_incident (id) VALUES (NEW.incident_id); END`,
  `CREATE TEMP TRIGGER IF NOT EXISTS watch_item_out AFTER DELETE ON main.item_revision
   BEGIN INSERT INTO changed_incident (id) VALUES (OLD.incident_id); END`,
  `CREATE TEMP TRIGGER IF NOT EXISTS watch_incident_in AFTER INSERT ON main.incident
   BEGIN INSERT INTO changed_incident (id) VALUES (NEW.id); END`,
  `CREATE TEMP TRIGGER IF NOT EXISTS watch_incident_of AFTER UPDATE ON main.incident
   BEGIN INSERT INTO changed_incident (id) VALUES (NEW.id); END`,
  `CREATE TEMP TRIGGER IF NOT EXISTS watch_incident_out AFTER DELETE ON main.incident
   BEGIN INSERT INTO changed_incident (id) VALUES (OLD.id); END`,
] as const;

/**
 * Notes from now on which incidents are changed, whoever changes them: the notes lie in memory (`temp_store`), belong to
 * this connection, and are taken back with a transaction that is.
 */
export function watchChanges(store: Store<Room>): void {
  for (const statement of WATCHED) store.database.prepare(statement).run();
}

/** @returns the incidents changed after a change, 0 for all that were noted; and the number of the last one */
export function changesAfter(store: Store<Room>, seq: number): { ids: IncidentId[]; last: number } {
  const changed = store.database
    .prepare<[number], { seq: number; id: IncidentId }>(
      'SELECT seq, id FROM changed_incident WHERE seq > ? ORDER BY seq',
    )
    .all(seq);
  return { ids: changed.map(({ id }) => id), last: changed.at(-1)?.seq ?? seq };
}
