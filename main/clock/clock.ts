import { SigillError } from '../../shared/domain/error.ts';
import type { Room } from '../../shared/domain/room.ts';
import { readLastAt } from '../audit/repository.ts';
import { listOngoing } from '../deadlines/repository.ts';
import { readSetting, writeSetting } from '../vault/repository.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';

/**
 * Whether the computer's clock can be trusted. A workstation without a network has nobody to ask: its clock drifts, its
 * battery dies, somebody sets it. Every countdown rests on it, so a person compares it with another clock and says so.
 */

/**
 * How long a confirmation lasts while something is under way. An ordinary clock drifts some seconds a day, which is
 * nothing beside the shortest limits; a day is as often as a person in the middle of an incident can be asked.
 */
const CONFIRMED_FOR_MS = 24 * 60 * 60_000;
/** A difference that neither drift nor the time between two readings explains. */
const JUMP_MS = 30_000;
/** Rows of one moment may come a little out of order when the clock is nudged. */
const BEHIND_MS = 5_000;
const MOST_OFFSET_SECONDS = 24 * 60 * 60;
const LONGEST_METHOD = 200;

const CONFIRMED = 'clock.confirmed';
const DOUBT = 'clock.doubt';

export interface ClockConfirmation {
  readonly at: string;
  /** The person's name. */
  readonly by: string;
  /** Compared with what: "radiostyrd klocka", "Fröken Ur". */
  readonly method: string;
  /** How much the computer's clock is ahead; negative where it is behind. */
  readonly offsetSeconds: number;
}

/** `never` confirmed; `old`; `behind`: earlier than the last thing that was done here; `jump`: set, or lost, meanwhile. */
export type ClockReason = 'never' | 'old' | 'behind' | 'jump';

interface Doubt {
  readonly at: string;
  readonly reason: 'behind' | 'jump';
  readonly seconds: number;
}

export interface ClockStatus {
  readonly now: string;
  readonly isConfirmed: boolean;
  readonly reason: ClockReason | null;
  /** How many seconds it was found to have moved; positive is ahead. */
  readonly jumpSeconds: number | null;
  readonly confirmed: ClockConfirmation | null;
}

/** Compares the clock with one that nobody can set: how long the computer has run. */
export class ClockGuard {
  readonly #now: () => Date;
  readonly #monotonic: () => number;
  #wall: number;
  #ticks: number;

  constructor(now: () => Date, monotonic: () => number = () => performance.now()) {
    this.#now = now;
    this.#monotonic = monotonic;
    this.#wall = now().getTime();
    this.#ticks = monotonic();
  }

  /** @returns seconds that the clock has moved more than time has passed, since this was last asked; 0 for no jump */
  takeJump(): number {
    const wall = this.#now().getTime();
    const ticks = this.#monotonic();
    const moved = wall - this.#wall - (ticks - this.#ticks);
    // Small differences add up to no jump, and are not to be added up into one: every reading begins anew.
    this.#wall = wall;
    this.#ticks = ticks;
    return Math.abs(moved) < JUMP_MS ? 0 : Math.round(moved / 1000);
  }
}

function read<T>(unlocked: UnlockedRoom<Room>, key: string): T | null {
  const text = readSetting(unlocked.store, key);
  return text === null ? null : (JSON.parse(text) as T);
}

/** The latest of all rooms: a room that was locked when the clock was confirmed has not heard of it. */
function latest<T extends { readonly at: string }>(values: readonly (T | null)[]): T | null {
  return values.reduce<T | null>(
    (last, value) => (value && (!last || Date.parse(value.at) > Date.parse(last.at)) ? value : last),
    null,
  );
}

/**
 * Looks at the clock, and notes in every unlocked room what is wrong with it. A doubt stays until somebody confirms.
 * @param guard remembers the session's own time; null where there has been none, as in a command of the terminal
 */
export function clockStatus(vault: Vault, guard: ClockGuard | null): ClockStatus {
  const now = vault.now();
  const jump = guard?.takeJump() ?? 0;
  for (const unlocked of vault.unlockedRooms()) noteDoubt(vault, unlocked, now, jump);
  const rooms = vault.unlockedRooms();
  const confirmed = latest(rooms.map((unlocked) => read<ClockConfirmation>(unlocked, CONFIRMED)));
  const doubt = latest(rooms.map((unlocked) => read<Doubt>(unlocked, DOUBT)));
  const reason = reasonOf(rooms, now, confirmed, doubt);
  return {
    now: now.toISOString(),
    isConfirmed: reason === null,
    reason,
    jumpSeconds: doubt && reason === doubt.reason ? doubt.seconds : null,
    confirmed,
  };
}

function reasonOf(
  rooms: readonly UnlockedRoom<Room>[],
  now: Date,
  confirmed: ClockConfirmation | null,
  doubt: Doubt | null,
): ClockReason | null {
  if (!confirmed) return 'never';
  if (doubt) return doubt.reason;
  const age = now.getTime() - Date.parse(confirmed.at);
  const isOld = age > CONFIRMED_FOR_MS || age < -BEHIND_MS;
  return isOld && rooms.some(({ store }) => listOngoing(store).length > 0) ? 'old' : null;
}

function noteDoubt(vault: Vault, unlocked: UnlockedRoom<Room>, now: Date, jump: number): void {
  const last = readLastAt(unlocked.store.database);
  const behind = last === null ? 0 : now.getTime() - Date.parse(last);
  if (jump === 0 && behind >= -BEHIND_MS) return;
  const doubt: Doubt = {
    at: now.toISOString(),
    reason: jump === 0 ? 'behind' : 'jump',
    seconds: jump === 0 ? Math.round(behind / 1000) : jump,
  };
  vault.transaction(unlocked, () => {
    writeSetting(unlocked.store, DOUBT, JSON.stringify(doubt));
    vault.audit(unlocked, 'clock.jump', null, { reason: doubt.reason, seconds: doubt.seconds });
  });
}

/**
 * Takes a person's word for the clock, in every room that is unlocked.
 * @param said with what it was compared, and how many seconds the computer's clock was ahead
 * @throws SigillError `usage` without a method, or for an offset that is none; nothing is stored
 */
export function confirmClock(
  vault: Vault,
  guard: ClockGuard | null,
  said: { readonly method: string; readonly offsetSeconds: number },
): ClockStatus {
  const method = said.method.normalize('NFC').trim();
  const { offsetSeconds } = said;
  if (method === '' || method.length > LONGEST_METHOD)
    throw new SigillError(
      'usage',
      `Skriv vilken klocka du jämförde med, högst ${LONGEST_METHOD} tecken: till exempel Fröken Ur, 90 510.`,
    );
  if (!Number.isInteger(offsetSeconds) || Math.abs(offsetSeconds) > MOST_OFFSET_SECONDS) {
    throw new SigillError(
      'usage',
      'Skillnaden skrivs i hela sekunder, högst ett dygn. Är den större: ställ datorns klocka först.',
    );
  }
  // What happened to the clock before it was confirmed is told before, and belongs to the past after.
  clockStatus(vault, guard);
  const at = vault.now().toISOString();
  for (const unlocked of vault.unlockedRooms()) {
    const confirmation: ClockConfirmation = { at, by: unlocked.actor.name, method, offsetSeconds };
    vault.transaction(unlocked, () => {
      writeSetting(unlocked.store, CONFIRMED, JSON.stringify(confirmation));
      writeSetting(unlocked.store, DOUBT, 'null');
      vault.audit(unlocked, 'clock.confirmed', null, { method, offsetSeconds });
    });
  }
  return clockStatus(vault, guard);
}
