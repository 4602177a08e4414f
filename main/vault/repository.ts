import type { Organisation } from '../../shared/domain/report.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { Store } from '../store/store.ts';
import { normalUserName } from './user-name.ts';

/** What a room knows of itself and of its users. */

export function readSetting(store: Store<Room>, key: string): string | null {
  const row = store.database
    .prepare<[string], { value: string }>('SELECT value FROM room_setting WHERE key = ?')
    .get(key);
  return row?.value ?? null;
}

export function writeSetting(store: Store<Room>, key: string, value: string): void {
  store.database
    .prepare(
      'INSERT INTO room_setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    )
    .run(key, value);
}

export function readOrganisation(store: Store<Room>): Organisation {
  return JSON.parse(readSetting(store, 'organisation') ?? '{}') as Organisation;
}

export interface RoomUser {
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'recovery';
  readonly publicKey: string;
  readonly addedAt: string;
  readonly removedAt: string | null;
}

export function addUser(store: Store<Room>, user: Omit<RoomUser, 'removedAt'>): void {
  store.database
    .prepare('INSERT INTO room_user (id, name, kind, public_key, added_at) VALUES (?, ?, ?, ?, ?)')
    .run(user.id, user.name, user.kind, user.publicKey, user.addedAt);
}

export function listUsers(store: Store<Room>): RoomUser[] {
  return store.database
    .prepare<[], RoomUser>(
      `SELECT id, name, kind, public_key AS publicKey, added_at AS addedAt, removed_at AS removedAt
       FROM room_user ORDER BY added_at, id`,
    )
    .all();
}

export function findUser(store: Store<Room>, name: string): RoomUser | null {
  const normal = normalUserName(name);
  return listUsers(store).find((user) => user.name === normal) ?? null;
}

export function findUserById(store: Store<Room>, id: string): RoomUser | null {
  return listUsers(store).find((user) => user.id === id) ?? null;
}

/** For a user who never got a way in, and so has signed nothing: the schema refuses it for any other. */
export function replacePublicKey(store: Store<Room>, userId: string, publicKey: string): void {
  store.database.prepare('UPDATE room_user SET public_key = ? WHERE id = ?').run(publicKey, userId);
}

/** True where the user stands behind an entry or a checkpoint of the audit. */
export function hasSigned(store: Store<Room>, userId: string): boolean {
  const row = store.database
    .prepare<[string, string], { signed: number }>(
      `SELECT EXISTS (SELECT 1 FROM audit_entry WHERE actor = ?)
           OR EXISTS (SELECT 1 FROM audit_checkpoint WHERE actor = ?) AS signed`,
    )
    .get(userId, userId);
  return row?.signed === 1;
}

/** The user stays in the list, because the audit is signed with that key; the name is free for no one else. */
export function markUserRemoved(store: Store<Room>, userId: string, at: string): void {
  store.database
    .prepare('UPDATE room_user SET removed_at = ? WHERE id = ? AND removed_at IS NULL')
    .run(at, userId);
  store.database
    .prepare('UPDATE room_slot SET removed_at = ? WHERE user_id = ? AND removed_at IS NULL')
    .run(at, userId);
}

export function addSlot(store: Store<Room>, slotId: string, userId: string, at: string): void {
  store.database
    .prepare('INSERT INTO room_slot (id, user_id, added_at) VALUES (?, ?, ?)')
    .run(slotId, userId, at);
}

export function markSlotRemoved(store: Store<Room>, slotId: string, at: string): void {
  store.database
    .prepare('UPDATE room_slot SET removed_at = ? WHERE id = ? AND removed_at IS NULL')
    .run(at, slotId);
}

/** The slots that the room knows, and knows to be removed. */
export function listRemovedSlots(store: Store<Room>): ReadonlySet<string> {
  const rows = store.database
    .prepare<[], { id: string }>('SELECT id FROM room_slot WHERE removed_at IS NOT NULL')
    .all();
  return new Set(rows.map((row) => row.id));
}

/** The slots of the same user that were added before this one, and are not marked as removed. */
export function listEarlierSlots(store: Store<Room>, slotId: string): string[] {
  return store.database
    .prepare<[string], { id: string }>(
      `SELECT earlier.id FROM room_slot AS earlier JOIN room_slot AS own ON own.user_id = earlier.user_id
       WHERE own.id = ? AND earlier.rowid < own.rowid AND earlier.removed_at IS NULL ORDER BY earlier.rowid`,
    )
    .all(slotId)
    .map((row) => row.id);
}

/** True where the room knows the slot, it is not removed, and it is this user's. */
export function isUsableSlot(store: Store<Room>, slotId: string, userId: string): boolean {
  const row = store.database
    .prepare<[string, string], { found: number }>(
      `SELECT 1 AS found FROM room_slot JOIN room_user ON room_user.id = room_slot.user_id
       WHERE room_slot.id = ? AND room_user.id = ? AND room_slot.removed_at IS NULL AND room_user.removed_at IS NULL`,
    )
    .get(slotId, userId);
  return row !== undefined;
}

/** True where the audit has rows after its last checkpoint. */
export function hasUncheckedEntries(store: Store<Room>): boolean {
  const row = store.database
    .prepare<[], { unchecked: number }>(
      `SELECT (SELECT coalesce(max(seq), 0) FROM audit_entry)
            > (SELECT coalesce(max(size), 0) FROM audit_checkpoint) AS unchecked`,
    )
    .get();
  return row?.unchecked === 1;
}
