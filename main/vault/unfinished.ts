import type { Room } from '../../shared/domain/room.ts';
import type { Store } from '../store/store.ts';
import { isUsableSlot, listEarlierSlots, listRemovedSlots, markSlotRemoved } from './repository.ts';
import {
  readVaultCopy,
  slotsOf,
  withSlots,
  writeVaultFile,
  type KeySlot,
  type VaultFile,
} from './vault-file.ts';

/** A room that has just been unlocked, beside the `vault.json` it was unlocked by. */
export interface SlotsToFinish {
  readonly folder: string;
  readonly file: VaultFile;
  readonly room: Room;
  readonly store: Store<Room>;
  /** The slot that opened the room. */
  readonly slotId: string;
  readonly at: Date;
  /** Tells the audit which slots were marked as removed; called in the transaction. */
  readonly tell: (slots: readonly string[]) => void;
}

/**
 * Finishes what a crash left between a room and `vault.json`. They are two files without a common transaction: a change
 * of users is first written in the room, which decides, and then in `vault.json`.
 *
 * - The slots that the acting user had before the one she came in by are marked as removed: a change of passphrase was
 *   cut off before its last step, and the old passphrase would still open an old `vault.json`.
 * - A slot that the room knows as removed goes out of `vault.json`: it still wraps the data key.
 * - A slot that the room knows and only the copy has comes back: an old `vault.json` was put in place of a newer one, and
 *   without this somebody who came in since would be shut out.
 * - A copy of `vault.json` that was left behind, or harmed, is written anew.
 * @returns `vault.json` as it is now
 */
export function finishSlots({ folder, file, room, store, slotId, at, tell }: SlotsToFinish): VaultFile {
  retireEarlierSlots(store, slotId, at, tell);
  const copy = readVaultCopy(folder, file.vaultId);
  const next = settle(file, copy, store, room);
  try {
    return next ? writeVaultFile(folder, next) : file;
  } catch {
    // A full disk must not keep anybody out: the room refuses a removed slot itself, and the next unlocking tries again.
    return file;
  }
}

function retireEarlierSlots(
  store: Store<Room>,
  slotId: string,
  at: Date,
  tell: (slots: readonly string[]) => void,
): void {
  const earlier = listEarlierSlots(store, slotId);
  if (earlier.length === 0) return;
  store.check?.finish();
  store.database
    .transaction(() => {
      for (const id of earlier) markSlotRemoved(store, id, at.toISOString());
      tell(earlier);
    })
    .immediate();
}

/** @returns what `vault.json` and its copy should both say, or null where nothing is to be done */
function settle(file: VaultFile, copy: VaultFile | null, store: Store<Room>, room: Room): VaultFile | null {
  const other: Room = room === 'open' ? 'protected' : 'open';
  const removed = listRemovedSlots(store);
  const own = slotsOf(file, room);
  const settled = [
    ...own.filter((slot) => !removed.has(slot.id)),
    ...onlyIn(copy, file, room).filter((slot) => isUsableSlot(store, slot.id, slot.userId)),
  ];
  const differsElsewhere =
    copy !== null && (onlyIn(copy, file, other).length > 0 || onlyIn(file, copy, other).length > 0);
  if (idsOf(settled) === idsOf(own)) {
    const isCopyBehind = copy === null || copy.checksum !== file.checksum;
    // Where the two differ about the other room, that room is the one to say which of them is right.
    return isCopyBehind && !differsElsewhere ? file : null;
  }
  const elsewhere = [...slotsOf(file, other), ...onlyIn(copy, file, other)];
  return withSlots(withSlots(file, room, settled), other, elsewhere);
}

/** The slots of a room that stand in the one file and not in the other. */
function onlyIn(one: VaultFile | null, other: VaultFile, room: Room): readonly KeySlot[] {
  const ids = new Set(slotsOf(other, room).map((slot) => slot.id));
  return one === null ? [] : slotsOf(one, room).filter((slot) => !ids.has(slot.id));
}

function idsOf(slots: readonly KeySlot[]): string {
  return slots.map((slot) => slot.id).join();
}
