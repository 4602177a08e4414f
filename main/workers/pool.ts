import { Worker } from 'node:worker_threads';
import { SigillError, type ErrorKind } from '../../shared/domain/error.ts';
import { Cancelled } from './cancelled.ts';
import type { JobOf, ResultOf, RunTask, TaskName } from './tasks.ts';

export interface ToWorker {
  readonly name: TaskName;
  readonly job: unknown;
}
export type FromWorker =
  | { readonly kind: 'done'; readonly result: unknown }
  | {
      readonly kind: 'refused';
      readonly error: {
        readonly kind: ErrorKind;
        readonly message: string;
        readonly faults: readonly string[];
      };
    }
  | { readonly kind: 'failed'; readonly message: string };

/** One for what the person waits for on the screen, and one for what is being sent meanwhile. */
const MOST_WORKERS = 2;

/** As source it is a file beside this one; in a bundle, which lies flat, a file of its own beside the bundle. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './document-worker.ts' : './document-worker.js',
  import.meta.url,
);

interface Task extends ToWorker {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Stops listening for the cancelling of it. */
  readonly settle: () => void;
}

/**
 * Threads that do the heavy work, so that neither the core nor the window waits for it. They start when they are needed,
 * do not keep the process alive when they have nothing to do, and are ended with all they hold when a room is locked.
 */
export class WorkerPool {
  readonly #entry: URL;
  readonly #idle = new Set<Worker>();
  readonly #busy = new Map<Worker, Task>();
  readonly #waiting: Task[] = [];

  constructor(entry = ENTRY) {
    this.#entry = entry;
  }

  /** Starts a thread ahead of need: to read in fonts and libraries takes longer than to make most documents. */
  warm(): void {
    if (this.#idle.size + this.#busy.size === 0) this.#idle.add(this.#start());
  }

  /**
   * Has a task done in a thread of its own.
   * @param signal aborted: the thread is ended at once, in the middle of what it does
   * @throws Cancelled (as a rejection) where it was cancelled, or the threads were ended under it; SigillError as the
   *   task threw it; Error where it failed in any other way
   */
  run<N extends TaskName>(name: N, job: JobOf<N>, signal?: AbortSignal): Promise<ResultOf<N>> {
    return new Promise<ResultOf<N>>((resolve, reject) => {
      if (signal?.aborted) {
        reject(new Cancelled());
        return;
      }
      const cancel = (): void => this.#cancel(task);
      const task: Task = {
        name,
        job,
        resolve: resolve as (result: unknown) => void,
        reject,
        settle: () => signal?.removeEventListener('abort', cancel),
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#waiting.push(task);
      this.#next();
    });
  }

  /** {@link run}, with a call's signal. */
  bound(signal: AbortSignal): RunTask {
    return (name, job) => this.run(name, job, signal);
  }

  /** Ends every thread with what it holds, and cancels what they did and what waited. The next task starts anew. */
  async end(): Promise<void> {
    const tasks = [...this.#busy.values(), ...this.#waiting.splice(0)];
    const workers = [...this.#idle, ...this.#busy.keys()];
    this.#idle.clear();
    this.#busy.clear();
    for (const task of tasks) fail(task, new Cancelled());
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #start(): Worker {
    // Options meant for the main thread, such as how to read a program given on the command line, are not for these.
    const worker = new Worker(this.#entry, { execArgv: [] });
    worker.unref();
    worker.on('message', (message: FromWorker) => this.#receive(worker, message));
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, new Error('A worker ended before its task was done.')));
    return worker;
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      const [idle] = this.#idle;
      if (!idle && this.#busy.size >= MOST_WORKERS) return;
      const worker = idle ?? this.#start();
      const task = this.#waiting.shift();
      if (!task) return;
      this.#idle.delete(worker);
      this.#busy.set(worker, task);
      worker.ref();
      try {
        worker.postMessage({ name: task.name, job: task.job } satisfies ToWorker);
      } catch (error) {
        // What is not plain data cannot be sent, and the thread has not heard of it.
        this.#release(worker);
        fail(task, error as Error);
      }
    }
  }

  #release(worker: Worker): void {
    this.#busy.delete(worker);
    worker.unref();
    this.#idle.add(worker);
  }

  #receive(worker: Worker, message: FromWorker): void {
    const task = this.#busy.get(worker);
    // Ended on purpose in the same moment: its task has been told already.
    if (!task) return;
    this.#release(worker);
    if (message.kind === 'done') {
      task.settle();
      task.resolve(message.result);
    } else if (message.kind === 'refused') {
      fail(task, new SigillError(message.error.kind, message.error.message, message.error.faults));
    } else {
      fail(task, new Error(message.message));
    }
    this.#next();
  }

  #cancel(task: Task): void {
    const place = this.#waiting.indexOf(task);
    if (place >= 0) this.#waiting.splice(place, 1);
    for (const [worker, running] of this.#busy) {
      if (running !== task) continue;
      this.#busy.delete(worker);
      void worker.terminate();
      // Another one at once: whoever changed her mind waits for the next thing.
      this.warm();
    }
    fail(task, new Cancelled());
    this.#next();
  }

  #lost(worker: Worker, error: unknown): void {
    const task = this.#busy.get(worker);
    this.#busy.delete(worker);
    this.#idle.delete(worker);
    if (!task) return;
    fail(task, error instanceof Error ? error : new Error(String(error)));
    this.#next();
  }
}

function fail(task: Task, error: Error): void {
  task.settle();
  task.reject(error);
}
