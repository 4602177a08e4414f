import {
  awaitsReceipt,
  possibleEvents,
  stateOf,
  whyNot,
  whyNotNumber,
  type DispatchCourse,
  type DispatchEventKind,
  type DispatchNumberKind,
  type DispatchState,
} from '../../shared/domain/dispatch.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { sentAt } from '../../shared/domain/receivers.ts';
import type { Level, Marking } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportVersion } from '../../shared/domain/report.ts';
import type { Room } from '../../shared/domain/room.ts';
import {
  countOutside,
  countUnacknowledged,
  followDispatch,
  followMoved,
  isGone,
  isKeptApart,
  whoHasCopies,
} from '../register/follow.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import {
  addEvent,
  addNumber,
  findDispatch,
  isKnown,
  listDispatches,
  listEvents,
  listNumbers,
  listUnfinished,
  readDocument,
  type DispatchEventRow,
  type DispatchNumberRow,
  type ListedDispatch,
} from './repository.ts';

/** What an expedition tells of itself: to whom and by what, and no facts. What a way has no word of is not there. */
export interface DispatchDetails {
  /** As the document was marked when it was made. */
  readonly marking: Marking;
  /** What an open version let through; null in a full one. */
  readonly openLevel: Level | null;
  /** Personal data was masked by choice. */
  readonly masked?: boolean;
  /** Fingerprints of the keys that an e-mail was encrypted to. */
  readonly recipients?: readonly string[];
  /** Whose they were, as they were called then; not there for what was sent before that was kept. */
  readonly recipientNames?: readonly string[];
  /** A recipient of the rules, or as the person wrote it. */
  readonly recipient?: string | null;
  readonly carriage?: string;
  readonly copies?: number;
  readonly securityBag?: string | null;
  readonly consignment?: string | null;
  readonly medium?: string | null;
  readonly grade?: string | null;
  /** The profile that what goes by signalskydd was made to. */
  readonly profile?: string;
  /** The column of the channel table that a portal was asked for by. */
  readonly channel?: string;
  /** Handed in by the reserve procedure. */
  readonly reserve?: boolean;
  /** The expedition that it corrects, by its id. */
  readonly corrects?: string;
}

/** An expedition as a person sees it, over the rooms that are open. */
export interface Expedition extends Omit<ListedDispatch, 'details' | 'isDraft' | 'hasDocument'> {
  readonly draft: boolean;
  readonly details: DispatchDetails;
  /** Whether the document as it was sent can be read now. */
  readonly hasDocument: boolean;
  readonly state: DispatchState;
  readonly awaitsReceipt: boolean;
  readonly possible: readonly DispatchEventKind[];
  readonly events: readonly Omit<DispatchEventRow, 'dispatchId' | 'seq'>[];
  /** Every number that was told of its copies afterwards, in order: what stood there before stays. */
  readonly numbers: readonly Omit<DispatchNumberRow, 'dispatchId' | 'seq'>[];
}

function describe(
  row: ListedDispatch,
  events: readonly DispatchEventRow[],
  numbers: readonly DispatchNumberRow[],
): Expedition {
  const { details: raw, isDraft: draft, ...rest } = row;
  const details = JSON.parse(raw) as DispatchDetails;
  const course: DispatchCourse = {
    way: row.way,
    draft,
    carriage: details.carriage ?? null,
    madeAt: row.madeAt,
    events,
  };
  return {
    ...rest,
    draft,
    details,
    state: stateOf(course),
    awaitsReceipt: awaitsReceipt(course),
    possible: possibleEvents(course),
    events: events.map(({ dispatchId: _dispatch, seq: _seq, ...event }) => event),
    numbers: numbers.map(({ dispatchId: _dispatch, seq: _seq, ...number }) => number),
  };
}

type Rooms = readonly [UnlockedRoom<'open'>, UnlockedRoom<'protected'> | null];

/** @throws SigillError `unlock` without the open room: from the protected one alone a list would pass for whole */
function roomsOf(vault: Vault): Rooms {
  return [vault.requireRoom('open'), vault.room('protected')];
}

/** What was told of an expedition that has been moved stands in the open room, where it was told before. */
function describeFrom([open, secret]: Rooms, row: ListedDispatch): Expedition {
  const room: UnlockedRoom<Room> = secret && !isKnown(open.store, row.id) ? secret : open;
  return describe(row, listEvents(room.store, row.id), listNumbers(room.store, row.id));
}

function newestFirst(one: Expedition, other: Expedition): number {
  return Date.parse(other.madeAt) - Date.parse(one.madeAt) || (one.id < other.id ? -1 : 1);
}

/**
 * What has been made to be sent of an incident, the newest first. A row that has been moved to the protected room stands
 * in both; the protected one is shown. Documents are never read.
 * @throws SigillError `unlock` without the open room
 */
export function listExpeditions(vault: Vault, incident: IncidentId): Expedition[] {
  const rooms = roomsOf(vault);
  const rows = rooms
    .filter((room) => room !== null)
    .flatMap((room) => listDispatches(room.store, incident).map((row) => [row.id, row] as const));
  return [...new Map(rows).values()].map((row) => describeFrom(rooms, row)).sort(newestFirst);
}

/**
 * The expeditions of every incident that are on their way and of which nothing is known yet that ends them, the newest
 * first. Cheap, however many have been ended.
 * @throws SigillError `unlock` without the open room
 */
export function listAwaiting(vault: Vault): Expedition[] {
  const rooms = roomsOf(vault);
  const [open, secret] = rooms;
  const rows = new Map(listUnfinished(open.store).map((row) => [row.id, row]));
  for (const row of secret ? listUnfinished(secret.store) : []) {
    // Moved, and ended in the open room, where its events stand.
    if (!rows.has(row.id) && isKnown(open.store, row.id)) continue;
    rows.set(row.id, row);
  }
  return [...rows.values()].map((row) => describeFrom(rooms, row)).sort(newestFirst);
}

/** The room in which an expedition's events stand: the open one where it knows of it. */
function roomOfEvents(vault: Vault, id: string): UnlockedRoom<Room> {
  const rooms: readonly (UnlockedRoom<Room> | null)[] = roomsOf(vault);
  const room = rooms.find((candidate) => candidate && isKnown(candidate.store, id));
  if (!room) {
    throw new SigillError(
      'usage',
      'Expedieringen finns inte i de rum som är upplåsta. Lås upp skyddade rummet om den ligger där.',
    );
  }
  return room;
}

/**
 * Tells what became of an expedition. Nothing that was told before is changed.
 * @param at when it happened, ISO 8601
 * @param note says nothing of the content; needed where the expedition is withdrawn
 * @throws SigillError `usage` where it is out of order, in the future, before what was told last, or the kvittens of an expedition
 *   of which several copies are waited for, or of one that has no copy left; nothing is stored
 */
export function recordEvent(
  vault: Vault,
  id: string,
  event: DispatchEventKind,
  at: string,
  note: string | null,
): Expedition {
  const room = roomOfEvents(vault, id);
  const row = findDispatch(room.store, id);
  if (!row) throw new TypeError('A dispatch that was found is gone.');
  const read = (): Expedition => describe(row, listEvents(room.store, id), listNumbers(room.store, id));
  const current = read();
  const recordedAt = vault.now().toISOString();
  const course = { ...current, carriage: current.details.carriage ?? null };
  const fault = whyNot(course, event, at, note, recordedAt);
  if (fault !== null) throw new SigillError('usage', fault);
  if (event !== 'withdrawn' && isKeptApart(vault, id)) {
    throw new SigillError(
      'unlock',
      'Handlingens exemplar står i skyddade rummets register, där det syns var de är och vilka som är kvitterade. Lås upp skyddade rummet ' +
        'och registrera det då. Inget har ändrats.',
    );
  }
  if (event !== 'withdrawn' && isGone(vault.unlockedRooms(), id)) {
    throw new SigillError(
      'usage',
      'Inget exemplar finns kvar enligt registret: de är förstörda eller saknas. Rätta först exemplaret under Handlingar, eller ' +
        'makulera expedieringen. Inget har ändrats.',
    );
  }
  const out = event === 'withdrawn' && row.way === 'kuvert' ? countOutside(vault.unlockedRooms(), id) : 0;
  if (out > 0) {
    throw new SigillError(
      'usage',
      `${out === 1 ? 'Ett exemplar är' : `${out} exemplar är`} hos mottagaren utan kvittens. Registrera först under Handlingar vad som hänt med ` +
        `${out === 1 ? 'det' : 'dem'}: kvittens, återlämnat eller saknas. Inget har ändrats.`,
      [],
      'sigill register move',
    );
  }
  const holders =
    event === 'withdrawn' || event === 'handed-over' ? [] : whoHasCopies(vault.unlockedRooms(), id);
  if (holders.length > 0) {
    throw new SigillError(
      'usage',
      `${holders.length === 1 ? 'Ett exemplar är utlämnat' : `${holders.length} exemplar är utlämnade`} i huset, till ${holders.join(', ')}, och ` +
        'har inte gått till mottagaren. Registrera först under Handlingar att det är återlämnat. Inget har ändrats.',
      [],
      'sigill register move',
    );
  }
  const waiting = event === 'receipted' ? countUnacknowledged(vault.unlockedRooms(), id) : 0;
  if (waiting > 1) {
    throw new SigillError(
      'usage',
      `${waiting} exemplar är inte kvitterade, och varje exemplar har sin kvittens. Registrera dem under Handlingar, ` +
        'fliken Kvittenser: när alla har kommit är expedieringen kvitterad. Inget har ändrats.',
      [],
      'sigill register move',
    );
  }
  const instant = new Date(at).toISOString();
  const written = note?.trim() || null;
  vault.transaction(room, () => {
    addEvent(
      room.store,
      { dispatchId: id, event, at: instant, note: written, recordedAt },
      room.actor.userId,
    );
    const told = listEvents(room.store, id).at(-1);
    if (told) followDispatch(room.store, told);
    vault.audit(room, `dispatch.${event}`, row.incidentId, {
      incident: row.incidentId,
      dispatch: id,
      event,
      at: instant,
      note: written,
    });
  });
  const [open, secret] = roomsOf(vault);
  if (secret) followMoved(vault, open, secret);
  return read();
}

/** @returns the number that stands for a copy now: what was told last, else what was known when the papers were made */
export function currentNumber(
  { details, numbers }: Pick<Expedition, 'details' | 'numbers'>,
  copy: number,
  kind: DispatchNumberKind,
): string | null {
  const told = numbers.findLast((one) => one.copy === copy && one.kind === kind);
  if (told) return told.number;
  // What was written before the papers were made is the first copy's.
  const made = kind === 'security-bag' ? details.securityBag : details.consignment;
  return copy === 1 ? (made ?? null) : null;
}

/**
 * Tells the number of a copy's security bag or consignment, before it is handed in or afterwards. What stood there stays in
 * the list with who wrote it; neither the document nor its papers are changed.
 * @param number null: there is none, after all
 * @param reason why another number is written; not needed for the first one
 * @throws SigillError `usage` for what cannot be a number of that copy, or without a reason for a change; nothing is stored
 */
export function tellNumber(
  vault: Vault,
  id: string,
  { copy, kind, number, reason }: Pick<DispatchNumberRow, 'copy' | 'kind' | 'number' | 'reason'>,
): Expedition {
  const room = roomOfEvents(vault, id);
  const row = findDispatch(room.store, id);
  if (!row) throw new TypeError('A dispatch that was found is gone.');
  const read = (): Expedition => describe(row, listEvents(room.store, id), listNumbers(room.store, id));
  const current = read();
  const wanted = number?.normalize('NFC').trim() || null;
  const before = currentNumber(current, copy, kind);
  const why = reason?.trim() || null;
  const course = { ...current, copies: current.details.copies ?? 1 };
  const fault = whyNotNumber(course, copy, wanted, before, why);
  if (fault !== null) throw new SigillError('usage', fault);
  vault.transaction(room, () => {
    const told = { copy, kind, number: wanted, reason: before === null ? null : why };
    const recordedAt = vault.now().toISOString();
    addNumber(room.store, { dispatchId: id, ...told, recordedAt }, room.actor.userId);
    const audited = { incident: row.incidentId, dispatch: id, ...told, before };
    vault.audit(room, 'dispatch-number.told', row.incidentId, audited);
  });
  return read();
}

/**
 * One expedition and its document as it was kept.
 * @throws SigillError `usage` where it is not in the rooms that are unlocked, or its document has been moved
 */
export function requireDocument(
  vault: Vault,
  id: string,
): { expedition: Expedition; document: ReportDocument } {
  const rooms = roomsOf(vault);
  const found = rooms.filter((room) => room !== null).find(({ store }) => readDocument(store, id) !== null);
  const row = found ? findDispatch(found.store, id) : null;
  const content = found ? readDocument(found.store, id) : null;
  if (!row || content === null) {
    throw new SigillError(
      'usage',
      'Handlingen finns inte i de rum som är upplåsta. Lås upp skyddade rummet om den ligger där.',
    );
  }
  return { expedition: describeFrom(rooms, row), document: JSON.parse(content) as ReportDocument };
}

/** What was last sent of a form and version, and its document where it can be read now. */
export interface LastSent {
  readonly expedition: Expedition;
  readonly document: ReportDocument | null;
}

/** Which documents are meant. */
interface SentAs {
  readonly form: string;
  readonly version: ReportVersion;
  readonly openLevel: Level | null;
}

/**
 * The final expeditions of a form in a version, the newest first, that others have or may have: never one that was withdrawn, nor a
 * print or a portal's sheet that is still a paper in one's own hand.
 */
export function listSent(
  vault: Vault,
  incident: IncidentId,
  { form, version, openLevel }: SentAs,
): Expedition[] {
  return listExpeditions(vault, incident).filter(
    (candidate) =>
      !candidate.draft &&
      candidate.form === form &&
      candidate.version === version &&
      candidate.details.openLevel === openLevel &&
      candidate.state !== 'withdrawn' &&
      ((candidate.way !== 'utskrift' && candidate.way !== 'portal') || candidate.state !== 'made'),
  );
}

/**
 * The last expedition of {@link listSent} that has gone, as far as is told. Where none has been told to have gone, the last that was
 * made for others: a mail is sent outside Sigill, and that it was may be told late.
 * @param only that expedition, by its id, where it is one of them
 */
export function findLastSent(
  vault: Vault,
  incident: IncidentId,
  sent: SentAs,
  only?: string,
): LastSent | null {
  const candidates = listSent(vault, incident, sent).filter(({ id }) => only === undefined || id === only);
  const expedition = candidates.find((one) => sentAt(one) !== null) ?? candidates[0];
  if (!expedition) return null;
  const content = [vault.room('protected'), vault.room('open')]
    .filter((room) => room !== null)
    .map(({ store }) => readDocument(store, expedition.id))
    .find((found) => found !== null);
  return { expedition, document: content ? (JSON.parse(content) as ReportDocument) : null };
}
