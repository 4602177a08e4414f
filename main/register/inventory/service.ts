import { randomUUID } from 'node:crypto';
import { SigillError } from '../../../shared/domain/error.ts';
import {
  COPY_STATE_NAME,
  inventoryDue,
  isCounted,
  MOVE_RULES,
  NO_DETAILS,
  readCode,
  type InventoryDue,
} from '../../../shared/domain/register.ts';
import { mayBeSameName } from '../../../shared/domain/names.ts';
import type { Room } from '../../../shared/domain/room.ts';
import type { RulePack } from '../../../shared/domain/rules.ts';
import type { UnlockedRoom, Vault } from '../../vault/session.ts';
import { registerSettings } from '../numbering.ts';
import { addCopyEvent } from '../repository.ts';
import { viewEntries, type CopyView, type EntryView } from '../view.ts';
import {
  countedCopies,
  endInventory,
  insertCounted,
  insertInventory,
  listInventories,
  removeUnexpected,
  setResult,
  setSeen,
  type CountedRow,
  type InventoryRow,
} from './repository.ts';

/**
 * Counting copies, one by one, against the register. It is done by somebody else than the säkerhetsskyddschef (domain.md §4.5,
 * a municipality's routine), can be left and gone on with, and ends with a protocol.
 */

/** A copy in an inventory, as it is read. */
export interface CountedCopy extends CountedRow {
  readonly designation: string;
  /** Copies are sought in the order of their numbers. */
  readonly serial: number;
  readonly number: number;
}

export interface Inventory extends InventoryRow {
  readonly copies: readonly CountedCopy[];
}

interface Known {
  readonly entry: EntryView;
  readonly copy: CopyView;
}

function knownCopies(unlocked: UnlockedRoom<Room>, rules: RulePack): Map<string, Known> {
  return new Map(
    viewEntries(unlocked.store, rules).flatMap((entry) =>
      entry.copies.map((copy) => [copy.code, { entry, copy }] as const),
    ),
  );
}

function describe(
  unlocked: UnlockedRoom<Room>,
  row: InventoryRow,
  known: ReadonlyMap<string, Known>,
): Inventory {
  const copies = countedCopies(unlocked.store, row.id).flatMap((counted): CountedCopy[] => {
    const found = known.get(counted.code);
    if (!found) return [];
    const { designation, number } = found.copy;
    return [{ ...counted, designation, number, serial: found.entry.serial }];
  });
  return {
    ...row,
    copies: copies.sort((one, other) => one.serial - other.serial || one.number - other.number),
  };
}

/** Every inventory of a room with its copies, the newest first. */
export function inventoriesOf(vault: Vault, rules: RulePack, room: Room): Inventory[] {
  const unlocked = vault.requireRoom<Room>(room);
  const known = knownCopies(unlocked, rules);
  return listInventories(unlocked.store).map((row) => describe(unlocked, row, known));
}

/** When the copies of a room are to have been counted; null where no rule says so or nothing is to be counted. */
export function nextInventory(vault: Vault, rules: RulePack, room: Room): InventoryDue | null {
  const unlocked = vault.requireRoom<Room>(room);
  const dayOf = (instant: string): string =>
    new Date(instant).toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
  const counted = [...knownCopies(unlocked, rules).values()].filter(({ entry, copy }) =>
    isCounted({ ...copy, level: entry.level, way: entry.way }),
  );
  const last = listInventories(unlocked.store).find(({ finishedAt }) => finishedAt !== null)?.finishedAt;
  return inventoryDue(
    counted.map(({ entry }) => ({ level: entry.level, since: dayOf(entry.registeredAt) })),
    last ? dayOf(last) : null,
    registerSettings(unlocked.store).inventoryMonths,
  );
}

/** @throws SigillError `policy` where the one who is logged in is the säkerhetsskyddschef */
function requireIndependent({ store, actor }: UnlockedRoom<Room>): void {
  const { chief } = registerSettings(store);
  if (chief === null || !mayBeSameName(chief, actor.name)) return;
  throw new SigillError(
    'policy',
    'Inventeringen görs av någon annan än säkerhetsskyddschefen. Låt en annan person låsa upp och räkna.',
  );
}

/**
 * Begins an inventory of everything that is to be counted now.
 * @param independent the person says that she is not the säkerhetsskyddschef
 * @throws SigillError `policy` where she does not, or is; `usage` where one is going on, or nothing is to be counted
 */
export function startInventory(vault: Vault, rules: RulePack, room: Room, independent: boolean): Inventory {
  const unlocked = vault.requireRoom<Room>(room);
  requireIndependent(unlocked);
  if (!independent) {
    throw new SigillError(
      'policy',
      'Intyga att du inte är säkerhetsskyddschefen, eller låt någon annan räkna.',
    );
  }
  if (listInventories(unlocked.store).some(({ finishedAt }) => finishedAt === null)) {
    throw new SigillError(
      'usage',
      'En inventering pågår redan i rummet. Fortsätt med den eller avsluta den.',
    );
  }
  const toCount = [...knownCopies(unlocked, rules).values()].filter(({ entry, copy }) =>
    isCounted({ ...copy, level: entry.level, way: entry.way }),
  );
  if (toCount.length === 0) {
    throw new SigillError(
      'usage',
      'Inget exemplar i rummet ska räknas nu: inget finns i huset eller hos någon här.',
    );
  }
  const id = randomUUID();
  vault.transaction(unlocked, () => {
    insertInventory(unlocked.store, id, vault.now().toISOString(), unlocked.actor.userId);
    for (const { copy } of toCount) insertCounted(unlocked.store, id, { ...copy, isUnexpected: false });
    vault.audit(unlocked, 'inventory.started', null, { inventory: id, copies: toCount.length });
  });
  return current(vault, rules, room);
}

function current(vault: Vault, rules: RulePack, room: Room): Inventory {
  const found = inventoriesOf(vault, rules, room).find(({ finishedAt }) => finishedAt === null);
  if (!found) throw new SigillError('usage', 'Ingen inventering pågår i rummet. Starta en först.');
  return found;
}

/**
 * Ticks a copy that has been seen, or takes a tick away. One that is not in the list is told as unexpected: it lay there though
 * the register says that it does not. What has been ticked is stored at once.
 * @throws SigillError `usage` for a code that is no copy of this room; `policy` for the säkerhetsskyddschef
 */
export function tickCopy(
  vault: Vault,
  rules: RulePack,
  room: Room,
  text: string,
  how: 'scan' | 'hand' | 'untick',
): { readonly inventory: Inventory; readonly copy: CountedCopy | null; readonly wasSeen: boolean } {
  const unlocked = vault.requireRoom<Room>(room);
  requireIndependent(unlocked);
  const { id, copies } = current(vault, rules, room);
  const code = readCode(text);
  const known = code === null ? undefined : knownCopies(unlocked, rules).get(code);
  if (code === null || !known) {
    throw new SigillError(
      'usage',
      'Koden är inget exemplar i registret för det här rummet. Läs av den igen.',
    );
  }
  const before = copies.find((copy) => copy.code === code);
  const { store, actor } = unlocked;
  vault.transaction(unlocked, () => {
    if (how === 'untick') {
      if (before?.isUnexpected) removeUnexpected(store, id, code);
      else setSeen(store, id, code, null);
    } else {
      if (!before) insertCounted(store, id, { ...known.copy, isUnexpected: true });
      if (!before?.seenAt) setSeen(store, id, code, { at: vault.now().toISOString(), by: actor.name, how });
    }
    vault.audit(unlocked, 'inventory.ticked', null, { inventory: id, copy: code, how });
  });
  const inventory = current(vault, rules, room);
  return {
    inventory,
    copy: inventory.copies.find((copy) => copy.code === code) ?? null,
    wasSeen: typeof before?.seenAt === 'string',
  };
}

/**
 * Ends the inventory. What was not seen, and has not gone another way meanwhile, is missing from now on in the register too.
 * @throws SigillError `policy` for the säkerhetsskyddschef; `usage` where none goes on
 */
export function finishInventory(vault: Vault, rules: RulePack, room: Room, note: string | null): Inventory {
  const unlocked = vault.requireRoom<Room>(room);
  requireIndependent(unlocked);
  const { id, copies } = current(vault, rules, room);
  const known = knownCopies(unlocked, rules);
  const at = vault.now().toISOString();
  const { store, actor } = unlocked;
  vault.transaction(unlocked, () => {
    const missing: string[] = [];
    const found: string[] = [];
    for (const counted of copies) {
      const now = known.get(counted.code);
      const isHere = now?.copy.state === counted.state && now.copy.holder === counted.holder;
      const result = counted.seenAt !== null ? 'seen' : isHere ? 'missing' : 'moved';
      setResult(store, id, counted.code, result);
      // What was missing and has been held in a hand is missing no longer.
      const isFound = result === 'seen' && now?.copy.state === 'saknad';
      if (result !== 'missing' && !isFound) continue;
      (isFound ? found : missing).push(counted.code);
      const move = isFound ? 'find' : 'miss';
      addCopyEvent(store, {
        ...NO_DETAILS,
        code: counted.code,
        move,
        state: MOVE_RULES[move].to,
        at,
        note: isFound
          ? 'Återfunnet vid inventering'
          : `Saknades vid inventering (var: ${COPY_STATE_NAME[counted.state].toLocaleLowerCase('sv')})`,
        dispatchSeq: null,
        recordedAt: at,
        recordedBy: actor.name,
      });
    }
    endInventory(store, id, at, actor.userId, note?.trim() || null);
    vault.audit(unlocked, 'inventory.finished', null, {
      inventory: id,
      copies: copies.length,
      seen: copies.filter(({ seenAt }) => seenAt !== null).length,
      missing,
      found,
    });
  });
  const ended = inventoriesOf(vault, rules, room).find((inventory) => inventory.id === id);
  if (!ended) throw new TypeError('An inventory that was ended is gone.');
  return ended;
}
