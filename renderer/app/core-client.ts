import type { AnswerOf, OperationName, RequestOf } from '../../shared/contract/contract.ts';
import { findOperation } from '../../shared/contract/contract.ts';
import { fromCore, type CallErrorKind } from '../../shared/contract/messages.ts';
import type { SigillBridge } from '../../shared/contract/shell.ts';

/** An error that the core told, or that stopped its answer on the way: Swedish, meant to be read. */
export class CoreError extends Error {
  readonly kind: CallErrorKind;
  readonly faults: readonly string[];

  constructor(kind: CallErrorKind, message: string, faults: readonly string[] = []) {
    super(message);
    this.name = 'CoreError';
    this.kind = kind;
    this.faults = faults;
  }
}

export interface Progress {
  readonly text: string;
  readonly done: number | null;
  readonly total: number | null;
}

export interface CallOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting asks the core to stop; the promise ends when the core has answered. */
  readonly signal?: AbortSignal;
}

/** Said where the window could not use what came; the core never sends these. */
const UNREADABLE = 'Svaret från Sigills kärna kunde inte läsas. Det som var sparat finns kvar. Försök igen.';
const LOCKED = 'Valvet låstes. Det som inte var sparat har inte sparats.';

interface Pending {
  readonly name: OperationName;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: CoreError) => void;
  readonly onProgress: CallOptions['onProgress'];
}

/**
 * The window's end of the contract: one promise for each call, every answer checked by the schema of its operation, and
 * a word to everyone who listens when the rooms are locked.
 */
export class CoreClient {
  readonly #bridge: SigillBridge;
  readonly #pending = new Map<number, Pending>();
  readonly #onLocked = new Set<(reason: string) => void>();
  #nextId: number;

  /** @param firstId a page that takes over from another counts from another number: an answer to the other is not its own */
  constructor(bridge: SigillBridge, firstId = 1) {
    this.#bridge = bridge;
    this.#nextId = firstId;
    bridge.onMessage((message) => this.#receive(message));
  }

  /** @throws CoreError (as a rejection) with what the core said, in Swedish */
  call<N extends OperationName>(
    name: N,
    request: RequestOf<N>,
    options: CallOptions = {},
  ): Promise<AnswerOf<N>> {
    const id = this.#nextId++;
    return new Promise<AnswerOf<N>>((resolve, reject) => {
      this.#pending.set(id, {
        name,
        resolve: resolve as (answer: unknown) => void,
        reject,
        onProgress: options.onProgress,
      });
      options.signal?.addEventListener('abort', () => this.#cancel(id), { once: true });
      this.#bridge.send({ kind: 'call', id, operation: name, request });
      if (options.signal?.aborted) this.#cancel(id);
    });
  }

  /** @returns a function that ends the subscription */
  onLocked(listener: (reason: string) => void): () => void {
    this.#onLocked.add(listener);
    return () => this.#onLocked.delete(listener);
  }

  #cancel(id: number): void {
    if (this.#pending.has(id)) this.#bridge.send({ kind: 'cancel', id });
  }

  #receive(raw: unknown): void {
    const message = fromCore.safeParse(raw);
    if (!message.success) return;
    if (message.data.kind === 'locked') {
      this.#lock(message.data.reason);
      return;
    }
    const pending = this.#pending.get(message.data.id);
    if (!pending) return;
    if (message.data.kind === 'progress') {
      const { text, done, total } = message.data;
      pending.onProgress?.({ text, done, total });
      return;
    }
    this.#pending.delete(message.data.id);
    if (message.data.kind === 'error') {
      const { kind, message: text, faults } = message.data.error;
      pending.reject(new CoreError(kind, text, faults));
      return;
    }
    const answer = findOperation(pending.name)?.answer.safeParse(message.data.answer);
    if (answer?.success) pending.resolve(answer.data);
    else pending.reject(new CoreError('fault', UNREADABLE));
  }

  /** Whatever was under way belongs to a room that is no longer open: its answer must not be shown. */
  #lock(reason: string): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(new CoreError('cancelled', LOCKED));
    for (const listener of this.#onLocked) listener(reason);
  }
}
