import {
  fromShell,
  SHELL_CONTRACT,
  type ShellAnswer,
  type ShellOperationName,
  type ShellRequest,
  type SigillBridge,
} from '../../shared/contract/shell.ts';
import { CoreError } from './core-client.ts';

const UNREADABLE = 'Fönstret fick ett svar som inte kunde läsas. Inget har ändrats. Försök igen.';

interface Pending {
  readonly name: ShellOperationName;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: CoreError) => void;
}

interface ShellNews {
  /** Seconds until the rooms are locked for want of input; null: no longer. */
  readonly lockSoon: (seconds: number | null) => void;
  readonly coreRestarted: (message: string) => void;
}

/** The window's end of the shell's contract: dialogs, printing, clipboard, settings. */
export class ShellClient {
  readonly #bridge: SigillBridge;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<ShellNews>();
  #nextId: number;

  /** @param firstId a page that takes over from another counts from another number: an answer to the other is not its own */
  constructor(bridge: SigillBridge, firstId = 1) {
    this.#bridge = bridge;
    this.#nextId = firstId;
    bridge.onMessage((message) => this.#receive(message));
  }

  /** @throws CoreError (as a rejection) with what the shell said, in Swedish */
  call<N extends ShellOperationName>(operation: N, request: ShellRequest<N>): Promise<ShellAnswer<N>> {
    const id = this.#nextId++;
    return new Promise<ShellAnswer<N>>((resolve, reject) => {
      this.#pending.set(id, { name: operation, resolve: resolve as (answer: unknown) => void, reject });
      this.#bridge.send({ kind: 'shell', id, operation, request });
    });
  }

  /** @returns a function that ends the subscription */
  listen(news: ShellNews): () => void {
    this.#listeners.add(news);
    return () => this.#listeners.delete(news);
  }

  #receive(raw: unknown): void {
    const parsed = fromShell.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === 'lockSoon') {
      for (const { lockSoon } of this.#listeners) lockSoon(message.seconds);
      return;
    }
    if (message.kind === 'coreRestarted') {
      for (const { coreRestarted } of this.#listeners) coreRestarted(message.message);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    this.#pending.delete(message.id);
    if (message.kind === 'shellError') {
      pending.reject(new CoreError(message.error.kind, message.error.message, message.error.faults));
      return;
    }
    const answer = SHELL_CONTRACT[pending.name].answer.safeParse(message.answer);
    if (answer.success) pending.resolve(answer.data);
    else pending.reject(new CoreError('fault', UNREADABLE));
  }
}
