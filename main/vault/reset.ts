import { randomUUID } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../shared/domain/room.ts';
import { requireDifferent, requireStrongPassphrase } from './create.ts';
import { passphraseBytes } from './key-derivation.ts';
import { listedNameOf } from './listed-name.ts';
import { addSlot, addUser, findUser, listUsers, markUserRemoved, type RoomUser } from './repository.ts';
import type { UnlockedRoom, Vault } from './session.ts';
import { makeRoomSecrets, makeSlot, publicKeyOf, wipe, type SlotOwner } from './slots.ts';
import { normalUserName } from './user-name.ts';
import { opensRoom, type NewPassphrases } from './users.ts';
import { slotsOf, withSlots, writeVaultFile, type KeySlot } from './vault-file.ts';

export interface Reset {
  readonly rooms: readonly Room[];
  /** How the list of users, and so the audit, names her from now on; she logs in under her own name as before. */
  readonly listedName: string;
}

/**
 * Lets a person who has forgotten her passphrase in again, by the recovery code. Her signing key was wrapped in the old
 * slot and is lost with the passphrase, so she gets a new one. What the old one has signed must still be verified: the
 * old entry in the list of users stays as it is, removed, and the new key has an entry of its own, "Anna Ek (2)". The
 * slot carries the name that she logs in by, which is unchanged.
 *
 * Only the recovery code can do this. Another user who could would be able to sign as her from then on.
 * @throws SigillError `policy` where a room was opened with a passphrase; `usage` for an unknown or removed user, or a
 *   passphrase that cannot be used; nothing is changed
 */
export async function resetPassphrases(
  vault: Vault,
  userName: string,
  passphrases: NewPassphrases,
): Promise<Reset> {
  const name = normalUserName(userName);
  const rooms = ROOMS.filter((room) => passphrases[room] !== undefined);
  if (rooms.length === 0) throw new SigillError('usage', 'Ange ny lösenfras för minst ett rum.');
  const former = rooms.map((room) => ({ room, user: requirePerson(vault, room, name) }));
  await requireUsable(vault, name, rooms, passphrases);
  const order = { newId: randomUUID(), loginName: name, listedName: freeName(vault, rooms, name) };
  for (const { room, user } of former) await resetInRoom(vault, room, user, passphrases[room] ?? '', order);
  return { rooms, listedName: order.listedName };
}

function requirePerson(vault: Vault, room: Room, name: string): RoomUser {
  const unlocked = vault.requireRoom<Room>(room);
  if (ownSlot(vault, unlocked).kind !== 'recovery') {
    throw new SigillError(
      'policy',
      `Bara återställningskoden kan ge någon annan en ny lösenfras. Lås upp ${ROOM_NAME[room]} med den. ` +
        'Sin egen byter man själv.',
      [],
      `--${room}-recovery, och user passphrase för den egna`,
    );
  }
  const known = findUser(unlocked.store, listedNameOf(vault, room, name));
  const user = known?.removedAt ? (unfinishedReset(vault, unlocked, name) ?? known) : known;
  if (user?.kind !== 'person') throw new SigillError('usage', `${name} finns inte i ${ROOM_NAME[room]}.`);
  if (user.removedAt !== null) {
    throw new SigillError('usage', `${name} är borttagen ur ${ROOM_NAME[room]}. Lägg till en ny användare.`);
  }
  return user;
}

/** Whom a reset that was cut off before its last step left in the list, without a way in. */
function unfinishedReset(
  vault: Vault,
  { room, store }: UnlockedRoom<Room>,
  name: string,
): RoomUser | undefined {
  const withSlot = new Set(slotsOf(vault.file, room).map(({ userId }) => userId));
  return listUsers(store).find(
    ({ id, name: listed, removedAt }) =>
      removedAt === null &&
      !withSlot.has(id) &&
      listed.startsWith(`${name} (`) &&
      /^\d+\)$/.test(listed.slice(name.length + 2)),
  );
}

function ownSlot(vault: Vault, { room, actor }: UnlockedRoom<Room>): KeySlot {
  const slot = slotsOf(vault.file, room).find(({ userId }) => userId === actor.userId);
  if (!slot) throw new TypeError('The slot of the acting user is gone.');
  return slot;
}

/** "Anna Ek (2)": free in every room concerned. */
function freeName(vault: Vault, rooms: readonly Room[], name: string): string {
  for (let number = 2; ; number += 1) {
    const candidate = `${name} (${number})`;
    if (rooms.every((room) => !findUser(vault.requireRoom<Room>(room).store, candidate))) return candidate;
  }
}

/** Judges all before anything is changed, so that a weak second one does not leave the first one done. */
async function requireUsable(
  vault: Vault,
  name: string,
  rooms: readonly Room[],
  passphrases: NewPassphrases,
): Promise<void> {
  const { open, protected: secret } = passphrases;
  if (open !== undefined && secret !== undefined) requireDifferent(open, secret);
  for (const room of rooms) {
    const { organisation } = vault.requireRoom<Room>(room);
    requireStrongPassphrase(passphrases[room] ?? '', room, [name, organisation.name]);
  }
  for (const room of rooms) {
    const passphrase = passphrases[room] ?? '';
    const other = room === 'open' ? 'protected' : 'open';
    if (passphrases[other] === undefined && (await opensRoom(vault, other, name, passphrase))) {
      requireDifferent(passphrase, passphrase);
    }
  }
}

/**
 * The database learns of the new slot, and of the end of the old one, before vault.json does: a crash between leaves the
 * person without a way in, and the reset is made again.
 */
async function resetInRoom(
  vault: Vault,
  room: Room,
  former: RoomUser,
  passphrase: string,
  { newId, loginName, listedName }: { newId: string; loginName: string; listedName: string },
): Promise<void> {
  const unlocked = vault.requireRoom<Room>(room);
  const secrets = makeRoomSecrets(Buffer.from(unlocked.secrets.dataKey));
  const secret = passphraseBytes(passphrase);
  try {
    const owner: SlotOwner = {
      vaultId: vault.file.vaultId,
      room,
      userId: newId,
      userName: loginName,
      kind: 'passphrase',
    };
    const slot = await makeSlot(owner, secrets, secret, ownSlot(vault, unlocked).kdf, vault.now());
    const at = vault.now().toISOString();
    vault.transaction(unlocked, () => {
      markUserRemoved(unlocked.store, former.id, at);
      addUser(unlocked.store, {
        id: newId,
        name: listedName,
        kind: 'person',
        publicKey: publicKeyOf(secrets),
        addedAt: at,
      });
      addSlot(unlocked.store, slot.id, newId, at);
      const payload = { name: listedName, login: loginName, former: former.id, slot: slot.id };
      vault.audit(unlocked, 'user.reset', newId, payload);
    });
    const kept = slotsOf(vault.file, room).filter(({ userId }) => userId !== former.id);
    vault.replaceFile(writeVaultFile(vault.folder, withSlots(vault.file, room, [...kept, slot])));
  } finally {
    secret.fill(0);
    wipe(secrets);
  }
}
