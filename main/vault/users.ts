import { randomUUID } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../shared/domain/room.ts';
import { RECOVERY_USER_NAME, requireStrongPassphrase } from './create.ts';
import { passphraseBytes, type KdfParameters } from './key-derivation.ts';
import { addSlot, addUser, findUser, listUsers, markSlotRemoved, markUserRemoved } from './repository.ts';
import type { UnlockedRoom, Vault } from './session.ts';
import { makeRoomSecrets, makeSlot, publicKeyOf, wipe, type RoomSecrets, type SlotOwner } from './slots.ts';
import { slotsOf, withSlots, writeVaultFile, type KeySlot, type VaultFile } from './vault-file.ts';

/** The cost that new slots get: that of the slot the acting user came in by. */
function costOf(vault: Vault, unlocked: UnlockedRoom<Room>): KdfParameters {
  const slot = slotsOf(vault.file, unlocked.room).find((candidate) => candidate.id === unlocked.slotId);
  if (!slot) throw new TypeError('The slot that opened the room is gone.');
  return slot.kdf;
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

/** Judges all before anything is changed, so that a weak second one does not leave the first one done. */
function requireStrong(vault: Vault, userName: string, passphrases: NewPassphrases): Room[] {
  const { open, protected: secret } = passphrases;
  if (open === undefined && secret === undefined) {
    throw new SigillError('usage', 'Ange ny lösenfras för minst ett rum.');
  }
  if (open !== undefined && open.normalize('NFKC') === secret?.normalize('NFKC')) {
    throw new SigillError(
      'usage',
      'De två rummen måste ha olika lösenfraser: annars öppnar den ena även det andra.',
    );
  }
  const rooms = ROOMS.filter((room) => passphrases[room] !== undefined);
  for (const room of rooms) {
    const unlocked = vault.requireRoom<Room>(room);
    requireStrongPassphrase(passphrases[room] ?? '', room, personalWords(unlocked, userName));
  }
  return rooms;
}

/** Lets a person into the rooms that passphrases are given for. One person has one id, in both rooms. */
export async function addUserToRooms(
  vault: Vault,
  userName: string,
  passphrases: NewPassphrases,
): Promise<Room[]> {
  const rooms = requireStrong(vault, userName, passphrases);
  const known = vault.unlockedRooms().flatMap(({ store }) => findUser(store, userName.trim())?.id ?? []);
  const userId = known[0] ?? randomUUID();
  for (const room of rooms) requireFreeName(vault, room, userName.trim());
  for (const room of rooms) await addRoomUser(vault, room, userName.trim(), passphrases[room] ?? '', userId);
  return rooms;
}

/** Gives the acting user new passphrases for the rooms named. */
export async function changePassphrases(vault: Vault, passphrases: NewPassphrases): Promise<Room[]> {
  const actor = vault.unlockedRooms()[0]?.actor;
  if (!actor) throw new SigillError('unlock', 'Lås upp minst ett rum.');
  const rooms = requireStrong(vault, actor.name, passphrases);
  for (const room of rooms) await changePassphrase(vault, room, passphrases[room] ?? '');
  return rooms;
}

/**
 * Lets a person into one room that is unlocked, with a passphrase and a signing key of her own.
 * The database learns of the slot before vault.json does: a crash between leaves a user without a way in, never the
 * other way round.
 */
async function addRoomUser(
  vault: Vault,
  room: Room,
  name: string,
  passphrase: string,
  userId: string,
): Promise<void> {
  const unlocked = vault.requireRoom<Room>(room);
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
    vault.transaction(unlocked, () => {
      const at = vault.now().toISOString();
      addUser(unlocked.store, {
        id: userId,
        name,
        kind: 'person',
        publicKey: publicKeyOf(secrets),
        addedAt: at,
      });
      addSlot(unlocked.store, slot.id, userId, at);
      vault.audit(unlocked, 'user.added', userId, { name, slot: slot.id });
    });
    saveSlots(vault, room, (slots) => [...slots, slot]);
  } finally {
    wipe(secrets);
  }
}

function requireFreeName(vault: Vault, room: Room, name: string): void {
  const { store } = vault.requireRoom<Room>(room);
  if (name === '' || name === RECOVERY_USER_NAME) throw new SigillError('usage', 'Ange ett användarnamn.');
  const known = findUser(store, name);
  if (known?.removedAt) {
    throw new SigillError(
      'usage',
      `Namnet ${name} har använts av en borttagen användare. Välj ett annat, så att spårbarheten går att läsa.`,
    );
  }
  if (known) throw new SigillError('usage', `${name} finns redan i ${ROOM_NAME[room]}.`);
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
    return await makeSlot(owner, secrets, secret, costOf(vault, unlocked), vault.now());
  } finally {
    secret.fill(0);
  }
}

/**
 * Takes away a user's way into one room. The data key stays the same: who kept an old copy of the vault and the
 * passphrase can still read that copy, which docs/threat-model.md says.
 * @throws SigillError `usage` for an unknown user; `policy` for oneself, the recovery key or the last person
 */
export function removeRoomUser(vault: Vault, room: Room, userName: string): void {
  const unlocked = vault.requireRoom<Room>(room);
  const user = findUser(unlocked.store, userName);
  if (!user || user.removedAt) throw new SigillError('usage', `${userName} finns inte i ${ROOM_NAME[room]}.`);
  if (user.kind === 'recovery') {
    throw new SigillError(
      'policy',
      'Återställningsnyckeln tas inte bort: utan den finns ingen väg in om alla glömt.',
    );
  }
  if (user.id === unlocked.actor.userId) {
    throw new SigillError(
      'policy',
      'Den som är inloggad kan inte ta bort sig själv. Låt en annan användare göra det.',
    );
  }
  const others = listUsers(unlocked.store).filter(
    (candidate) => candidate.kind === 'person' && !candidate.removedAt && candidate.id !== user.id,
  );
  if (others.length === 0) throw new SigillError('policy', 'Den sista användaren i ett rum tas inte bort.');
  vault.transaction(unlocked, () => {
    markUserRemoved(unlocked.store, user.id, vault.now().toISOString());
    vault.audit(unlocked, 'user.removed', user.id, { name: user.name });
  });
  saveSlots(vault, room, (slots) => slots.filter((slot) => slot.userId !== user.id));
}

/**
 * Gives the user who is in a room a new passphrase. Only her slot is written anew; the database keeps its key.
 */
async function changePassphrase(vault: Vault, room: Room, passphrase: string): Promise<void> {
  const unlocked = vault.requireRoom<Room>(room);
  const { userId, name } = unlocked.actor;
  const current = slotsOf(vault.file, room).find((slot) => slot.id === unlocked.slotId);
  if (current?.kind !== 'passphrase') {
    throw new SigillError(
      'policy',
      'Återställningsnyckeln har ingen lösenfras. Lägg till en användare i stället.',
    );
  }
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
