import { LOCK_WARNING_SECONDS } from '../../../shared/contract/shell.ts';

/** How often the clock is looked at. */
const TICK_MS = 1_000;
/** A gap this long between two looks means that the computer slept, or that the clock was moved: lock either way. */
const SLEPT_MS = 30_000;
/** From "now" until the lock: time for the window to put drafts in the vault. */
const DRAFT_GRACE_MS = 1_500;

export interface IdleLockOptions {
  readonly idleLockMinutes: () => number;
  /** Tells the window how many seconds are left; null: no longer. */
  readonly warn: (seconds: number | null) => void;
  readonly lock: (reason: string) => void;
  /** Seconds since the person last did something, where the system knows; else the window's own activity is counted. */
  readonly systemIdleSeconds?: () => number;
  readonly now?: () => number;
}

/** Locks when nobody has done anything for a while, and warns a minute before. */
export class IdleLock {
  readonly #options: IdleLockOptions;
  readonly #now: () => number;
  #active: number;
  #looked: number;
  #warned = false;
  #locking: number | null = null;
  /** Locked, and nobody has come back since: there is nothing to lock again. */
  #dormant = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: IdleLockOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#active = this.#looked = this.#now();
  }

  start(): void {
    this.#timer ??= setInterval(() => this.tick(), TICK_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Somebody did something. */
  active(): void {
    this.#active = this.#now();
  }

  /** One look at the clock; called every second. */
  tick(): void {
    const now = this.#now();
    const gap = now - this.#looked;
    this.#looked = now;
    if (gap > SLEPT_MS || gap < 0) {
      this.#finish('Datorn har varit i vila.');
      return;
    }
    if (this.#locking !== null) {
      if (now >= this.#locking) this.#finish('Ingen har använt Sigill på en stund.');
      return;
    }
    const left = this.#options.idleLockMinutes() * 60 - this.#idleSeconds(now);
    if (this.#dormant) {
      this.#dormant = left <= LOCK_WARNING_SECONDS;
      return;
    }
    if (left <= 0) {
      this.#locking = now + DRAFT_GRACE_MS;
      this.#warned = true;
      this.#options.warn(0);
    } else if (left <= LOCK_WARNING_SECONDS) {
      this.#warned = true;
      this.#options.warn(Math.ceil(left));
    } else if (this.#warned) {
      this.#warned = false;
      this.#options.warn(null);
    }
  }

  #idleSeconds(now: number): number {
    return this.#options.systemIdleSeconds?.() ?? (now - this.#active) / 1000;
  }

  #finish(reason: string): void {
    this.#locking = null;
    this.#warned = false;
    this.#dormant = true;
    this.#options.lock(reason);
  }
}
