import type { DispatchWay } from '../../shared/domain/dispatch.ts';
import type { Level, Marking } from '../../shared/domain/marking.ts';
import {
  copyState,
  designationOf,
  possibleMoves,
  receiptOutstandingSince,
  INCOMING_KIND_NAME,
  type CopyMove,
  type CopyState,
  type IncomingKind,
} from '../../shared/domain/register.ts';
import { LIST_TITLE } from '../../shared/domain/register-lists.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { Channel, Confidence, RulePack } from '../../shared/domain/rules.ts';
import { findDecision } from '../dispatches/repository.ts';
import { listKeys } from '../keys/repository.ts';
import type { Store } from '../store/store.ts';
import { bareMarking, entryMarking } from './marking.ts';
import {
  copiesOf,
  eventsOfCopy,
  findEntry,
  listCopies,
  listCopyEvents,
  listEntries,
  type CopyEventRow,
  type CopyRow,
  type ListedEntry,
} from './repository.ts';
import { toWhom, type Addressed } from '../../shared/domain/to-whom.ts';

/** The register as a person reads it: what the rows hold, with the names that forms and recipients have in the rules. */

export interface CopyView {
  readonly code: string;
  readonly number: number;
  /** "K7M2-9QXA-4D1F/001:1/2" */
  readonly designation: string;
  readonly state: CopyState;
  /** Who has it, where it is handed out. */
  readonly holder: string | null;
  /** Handed out to somebody outside the organisation. */
  readonly external: boolean;
  /** Since when a kvittens has been waited for; null where none is. */
  readonly outstandingSince: string | null;
  readonly possible: readonly CopyMove[];
  readonly events: readonly Omit<CopyEventRow, 'code' | 'seq' | 'dispatchSeq'>[];
}

export interface EntryView {
  readonly room: Room;
  readonly serial: number;
  readonly designation: string;
  /** The number it had in the open register, which stands on its papers. */
  readonly formerly: string | null;
  /** The expedition; null for what came in, and for a list of this register. */
  readonly dispatch: string | null;
  /** Null for a list. */
  readonly incident: string | null;
  readonly level: Level;
  readonly marking: Marking;
  /** What its papers say, where what it tells has been raised since then; null where they say its class. */
  readonly raised: { readonly from: Level; readonly at: string } | null;
  readonly registeredAt: string;
  readonly registeredBy: string;
  readonly withdrawn: boolean;
  /** What follows is null where the row is kept apart. */
  readonly withheld: boolean;
  readonly way: DispatchWay | null;
  readonly correspondent: string | null;
  readonly summary: string | null;
  readonly omitCorrespondent: boolean;
  readonly omitSummary: boolean;
  /** When it came in, as what, and the number of the document that it answers; null for what goes out. */
  readonly incoming: {
    readonly cameAt: string;
    readonly kind: IncomingKind;
    readonly answers: string | null;
  } | null;
  /** The decision that its sending rests on; null where it needed none. */
  readonly decision: DecisionView | null;
  readonly copies: readonly CopyView[];
}

/** Who decided that a document might go its way, when, why and by which rule. */
export interface DecisionView {
  readonly decider: 'anvandaren' | 'sakerhetsskyddschefen';
  readonly decidedBy: string;
  readonly secondBy: string | null;
  readonly at: string;
  readonly reason: string;
  readonly recordedBy: string;
  /** What asked for it: one row for each channel. */
  readonly rules: readonly {
    readonly channel: Channel;
    readonly reason: string;
    readonly provision: string | null;
    readonly confidence: Confidence;
    readonly conditions: readonly string[];
  }[];
}

function decisionView(store: Store<Room>, dispatchId: string): DecisionView | null {
  const row = findDecision(store, dispatchId);
  if (!row) return null;
  const { dispatchId: _dispatch, documentHash: _hash, rules, ...told } = row;
  return { ...told, rules: JSON.parse(rules) as DecisionView['rules'] };
}

function copyView(entry: ListedEntry, { code, number }: CopyRow, events: readonly CopyEventRow[]): CopyView {
  const state = copyState({ events });
  const handedOut = state === 'utlamnad' ? events.findLast(({ move }) => move === 'hand-out') : undefined;
  return {
    code,
    number,
    designation: designationOf(entry, number),
    state,
    holder: handedOut?.holder ?? null,
    external: handedOut?.external ?? false,
    outstandingSince: receiptOutstandingSince({ events }),
    possible: possibleMoves({ events }).filter((move) => move !== 'hand-out' || !entry.withdrawn),
    events: events.map(({ code: _code, seq: _seq, dispatchSeq: _dispatchSeq, ...event }) => event),
  };
}

/** What its papers say, where they say less than it is marked now. */
function raisedOf({ level, registeredLevel, reclassedAt, formerly }: ListedEntry): EntryView['raised'] {
  if (formerly !== null) return { from: formerly.level, at: reclassedAt ?? formerly.at };
  return reclassedAt === null || level === registeredLevel
    ? null
    : { from: registeredLevel, at: reclassedAt };
}

type NameOf = (text: string | null) => string | null;

function incomingView(store: Store<Room>, entry: ListedEntry): EntryView['incoming'] {
  if (entry.cameAt === null || entry.incomingKind === null) return null;
  const answered = entry.answersSerial === null ? null : findEntry(store, entry.answersSerial);
  return { cameAt: entry.cameAt, kind: entry.incomingKind, answers: answered && designationOf(answered) };
}

function entryView(
  store: Store<Room>,
  rules: RulePack,
  nameOf: NameOf,
  entry: ListedEntry,
  copies: readonly CopyView[],
): EntryView {
  const { room } = store;
  const details = JSON.parse(entry.details ?? '{}') as Addressed;
  const { serial, level, withdrawn, withheld, registeredAt, registeredBy } = entry;
  const known = {
    room,
    serial,
    level,
    withdrawn,
    withheld,
    registeredAt,
    registeredBy,
    designation: designationOf(entry),
    formerly: entry.formerly && designationOf(entry.formerly),
    raised: raisedOf(entry),
    dispatch: entry.dispatchId,
    incident: entry.incidentId,
    omitCorrespondent: entry.omitCorrespondent,
    omitSummary: entry.omitSummary,
  };
  if (withheld) {
    return {
      ...known,
      marking: bareMarking(level),
      way: null,
      ...{ correspondent: null, summary: null, incoming: null, decision: null, copies: [] },
    };
  }
  const told = nameOf(toWhom(details));
  return {
    ...known,
    marking: entryMarking(entry),
    way: entry.way,
    correspondent: entry.correspondent ?? told,
    summary: entry.summary ?? summaryOf(rules, entry),
    incoming: incomingView(store, entry),
    decision: entry.dispatchId === null ? null : decisionView(store, entry.dispatchId),
    copies,
  };
}

/** What a document is, where nobody has written it: its form, what it came in as, or which list of this register it is. */
function summaryOf(rules: RulePack, { form, incomingKind, list }: ListedEntry): string | null {
  if (list !== null) return `Utskrift: ${LIST_TITLE[list]}`;
  if (form === null) return incomingKind && INCOMING_KIND_NAME[incomingKind];
  return rules.forms.get(form)?.name ?? form;
}

/** Every document of a room, by number, with its copies. */
export function viewEntries(store: Store<Room>, rules: RulePack): EntryView[] {
  const events = Map.groupBy(listCopyEvents(store), ({ code }) => code);
  const copies = Map.groupBy(listCopies(store), ({ serial }) => serial);
  const nameOf = namesOf(store, rules);
  return listEntries(store).map((entry) =>
    entryView(
      store,
      rules,
      nameOf,
      entry,
      (copies.get(entry.serial) ?? []).map((copy) =>
        named(nameOf, copyView(entry, copy, events.get(copy.code) ?? [])),
      ),
    ),
  );
}

/** One document. */
export function viewEntry(store: Store<Room>, rules: RulePack, entry: ListedEntry): EntryView {
  const nameOf = namesOf(store, rules);
  const copies = copiesOf(store, entry.serial).map((copy) =>
    named(nameOf, copyView(entry, copy, eventsOfCopy(store, copy.code))),
  );
  return entryView(store, rules, nameOf, entry, copies);
}

/**
 * Names for what a row stores of recipients: the id of one in the rules, the fingerprint of a key, or what a person wrote.
 * The keys lie in the open room.
 */
function namesOf(store: Store<Room>, rules: RulePack): NameOf {
  const keys = store.room === 'open' ? listKeys(store as Store<'open'>) : [];
  const known = new Map(
    keys.map(({ fingerprint, emails, userIds }) => [fingerprint, emails[0] ?? userIds[0]]),
  );
  const nameOf = (one: string): string => rules.recipients.get(one)?.name ?? known.get(one) ?? one;
  return (text) => text && text.split(', ').map(nameOf).join(', ');
}

function named(nameOf: NameOf, copy: CopyView): CopyView {
  return {
    ...copy,
    holder: nameOf(copy.holder),
    events: copy.events.map((event) => ({ ...event, holder: nameOf(event.holder) })),
  };
}
