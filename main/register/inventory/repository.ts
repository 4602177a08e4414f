import type { CopyState } from '../../../shared/domain/register.ts';
import type { Room } from '../../../shared/domain/room.ts';
import type { Store } from '../../store/store.ts';

/** The SQL of inventories. Every function works in one room. */

export interface InventoryRow {
  readonly id: string;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly finishedAt: string | null;
  readonly finishedBy: string | null;
  readonly note: string | null;
}

/** Every inventory, the newest first, with the names of those who began and ended it. */
export function listInventories(store: Store<Room>): InventoryRow[] {
  return store.database
    .prepare<[], InventoryRow>(
      `SELECT inventory.id, started_at AS startedAt, one.name AS startedBy, finished_at AS finishedAt,
         other.name AS finishedBy, note
       FROM inventory JOIN room_user AS one ON one.id = started_by
       LEFT JOIN room_user AS other ON other.id = finished_by ORDER BY started_at DESC, inventory.id`,
    )
    .all();
}

export function insertInventory(store: Store<Room>, id: string, at: string, by: string): void {
  store.database
    .prepare('INSERT INTO inventory (id, started_at, started_by) VALUES (?, ?, ?)')
    .run(id, at, by);
}

export function endInventory(
  store: Store<Room>,
  id: string,
  at: string,
  by: string,
  note: string | null,
): void {
  store.database
    .prepare('UPDATE inventory SET finished_at = ?, finished_by = ?, note = ? WHERE id = ?')
    .run(at, by, note, id);
}

export type CountResult = 'seen' | 'missing' | 'moved';

/** A copy in the list of an inventory. */
export interface CountedRow {
  readonly code: string;
  /** It was not in the list, and yet it lay there. */
  readonly isUnexpected: boolean;
  /** What it was when the inventory began, or when it was found. */
  readonly state: CopyState;
  readonly holder: string | null;
  readonly seenAt: string | null;
  readonly seenBy: string | null;
  readonly seenHow: 'scan' | 'hand' | null;
  readonly result: CountResult | null;
}

export function countedCopies(store: Store<Room>, inventoryId: string): CountedRow[] {
  return store.database
    .prepare<[string], Omit<CountedRow, 'isUnexpected'> & { isUnexpected: number }>(
      `SELECT code, is_unexpected AS isUnexpected, state, holder, seen_at AS seenAt, seen_by AS seenBy,
         seen_how AS seenHow, result
       FROM inventory_copy WHERE inventory_id = ? ORDER BY code`,
    )
    .all(inventoryId)
    .map((row) => ({ ...row, isUnexpected: row.isUnexpected === 1 }));
}

export function insertCounted(
  store: Store<Room>,
  inventoryId: string,
  { code, isUnexpected, state, holder }: Pick<CountedRow, 'code' | 'isUnexpected' | 'state' | 'holder'>,
): void {
  store.database
    .prepare(
      'INSERT INTO inventory_copy (inventory_id, code, is_unexpected, state, holder) VALUES (?, ?, ?, ?, ?)',
    )
    .run(inventoryId, code, isUnexpected ? 1 : 0, state, holder);
}

/** @param seen null takes a tick away again */
export function setSeen(
  store: Store<Room>,
  inventoryId: string,
  code: string,
  seen: { readonly at: string; readonly by: string; readonly how: 'scan' | 'hand' } | null,
): void {
  store.database
    .prepare(
      'UPDATE inventory_copy SET seen_at = ?, seen_by = ?, seen_how = ? WHERE inventory_id = ? AND code = ?',
    )
    .run(seen?.at ?? null, seen?.by ?? null, seen?.how ?? null, inventoryId, code);
}

export function setResult(store: Store<Room>, inventoryId: string, code: string, result: CountResult): void {
  store.database
    .prepare('UPDATE inventory_copy SET result = ? WHERE inventory_id = ? AND code = ?')
    .run(result, inventoryId, code);
}

/** A tick that was a slip, of a copy that is not in the list. */
export function removeUnexpected(store: Store<Room>, inventoryId: string, code: string): void {
  store.database
    .prepare('DELETE FROM inventory_copy WHERE inventory_id = ? AND code = ? AND is_unexpected = 1')
    .run(inventoryId, code);
}
