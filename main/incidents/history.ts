import type { Marking } from '../../shared/domain/marking.ts';
import type { Room } from '../../shared/domain/room.ts';
import { listUsers } from '../vault/repository.ts';
import type { Vault } from '../vault/session.ts';
import { listRevisions, type ItemChange, type ItemReference } from './repository.ts';

/** One step in the life of a value. */
export interface HistoryStep {
  readonly room: Room;
  readonly revision: number;
  readonly change: ItemChange;
  readonly content: unknown;
  readonly marking: Marking;
  readonly reason: string | null;
  readonly changedAt: string;
  /** The person's name. */
  readonly changedBy: string;
}

/**
 * Every revision of a value in the rooms that are unlocked, the first one first. A value that is raised takes its whole
 * history to the protected room, so what stands there came before what stands in the open one; no clock is asked.
 */
export function historyOf(vault: Vault, reference: ItemReference): HistoryStep[] {
  const names = new Map(
    vault.unlockedRooms().flatMap(({ store }) => listUsers(store).map(({ id, name }) => [id, name])),
  );
  return (['protected', 'open'] as const).flatMap((room) => {
    const unlocked = vault.room<Room>(room);
    if (!unlocked) return [];
    return listRevisions(unlocked.store, reference).map((row) => ({
      room,
      revision: row.revision,
      change: row.change,
      content: JSON.parse(row.content) as unknown,
      marking: row.marking,
      reason: row.reason,
      changedAt: row.changedAt,
      changedBy: names.get(row.changedBy) ?? row.changedBy,
    }));
  });
}
