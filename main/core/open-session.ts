import { SigillError } from '../../shared/domain/error.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { ROOMS, type Room } from '../../shared/domain/room.ts';
import { finishPending } from '../incidents/service.ts';
import { tellingRegimes } from '../packs/for-incident.ts';
import { readRecoveryCode } from '../vault/recovery-code.ts';
import { Vault } from '../vault/session.ts';
import { slotsOf } from '../vault/vault-file.ts';

/** How a room is to be unlocked. The bytes are UTF-8 and are wiped. */
export type RoomSecret =
  | { readonly kind: 'passphrase'; readonly passphrase: Buffer }
  | { readonly kind: 'recovery'; readonly code: string };

export interface SessionRequest {
  readonly folder: string;
  /** Left out where the vault has one user only. */
  readonly userName: string | null;
  readonly secrets: Readonly<Partial<Record<Room, RoomSecret>>>;
  readonly now?: () => Date;
}

/**
 * Opens a vault and unlocks the rooms that secrets were given for; on any failure nothing is left open.
 * @throws SigillError `usage` no such vault, no user named, or a mistyped code; `locked`; `unlock`; `damaged`
 */
export async function openSession(request: SessionRequest, rules: RulePack): Promise<Vault> {
  const vault = Vault.open(request.folder, request.now);
  try {
    // What was typed is read before any room is opened: a slip of the pen must cost nothing and leave nothing.
    const work = ROOMS.flatMap((room) => {
      const secret = request.secrets[room];
      return secret ? [unlockingOf(vault, room, secret, request.userName)] : [];
    });
    for (const unlock of work) await unlock();
    finishPending(vault, tellingRegimes(vault, rules));
    return vault;
  } catch (error) {
    vault.close();
    throw error;
  }
}

function unlockingOf(
  vault: Vault,
  room: Room,
  secret: RoomSecret,
  userName: string | null,
): () => Promise<void> {
  if (secret.kind === 'recovery') {
    const code = readRecoveryCode(secret.code);
    return async () => {
      await vault.unlockWithRecovery<Room>(room, code);
    };
  }
  const name = userName ?? onlyUser(vault);
  return async () => {
    await vault.unlock(room, name, secret.passphrase);
  };
}

/** Of the whole vault, not of one room: two rooms are never opened as two different persons because nobody was named. */
function onlyUser(vault: Vault): string {
  const names = new Set(
    ROOMS.flatMap((room) => slotsOf(vault.file, room))
      .filter((slot) => slot.kind === 'passphrase')
      .map((slot) => slot.userName),
  );
  const [name] = names;
  if (name === undefined || names.size > 1) {
    throw new SigillError('usage', 'Valvet har flera användare. Ange vem du är.', [...names], '--user');
  }
  return name;
}
