import type { Room } from '../../shared/domain/room.ts';
import { findUserById } from './repository.ts';
import type { Vault } from './session.ts';
import { normalUserName } from './user-name.ts';
import { slotsOf } from './vault-file.ts';

/**
 * How a room lists the person who logs in by a name: differs from it after a reset.
 * @returns the name itself where nobody does
 */
export function listedNameOf(vault: Vault, room: Room, loginName: string): string {
  const name = normalUserName(loginName);
  const slot = slotsOf(vault.file, room).find(
    ({ kind, userName }) => kind === 'passphrase' && userName === name,
  );
  const store = vault.room<Room>(room)?.store;
  return (slot && store && findUserById(store, slot.userId)?.name) ?? name;
}
