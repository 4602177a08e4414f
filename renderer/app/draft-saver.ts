/** How long after the last keystroke a draft is put. */
const PAUSE_MS = 1_000;
/** Who writes without a pause is not to lose more than this. */
const LONGEST_MS = 5_000;

/** Where drafts are kept. */
export interface DraftStore<T> {
  /** @returns when it was saved */
  readonly put: (value: T) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** What became of the last putting. */
export type DraftNews = { readonly savedAt: string | null } | { readonly error: unknown };

/** All that are being written now, so that a lock can put them at once. */
const atWork = new Set<{ flush: () => Promise<void> }>();

/** Puts everything that is written and not yet put, at once. Ends when the core has answered, whatever it said. */
export async function flushDrafts(): Promise<void> {
  await Promise.allSettled([...atWork].map((saver) => saver.flush()));
}

/**
 * Puts what is being written a moment after the last keystroke. Only the newest counts: the core takes what it is told in
 * order, so nothing needs to be waited for.
 */
export class DraftSaver<T> {
  readonly #store: DraftStore<T>;
  readonly #onNews: (news: DraftNews) => void;
  #waiting: { readonly value: T | null } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #since: number | null = null;
  #isHeld = false;
  /** Perhaps there is one in the core: what is like nothing written must then be removed there. */
  #mayExist = false;

  constructor(store: DraftStore<T>, onNews: (news: DraftNews) => void) {
    this.#store = store;
    this.#onNews = onNews;
  }

  /** From now on a lock puts it too. @returns the end of it, which puts what is left */
  begin(): () => void {
    atWork.add(this);
    return () => {
      atWork.delete(this);
      void this.flush().catch(() => undefined);
    };
  }

  /** One was found in the core. */
  found(): void {
    this.#mayExist = true;
  }

  /** @param value null where what is written is what is saved: then there is no draft */
  change(value: T | null): void {
    this.#waiting = { value };
    if (this.#isHeld) return;
    this.#since ??= Date.now();
    if (this.#timer) clearTimeout(this.#timer);
    const pause = Math.min(PAUSE_MS, Math.max(0, this.#since + LONGEST_MS - Date.now()));
    this.#timer = setTimeout(() => void this.flush().catch(() => undefined), pause);
  }

  /** Puts at once. @throws what the store threw; what was written is put again at the next change or flush */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#since = null;
    const waiting = this.#waiting;
    if (!waiting || this.#isHeld) return;
    this.#waiting = null;
    try {
      if (waiting.value !== null) {
        this.#mayExist = true;
        this.#onNews({ savedAt: await this.#store.put(waiting.value) });
      } else if (this.#mayExist) {
        this.#mayExist = false;
        await this.#store.remove();
        this.#onNews({ savedAt: null });
      }
    } catch (error) {
      this.#waiting ??= waiting;
      this.#mayExist = true;
      this.#onNews({ error });
      throw error;
    }
  }

  /**
   * While what is written is being saved: the draft is put first, so that a lock that comes between takes nothing, and
   * nothing after that, so that it does not come back when the core has thrown it away.
   */
  async whileSaving<R>(save: () => Promise<R>): Promise<R> {
    void this.flush().catch(() => undefined);
    this.#isHeld = true;
    try {
      const result = await save();
      this.#waiting = null;
      this.#mayExist = false;
      return result;
    } finally {
      this.#isHeld = false;
      if (this.#waiting) this.change((this.#waiting as { value: T | null }).value);
    }
  }
}
