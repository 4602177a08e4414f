/** So many unasked ends within so long a time, and another start would end the same way. */
const MOST = 3;
const WITHIN_MS = 60_000;

/** Tells a mishap, after which one starts again, from something that will never work. */
export class CrashLimit {
  readonly #now: () => number;
  #crashes: number[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Counts one crash. @returns whether that was one too many */
  isReached(): boolean {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < WITHIN_MS), now];
    return this.#crashes.length >= MOST;
  }
}
