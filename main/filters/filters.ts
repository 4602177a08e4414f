import { SigillError } from '../../shared/domain/error.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { SummaryFilter } from '../incidents/summaries/summaries.ts';
import { listUsers } from '../vault/repository.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { listFilters, removeFilter, saveFilter } from './repository.ts';

/** A filter of the list of incidents that somebody has given a name. */
export interface SavedFilter {
  readonly room: Room;
  readonly name: string;
  readonly filter: SummaryFilter;
  readonly savedAt: string;
  /** The person's name. */
  readonly savedBy: string;
}

/** The saved filters of the rooms that are open, by name. */
export function savedFilters(vault: Vault): SavedFilter[] {
  return vault
    .unlockedRooms()
    .flatMap(({ room, store }) => {
      const names = new Map(listUsers(store).map(({ id, name }) => [id, name]));
      return listFilters(store).map(({ name, content, savedAt, savedBy }) => ({
        room,
        name,
        filter: JSON.parse(content) as SummaryFilter,
        savedAt,
        savedBy: names.get(savedBy) ?? savedBy,
      }));
    })
    .sort((one, other) => one.name.localeCompare(other.name, 'sv'));
}

/**
 * Saves a filter under a name, in place of one that had it. What somebody searches for may tell what she has read: while
 * the protected room is open, a filter with words lies there, and so does its name.
 * @returns the room it lies in
 * @throws SigillError `unlock` where no room is open
 */
export function keepFilter(vault: Vault, name: string, filter: SummaryFilter): Room {
  const open: UnlockedRoom<Room> | null = vault.room('open');
  const secret: UnlockedRoom<Room> | null = vault.room('protected');
  const room = (filter.search.trim() === '' ? open : secret) ?? secret ?? vault.requireRoom<Room>('open');
  const other = room === open ? secret : open;
  vault.transaction(room, () =>
    saveFilter(room.store, {
      name,
      content: JSON.stringify(filter),
      savedAt: vault.now().toISOString(),
      savedBy: room.actor.userId,
    }),
  );
  if (other) vault.transaction(other, () => removeFilter(other.store, name));
  return room.room;
}

/** @throws SigillError `usage` where the room has none of that name; `unlock` where it is locked */
export function dropFilter(vault: Vault, room: Room, name: string): void {
  const unlocked = vault.requireRoom<Room>(room);
  if (!vault.transaction(unlocked, () => removeFilter(unlocked.store, name))) {
    throw new SigillError('usage', 'Det sparade filtret finns inte längre. Inget har ändrats.');
  }
}
