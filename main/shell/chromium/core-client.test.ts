import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoreClient, type CoreListener } from './core-client.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-core-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the shell heard, in order. */
class Heard implements CoreListener {
  readonly all: string[] = [];
  readonly message = (json: string): void => void this.all.push(json);
  readonly locked = (reason: string): void => void this.all.push(`locked: ${reason}`);
  readonly restarted = (): void => void this.all.push('restarted');
  readonly failed = (): void => void this.all.push('failed');
}

/** A stand-in for the core's thread, which does what the test needs and the core never does. */
function thread(name: string, code: string): URL {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(
    path,
    `import { parentPort, threadId } from 'node:worker_threads';
     const tell = (message) => parentPort.postMessage(message);
     ${code}`,
  );
  return pathToFileURL(path);
}

const ECHO = `
  tell({ kind: 'ready' });
  parentPort.on('message', (message) => {
    if (message.kind === 'lock') tell({ kind: 'locked', reason: message.reason });
    else if (message.json === 'die') process.exit(1);
    else if (message.json === 'late') setTimeout(() => tell({ kind: 'window', json: 'for the old window' }), 50);
    else tell({ kind: 'window', json: message.json + ' ' + threadId });
  });`;

describe('CoreClient', () => {
  it('starts a new core when the old one ends by itself, and says so', async () => {
    const heard = new Heard();
    const core = new CoreClient(heard, thread('echo', ECHO));
    core.send('a');
    await expect.poll(() => heard.all).toHaveLength(1);
    core.send('die');
    await expect.poll(() => heard.all).toContain('restarted');
    core.send('b');
    await expect.poll(() => heard.all.at(-1)).toMatch(/^b /);
    await core.close();
  });

  it('has a new thread after a lock, and keeps answers for the old window from the new one', async () => {
    const heard = new Heard();
    const core = new CoreClient(heard, thread('late', ECHO));
    core.send('a');
    await expect.poll(() => heard.all).toHaveLength(1);
    core.send('late');
    await core.lock('prov');
    core.send('a');
    await expect.poll(() => heard.all).toHaveLength(2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard.all).toHaveLength(2);
    expect(heard.all[0]).not.toBe(heard.all[1]);
    await core.close();
  });

  it('does not start again what cannot start', async () => {
    const heard = new Heard();
    new CoreClient(heard, thread('broken', 'process.exit(1);'));
    await expect.poll(() => heard.all).toEqual(['failed']);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard.all).toEqual(['failed']);
  });

  it('ends a core that does not answer, when it is told how long to wait', async () => {
    const heard = new Heard();
    const core = new CoreClient(
      heard,
      thread('deaf', "tell({ kind: 'ready' }); setInterval(() => undefined, 1000);"),
      100,
    );
    await core.lock('prov');
    await core.close();
    expect(heard.all).toEqual([]);
  });
});
