import { parentPort } from 'node:worker_threads';
import { SigillError } from '../../shared/domain/error.ts';
import type { FromWorker, ToWorker } from './pool.ts';
import { runHere } from './tasks.ts';

/** One thread of the pool: one task at a time, and what it held is gone when the pool ends it. */
const port = parentPort;
if (!port) throw new Error('document-worker.ts is started by pool.ts, as a worker thread.');

const tell = (message: FromWorker): void => port.postMessage(message);

port.on('message', ({ name, job }: ToWorker) => {
  runHere(name, job as never).then(
    (result) => tell({ kind: 'done', result }),
    (error: unknown) => {
      // Classes do not survive the way between threads.
      if (error instanceof SigillError) {
        tell({ kind: 'refused', error: { kind: error.kind, message: error.message, faults: error.faults } });
      } else {
        tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      }
    },
  );
});
