import { SigillError } from '../../../shared/domain/error.ts';
import { isAtMost, LEVEL_NAME, type Level } from '../../../shared/domain/marking.ts';
import { isSameName } from '../../../shared/domain/names.ts';
import {
  designationOf,
  MEDIUM_EVENT_NAME,
  possibleMediumEvents,
  readCode,
  NEVER_MADE,
  whyNotWitness,
  type DestructionWay,
  type MediumEvent,
  type MediumKind,
} from '../../../shared/domain/register.ts';
import { roomOf, type Room } from '../../../shared/domain/room.ts';
import type { UnlockedRoom, Vault } from '../../vault/session.ts';
import { requireBelowCeiling } from '../../incidents/items.ts';
import { makeCode } from '../code.ts';
import { numbersOf } from '../numbering.ts';
import { listEntries } from '../repository.ts';
import {
  addMediumEvent,
  insertMedium,
  listMedia,
  listMediumEvents,
  type MediumEventRow,
  type MediumRow,
} from './repository.ts';

/** Storage media: what each is called, how it is classed, what was written to it, and how it came to its end. */

export interface Medium extends MediumRow {
  readonly room: Room;
  readonly events: readonly Omit<MediumEventRow, 'code'>[];
  readonly possible: readonly MediumEvent[];
}

/** Every medium of a room, by label. */
export function mediaOf({ room, store }: UnlockedRoom<Room>): Medium[] {
  const events = Map.groupBy(listMediumEvents(store), ({ code }) => code);
  return listMedia(store).map((row) => {
    const told = events.get(row.code) ?? [];
    return {
      ...row,
      room,
      events: told.map(({ code: _code, ...event }) => event),
      possible: possibleMediumEvents(told),
    };
  });
}

/**
 * Registers a medium in the room of its class.
 * @throws SigillError `usage` without a label, or where another has it; `policy` above the ceiling; `unlock`
 */
export function addMedium(vault: Vault, label: string, kind: MediumKind, level: Level): Medium {
  requireBelowCeiling(vault, level);
  const unlocked = vault.requireRoom<Room>(roomOf(level));
  const wanted = label.normalize('NFC').trim();
  if (wanted === '') throw new SigillError('usage', 'Skriv mediets beteckning, som den står på etiketten.');
  if (mediaLabelled(vault, wanted).length > 0) {
    throw new SigillError('usage', 'Ett annat medium har den beteckningen. Välj en annan.');
  }
  const code = makeCode();
  vault.transaction(unlocked, () => {
    const registeredAt = vault.now().toISOString();
    insertMedium(unlocked.store, { code, label: wanted, kind, level, registeredAt }, unlocked.actor.userId);
    vault.audit(unlocked, 'medium.added', null, { medium: code, label: wanted, kind, level });
  });
  return requireMedium(unlocked, code);
}

function requireMedium(unlocked: UnlockedRoom<Room>, code: string): Medium {
  const found = mediaOf(unlocked).find((medium) => medium.code === code);
  if (!found) throw new SigillError('usage', 'Mediet finns inte i registret i de rum som är upplåsta.');
  return found;
}

export interface MediumDetails {
  readonly what: string | null;
  readonly how: DestructionWay | null;
  readonly witness: string | null;
}

/** Tells what became of a medium. @throws SigillError `usage` where that cannot be; nothing is stored */
export function recordMediumEvent(
  vault: Vault,
  code: string,
  event: MediumEvent,
  at: string,
  { what, how, witness }: MediumDetails,
): Medium {
  const unlocked = vault
    .unlockedRooms()
    .find(({ store }) => listMedia(store).some((medium) => medium.code === code));
  if (!unlocked) throw new SigillError('usage', 'Mediet finns inte i registret i de rum som är upplåsta.');
  const medium = requireMedium(unlocked, code);
  const recordedAt = vault.now().toISOString();
  const fault = whyNot(medium, event, at, { what, how, witness }, unlocked.actor.name, recordedAt);
  if (fault !== null) throw new SigillError('usage', fault);
  if (event === 'written') requireMayHold(vault, medium, what ?? '');
  vault.transaction(unlocked, () => {
    const row = {
      event,
      at: new Date(at).toISOString(),
      what: what?.trim() || null,
      how: event === 'destroyed' || event === 'wiped' ? how : null,
      witness: event === 'destroyed' ? witness?.trim() || null : null,
    };
    addMediumEvent(unlocked.store, { code, recordedAt, ...row }, unlocked.actor.userId);
    vault.audit(unlocked, `medium.${event}`, null, { medium: code, ...row });
  });
  return requireMedium(unlocked, code);
}

/**
 * A medium is handled as its class says, and its list is read by all who may know of it: neither holds for a document above it.
 * @throws SigillError `policy` where a document that is named is classified higher than the medium, as far as the open rooms know
 */
function requireMayHold(vault: Vault, medium: Medium, what: string): void {
  if (readCode(what) !== null) {
    throw new SigillError(
      'usage',
      'Det är en kod från ett papper. Skriv handlingens nummer. Inget har registrerats.',
    );
  }
  const named = vault
    .unlockedRooms()
    .flatMap(({ store }) => listEntries(store))
    .filter((entry) => numbersOf(entry).some((numbered) => namesNumber(what, designationOf(numbered))));
  const above = named.find(({ level }) => !isAtMost(level, medium.level));
  if (!above) return;
  throw new SigillError(
    'policy',
    `${designationOf(above)} är ${LEVEL_NAME[above.level]} och mediet ${medium.label} är ${LEVEL_NAME[medium.level]}. Det som är skrivet till ett ` +
      'medium får inte ha högre klass än mediet. Hantera det som handlingens klass kräver, och registrera ett medium av den klassen. ' +
      'Inget har registrerats.',
  );
}

/** Whether a text names a document, and not one whose number only begins alike. */
function namesNumber(text: string, designation: string): boolean {
  const [told, number] = [text.toLocaleUpperCase('sv'), designation.toLocaleUpperCase('sv')];
  for (let at = told.indexOf(number); at >= 0; at = told.indexOf(number, at + 1)) {
    if (!/^[\p{L}\p{N}]/u.test(told.slice(at + number.length))) return true;
  }
  return false;
}

const toMinute = (instant: string): number => Math.floor(Date.parse(instant) / 60_000);

function whyNot(
  { events, possible, level, registeredAt }: Medium,
  event: MediumEvent,
  at: string,
  { what, how, witness }: MediumDetails,
  by: string,
  now: string,
): string | null {
  if (!possible.includes(event)) {
    const last = events.at(-1)?.event;
    return last === undefined
      ? 'Det kan inte registreras på mediet.'
      : `Mediet är ${MEDIUM_EVENT_NAME[last].toLocaleLowerCase('sv')}. Det kan inte registreras nu.`;
  }
  if (toMinute(at) > toMinute(now)) return 'Tidpunkten ligger i framtiden. Skriv när det skedde.';
  if (toMinute(at) < toMinute(events.at(-1)?.at ?? registeredAt)) {
    return 'Tidpunkten ligger före den förra händelsen för mediet. Skriv när det skedde.';
  }
  if (event === 'written' && !what?.trim()) return 'Skriv vad som skrevs till mediet: handlingens nummer.';
  if (event !== 'destroyed') return null;
  if (how === null) return 'Välj hur mediet förstörs.';
  if (how === NEVER_MADE) return 'Ett medium som finns i registret har funnits. Välj hur det förstördes.';
  return whyNotWitness(level, witness, by);
}

function mediaLabelled(vault: Vault, label: string): Medium[] {
  return vault
    .unlockedRooms()
    .flatMap((unlocked) => mediaOf(unlocked))
    .filter((medium) => isSameName(medium.label, label));
}

/** @returns what should be known of a medium that nobody has registered: nothing looks after its class */
export function mediumRemarks(vault: Vault, label: string | null): string[] {
  if (label === null || label.trim() === '' || mediaLabelled(vault, label).length > 0) return [];
  return [
    `Mediet ${label.trim()} finns inte i registret i de rum som är upplåsta. Registrera det under Handlingar, Medier, så ` +
      'prövas klassen och det som skrivs antecknas.',
  ];
}

/**
 * Notes on a registered medium what was written to it, in the transaction that stores the expedition. It is judged in whichever
 * room it is registered, and noted where that is the document's: the other room's register tells nothing of it.
 * @throws SigillError `policy` where the medium is of too low a class, destroyed or missing: nothing has been done
 */
export function noteWritten(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  label: string,
  what: string,
  level: Level,
): void {
  const media = mediaLabelled(vault, label);
  for (const medium of media) requireFit(medium, level);
  const own = media.find(({ room }) => room === unlocked.room);
  if (!own) return;
  const at = vault.now().toISOString();
  addMediumEvent(
    unlocked.store,
    { code: own.code, event: 'written', at, what, how: null, witness: null, recordedAt: at },
    unlocked.actor.userId,
  );
  vault.audit(unlocked, 'medium.written', null, { medium: own.code, at, what });
}

function requireFit(medium: Medium, level: Level): void {
  if (!isAtMost(level, medium.level)) {
    throw new SigillError(
      'policy',
      `Mediet är märkt ${LEVEL_NAME[medium.level]}, och handlingen är ${LEVEL_NAME[level]}. Välj ett annat medium.`,
    );
  }
  if (!medium.possible.includes('written')) {
    throw new SigillError(
      'policy',
      'Mediet är förstört eller saknas enligt registret. Välj ett annat medium.',
    );
  }
}
