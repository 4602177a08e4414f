import type { DispatchEventKind } from '../../shared/domain/dispatch.ts';
import {
  MOVE_RULES,
  NO_DETAILS,
  possibleMoves,
  type CopyMove,
  type CopyState,
} from '../../shared/domain/register.ts';
import { joinMarkings, type Marking } from '../../shared/domain/marking.ts';
import type { Room } from '../../shared/domain/room.ts';
import { addEvent, findDispatch, listEvents, type DispatchEventRow } from '../dispatches/repository.ts';
import type { Store } from '../store/store.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { entryMarking } from './marking.ts';
import { registerSettings } from './numbering.ts';
import {
  addCopyEvent,
  copiesOf,
  distributionOf,
  addDistribution,
  eventsOfCopy,
  findCopy,
  findEntryOf,
  insertCopy,
  insertEntry,
  listWithheld,
  nextSerial,
  readDiary,
  setFormer,
  type CopyEventRow,
  type Former,
  type ListedEntry,
} from './repository.ts';
import { toWhom, type Addressed } from '../../shared/domain/to-whom.ts';

/** How the register follows what is done elsewhere: an expedition that is sent, and a document that is raised. */

/** What a step of an expedition is for each of its copies, in order. A withdrawal is no move: the paper is where it is. */
const MOVES_OF: Readonly<Record<DispatchEventKind, readonly CopyMove[]>> = {
  // To the own signalskydd operator: it has not left the house.
  'handed-over': [],
  sent: ['hand-out'],
  received: ['hand-out'],
  receipted: ['hand-out', 'receipt'],
  withdrawn: [],
};

/** To whom an expedition went, in the words that it has itself; never a fact. */
function holderOf(store: Store<Room>, dispatchId: string): string {
  const details = JSON.parse(findDispatch(store, dispatchId)?.details ?? '{}') as Addressed;
  return toWhom(details) ?? '(mottagaren)';
}

/**
 * Lets the copies follow a step of their expedition, in the transaction that stores it. A copy that has gone another way
 * already stays where it is.
 */
export function followDispatch(store: Store<Room>, step: DispatchEventRow): void {
  const entry = findEntryOf(store, step.dispatchId);
  if (!entry) return;
  const holder = holderOf(store, step.dispatchId);
  for (const { code } of copiesOf(store, entry.serial)) {
    for (const move of MOVES_OF[step.event]) {
      const events = eventsOfCopy(store, code);
      if (!possibleMoves({ events }).includes(move)) continue;
      // Told of the copy already. That it was lent in the house before is something else.
      if (move === 'hand-out' && events.some(isHandedOutside)) continue;
      // Somebody in the house has it, and the kvittens is the recipient's.
      if (move === 'receipt' && !isOutside(events)) continue;
      addCopyEvent(store, {
        ...NO_DETAILS,
        code,
        move,
        state: MOVE_RULES[move].to,
        at: step.at,
        holder: move === 'hand-out' ? holder : null,
        external: move === 'hand-out',
        note: step.note,
        dispatchSeq: step.seq,
        recordedAt: step.recordedAt,
        recordedBy: step.recordedBy,
      });
    }
  }
}

type Course = readonly Pick<CopyEventRow, 'move' | 'state' | 'external' | 'holder'>[];

const isHandedOutside = ({ move, external }: Course[number]): boolean => move === 'hand-out' && external;

/** The last one who was given it is outside the organisation. */
export function isOutside(events: Course): boolean {
  return events.findLast(({ move }) => move === 'hand-out')?.external === true;
}

/** Somebody in the organisation has it: for an expedition it is neither at home nor sent. */
function isLent(events: Course): boolean {
  return events.at(-1)?.state === 'utlamnad' && !isOutside(events);
}

/** The one outside who was given it last has acknowledged it. */
export function isAcknowledged(events: Course): boolean {
  const given = events.findLastIndex(({ move }) => move === 'hand-out');
  return isOutside(events) && events.slice(given).some(({ move }) => move === 'receipt');
}

/**
 * Who in the house has copies of an expedition that have not been with its recipient. Each copy that is made to be sent is the
 * recipient's: while one is lent, the document has not been sent.
 */
export function whoHasCopies(rooms: readonly UnlockedRoom<Room>[], dispatchId: string): string[] {
  return coursesOf(rooms, dispatchId)
    .filter((events) => isLent(events) && !events.some(isHandedOutside))
    .map((events) => events.findLast(({ holder }) => holder !== null)?.holder ?? '');
}

/** It is not with a recipient and not on its way to one: kept, come back, gone or destroyed. */
export function isSettled(events: readonly { readonly state: CopyState }[]): boolean {
  const state = events.at(-1)?.state;
  return state !== undefined && ['arkiverad', 'ater', 'saknad', 'forstord'].includes(state);
}

/** True where the copies of an expedition stand in the protected register, and that is locked. */
export function isKeptApart(vault: Vault, dispatchId: string): boolean {
  const open = vault.room('open');
  return (
    vault.room('protected') === null &&
    open !== null &&
    findEntryOf(open.store, dispatchId)?.withheld === true
  );
}

/** True where an expedition has copies in the rooms that are open, and each of them is destroyed or missing. */
export function isGone(rooms: readonly UnlockedRoom<Room>[], dispatchId: string): boolean {
  const states = coursesOf(rooms, dispatchId).map((events) => events.at(-1)?.state);
  return states.length > 0 && states.every((state) => state === 'forstord' || state === 'saknad');
}

/** What has become of each copy of an expedition, as far as the rooms that are open know. */
function coursesOf(rooms: readonly UnlockedRoom<Room>[], dispatchId: string) {
  return rooms.flatMap(({ store }) => {
    const entry = findEntryOf(store, dispatchId);
    return entry ? copiesOf(store, entry.serial).map(({ code }) => eventsOfCopy(store, code)) : [];
  });
}

/** How many copies of an expedition are with somebody outside who has not acknowledged them. */
export function countOutside(rooms: readonly UnlockedRoom<Room>[], dispatchId: string): number {
  return coursesOf(rooms, dispatchId).filter(
    (events) => events.at(-1)?.state === 'utlamnad' && isOutside(events) && !isAcknowledged(events),
  ).length;
}

/** How many copies of an expedition nobody has acknowledged, in the rooms that are open. What is settled is not waited for. */
export function countUnacknowledged(rooms: readonly UnlockedRoom<Room>[], dispatchId: string): number {
  return coursesOf(rooms, dispatchId).filter((events) => !isSettled(events) && !isAcknowledged(events))
    .length;
}

/**
 * The first half of moving a document's row: number, copies, what became of them and its distributionslista are written in
 * the protected register under a number of that register. Can be done again: what is there already stays.
 * @param dispatches whose documents lie in the protected room by now
 * @param marking of the value that was raised
 */
export function copyEntriesToProtectedRoom(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  dispatches: readonly string[],
  marking: Marking,
): void {
  for (const dispatchId of dispatches) {
    const entry = findEntryOf(open.store, dispatchId);
    const moved = findDispatch(secret.store, dispatchId);
    if (!entry || !moved) continue;
    const known = findEntryOf(secret.store, dispatchId);
    if (known) {
      carryLate(vault, open, secret, entry, known);
      continue;
    }
    vault.transaction(secret, () => {
      const serial = nextSerial(secret.store);
      const diary = readDiary(secret.store, entry.incidentId) ?? entry.diary;
      insertEntry(secret.store, {
        ...entry,
        serial,
        diary,
        // As this register numbers: by the other's pattern it could meet a number that is given there later.
        pattern: registerSettings(secret.store).pattern,
        level: moved.level,
        basis: joinMarkings([entryMarking(entry), marking]).basis,
        formerly: formerOf(entry, vault.now().toISOString()),
        omitCorrespondent: true,
        omitSummary: true,
      });
      for (const copy of copiesOf(open.store, entry.serial)) {
        insertCopy(secret.store, { ...copy, serial });
        for (const event of eventsOfCopy(open.store, copy.code)) addCopyEvent(secret.store, event);
      }
      for (const row of distributionOf(open.store, entry.serial)) addDistribution(secret.store, serial, row);
      vault.audit(secret, 'register.moved', entry.incidentId, {
        register: serial,
        dispatch: dispatchId,
        formerly: entry.serial,
      });
    });
    const numbered = findEntryOf(secret.store, dispatchId);
    if (numbered) carryWithdrawal(vault, open, secret, numbered);
  }
}

function formerOf(
  { pattern, diary, serial, year, copies, registeredLevel: level }: ListedEntry,
  at: string,
): Former {
  return { pattern, diary, serial, year, copies, level, at };
}

/** After a crash between the rooms somebody may have gone on in the open one alone: what she told is not lost. */
function carryLate(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  from: ListedEntry,
  to: ListedEntry,
): void {
  const late = copiesOf(open.store, from.serial).flatMap(({ code }) =>
    eventsOfCopy(open.store, code).slice(eventsOfCopy(secret.store, code).length),
  );
  const names = distributionOf(secret.store, to.serial).length;
  const added = distributionOf(open.store, from.serial).slice(names);
  if (late.length === 0 && added.length === 0) return;
  vault.transaction(secret, () => {
    for (const event of late) addCopyEvent(secret.store, event);
    for (const row of added) addDistribution(secret.store, to.serial, row);
    vault.audit(secret, 'register.followed', to.incidentId, { register: to.serial, dispatch: to.dispatchId });
  });
}

/**
 * That a document is withdrawn is told in the open room; whoever has its copies in hand asks the protected register, which may
 * be open alone.
 */
function carryWithdrawal(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  { dispatchId, incidentId, serial }: ListedEntry,
): void {
  if (dispatchId === null || incidentId === null) return;
  const isWithdrawn = ({ event }: DispatchEventRow): boolean => event === 'withdrawn';
  const told = listEvents(open.store, dispatchId).find(isWithdrawn);
  if (!told || listEvents(secret.store, dispatchId).some(isWithdrawn)) return;
  vault.transaction(secret, () => {
    addEvent(secret.store, told, secret.actor.userId);
    vault.audit(secret, 'register.followed', incidentId, { register: serial, dispatch: dispatchId });
  });
}

/**
 * What is told of an expedition that has been moved stands in the open room; its copies stand in the protected one, which
 * may have been locked then. Lets them follow. Runs whenever both rooms are unlocked; done again it adds nothing.
 */
export function followMoved(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
): void {
  for (const dispatchId of listWithheld(open.store)) {
    const entry = findEntryOf(secret.store, dispatchId);
    if (!entry) continue;
    const former = findEntryOf(open.store, dispatchId);
    if (entry.formerly === null && former) {
      setFormer(secret.store, entry.serial, formerOf(former, entry.registeredAt));
    }
    carryWithdrawal(vault, open, secret, entry);
    const known = new Set(
      copiesOf(secret.store, entry.serial).flatMap(({ code }) =>
        eventsOfCopy(secret.store, code).map(({ dispatchSeq }) => dispatchSeq),
      ),
    );
    const late = listEvents(open.store, dispatchId).filter(
      ({ seq, event }) => event !== 'withdrawn' && !known.has(seq),
    );
    if (late.length === 0) continue;
    vault.transaction(secret, () => {
      const before = countEvents(secret.store, entry.serial);
      for (const step of late) followDispatch(secret.store, step);
      if (countEvents(secret.store, entry.serial) === before) return;
      vault.audit(secret, 'register.followed', entry.incidentId, {
        register: entry.serial,
        dispatch: dispatchId,
      });
    });
  }
}

const countEvents = (store: Store<Room>, serial: number): number =>
  copiesOf(store, serial).reduce((sum, { code }) => sum + eventsOfCopy(store, code).length, 0);

/** @returns the room that holds a copy and is unlocked now, or null */
export function roomOfCopy(vault: Vault, code: string): UnlockedRoom<Room> | null {
  return (
    [vault.room('protected'), vault.room('open')].find(
      (room): room is UnlockedRoom<'protected'> | UnlockedRoom<'open'> =>
        room !== null && findCopy(room.store as Store<Room>, code) !== null,
    ) ?? null
  );
}
