import {
  DEFAULT_PATTERN,
  designationOf,
  whyNotPattern,
  type Designation,
} from '../../shared/domain/register.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Level, Marking } from '../../shared/domain/marking.ts';
import type { ListKind } from '../../shared/domain/register-lists.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../shared/domain/room.ts';
import type { Store } from '../store/store.ts';
import { readSetting, writeSetting } from '../vault/repository.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { makeCode } from './code.ts';
import {
  findEntry,
  insertCopy,
  insertEntry,
  nextSerial,
  readDiary,
  writeDiary,
  removeDiary,
  type EntryRow,
} from './repository.ts';

/** How documents get their numbers. */

const PATTERN_KEY = 'register-pattern';
const CHIEF_KEY = 'register-chief';
const TWO_PERSONS_KEY = 'decision-two-persons';
const INVENTORY_KEY = 'inventory-months';
const MOST_MONTHS = 60;
const LONGEST_DIARY = 40;
/** Where the diary number of other documents stands; no incident can have it, which has a digit in it. */
const LIST_DIARY = 'Lista';

export interface RegisterSettings {
  readonly pattern: string;
  /** The name of the säkerhetsskyddschef, who does not count copies herself; null where nobody has said. */
  readonly chief: string | null;
  /** The säkerhetsskyddschef's decision about a way out is confirmed by another person. No source asks for it [U]. */
  readonly twoPersons: boolean;
  /**
   * How often copies below kvalificerat hemlig are counted, in months, by the organisation's own rule; null: it has none. PMFS
   * 2022:1 could not be read.
   */
  readonly inventoryMonths: number | null;
}

/** @returns how a room numbers, and who is its säkerhetsskyddschef */
export function registerSettings(store: Store<Room>): RegisterSettings {
  return {
    pattern: readSetting(store, PATTERN_KEY) ?? DEFAULT_PATTERN[store.room],
    chief: readSetting(store, CHIEF_KEY) || null,
    twoPersons: readSetting(store, TWO_PERSONS_KEY) === 'yes',
    inventoryMonths: Number(readSetting(store, INVENTORY_KEY)) || null,
  };
}

/**
 * Changes how a room numbers from now on, and what it asks of decisions and inventories; what is not named stays. Numbers that
 * have been given stay as they are.
 * @param secondBy the other person, where it took two: `core/register-settings.ts` asks for her
 * @throws SigillError `usage` for a pattern by which two papers could get the same number, or no number of months
 */
export function changeRegisterSettings(
  vault: Vault,
  room: Room,
  change: Partial<RegisterSettings>,
  secondBy: string | null = null,
): RegisterSettings {
  const unlocked = vault.requireRoom<Room>(room);
  const { pattern, chief, twoPersons, inventoryMonths } = { ...registerSettings(unlocked.store), ...change };
  const wanted = pattern.normalize('NFC').trim();
  const fault = whyNotPattern(wanted);
  if (fault !== null) throw new SigillError('usage', fault);
  if (wanted !== registerSettings(unlocked.store).pattern) requireOwnPattern(vault, room, wanted);
  if (
    inventoryMonths !== null &&
    (!Number.isInteger(inventoryMonths) || inventoryMonths < 1 || inventoryMonths > MOST_MONTHS)
  ) {
    throw new SigillError('usage', `Ange ett antal månader från 1 till ${MOST_MONTHS}, eller inget.`);
  }
  vault.transaction(unlocked, () => {
    writeSetting(unlocked.store, PATTERN_KEY, wanted);
    writeSetting(unlocked.store, CHIEF_KEY, chief?.normalize('NFC').trim() ?? '');
    writeSetting(unlocked.store, TWO_PERSONS_KEY, twoPersons ? 'yes' : 'no');
    writeSetting(unlocked.store, INVENTORY_KEY, inventoryMonths === null ? '' : String(inventoryMonths));
    const told = { pattern: wanted, chief: chief?.trim() || null, twoPersons, inventoryMonths };
    vault.audit(unlocked, 'register.settings', null, secondBy === null ? told : { ...told, secondBy });
  });
  return registerSettings(unlocked.store);
}

/**
 * Gives an incident the organisation's own diary number, for the documents that are numbered from now on.
 * @throws SigillError `usage` for a number that cannot stand in a designation
 */
export function setDiaryNumber(vault: Vault, room: Room, incidentId: IncidentId, number: string): void {
  const unlocked = vault.requireRoom<Room>(room);
  const wanted = number.normalize('NFC').trim();
  if (wanted === '') {
    vault.transaction(unlocked, () => {
      removeDiary(unlocked.store, incidentId);
      vault.audit(unlocked, 'register.diary', incidentId, { incident: incidentId, removed: true });
    });
    return;
  }
  const isNumber = /^[\p{L}\p{N}/:.\-–_ ]+$/u.test(wanted) && /\p{N}/u.test(wanted);
  if (!isNumber || wanted.length > LONGEST_DIARY) {
    throw new SigillError(
      'usage',
      `Diarienumret ska ha högst ${LONGEST_DIARY} tecken: bokstäver, siffror, mellanslag och / : . - _, och minst en siffra.`,
    );
  }
  vault.transaction(unlocked, () => {
    writeDiary(unlocked.store, incidentId, wanted);
    vault.audit(unlocked, 'register.diary', incidentId, { incident: incidentId });
  });
}

/** The diary number of an incident and the room whose register has it, the open one's before the other's; null where it has none in view. */
export function diaryNumberOf(vault: Vault, incidentId: IncidentId): { number: string; room: Room } | null {
  for (const room of ROOMS) {
    const unlocked = vault.room(room);
    const number = unlocked ? readDiary(unlocked.store, incidentId) : null;
    if (number !== null) return { number, room };
  }
  return null;
}

/**
 * Two papers of one matter would have one number.
 * @throws SigillError `usage` where the other register numbers alike, or is locked and cannot be asked
 */
function requireOwnPattern(vault: Vault, room: Room, wanted: string): void {
  const other = vault.unlockedRooms().find((one) => one.room !== room);
  if (!other) {
    throw new SigillError(
      'usage',
      'Mönstret ändras med båda rummen upplåsta: de två registren får inte numrera likadant, och det går annars inte att se. ' +
        'Inget är ändrat.',
    );
  }
  if (registerSettings(other.store).pattern !== wanted) return;
  throw new SigillError(
    'usage',
    `Registret för ${ROOM_NAME[other.room]} har samma mönster, och en öppen och en klassad handling i samma ärende skulle få samma ` +
      'nummer. Skriv ett eget tecken i ett av dem, till exempel Ö före löpnumret. Inget är ändrat.',
  );
}

/** The number that a document will have, before it has it: so that it can stand on the paper. */
export interface Numbering extends Designation {
  /** One for each copy, in order. */
  readonly codes: readonly string[];
}

/**
 * What the next document of a room will be numbered. Nothing is taken: {@link giveNumber} and {@link giveListNumber} do that,
 * and refuse where somebody else has come between.
 * @param incidentId null for a list of the register
 */
export function planNumber(
  vault: Vault,
  { store }: UnlockedRoom<Room>,
  incidentId: IncidentId | null,
  copies: number,
): Numbering {
  const open = vault.room('open');
  return {
    pattern: registerSettings(store).pattern,
    diary:
      incidentId === null
        ? LIST_DIARY
        : (readDiary(store, incidentId) ?? (open && readDiary(open.store, incidentId)) ?? incidentId),
    serial: nextSerial(store),
    year: Number(vault.now().toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' }).slice(0, 4)),
    copies,
    codes: Array.from({ length: copies }, makeCode),
  };
}

/** What a document is registered as, beside its number. */
export interface Registered {
  readonly dispatchId: string;
  readonly incidentId: IncidentId;
  readonly level: Level;
  readonly at: string;
  /** The name of the person. */
  readonly by: string;
}

/**
 * Takes the number, in the transaction that stores the expedition: both are there, or neither.
 * @throws SigillError `usage` where the number has been taken since it was planned; nothing has been done
 */
export function giveNumber(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  numbering: Numbering,
  { dispatchId, incidentId, level, at, by }: Registered,
): void {
  enter(unlocked.store, numbering, {
    ...{ dispatchId, incidentId, list: null, level, basis: [], registeredAt: at, registeredBy: by },
  });
  vault.audit(unlocked, 'register.numbered', incidentId, {
    register: numbering.serial,
    dispatch: dispatchId,
    number: designationOf(numbering),
    copies: numbering.codes,
  });
}

/** What a list of the register on paper is registered as, beside its number. */
export interface RegisteredList {
  readonly list: ListKind;
  readonly marking: Marking;
  readonly at: string;
  /** The name of the person. */
  readonly by: string;
}

/**
 * Takes the number of a list that has been drawn, in the transaction that tells of the printing.
 * @throws SigillError `usage` where the number has been taken since it was planned; nothing has been done
 */
export function giveListNumber(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  numbering: Numbering,
  { list, marking: { level, basis }, at, by }: RegisteredList,
): void {
  enter(unlocked.store, numbering, {
    ...{ dispatchId: null, incidentId: null, list, level, basis, registeredAt: at, registeredBy: by },
  });
  vault.audit(unlocked, 'register.numbered', null, {
    register: numbering.serial,
    list,
    number: designationOf(numbering),
    copies: numbering.codes,
  });
}

type Entered = Pick<
  EntryRow,
  'dispatchId' | 'incidentId' | 'list' | 'level' | 'basis' | 'registeredAt' | 'registeredBy'
>;

/** Writes the row and its copies. @throws SigillError `usage` where the number has been taken */
function enter(store: Store<Room>, numbering: Numbering, entered: Entered): void {
  const { serial, codes, pattern, diary, year, copies } = numbering;
  if (serial !== nextSerial(store)) {
    throw new SigillError(
      'usage',
      'En annan handling fick numret medan den här gjordes. Inget har expedierats eller skrivits ut. Gör om det.',
    );
  }
  const omit = entered.level !== 'oppen';
  insertEntry(store, {
    ...entered,
    ...{ serial, pattern, diary, year, copies },
    correspondent: null,
    summary: null,
    ...{ cameAt: null, incomingKind: null, answersSerial: null, formerly: null },
    // Sekretess is left out of the extract until somebody says otherwise (5 kap. 2 § OSL).
    omitCorrespondent: omit,
    omitSummary: omit,
    withheld: false,
  });
  codes.forEach((code, index) => insertCopy(store, { code, serial, number: index + 1 }));
}

/** The number of a document, and the one that stands on its papers where that is another: who names either means it. */
export function numbersOf(entry: Designation & Pick<EntryRow, 'formerly'>): readonly Designation[] {
  return entry.formerly === null ? [entry] : [entry, entry.formerly];
}

/** @throws SigillError `usage` where the room has no such number */
export function requireEntry(store: Store<Room>, serial: number) {
  const entry = findEntry(store, serial);
  if (!entry) throw new SigillError('usage', 'Numret finns inte i registret i det här rummet.');
  return entry;
}
