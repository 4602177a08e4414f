import { SigillError } from '../../shared/domain/error.ts';
import { isAtMost, LEVEL_NAME, type Level, type Marking } from '../../shared/domain/marking.ts';
import { sortIntoRoom, type Room } from '../../shared/domain/room.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import {
  addRevision,
  isHalfImported,
  latestItem,
  type ItemReference,
  type ItemRow,
  type RevisionNote,
} from './repository.ts';

/** What raising, lowering and writing have in common: finding a value, and writing it where it stands. */

/** A value where it stands now. */
export type Found =
  | { readonly room: 'open'; readonly unlocked: UnlockedRoom<'open'>; readonly item: ItemRow }
  | { readonly room: 'protected'; readonly unlocked: UnlockedRoom<'protected'>; readonly item: ItemRow };

/** @returns the value, from the protected room first, or null */
export function findItem(vault: Vault, reference: ItemReference): Found | null {
  const secret = vault.room('protected');
  // The protected half of an import that was never finished is nobody's to change: it will be undone.
  const inProtected =
    secret && !isHalfImported(secret.store, reference.incidentId)
      ? latestItem(secret.store, reference)
      : null;
  if (secret && inProtected) return { room: 'protected', unlocked: secret, item: inProtected };
  const open = vault.room('open');
  const inOpen = open ? latestItem(open.store, reference) : null;
  return open && inOpen ? { room: 'open', unlocked: open, item: inOpen } : null;
}

export function requireItem(vault: Vault, reference: ItemReference): Found {
  const found = findItem(vault, reference);
  if (!found) {
    throw new SigillError(
      'usage',
      'Uppgiften finns inte i de rum som är upplåsta. Kontrollera incident och uppgift.',
    );
  }
  return found;
}

/** @throws SigillError `policy` above the ceiling; `unlock` where no room is open to tell what it is */
export function requireBelowCeiling(vault: Vault, level: Level): void {
  const [unlocked] = vault.unlockedRooms();
  if (!unlocked) throw new SigillError('unlock', 'Lås upp minst ett rum.');
  if (!isAtMost(level, unlocked.ceiling)) {
    throw new SigillError('policy', `Valvet får inte rymma något över ${LEVEL_NAME[unlocked.ceiling]}.`);
  }
}

export function noteOf(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  change: RevisionNote['change'],
  more: Partial<RevisionNote> = {},
): RevisionNote {
  return {
    change,
    reason: null,
    decisionId: null,
    at: vault.now().toISOString(),
    by: unlocked.actor.userId,
    ...more,
  };
}

/** What the audit tells of a change. `eraseAuditPayloads` finds it again by these keys when the value is raised. */
export function payloadOf({ incidentId, kind, key }: ItemReference, { level }: Marking): object {
  return { incident: incidentId, kind, key, level };
}

/**
 * Writes a revision in the room where the value stands. To be called inside a transaction of that room.
 * @param more what the audit tells beside what was changed
 */
export function reviseInPlace(
  vault: Vault,
  found: Found,
  reference: ItemReference,
  value: unknown,
  marking: Marking,
  note: RevisionNote,
  more: object = {},
): void {
  const sorted = sortIntoRoom(value, marking);
  if (sorted.room === 'open' && found.room === 'open') {
    addRevision(found.unlocked.store, reference, sorted.marked, note);
  } else if (sorted.room === 'protected' && found.room === 'protected') {
    addRevision(found.unlocked.store, reference, sorted.marked, note);
  } else {
    throw new TypeError('The value belongs to the other room.');
  }
  const payload = { ...payloadOf(reference, marking), ...more };
  vault.audit(found.unlocked, `item.${note.change}`, reference.incidentId, payload);
}
