import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ROOMS } from '../../shared/domain/room.ts';
import { makeWorkplace, openWith, type Workplace } from './testing/vaults.ts';

vi.mock('./key-derivation.ts', async (original) =>
  (await import('./testing/derivations.ts')).rememberDerivations(await original()),
);

const UNLOCKER = fileURLToPath(new URL('./testing/unlocker.ts', import.meta.url));
const CHUNK = 64 * 1024 * 1024;
let place: Workplace;

beforeAll(async () => {
  place = await makeWorkplace();
});
afterAll(() => place.remove());

/** How many times each key stands in the writable memory of a process. Reading only: the process does not notice. */
function countInMemory(pid: number, keys: Readonly<Record<string, Buffer>>): Record<string, number> {
  const counts = Object.fromEntries(Object.keys(keys).map((name) => [name, 0]));
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) .w/.exec(line) ?? [];
      if (from === undefined || to === undefined) continue;
      for (let start = parseInt(from, 16); start < parseInt(to, 16); start += CHUNK) {
        // The chunks overlap, lest a key stand across the edge of two.
        const chunk = Buffer.alloc(Math.min(CHUNK + 32, parseInt(to, 16) - start));
        if (!tryRead(memory, chunk, start)) continue;
        for (const [name, key] of Object.entries(keys)) {
          for (let at = chunk.indexOf(key); at !== -1; at = chunk.indexOf(key, at + 1))
            counts[name] = (counts[name] ?? 0) + 1;
        }
      }
    }
  } finally {
    closeSync(memory);
  }
  return counts;
}

/** Some of what is mapped belongs to the kernel, and cannot be read. */
function tryRead(memory: number, chunk: Buffer, start: number): boolean {
  try {
    return readSync(memory, chunk, 0, chunk.length, start) > 0;
  } catch {
    return false;
  }
}

describe.runIf(existsSync('/proc/self/mem'))(
  'the memory of a process (as Linux lets its parent read it)',
  () => {
    it('holds no key of the protected room when the open one is unlocked, and no data key when that is locked', async () => {
      const folder = place.fresh();
      const vault = await openWith(folder, ...ROOMS);
      const keys: Record<string, Buffer> = {};
      for (const room of ROOMS) {
        const { dataKey, signingSeed } = vault.requireRoom(room).secrets;
        keys[`${room} data`] = Buffer.from(dataKey);
        keys[`${room} seed`] = Buffer.from(signingSeed);
      }
      vault.close();

      const process = spawn(globalThis.process.execPath, [UNLOCKER, folder], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      expect(String(await once(process.stdout, 'data'))).toBe('unlocked\n');
      const unlocked = countInMemory(process.pid ?? 0, keys);
      process.stdin.write('\n');
      expect(String(await once(process.stdout, 'data'))).toBe('locked\n');
      const locked = countInMemory(process.pid ?? 0, keys);
      process.stdin.write('\n');
      await once(process, 'exit');

      // The search finds what is there: our buffer, and SQLite's.
      expect(unlocked['open data']).toBeGreaterThanOrEqual(2);
      expect(unlocked).toMatchObject({ 'protected data': 0, 'protected seed': 0 });
      // The signing key stays in an object of Node's until that is collected, which docs/threat-model.md says.
      expect(locked).toMatchObject({ 'open data': 0, 'protected data': 0, 'protected seed': 0 });
    });
  },
);
