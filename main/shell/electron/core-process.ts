import { CoreHost } from '../../core/host.ts';
import { loadRulePack } from '../../rules/load.ts';
import type { FromProcess, ToProcess } from './core-client.ts';
import { keepMemoryOutOfCoreDumps } from './core-dumps.ts';
import './umask.ts';

/** The core in a process of its own: all keys and all SQL live here, and are gone when it ends. */
const port = process.parentPort;
const tell = (message: FromProcess): void => port.postMessage(message);

keepMemoryOutOfCoreDumps();
const host = new CoreHost({
  rules: loadRulePack(),
  send: (message) => tell({ kind: 'window', message }),
});

port.on('message', ({ data }: { data: ToProcess }) => {
  if (data.kind === 'window') void host.receive(data.message);
  else void host.lock(data.reason).finally(() => tell({ kind: 'done' }));
});

tell({ kind: 'ready' });
