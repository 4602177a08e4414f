import { Worker } from 'node:worker_threads';

export type ToWorker =
  { readonly kind: 'window'; readonly json: string } | { readonly kind: 'lock'; readonly reason: string };
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'window'; readonly json: string }
  | { readonly kind: 'locked'; readonly reason: string };

/** What the shell does with what the core says. */
export interface CoreListener {
  /** A message for the window, as JSON. */
  readonly message: (json: string) => void;
  /** Both rooms were locked without the shell asking: everything that is shown must go. */
  readonly locked: (reason: string) => void;
  /** The thread ended without being asked to. Its keys went with it; a new core is already starting. */
  readonly restarted: () => void;
  /** It ended before it could do anything: starting it once more would end the same way. */
  readonly failed: () => void;
}

/** A lock writes a checkpoint and empties the log; more than this and the thread hangs. */
const LOCK_LIMIT_MS = 15_000;

/** The core as the shell sees it: a thread that can be spoken to, locked, and thrown away. */
export class CoreClient {
  readonly #listener: CoreListener;
  readonly #entry: URL;
  readonly #lockLimit: number;
  #worker: Worker;
  #ready = false;
  #closed = false;
  #lockDone: (() => void) | null = null;

  constructor(
    listener: CoreListener,
    entry = new URL('./core-worker.ts', import.meta.url),
    lockLimit = LOCK_LIMIT_MS,
  ) {
    this.#listener = listener;
    this.#entry = entry;
    this.#lockLimit = lockLimit;
    this.#worker = this.#start();
  }

  /** Passes on what the window said. What is wrong with it is for the core to say. */
  send(json: string): void {
    this.#post({ kind: 'window', json });
  }

  /**
   * Locks both rooms, and starts again with an empty memory: a passphrase that came as text cannot be wiped in any other
   * way, and an answer on its way to the old window must not reach the new one.
   */
  async lock(reason: string): Promise<void> {
    await this.#lockAndEnd(reason);
    if (!this.#closed) this.#worker = this.#start();
  }

  /** Locks, and ends the thread for good. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#lockAndEnd('Sigill avslutas.');
  }

  /**
   * A core that does not answer is ended all the same: its keys go with the thread, and what it was writing is undone by
   * SQLite the next time the vault is opened.
   */
  async #lockAndEnd(reason: string): Promise<void> {
    const worker = this.#worker;
    const locked = new Promise<void>((resolve) => {
      this.#lockDone = resolve;
    });
    this.#post({ kind: 'lock', reason });
    await endedWithin(locked, this.#lockLimit);
    this.#lockDone = null;
    worker.removeAllListeners('exit');
    worker.removeAllListeners('message');
    await worker.terminate();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    this.#ready = false;
    const worker = new Worker(this.#entry);
    worker.on('message', (message: FromWorker) => this.#receive(message));
    // The text of an unforeseen error may quote what was being worked on: it is not passed on.
    worker.on('error', () => undefined);
    worker.on('exit', () => this.#ended());
    return worker;
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'ready') this.#ready = true;
    else if (message.kind === 'window') this.#listener.message(message.json);
    else if (this.#lockDone) this.#lockDone();
    else this.#listener.locked(message.reason);
  }

  /** By itself: who ends it on purpose has stopped listening. */
  #ended(): void {
    this.#lockDone?.();
    if (this.#closed) return;
    if (!this.#ready) {
      this.#listener.failed();
      return;
    }
    this.#worker = this.#start();
    this.#listener.restarted();
  }
}

/** Waits for the work, but no longer than this. */
async function endedWithin(work: Promise<void>, limit: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limit);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
