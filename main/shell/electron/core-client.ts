import { utilityProcess, type ForkOptions, type UtilityProcess } from 'electron';
import { fromCore, type FromCore, type ToCore } from '../../../shared/contract/messages.ts';
import { CrashLimit } from './crash-limit.ts';

export type ToProcess =
  { readonly kind: 'window'; readonly message: ToCore } | { readonly kind: 'lock'; readonly reason: string };
export type FromProcess =
  | { readonly kind: 'ready' }
  | { readonly kind: 'window'; readonly message: unknown }
  /** Both rooms are locked and their keys wiped. */
  | { readonly kind: 'done' };

export interface CoreListener {
  /** A message for the window, known to be one of the contract's. */
  readonly message: (message: FromCore) => void;
  /** The process ended without being asked to, and its keys with it; a new one is already starting. */
  readonly crashed: () => void;
  /** It ended before it could do anything, or again and again: it is not started any more. */
  readonly failed: () => void;
}

/** A lock writes a checkpoint and empties the log; more than this and the process hangs. */
const LOCK_LIMIT_MS = 15_000;

/** One process, from start to end. What comes from an earlier one can never be taken for an answer to a later. */
interface Running {
  readonly child: UtilityProcess;
  readonly waiting: ToProcess[];
  ready: boolean;
  /** Set when it is being locked and ended: its end is expected, and it says nothing to the window any more. */
  retired: boolean;
  readonly done: Promise<void>;
  readonly setDone: () => void;
}

/**
 * The core as the main process sees it: spoken to, locked, thrown away. A lock ends the process as well, since a heap
 * still holds copies of what was read when all keys are wiped; the next one starts while the person reaches for the keys.
 */
export class CoreClient {
  readonly #entry: string;
  readonly #options: ForkOptions;
  readonly #listener: CoreListener;
  readonly #crashes: CrashLimit;
  #running: Running | null;

  constructor(entry: string, options: ForkOptions, listener: CoreListener, now: () => number = Date.now) {
    this.#entry = entry;
    this.#options = options;
    this.#listener = listener;
    this.#crashes = new CrashLimit(now);
    this.#running = this.#start();
  }

  /** Passes on what the window said. What is wrong with the request in it is for the core to say. */
  send(message: ToCore): void {
    if (this.#running) this.#post(this.#running, { kind: 'window', message });
    else if (message.kind === 'call') this.#listener.message(outOfOrder(message.id));
  }

  /** Locks both rooms, and is done when the process that had the keys is gone. Another one is started at once. */
  async lock(reason: string): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#running = this.#start();
    await this.#retire(running, reason);
  }

  /** Locks, ends the process, and starts no other. */
  async close(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    if (running) await this.#retire(running, 'Sigill avslutas.');
  }

  async #retire(running: Running, reason: string): Promise<void> {
    running.retired = true;
    this.#post(running, { kind: 'lock', reason });
    await Promise.race([running.done, new Promise((resolve) => setTimeout(resolve, LOCK_LIMIT_MS).unref())]);
    // Ended in the middle of a write, SQLite undoes it the next time the vault is opened.
    running.child.kill();
  }

  #start(): Running {
    const { promise, resolve } = Promise.withResolvers<void>();
    const child = utilityProcess.fork(this.#entry, [], this.#options);
    const running: Running = {
      child,
      waiting: [],
      ready: false,
      retired: false,
      done: promise,
      setDone: resolve,
    };
    child.on('message', (message: FromProcess) => this.#receive(running, message));
    child.on('exit', () => this.#ended(running));
    return running;
  }

  #post(running: Running, message: ToProcess): void {
    if (running.ready) running.child.postMessage(message);
    else running.waiting.push(message);
  }

  #receive(running: Running, message: FromProcess): void {
    if (message.kind === 'ready') {
      running.ready = true;
      for (const waiting of running.waiting.splice(0)) running.child.postMessage(waiting);
    } else if (message.kind === 'done') {
      running.setDone();
    } else if (!running.retired) {
      const known = fromCore.safeParse(message.message);
      if (known.success) this.#listener.message(known.data);
    }
  }

  #ended(running: Running): void {
    running.setDone();
    if (running.retired || running !== this.#running) return;
    if (!running.ready || this.#crashes.isReached()) {
      this.#running = null;
      this.#listener.failed();
      return;
    }
    this.#running = this.#start();
    this.#listener.crashed();
  }
}

function outOfOrder(id: number): FromCore {
  return {
    kind: 'error',
    id,
    error: {
      kind: 'fault',
      message:
        'Sigills kärna går inte att starta. Det som var sparat finns kvar. Avsluta Sigill och starta om.',
      faults: [],
    },
  };
}
