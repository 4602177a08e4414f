import { SigillError } from '../../shared/domain/error.ts';
import {
  designationOf,
  MOVE_RULES,
  readCode,
  whyNotMove,
  type CopyMove,
  type MoveDetails,
} from '../../shared/domain/register.ts';
import type { Marking } from '../../shared/domain/marking.ts';
import { isSameName } from '../../shared/domain/names.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { isKnown } from '../dispatches/repository.ts';
import { listExpeditions, recordEvent } from '../dispatches/service.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { isAcknowledged, isOutside, isSettled, roomOfCopy } from './follow.ts';
import { requireEntry } from './numbering.ts';
import {
  addCopyEvent,
  addDistribution,
  copiesOf,
  distributionOf,
  eventsOfCopy,
  findCopy,
  findEntryOf,
  setWords,
  strikeDistribution,
  type DistributionRow,
  type ListedEntry,
} from './repository.ts';
import { viewEntries, viewEntry, type CopyView, type EntryView } from './view.ts';

/** What a person does with the register. */

/** Every document of a room, by number. @throws SigillError `unlock` */
export function listRegister(vault: Vault, rules: RulePack, room: Room): EntryView[] {
  return viewEntries(vault.requireRoom<Room>(room).store, rules);
}

/**
 * @returns the number that stands on the papers of an expedition, as far as the unlocked rooms know it: that of the open register
 *   where it had one, which it keeps on paper also when it has been moved; null where it has none
 */
export function numberOnPaper(vault: Vault, dispatchId: string): string | null {
  const rooms: readonly (UnlockedRoom<Room> | null)[] = [vault.room('open'), vault.room('protected')];
  const entry = rooms
    .map((room) => room && findEntryOf(room.store, dispatchId))
    .find((found) => found !== null);
  return entry ? designationOf(entry.formerly ?? entry) : null;
}

/** A copy and the document it is of. */
export interface FoundCopy {
  readonly entry: EntryView;
  readonly copy: CopyView;
  readonly distribution: readonly DistributionRow[];
}

const UNKNOWN =
  'Ingen handling i de rum som är upplåsta har den koden. Läs av den igen, eller lås upp skyddade rummet om exemplaret hör dit.';

/**
 * The copy that a code on a paper stands for.
 * @param code as a scanner or a person wrote it
 * @throws SigillError `usage` for what is no code, or none of a copy in the rooms that are open
 */
export function findByCode(vault: Vault, rules: RulePack, code: string): FoundCopy {
  const { store, copy, entry } = requireCopy(vault, code);
  const view = viewEntry(store, rules, entry);
  const found = view.copies.find((one) => one.code === copy.code);
  if (!found) throw new TypeError('A copy without its document.');
  return { entry: view, copy: found, distribution: distributionOf(store, entry.serial) };
}

function requireCopy(vault: Vault, text: string) {
  const code = readCode(text);
  if (code === null)
    throw new SigillError(
      'usage',
      'Det är ingen kod från registret. Den har tolv tecken, bokstäver och siffror.',
    );
  const unlocked = roomOfCopy(vault, code);
  const copy = unlocked && findCopy(unlocked.store, code);
  if (!unlocked || !copy) throw new SigillError('usage', UNKNOWN);
  return { unlocked, store: unlocked.store, copy, entry: requireEntry(unlocked.store, copy.serial) };
}

/** Every copy that is handed out without a kvittens, in the rooms that are open; what has waited the longest first. */
export function listOutstanding(
  vault: Vault,
  rules: RulePack,
): { readonly entry: EntryView; readonly copy: CopyView; readonly since: string }[] {
  return vault
    .unlockedRooms()
    .flatMap(({ room }) => listRegister(vault, rules, room))
    .flatMap((entry) =>
      entry.copies.flatMap((copy) =>
        copy.outstandingSince === null ? [] : [{ entry, copy, since: copy.outstandingSince }],
      ),
    )
    .sort(
      (one, other) =>
        Date.parse(one.since) - Date.parse(other.since) || one.entry.serial - other.entry.serial,
    );
}

const trimmed = (text: string | null): string | null => text?.normalize('NFC').trim() || null;

/**
 * Tells what became of a copy. Where that says of every copy that it was sent, or acknowledged, the expedition follows.
 * @param at when it happened, ISO 8601
 * @throws SigillError `usage` where the state of the copy or what was told does not allow it; nothing is stored
 */
export function moveCopy(vault: Vault, code: string, move: CopyMove, at: string, details: MoveDetails): void {
  const { unlocked, store, copy, entry } = requireCopy(vault, code);
  const recordedAt = vault.now().toISOString();
  const course = {
    level: entry.level,
    createdAt: entry.registeredAt,
    events: eventsOfCopy(store, copy.code),
  };
  const fault = whyNotMove(course, move, at, details, unlocked.actor.name, recordedAt);
  if (fault !== null) throw new SigillError('usage', fault);
  if (move === 'hand-out') requireMayHandOut(entry, distributionOf(store, entry.serial), details);
  // A scanner writes where the cursor stands, and presses Enter: what it wrote is nobody.
  if (
    [details.witness, details.holder].some(
      (name) => name !== null && /^\S*\d\S*$/.test(name.trim()) && readCode(name) !== null,
    )
  )
    throw new SigillError(
      'usage',
      'Det är en kod från ett papper, inte ett namn. Skriv vem det är. Inget har registrerats.',
    );
  const event = {
    code: copy.code,
    move,
    state: MOVE_RULES[move].to,
    at: new Date(at).toISOString(),
    holder: move === 'hand-out' ? trimmed(details.holder) : null,
    external: move === 'hand-out' && details.external,
    how: move === 'destroy' ? details.how : null,
    witness: move === 'destroy' ? trimmed(details.witness) : null,
    note: trimmed(details.note),
  };
  const isMoved =
    unlocked.room === 'protected' && entry.dispatchId !== null && isKnownInOpen(vault, entry.dispatchId);
  vault.transaction(unlocked, () => {
    addCopyEvent(store, { ...event, dispatchSeq: null, recordedAt, recordedBy: unlocked.actor.name });
    const { code: _code, ...told } = event;
    vault.audit(unlocked, `copy.${move}`, entry.incidentId, {
      register: entry.serial,
      copy: copy.code,
      ...told,
    });
    if (!isMoved) tellExpedition(vault, unlocked, entry, event.at);
  });
  // What became of an expedition that was moved stands in the open room, which has a transaction of its own.
  if (isMoved) tellExpedition(vault, unlocked, entry, event.at);
}

/**
 * @throws SigillError `usage` for a document that was withdrawn, and for somebody in the house who is not on its distributionslista
 *   where it has one and no reason is given
 */
function requireMayHandOut(
  { withdrawn }: ListedEntry,
  list: readonly DistributionRow[],
  { holder, external, note }: MoveDetails,
): void {
  if (withdrawn) {
    throw new SigillError(
      'usage',
      'Handlingen är makulerad och lämnas inte ut. Gör en ny expediering om den ska sändas; förstör annars exemplaret.',
    );
  }
  const named = list.filter(({ name }) => isSameName(name, holder ?? ''));
  if (named.some(({ struckAt }) => struckAt === null)) return;
  // One who was struck may not have it, wherever he is; the recipient of the document need not be on the list.
  if (named.length === 0 && (external || list.length === 0)) return;
  if (trimmed(note) !== null) return;
  throw new SigillError(
    'usage',
    `${holder ?? ''} ${named.length > 0 ? 'är struken från' : 'står inte på'} handlingens distributionslista. Lägg till namnet där, ` +
      'eller skriv i anteckningen varför exemplaret lämnas ut ändå.',
  );
}

function isKnownInOpen(vault: Vault, dispatchId: string): boolean {
  const open = vault.room('open');
  return open !== null && isKnown(open.store, dispatchId);
}

/**
 * When all copies that are to go are with their recipients, the document is sent; when all of these have acknowledged it, so is it
 * receipted. A copy that is kept, has come back, is gone or destroyed is waited for no more.
 */
function tellExpedition(vault: Vault, { store }: UnlockedRoom<Room>, entry: ListedEntry, at: string): void {
  const { dispatchId, incidentId } = entry;
  if (dispatchId === null || incidentId === null || !vault.room('open')) return;
  const expedition = listExpeditions(vault, incidentId).find(({ id }) => id === dispatchId);
  if (!expedition) return;
  const courses = copiesOf(store, entry.serial).map(({ code }) => eventsOfCopy(store, code));
  if (!courses.some(isOutside) || !courses.every((events) => isOutside(events) || isSettled(events))) return;
  const latest = courses.flat().reduce((last, event) => (event.at > last ? event.at : last), at);
  const isWhole =
    courses.some(isAcknowledged) && courses.every((events) => isAcknowledged(events) || isSettled(events));
  const tell = (event: 'sent' | 'receipted'): boolean => {
    const now = listExpeditions(vault, incidentId).find(({ id }) => id === dispatchId);
    if (!now?.possible.includes(event)) return false;
    recordEvent(vault, dispatchId, event, latest, null);
    return true;
  };
  if (expedition.state === 'made' && expedition.way !== 'utskrift') tell('sent');
  if (isWhole) tell('receipted');
}

/**
 * Changes what a document is said to be about and with whom, and what of it the extract leaves out. Its number stays.
 * @throws SigillError `usage` where the row is kept apart
 */
export function changeWords(
  vault: Vault,
  rules: RulePack,
  room: Room,
  serial: number,
  words: {
    readonly correspondent: string | null;
    readonly summary: string | null;
    readonly omitCorrespondent: boolean;
    readonly omitSummary: boolean;
  },
): EntryView {
  const unlocked = vault.requireRoom<Room>(room);
  const entry = requireEntry(unlocked.store, serial);
  if (entry.withheld)
    throw new SigillError('usage', 'Uppgifterna på raden hålls åtskilda och ändras inte här.');
  vault.transaction(unlocked, () => {
    setWords(unlocked.store, serial, {
      ...words,
      correspondent: trimmed(words.correspondent),
      summary: trimmed(words.summary),
    });
    vault.audit(unlocked, 'register.words', entry.incidentId, {
      register: serial,
      omitCorrespondent: words.omitCorrespondent,
      omitSummary: words.omitSummary,
    });
  });
  return viewEntry(unlocked.store, rules, requireEntry(unlocked.store, serial));
}

/** @returns who stands on the distributionslista of a document, struck names too. @throws SigillError `usage` */
export function distributionOfEntry(vault: Vault, room: Room, serial: number): DistributionRow[] {
  const { store } = vault.requireRoom<Room>(room);
  const entry = requireEntry(store, serial);
  if (entry.withheld) {
    throw new SigillError(
      'usage',
      'Uppgifterna på raden hålls åtskilda: distributionslistan står i skyddade rummets register. Lås upp det.',
    );
  }
  return distributionOf(store, serial);
}

/** Puts a name on the distributionslista of a document. @throws SigillError `usage` without a name */
export function addToDistribution(vault: Vault, room: Room, serial: number, name: string): DistributionRow[] {
  const unlocked = vault.requireRoom<Room>(room);
  const entry = requireEntry(unlocked.store, serial);
  const wanted = trimmed(name);
  if (wanted === null) throw new SigillError('usage', 'Skriv namnet på den som får ha handlingen.');
  const rows = distributionOf(unlocked.store, serial);
  if (entry.withheld)
    throw new SigillError('usage', 'Uppgifterna på raden hålls åtskilda och ändras inte här.');
  if (rows.some((row) => row.name === wanted && row.struckAt === null)) {
    throw new SigillError('usage', 'Namnet står redan på distributionslistan.');
  }
  vault.transaction(unlocked, () => {
    addDistribution(unlocked.store, serial, {
      position: (rows.at(-1)?.position ?? 0) + 1,
      name: wanted,
      addedAt: vault.now().toISOString(),
      addedBy: unlocked.actor.name,
      struckAt: null,
      struckBy: null,
    });
    vault.audit(unlocked, 'register.distribution', entry.incidentId, { register: serial, added: wanted });
  });
  return distributionOf(unlocked.store, serial);
}

/** Strikes a name: it stays on the list, with the day. @throws SigillError `usage` */
export function strikeFromDistribution(
  vault: Vault,
  room: Room,
  serial: number,
  position: number,
): DistributionRow[] {
  const unlocked = vault.requireRoom<Room>(room);
  const entry = requireEntry(unlocked.store, serial);
  const row = distributionOf(unlocked.store, serial).find((one) => one.position === position);
  if (!row || row.struckAt !== null)
    throw new SigillError('usage', 'Namnet står inte på listan, eller är redan struket.');
  vault.transaction(unlocked, () => {
    strikeDistribution(unlocked.store, serial, position, vault.now().toISOString(), unlocked.actor.name);
    vault.audit(unlocked, 'register.distribution', entry.incidentId, { register: serial, struck: row.name });
  });
  return distributionOf(unlocked.store, serial);
}

/** A row of the destruktionsliggare, marked as what was destroyed. */
export interface Destruction {
  readonly marking: Marking;
  readonly designation: string;
  readonly at: string;
  readonly how: string | null;
  readonly by: string;
  readonly witness: string | null;
  readonly note: string | null;
  /** Why it was no destruction after all; null where it was one. */
  readonly corrected: { readonly at: string; readonly by: string; readonly note: string | null } | null;
}

/** What has been destroyed of a room's copies, the first one first. */
export function listDestroyedCopies(entries: readonly EntryView[]): Destruction[] {
  return entries
    .flatMap(({ copies, marking }) => copies.map((copy) => ({ ...copy, marking })))
    .flatMap(({ designation, events, marking }) =>
      events.flatMap((event, index) => {
        if (event.move !== 'destroy') return [];
        const { at, how, recordedBy, witness, note } = event;
        // Nothing else can follow a destruction.
        const after = events[index + 1];
        const told = {
          marking,
          designation,
          at,
          how,
          by: recordedBy,
          witness,
          note,
          corrected: after ? { at: after.at, by: after.recordedBy, note: after.note } : null,
        };
        return [told];
      }),
    )
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
