import type { Level } from '../../../shared/domain/marking.ts';
import type { DestructionWay, MediumEvent, MediumKind } from '../../../shared/domain/register.ts';
import { roomOf, type Room } from '../../../shared/domain/room.ts';
import type { Store } from '../../store/store.ts';

/** The SQL of storage media. Every function works in one room. */

export interface MediumRow {
  readonly code: string;
  /** As it stands on the medium. */
  readonly label: string;
  readonly kind: MediumKind;
  readonly level: Level;
  readonly registeredAt: string;
  readonly registeredBy: string;
}

/** Every medium of a room, by label. */
export function listMedia(store: Store<Room>): MediumRow[] {
  return store.database
    .prepare<[], MediumRow>(
      `SELECT code, label, medium.kind, level, registered_at AS registeredAt, person.name AS registeredBy
       FROM medium JOIN room_user AS person ON person.id = registered_by ORDER BY label`,
    )
    .all();
}

/** @param by id of a user of this room */
export function insertMedium(store: Store<Room>, medium: Omit<MediumRow, 'registeredBy'>, by: string): void {
  if (roomOf(medium.level) !== store.room) throw new TypeError('The medium belongs to the other room.');
  store.database
    .prepare(
      'INSERT INTO medium (code, label, kind, level, registered_at, registered_by) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(medium.code, medium.label, medium.kind, medium.level, medium.registeredAt, by);
}

export interface MediumEventRow {
  readonly code: string;
  readonly event: MediumEvent;
  readonly at: string;
  /** What was written to it, or a note. */
  readonly what: string | null;
  readonly how: DestructionWay | null;
  readonly witness: string | null;
  readonly recordedAt: string;
  readonly recordedBy: string;
}

/** What became of every medium of a room, by medium and in order. */
export function listMediumEvents(store: Store<Room>): MediumEventRow[] {
  return store.database
    .prepare<[], MediumEventRow>(
      `SELECT code, event, at, what, how, witness, recorded_at AS recordedAt, person.name AS recordedBy
       FROM medium_event JOIN room_user AS person ON person.id = recorded_by ORDER BY code, seq`,
    )
    .all();
}

/** @param by id of a user of this room */
export function addMediumEvent(
  store: Store<Room>,
  event: Omit<MediumEventRow, 'recordedBy'>,
  by: string,
): void {
  store.database
    .prepare(
      `INSERT INTO medium_event (code, seq, event, at, what, how, witness, recorded_at, recorded_by)
       VALUES (?, (SELECT 1 + coalesce(max(seq), 0) FROM medium_event WHERE code = ?), ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      event.code,
      event.code,
      event.event,
      event.at,
      event.what,
      event.how,
      event.witness,
      event.recordedAt,
      by,
    );
}
