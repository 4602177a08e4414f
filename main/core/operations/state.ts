import { resolve } from 'node:path';
import type { AnswerOf, OperationName, RequestOf } from '../../../shared/contract/contract.ts';
import { SigillError } from '../../../shared/domain/error.ts';
import type { Room } from '../../../shared/domain/room.ts';
import type { RulePack } from '../../../shared/domain/rules.ts';
import { ClockGuard } from '../../clock/clock.ts';
import { Summaries } from '../../incidents/summaries/summaries.ts';
import type { WholeCheck } from '../../store/whole-check.ts';
import { Vault } from '../../vault/session.ts';
import { WorkerPool } from '../../workers/pool.ts';
import type { RunTask } from '../../workers/tasks.ts';
import { inLook } from '../look.ts';

/** What one call may use while it runs. */
export interface Call {
  readonly core: CoreState;
  /** Aborted when the person cancels, and when the rooms are locked under the call. */
  readonly signal: AbortSignal;
  readonly progress: (text: string, done?: number, total?: number) => void;
  /** Tells the window that both rooms are locked, and why: all that it shows must go. */
  readonly tellLocked: (reason: string) => void;
}

export type Handler<N extends OperationName> = (
  request: RequestOf<N>,
  call: Call,
) => Promise<AnswerOf<N>> | AnswerOf<N>;

/** The handlers of one area: every entry of the contract, no more and no fewer. */
export type AreaHandlers<A extends string> = {
  [N in OperationName as N extends `${A}.${infer O}` ? O : never]: Handler<N>;
};

/** Short enough that nobody who asks for something notices. */
const SLICE_MS = 10;
const UNREADABLE = 'Valvets filer går inte att läsa längre. Kontrollera disken och lås upp igen.';

interface CoreStateOptions {
  readonly now: () => Date;
  readonly monotonic: (() => number) | undefined;
  /** Locks both rooms and tells the window why. */
  readonly lock: (reason: string) => Promise<void>;
}

/** The vault that this core holds, if any, the rules it works by, and the threads that do its heavy work. */
export class CoreState {
  readonly workers = new WorkerPool();
  readonly rules: RulePack;
  readonly now: () => Date;
  /** Runs from the start of the core, so that a clock that is set while everything is locked is found out too. */
  readonly clock: ClockGuard;
  #vault: Vault | null = null;
  #summaries: Summaries | null = null;
  readonly #lock: (reason: string) => Promise<void>;
  #isGoingOn = false;

  /** The threads, with pages drawn as the organisation's documents look. @throws SigillError `unlock` without a vault */
  drawing(signal: AbortSignal): RunTask {
    return inLook(this.requireVault(), this.rules, this.workers.bound(signal));
  }

  constructor(rules: RulePack, { now, monotonic, lock }: CoreStateOptions) {
    this.rules = rules;
    this.now = now;
    this.clock = new ClockGuard(now, monotonic);
    this.#lock = lock;
  }

  get vault(): Vault | null {
    return this.#vault;
  }

  /** @throws SigillError `unlock` where nothing is unlocked */
  requireVault(): Vault {
    if (!this.#vault || this.#vault.unlockedRooms().length === 0) {
      throw new SigillError('unlock', 'Valvet är låst. Lås upp det och försök igen.');
    }
    return this.#vault;
  }

  /** The list of incidents in the rooms that are open. @throws SigillError `unlock` where nothing is unlocked */
  summaries(): Summaries {
    this.#summaries ??= new Summaries(this.requireVault());
    return this.#summaries;
  }

  /**
   * What an unlocking leaves to be done while the window is used already: every page is judged, and then the list is
   * read, a little at a time between the calls. A damaged page locks both rooms.
   */
  async goOn(): Promise<void> {
    if (this.#isGoingOn) return;
    this.#isGoingOn = true;
    try {
      for (let check = this.#nextCheck(); check; check = this.#nextCheck()) {
        check.step(SLICE_MS);
        await new Promise(setImmediate);
      }
    } catch (error) {
      // Whatever the lock itself meets with: keys are wiped, and the window has been told.
      await this.#lock(error instanceof SigillError ? error.message : UNREADABLE).catch(() => undefined);
      return;
    } finally {
      this.#isGoingOn = false;
    }
    // Where it is locked meanwhile there is nothing to read; what else goes wrong is told to who asks for the list.
    if (this.#vault)
      await this.summaries()
        .complete()
        .catch(() => undefined);
  }

  #nextCheck(): WholeCheck | undefined {
    const checks = this.#vault?.unlockedRooms().map(({ store }) => store.check) ?? [];
    return checks.find((check): check is WholeCheck => check !== null && !check.isDone);
  }

  /** Takes hold of a vault, or keeps the one it holds. @throws SigillError where it holds another */
  hold(folder: string): Vault {
    if (this.#vault && resolve(this.#vault.folder) !== resolve(folder)) {
      throw new SigillError('usage', 'Ett annat valv är öppet. Lås det först.');
    }
    this.#vault ??= Vault.open(folder, this.now);
    return this.#vault;
  }

  /** After a room was locked: lets go of what was in it, and of the vault when no room is unlocked any more. */
  async releaseIfLocked(): Promise<void> {
    this.#summaries?.forgetLocked();
    if (this.#vault && this.#vault.unlockedRooms().length === 0) await this.close();
  }

  /**
   * Locks one room, and with the last one everything. The threads may hold what was in it: they end with all they have.
   * @throws SigillError `unlock` where nothing is unlocked
   */
  async lockRoom(room: Room): Promise<void> {
    try {
      this.requireVault().lockRoom(room);
    } finally {
      await this.workers.end();
    }
    await this.releaseIfLocked();
  }

  /** Locks everything, also where the threads would not end. */
  async close(): Promise<void> {
    const vault = this.#vault;
    this.#vault = null;
    this.#summaries = null;
    try {
      vault?.close();
    } finally {
      await this.workers.end();
    }
  }
}
