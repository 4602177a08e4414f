import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FromProcess, ToProcess } from '../core-client.ts';

/**
 * Runs the bundled core as Electron's utility process would, but in Node: its port is a pair of functions. Given the
 * folder of an unpacked package, it proves that the bundle finds its rules, word list, fonts and native binaries there.
 * Started by check-package.ts: node drive-core.ts <package> <empty folder> <incident file>
 */
const [packageFolder = '', work = '', incidentFile = ''] = process.argv.slice(2);

let receive: (event: { data: ToProcess }) => void = () => undefined;
const received: FromProcess[] = [];
Object.assign(process, {
  parentPort: {
    postMessage: (message: FromProcess) => received.push(message),
    on: (_name: string, listener: typeof receive) => {
      receive = listener;
    },
  },
});

async function until<T>(find: (message: FromProcess) => T | undefined): Promise<T> {
  for (const end = Date.now() + 45_000; Date.now() < end; await wait(20)) {
    for (const message of received) {
      const found = find(message);
      if (found !== undefined) return found;
    }
  }
  throw new Error('The core did not answer.');
}

interface Reply {
  readonly kind: string;
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: { readonly message: string; readonly faults: readonly string[] };
}

let last = 0;
async function call(operation: string, request: unknown): Promise<unknown> {
  last += 1;
  const id = last;
  receive({ data: { kind: 'window', message: { kind: 'call', id, operation, request } } });
  const reply = await until((message) => {
    const inner = message.kind === 'window' ? (message.message as Reply) : null;
    return inner?.id === id && inner.kind !== 'progress' ? inner : undefined;
  });
  if (reply.error) throw new Error(`${operation}: ${reply.error.message} ${reply.error.faults.join(' ')}`);
  return reply.answer;
}

await import(join(packageFolder, 'dist/electron/core-process.js'));
await until((message) => (message.kind === 'ready' ? true : undefined));

const forms = (await call('reports.forms', { incident: null })) as { id: string }[];
if (forms.length === 0) throw new Error('The package has no forms.');

// Argon2, SQLite, OpenPGP and the word list.
const vault = join(work, 'vault');
const user = 'Prov Provsson';
const passphrases = {
  open: 'gnista pelikan trumpet vinterdäck måne',
  protected: 'ekorre fyrtorn saxofon granit havstång',
};
await call('vault.create', {
  folder: vault,
  recoveryFolder: join(work, 'recovery'),
  organisationName: 'Provbolaget',
  organisationKind: 'kommun',
  email: 'prov@example.se',
  ceiling: 'hemlig',
  userName: user,
  passphrases,
});
// pdfmake and its fonts: the pages of a report, and an incident that came in from a file.
await call('vault.unlock', { folder: vault, room: 'open', userName: user, passphrase: passphrases.open });
const [incident] = (await call('incidents.import', {
  files: [{ name: 'prov.json', text: readFileSync(incidentFile, 'utf8') }],
})) as string[];
const { pdf } = (await call('reports.preview', {
  incident,
  form: forms[0]?.id,
  version: 'open',
  openLevel: null,
  draft: true,
})) as { pdf: string };
if (!Buffer.from(pdf, 'base64').subarray(0, 5).equals(Buffer.from('%PDF-')))
  throw new Error('No PDF was made.');

receive({ data: { kind: 'lock', reason: 'prov' } });
await until((message) => (message.kind === 'done' ? true : undefined));
process.stdout.write(`driven ${forms.length}\n`);
process.exit(0);
