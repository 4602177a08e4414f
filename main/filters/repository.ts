import type { Room } from '../../shared/domain/room.ts';
import type { Store } from '../store/store.ts';

export interface FilterRow {
  readonly name: string;
  /** JSON. */
  readonly content: string;
  readonly savedAt: string;
  /** Id of a user of the room. */
  readonly savedBy: string;
}

export function listFilters(store: Store<Room>): FilterRow[] {
  return store.database
    .prepare<[], FilterRow>(
      'SELECT name, content, saved_at AS savedAt, saved_by AS savedBy FROM saved_filter ORDER BY name',
    )
    .all();
}

export function saveFilter(store: Store<Room>, { name, content, savedAt, savedBy }: FilterRow): void {
  store.database
    .prepare(
      `INSERT INTO saved_filter (name, content, saved_at, saved_by) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at,
         saved_by = excluded.saved_by`,
    )
    .run(name, content, savedAt, savedBy);
}

/** @returns false where there was none of that name */
export function removeFilter(store: Store<Room>, name: string): boolean {
  return store.database.prepare('DELETE FROM saved_filter WHERE name = ?').run(name).changes > 0;
}
