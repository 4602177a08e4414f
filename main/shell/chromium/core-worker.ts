import { parentPort } from 'node:worker_threads';
import { CoreHost } from '../../core/host.ts';
import { loadRulePack } from '../../rules/load.ts';
import type { FromWorker, ToWorker } from './core-client.ts';

/**
 * The core in a thread of its own: all keys and all SQL live here, and die with the thread. The window's messages come
 * and go as JSON text, so that the thread that drives the window never holds what is in them as objects.
 */
const port = parentPort;
if (!port) throw new Error('core-worker.ts is started by core-client.ts, as a worker thread.');

const tell = (message: FromWorker): void => port.postMessage(message);

const host = new CoreHost({
  rules: loadRulePack(),
  send: (message) => {
    if (message.kind === 'locked') tell({ kind: 'locked', reason: message.reason });
    else tell({ kind: 'window', json: JSON.stringify(message) });
  },
});

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}

port.on('message', (message: ToWorker) => {
  if (message.kind === 'window') void host.receive(parse(message.json));
  else void host.lock(message.reason);
});

tell({ kind: 'ready' });
