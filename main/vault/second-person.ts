import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, type Room } from '../../shared/domain/room.ts';
import { passphraseBytes } from './key-derivation.ts';
import { listedNameOf } from './listed-name.ts';
import { findUser, isUsableSlot, listUsers } from './repository.ts';
import type { UnlockedRoom, Vault } from './session.ts';
import { openSlot, wipe } from './slots.ts';
import { slotsOf } from './vault-file.ts';

/** The second person of a decision: she proves who she is with her own passphrase for the room. */
export interface SecondPerson {
  readonly userName: string;
  /** UTF-8; wiped by whoever asked for the decision. */
  readonly passphrase: Buffer;
}

/**
 * @param unchanged what is as it was where the proof fails, a sentence in Swedish
 * @returns the user id of the second person
 * @throws SigillError `policy` where the first person acts with the recovery key, or is the second one as well;
 *   `unlock` for whatever does not open a slot that is in use
 */
export async function proveSecondPerson(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  second: SecondPerson,
  unchanged: string,
): Promise<string> {
  const { room, store, actor } = unlocked;
  const user = findUser(store, listedNameOf(vault, room, second.userName));
  if (listUsers(store).find(({ id }) => id === actor.userId)?.kind !== 'person') {
    throw new SigillError(
      'policy',
      'Beslutet kräver två personer, och återställningsnyckeln är ingen. Lås upp med en egen lösenfras.',
    );
  }
  if (user?.id === actor.userId) {
    throw new SigillError('policy', 'Beslutet kräver två personer: den andra måste vara någon annan.');
  }
  // A slot that was taken away and put back into vault.json by hand proves nothing.
  const slots = slotsOf(vault.file, room).filter(
    (slot) =>
      slot.kind === 'passphrase' && slot.userId === user?.id && isUsableSlot(store, slot.id, slot.userId),
  );
  const secret = passphraseBytes(second.passphrase.toString('utf8'));
  try {
    for (const slot of slots) {
      const secrets = await openSlot(vault.file.vaultId, room, slot, secret);
      if (secrets) {
        wipe(secrets);
        return slot.userId;
      }
    }
  } finally {
    secret.fill(0);
  }
  throw new SigillError(
    'unlock',
    `Fel användare eller lösenfras för den andra personen i ${ROOM_NAME[room]}. ${unchanged}`,
  );
}

/**
 * As {@link proveSecondPerson}, for a record that bears her name. Her passphrase is wiped here, whatever comes of it.
 * @returns the name of the second person
 */
export async function proveSecondByName(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  second: SecondPerson,
  unchanged: string,
): Promise<string> {
  const userId = await proveSecondPerson(vault, unlocked, second, unchanged).finally(() =>
    second.passphrase.fill(0),
  );
  return listUsers(unlocked.store).find(({ id }) => id === userId)?.name ?? userId;
}
