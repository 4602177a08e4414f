import type { z } from 'zod';
import { findOperation } from '../../shared/contract/contract.ts';
import { toCore, type FromCore } from '../../shared/contract/messages.ts';
import type { Operation } from '../../shared/contract/operation.ts';
import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME } from '../../shared/domain/room.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { explainSystem } from '../store/system-error.ts';
import { Cancelled } from '../workers/cancelled.ts';
import { auditHandlers, keysHandlers, usersHandlers } from './operations/administration.ts';
import { answersHandlers } from './operations/answers.ts';
import { filtersHandlers } from './operations/filters.ts';
import { draftsHandlers } from './operations/drafts.ts';
import { assessmentsHandlers } from './operations/assessments.ts';
import { clockHandlers, deadlinesHandlers } from './operations/deadlines.ts';
import { incidentsHandlers } from './operations/incidents.ts';
import { paperHandlers } from './operations/paper.ts';
import { registerHandlers } from './operations/register.ts';
import { reportsHandlers } from './operations/reports.ts';
import { rulesHandlers } from './operations/rules.ts';
import { CoreState, type Call } from './operations/state.ts';
import { vaultHandlers } from './operations/vault.ts';

type AnyHandler = (request: unknown, call: Call) => unknown;

/** Every handler by the name of its operation. The types of the areas see to it that none is missing. */
const HANDLERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  vault: vaultHandlers,
  incidents: incidentsHandlers,
  filters: filtersHandlers,
  drafts: draftsHandlers,
  reports: reportsHandlers,
  paper: paperHandlers,
  register: registerHandlers,
  rules: rulesHandlers,
  answers: answersHandlers,
  keys: keysHandlers,
  users: usersHandlers,
  audit: auditHandlers,
  deadlines: deadlinesHandlers,
  assessments: assessmentsHandlers,
  clock: clockHandlers,
};

export interface HostOptions {
  readonly rules: RulePack;
  readonly send: (message: FromCore) => void;
  readonly now?: () => Date;
  /** Milliseconds that nobody can set; for tests. */
  readonly monotonic?: () => number;
}

/**
 * The core as a shell sees it: messages in, messages out. Knows neither window nor process. It answers only what the
 * contract declares, checks every request and every answer, and does one changing thing at a time.
 */
export class CoreHost {
  readonly #state: CoreState;
  readonly #send: (message: FromCore) => void;
  readonly #running = new Map<number, AbortController>();
  /** The end of the last changing operation: the next one begins after it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: HostOptions) {
    this.#state = new CoreState(options.rules, {
      now: options.now ?? (() => new Date()),
      monotonic: options.monotonic,
      lock: (reason) => this.lock(reason),
    });
    this.#send = options.send;
  }

  /** Takes one message from the window. Never throws: what is wrong with it is answered. */
  async receive(raw: unknown): Promise<void> {
    const message = toCore.safeParse(raw);
    if (!message.success) return;
    if (message.data.kind === 'cancel') {
      this.#running.get(message.data.id)?.abort();
      return;
    }
    const { id, operation, request } = message.data;
    if (this.#running.has(id)) return;
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const answer = await this.#perform(id, operation, request, controller.signal);
      this.#send({ kind: 'answer', id, answer });
    } catch (error) {
      this.#send({ kind: 'error', id, error: describeError(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  /**
   * Locks both rooms: what is queued is cancelled, what is being written is finished, keys are wiped, and the window is
   * told to show nothing more.
   */
  async lock(reason: string): Promise<void> {
    for (const controller of this.#running.values()) controller.abort();
    await this.#turn.catch(() => undefined);
    try {
      await this.#state.close();
    } finally {
      this.#send({ kind: 'locked', reason });
    }
  }

  async #perform(id: number, name: string, raw: unknown, signal: AbortSignal): Promise<unknown> {
    const operation = findOperation(name);
    const [area = '', entry = ''] = name.split('.', 2);
    const handler = operation ? (HANDLERS[area]?.[entry] as AnyHandler | undefined) : undefined;
    if (!operation || !handler)
      throw new SigillError('usage', 'Det här kan inte göras i den här versionen av Sigill.');
    const request = operation.request.safeParse(raw);
    if (!request.success) {
      throw new SigillError('usage', 'Något i det som skickades är fel.', placesOf(request.error));
    }
    const call: Call = {
      core: this.#state,
      signal,
      progress: (text, done, total) =>
        this.#send({ kind: 'progress', id, text, done: done ?? null, total: total ?? null }),
      tellLocked: (reason) => this.#send({ kind: 'locked', reason }),
    };
    const work = async (): Promise<unknown> => {
      if (signal.aborted) throw new Cancelled();
      this.#requireRooms(operation);
      const answer = operation.answer.safeParse(await handler(request.data, call));
      if (!answer.success) throw new TypeError(`The answer of ${name} is not as the contract says.`);
      return answer.data;
    };
    return operation.changes ? this.#inTurn(work) : work();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #requireRooms({ room }: Operation): void {
    if (room === 'none') return;
    const vault = this.#state.requireVault();
    for (const wanted of room === 'both' ? (['open', 'protected'] as const) : room === 'any' ? [] : [room]) {
      if (!vault.room(wanted)) {
        throw new SigillError(
          'unlock',
          `Det här kräver att ${ROOM_NAME[wanted]} är upplåst. Lås upp det och försök igen.`,
        );
      }
    }
  }
}

/** Where in a request something is wrong; never what stood there. */
function placesOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => issue.path.join('.') || 'hela');
}

function describeError(error: unknown): Extract<FromCore, { kind: 'error' }>['error'] {
  if (error instanceof Cancelled)
    return { kind: 'cancelled', message: 'Avbrutet. Inget har ändrats.', faults: [] };
  if (error instanceof SigillError) {
    return { kind: error.kind, message: error.message, faults: [...error.faults] };
  }
  const known = explainSystem(
    error,
    'Det gick inte',
    'Det som inte blev klart har inte sparats; det som var sparat finns kvar.',
  );
  if (known instanceof SigillError) return { kind: known.kind, message: known.message, faults: [] };
  // The message of an unforeseen error may quote what was being worked on.
  return {
    kind: 'fault',
    message:
      'Ett fel i Sigill har stoppat det här. Det som inte blev klart har inte sparats; det som var sparat finns kvar.',
    faults: [],
  };
}
