import { isProtectedLevel, joinMarkings, type Marking } from '../../shared/domain/marking.ts';
import type { Room } from '../../shared/domain/room.ts';
import { moveDraftsOut } from '../drafts/leaving.ts';
import { subjectOf } from '../drafts/subject.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { findItem } from './items.ts';
import { raiseMarking } from './marking.ts';
import { markSpecialHandling } from './pending.ts';
import type { ItemReference } from './repository.ts';

/** A value that is about to be written, and what it will be marked at the least. */
export interface AboutToWrite {
  readonly reference: ItemReference;
  readonly marking: Marking;
}

/**
 * Writes several values as one: all of them, or none. What moves between the rooms is moved first, each move on its own and
 * proof against a crash, since two databases have no transaction in common; the writing itself is then one transaction of
 * each room that it may touch. Where it fails, markings may have been raised and nothing has been written.
 * @param work writes what was told of in `about`, and nothing that lies in another room
 */
export function writeTogether<T>(
  vault: Vault,
  about: readonly AboutToWrite[],
  sensitiveRegimes: ReadonlySet<string>,
  work: () => T,
): T {
  const isNewInProtected = about.map((one) => prepare(vault, one, sensitiveRegimes)).some((isNew) => isNew);
  // With a new value in the protected room nothing is written in the open one: and where its drafts are scrubbed no
  // transaction may be running.
  const rooms: readonly (UnlockedRoom<Room> | null)[] = isNewInProtected
    ? [vault.requireRoom('protected')]
    : [vault.room('protected'), vault.room('open')];
  return rooms
    .filter((room) => room !== null)
    .reduce((inner: () => T, room) => () => vault.transaction(room, inner), work)();
}

/** @returns whether it will be a new value of the protected room */
function prepare(
  vault: Vault,
  { reference, marking }: AboutToWrite,
  sensitiveRegimes: ReadonlySet<string>,
): boolean {
  const found = findItem(vault, reference);
  if (found) {
    raiseMarking(vault, reference, joinMarkings([found.item.marking, marking]), null, sensitiveRegimes);
    return false;
  }
  if (!isProtectedLevel(marking.level)) return false;
  const [open, secret] = [vault.requireRoom('open'), vault.requireRoom('protected')];
  markSpecialHandling(vault, open, secret, reference.incidentId, sensitiveRegimes);
  const subject = subjectOf(reference);
  if (subject !== null) moveDraftsOut(vault, subject);
  return true;
}
