import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, type Room } from '../../shared/domain/room.ts';
import { payloadsOf } from '../audit/repository.ts';
import type { UnlockedRoom, Vault } from './session.ts';
import { openSlot, wipe } from './slots.ts';
import { slotsOf, type KeySlot } from './vault-file.ts';

/** What the audit tells where a room's recovery code has opened its slot. */
const PROOFS = ['recovery.used', 'recovery.proven'];

const recoverySlots = (vault: Vault, room: Room): readonly KeySlot[] =>
  slotsOf(vault.file, room).filter(({ kind }) => kind === 'recovery');

/**
 * The open rooms whose recovery code nobody has typed from the paper yet. A first start that was broken off ends so: the
 * printed code may be missing, or misread, and nothing tells before all have forgotten.
 */
export function listUnprovenRecovery(vault: Vault): Room[] {
  return vault
    .unlockedRooms()
    .filter((unlocked) => {
      const proven = new Set(
        PROOFS.flatMap((action) => payloadsOf(unlocked.store.database, action, null)).map(
          ({ payload }) => (payload as { slot: string }).slot,
        ),
      );
      return recoverySlots(vault, unlocked.room).some(({ id }) => !proven.has(id));
    })
    .map(({ room }) => room);
}

/**
 * Tries a recovery code on an open room, and leaves a row that it fits. The room stays open as whom it was.
 * @param secret the 20 bytes that the code stands for; wiped before return
 * @throws SigillError `unlock` where it fits no slot
 */
export async function proveRecovery(vault: Vault, room: Room, secret: Uint8Array): Promise<void> {
  vault.requireRoom<Room>(room);
  try {
    for (const slot of recoverySlots(vault, room)) {
      const secrets = await openSlot(vault.file.vaultId, room, slot, secret);
      if (!secrets) continue;
      wipe(secrets);
      // Once more: the room may have been locked while the key was being derived.
      const unlocked: UnlockedRoom<Room> = vault.requireRoom<Room>(room);
      vault.transaction(unlocked, () => vault.audit(unlocked, 'recovery.proven', null, { slot: slot.id }));
      return;
    }
  } finally {
    secret.fill(0);
  }
  throw new SigillError(
    'unlock',
    `Koden är rätt skriven men öppnar inte ${ROOM_NAME[room]}. Kontrollera att kuvertet är det rummets, och det här valvets. Inget är ändrat.`,
  );
}
