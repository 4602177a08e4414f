import type { Level } from '../../shared/domain/marking.ts';
import { roomOf, type Marked, type Room } from '../../shared/domain/room.ts';
import type { Store } from '../store/store.ts';
import { readSetting, writeSetting } from '../vault/repository.ts';

/** The SQL of drafts. Every function works in one room and takes only what that room may hold. */

export interface DraftRow {
  readonly subject: string;
  /** Id of the user. */
  readonly savedBy: string;
  readonly incidentId: string | null;
  /** JSON object, as the form understands it. */
  readonly content: string;
  readonly level: Level;
  readonly savedAt: string;
}

export type DraftHead = Pick<DraftRow, 'subject' | 'savedBy' | 'incidentId' | 'savedAt'>;

/**
 * Keeps a draft in place of what the user had of the same subject. The types make it impossible to hand a room what
 * belongs to the other; the schema refuses it as well.
 */
export function putDraft<R extends Room>(
  store: Room extends R ? never : Store<R>,
  head: DraftHead,
  marked: Marked<NoInfer<R>, object>,
): void {
  const { level } = marked.marking;
  if (roomOf(level) !== store.room) throw new TypeError('The draft belongs to the other room.');
  (store as Store<R>).database
    .prepare(
      `INSERT INTO draft (subject, saved_by, incident_id, content, level, saved_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (subject, saved_by) DO UPDATE SET incident_id = excluded.incident_id, content = excluded.content,
         level = excluded.level, saved_at = excluded.saved_at`,
    )
    .run(head.subject, head.savedBy, head.incidentId, JSON.stringify(marked.value), level, head.savedAt);
}

export function findDraft(store: Store<Room>, subject: string, savedBy: string): DraftRow | null {
  const row = store.database
    .prepare<[string, string], DraftRow>(
      `SELECT subject, saved_by AS savedBy, incident_id AS incidentId, content, level, saved_at AS savedAt
       FROM draft WHERE subject = ? AND saved_by = ?`,
    )
    .get(subject, savedBy);
  return row ?? null;
}

/** Everybody's drafts of one subject. */
export function draftsOfSubject(store: Store<Room>, subject: string): DraftRow[] {
  return store.database
    .prepare<[string], DraftRow>(
      `SELECT subject, saved_by AS savedBy, incident_id AS incidentId, content, level, saved_at AS savedAt
       FROM draft WHERE subject = ? ORDER BY saved_by`,
    )
    .all(subject);
}

/** What one user has, the newest first, without the contents. */
export function draftsOfUser(store: Store<Room>, savedBy: string): DraftHead[] {
  return store.database
    .prepare<[string], DraftHead>(
      `SELECT subject, saved_by AS savedBy, incident_id AS incidentId, saved_at AS savedAt
       FROM draft WHERE saved_by = ? ORDER BY saved_at DESC, subject`,
    )
    .all(savedBy);
}

/** @returns true where there was one. `secure_delete` overwrites the bytes of the row. */
export function deleteDraft(store: Store<Room>, subject: string, savedBy: string): boolean {
  return (
    store.database.prepare('DELETE FROM draft WHERE subject = ? AND saved_by = ?').run(subject, savedBy)
      .changes > 0
  );
}

/** As {@link deleteDraft}, for everybody's. */
export function deleteDraftsOfSubject(store: Store<Room>, subject: string): void {
  store.database.prepare('DELETE FROM draft WHERE subject = ?').run(subject);
}

/** A draft that is to leave the open room, and has perhaps not left every file of it yet. */
export interface Leaving {
  readonly subject: string;
  /** Whose, by her id in the open room. null: everybody's. */
  readonly savedBy: string | null;
}

const LEAVING = 'draftsLeavingOpenRoom';

/** The note in the protected room of what is to be erased from the open one; empty where nothing is. */
export function listLeaving(store: Store<'protected'>): Leaving[] {
  return JSON.parse(readSetting(store, LEAVING) ?? '[]') as Leaving[];
}

export function noteLeaving(store: Store<'protected'>, leaving: Leaving): void {
  const same = (one: Leaving): boolean => one.subject === leaving.subject && one.savedBy === leaving.savedBy;
  const known = listLeaving(store);
  if (!known.some(same)) writeSetting(store, LEAVING, JSON.stringify([...known, leaving]));
}

export function clearLeaving(store: Store<'protected'>): void {
  store.database.prepare('DELETE FROM room_setting WHERE key = ?').run(LEAVING);
}
