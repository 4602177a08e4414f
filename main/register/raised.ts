import { isContained, LEVELS, levelRank, type Marking } from '../../shared/domain/marking.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import { roomOf, type Room } from '../../shared/domain/room.ts';
import { mayHold } from '../dispatches/move.ts';
import { listDispatches, readDocument } from '../dispatches/repository.ts';
import type { ItemReference } from '../incidents/repository.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { registeredMarking } from './marking.ts';
import { addRaise, findEntry, findEntryOf, listRaisedBy } from './repository.ts';

/**
 * The class of the documents that have a number, where what they tell is raised in the room that they lie in: witness,
 * inventory and lists go by what a document tells, not by what it was thought to tell when it was made.
 */

/** No regime makes a document telling here: it leaves no room. */
const NO_REGIMES: ReadonlySet<string> = new Set();

/**
 * Raises every numbered document of the room that may tell a value. To be called in the transaction that raises the value.
 * @param marking what the value is marked now
 */
export function raiseEntries(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  item: ItemReference,
  marking: Marking,
): void {
  const { store } = unlocked;
  for (const { id } of listDispatches(store, item.incidentId)) {
    const entry = findEntryOf(store, id);
    // Also where another value has raised it already: that one may be lowered again.
    if (!entry || isContained(marking, registeredMarking(entry))) continue;
    const content = readDocument(store, id);
    if (content !== null && mayHold(JSON.parse(content) as ReportDocument, item, NO_REGIMES))
      reclass(vault, unlocked, item, marking, entry.serial);
  }
}

/**
 * Lets the documents that were raised by a value follow it down again, by the decision of two persons that lowers it; never
 * below what they were registered with, or what another value in them asks for. To be called in that decision's transaction.
 */
export function lowerEntries(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  item: ItemReference,
  { level, basis }: Marking,
): void {
  const { room } = unlocked.store;
  // A value that leaves the room asks nothing more of the documents that stay in it.
  const asked = LEVELS.find((one) => roomOf(one) === room && levelRank(one) >= levelRank(level)) ?? level;
  for (const serial of listRaisedBy(unlocked.store, item.incidentId, item))
    reclass(vault, unlocked, item, { level: asked, basis: asked === level ? basis : [] }, serial);
}

function reclass(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  item: ItemReference,
  marking: Marking,
  serial: number,
): void {
  const { store, actor } = unlocked;
  addRaise(store, serial, { ...item, marking }, vault.now().toISOString(), actor.userId);
  vault.audit(unlocked, 'register.reclassed', item.incidentId, {
    register: serial,
    level: findEntry(store, serial)?.level,
  });
}
