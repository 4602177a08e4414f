import type { Room } from '../../shared/domain/room.ts';
import type { Store } from '../store/store.ts';
import { listEarlierSlots, listRemovedSlots, markSlotRemoved } from './repository.ts';
import { isCopyUpToDate, slotsOf, withSlots, writeVaultFile, type VaultFile } from './vault-file.ts';

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
 * - A copy of `vault.json` that was left behind is written anew.
 * @returns `vault.json` as it is now
 */
export function finishSlots({ folder, file, room, store, slotId, at, tell }: SlotsToFinish): VaultFile {
  const earlier = listEarlierSlots(store, slotId);
  if (earlier.length > 0) {
    store.database
      .transaction(() => {
        for (const id of earlier) markSlotRemoved(store, id, at.toISOString());
        tell(earlier);
      })
      .immediate();
  }
  const removed = listRemovedSlots(store);
  const kept = slotsOf(file, room).filter((slot) => !removed.has(slot.id));
  const isTidy = kept.length === slotsOf(file, room).length;
  if (isTidy && isCopyUpToDate(folder, file)) return file;
  try {
    return writeVaultFile(folder, withSlots(file, room, kept));
  } catch {
    // A full disk must not keep anybody out: the room refuses a removed slot itself, and the next unlocking tries again.
    return file;
  }
}
