import { randomUUID } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import { isSameName } from '../../shared/domain/names.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../shared/domain/room.ts';
import { requireDifferent, requireStrongPassphrase } from './create.ts';
import { passphraseBytes } from './key-derivation.ts';
import { listedNameOf } from './listed-name.ts';
import {
  addSlot,
  addUser,
  findUser,
  findUserById,
  hasSigned,
  listUsers,
  markSlotRemoved,
  markUserRemoved,
  replacePublicKey,
  type RoomUser,
} from './repository.ts';
import type { UnlockedRoom, Vault } from './session.ts';
import {
  makeRoomSecrets,
  makeSlot,
  openSlot,
  publicKeyOf,
  wipe,
  type RoomSecrets,
  type SlotOwner,
} from './slots.ts';
import { newUserName } from './user-name.ts';
import { slotsOf, withSlots, writeVaultFile, type KeySlot, type VaultFile } from './vault-file.ts';

/** The acting user's slot as it is now; she may have changed her passphrase since she came in. */
function ownSlot(vault: Vault, { room, actor }: UnlockedRoom<Room>): KeySlot {
  const slot = slotsOf(vault.file, room).find((candidate) => candidate.userId === actor.userId);
  if (!slot) throw new TypeError('The slot of the acting user is gone.');
  return slot;
}

function saveSlots(
  vault: Vault,
  room: Room,
  change: (slots: readonly KeySlot[]) => readonly KeySlot[],
): void {
  const next: VaultFile = withSlots(vault.file, room, change(slotsOf(vault.file, room)));
  vault.replaceFile(writeVaultFile(vault.folder, next));
}

function personalWords(unlocked: UnlockedRoom<Room>, userName: string): string[] {
  return [userName, unlocked.organisation.name];
}

/** New passphrases by room; a room that is not named is not touched. */
export type NewPassphrases = Readonly<Partial<Record<Room, string>>>;

/**
 * Judges all before anything is changed, so that a weak second one does not leave the first one done. A passphrase for
 * one room alone is also tried on the user's slot in the other: the two must differ, whenever they were chosen.
 */
async function requireStrong(
  vault: Vault,
  userNameIn: (room: Room) => string,
  passphrases: NewPassphrases,
): Promise<Room[]> {
  const { open, protected: secret } = passphrases;
  if (open === undefined && secret === undefined) {
    throw new SigillError('usage', 'Ange ny lösenfras för minst ett rum.');
  }
  if (open !== undefined && secret !== undefined) requireDifferent(open, secret);
  const rooms = ROOMS.filter((room) => passphrases[room] !== undefined);
  for (const room of rooms) {
    const unlocked = vault.requireRoom<Room>(room);
    requireStrongPassphrase(passphrases[room] ?? '', room, personalWords(unlocked, userNameIn(room)));
  }
  for (const room of rooms) {
    const passphrase = passphrases[room] ?? '';
    const other = room === 'open' ? 'protected' : 'open';
    if (passphrases[other] !== undefined) continue;
    if (await opensRoom(vault, other, userNameIn(room), passphrase)) requireDifferent(passphrase, passphrase);
  }
  return rooms;
}

/** True where the passphrase is the one that the same person has for a room that is not being given a new one. */
export async function opensRoom(
  vault: Vault,
  room: Room,
  userName: string,
  passphrase: string,
): Promise<boolean> {
  const secret = passphraseBytes(passphrase);
  try {
    for (const slot of slotsOf(vault.file, room)) {
      if (slot.kind !== 'passphrase' || slot.userName !== userName) continue;
      const secrets = await openSlot(vault.file.vaultId, room, slot, secret);
      if (!secrets) continue;
      wipe(secrets);
      return true;
    }
    return false;
  } finally {
    secret.fill(0);
  }
}

/** Lets a person into the rooms that passphrases are given for. One person has one id, in both rooms. */
export async function addUserToRooms(
  vault: Vault,
  userName: string,
  passphrases: NewPassphrases,
): Promise<Room[]> {
  const name = newUserName(userName);
  const rooms = await requireStrong(vault, () => name, passphrases);
  for (const room of rooms) requireFreeName(vault, room, name);
  const userId = knownId(vault, name) ?? randomUUID();
  for (const room of rooms) requireFreeId(vault, room, name, userId);
  for (const room of rooms) await addRoomUser(vault, room, name, passphrases[room] ?? '', userId);
  return rooms;
}

/** The id by which a room knows a person already: told by the room if it is unlocked, else by the slot. */
function knownId(vault: Vault, name: string): string | undefined {
  const [inRoom] = vault.unlockedRooms().flatMap(({ store }) => findUser(store, name)?.id ?? []);
  const inFile = ROOMS.flatMap((room) => slotsOf(vault.file, room)).find((slot) => slot.userName === name);
  return inRoom ?? inFile?.userId;
}

/** Gives the acting user new passphrases for the rooms named. */
export async function changePassphrases(vault: Vault, passphrases: NewPassphrases): Promise<Room[]> {
  const rooms = await requireStrong(vault, (room) => vault.requireRoom<Room>(room).actor.name, passphrases);
  for (const room of rooms) requirePassphraseSlot(vault, vault.requireRoom<Room>(room));
  for (const room of rooms) await changePassphrase(vault, room, passphrases[room] ?? '');
  return rooms;
}

/**
 * Lets a person into one room that is unlocked, with a passphrase and a signing key of her own.
 * The database learns of the slot before vault.json does: a crash between leaves a user without a way in, never the
 * other way round. Adding her again finishes it.
 */
async function addRoomUser(
  vault: Vault,
  room: Room,
  name: string,
  passphrase: string,
  userId: string,
): Promise<void> {
  const unlocked = vault.requireRoom<Room>(room);
  const { store } = unlocked;
  const secrets = makeRoomSecrets(Buffer.from(unlocked.secrets.dataKey));
  try {
    const owner: SlotOwner = {
      vaultId: vault.file.vaultId,
      room,
      userId,
      userName: name,
      kind: 'passphrase',
    };
    const slot = await makeSlotFor(vault, unlocked, owner, secrets, passphrase);
    const publicKey = publicKeyOf(secrets);
    vault.transaction(unlocked, () => {
      const at = vault.now().toISOString();
      if (findUserById(store, userId)) replacePublicKey(store, userId, publicKey);
      else addUser(store, { id: userId, name, kind: 'person', publicKey, addedAt: at });
      addSlot(store, slot.id, userId, at);
      vault.audit(unlocked, 'user.added', userId, { name, slot: slot.id });
    });
    saveSlots(vault, room, (slots) => [...slots, slot]);
  } finally {
    wipe(secrets);
  }
}

function requireFreeName(vault: Vault, room: Room, name: string): void {
  const { store } = vault.requireRoom<Room>(room);
  const known = findUser(store, name);
  if (known?.removedAt) {
    throw new SigillError(
      'usage',
      `Namnet ${name} har använts av en borttagen användare. Välj ett annat, så att spårbarheten går att läsa.`,
    );
  }
  if (known && !isUnfinished(vault, room, known.id)) {
    throw new SigillError('usage', `${name} finns redan i ${ROOM_NAME[room]}.`);
  }
  requireTellable(vault, room, name);
}

/** Two persons whose names read alike are one to whoever reads the audit, or asks for a second person. */
function requireTellable(vault: Vault, room: Room, name: string): void {
  const names = [
    ...listUsers(vault.requireRoom<Room>(room).store).map((user) => user.name),
    ...ROOMS.flatMap((one) => slotsOf(vault.file, one).map(({ userName }) => userName)),
  ];
  const alike = names.find((one) => one !== name && isSameName(one, name));
  if (alike === undefined) return;
  throw new SigillError(
    'usage',
    `${name} läses som ${alike}, som redan finns. Är det samma person: skriv namnet likadant. Annars: lägg till något som skiljer.`,
  );
}

/** True for one whose addition was cut off before she got a way in. */
function isUnfinished(vault: Vault, room: Room, userId: string): boolean {
  const { store } = vault.requireRoom<Room>(room);
  return !hasWayIn(vault, room, userId) && !hasSigned(store, userId);
}

function hasWayIn(vault: Vault, room: Room, userId: string): boolean {
  return slotsOf(vault.file, room).some((slot) => slot.userId === userId);
}

/** The id may come from vault.json, which anybody can write in. */
function requireFreeId(vault: Vault, room: Room, name: string, userId: string): void {
  const known = findUserById(vault.requireRoom<Room>(room).store, userId);
  if (!known || known.name === name) return;
  throw new SigillError(
    'damaged',
    `vault.json stämmer inte med ${ROOM_NAME[room]}: ${name} har en annan användares beteckning. ` +
      'Inget har ändrats. Återställ vault.json från säkerhetskopia.',
  );
}

async function makeSlotFor(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  owner: SlotOwner,
  secrets: RoomSecrets,
  passphrase: string,
): Promise<KeySlot> {
  const secret = passphraseBytes(passphrase);
  try {
    // The new slot costs what the acting user's does.
    return await makeSlot(owner, secrets, secret, ownSlot(vault, unlocked).kdf, vault.now());
  } finally {
    secret.fill(0);
  }
}

/**
 * Takes away a person's way into the rooms named, or into none of them. The data keys stay the same: who kept an old copy
 * of the vault and the passphrase can still read that copy, which docs/threat-model.md says.
 * @param userName the name she logs in by, or is listed by; told apart by `listedNameOf`
 * @throws SigillError `usage` for an unknown user; `policy` for oneself, the recovery key or the last person; `unlock`
 *   where one of the rooms is locked. Nothing is changed.
 */
export function removeUserFromRooms(vault: Vault, userName: string, rooms: readonly Room[]): Room[] {
  const leaving = ROOMS.filter((room) => rooms.includes(room)).map((room) => {
    const unlocked = vault.requireRoom<Room>(room);
    return { unlocked, user: requireRemovable(vault, unlocked, userName) };
  });
  for (const { unlocked, user } of leaving) {
    vault.transaction(unlocked, () => {
      markUserRemoved(unlocked.store, user.id, vault.now().toISOString());
      vault.audit(unlocked, 'user.removed', user.id, { name: user.name });
    });
    saveSlots(vault, unlocked.room, (slots) => slots.filter((slot) => slot.userId !== user.id));
  }
  return leaving.map(({ unlocked }) => unlocked.room);
}

function requireRemovable(vault: Vault, unlocked: UnlockedRoom<Room>, userName: string): RoomUser {
  const { room, store, actor } = unlocked;
  const user = findUser(store, listedNameOf(vault, room, userName));
  if (!user || user.removedAt) throw new SigillError('usage', `${userName} finns inte i ${ROOM_NAME[room]}.`);
  if (user.kind === 'recovery') {
    throw new SigillError(
      'policy',
      'Återställningsnyckeln tas inte bort: utan den finns ingen väg in om alla glömt.',
    );
  }
  if (user.id === actor.userId) {
    throw new SigillError(
      'policy',
      'Den som är inloggad kan inte ta bort sig själv. Låt en annan användare göra det.',
    );
  }
  const others = listUsers(store).filter(
    ({ id, kind, removedAt }) =>
      kind === 'person' && !removedAt && id !== user.id && hasWayIn(vault, room, id),
  );
  if (others.length === 0) {
    throw new SigillError('policy', `Den sista användaren i ${ROOM_NAME[room]} tas inte bort.`);
  }
  return user;
}

/** @throws SigillError `policy` for the recovery key */
function requirePassphraseSlot(vault: Vault, unlocked: UnlockedRoom<Room>): KeySlot {
  const slot = ownSlot(vault, unlocked);
  if (slot.kind === 'passphrase') return slot;
  throw new SigillError(
    'policy',
    'Återställningsnyckeln har ingen lösenfras. Lägg till en användare i stället.',
  );
}

/**
 * Gives the user who is in a room a new passphrase. Only her slot is written anew; the database keeps its key.
 */
async function changePassphrase(vault: Vault, room: Room, passphrase: string): Promise<void> {
  const unlocked = vault.requireRoom<Room>(room);
  const { userId, name } = unlocked.actor;
  const current = requirePassphraseSlot(vault, unlocked);
  const owner: SlotOwner = { vaultId: vault.file.vaultId, room, userId, userName: name, kind: 'passphrase' };
  const slot = await makeSlotFor(vault, unlocked, owner, unlocked.secrets, passphrase);
  const at = vault.now().toISOString();
  vault.transaction(unlocked, () => {
    addSlot(unlocked.store, slot.id, userId, at);
    vault.audit(unlocked, 'user.passphrase-changed', userId, { slot: slot.id });
  });
  saveSlots(vault, room, (slots) => [...slots.filter((candidate) => candidate.userId !== userId), slot]);
  vault.transaction(unlocked, () => {
    markSlotRemoved(unlocked.store, current.id, at);
  });
}
