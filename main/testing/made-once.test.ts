import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cheapenDerivations } from '../vault/testing/derivations.ts';
import * as keyDerivation from '../vault/key-derivation.ts';
import { madeOnce, shareAmongFiles } from './made-once.ts';

let root: string;
let made: number;
const make = async (folder: string): Promise<void> => {
  made += 1;
  await new Promise(setImmediate);
  writeFileSync(join(folder, 'a'), `${made}`);
};
const place = (): string => mkdtempSync(join(root, 'plats-'));
const contentIn = (folder: string): string => readFileSync(join(folder, 'a'), 'utf8');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sigill-'));
  made = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

it('makes it anew each time where nothing is shared', async () => {
  vi.stubEnv('SIGILL_TEST_SHARED', undefined);
  for (let time = 0; time < 2; time += 1) await madeOnce('valv', place(), make);
  expect(made).toBe(2);
});

it('makes it once for each name, and gives everyone a copy of her own, until the run is over', async () => {
  vi.stubEnv('SIGILL_TEST_SHARED', '');
  const end = shareAmongFiles();
  const shared = process.env['SIGILL_TEST_SHARED'] ?? '';
  const [one, other] = [place(), place()];
  await madeOnce('valv', one, make);
  writeFileSync(join(one, 'a'), 'harmed');
  await madeOnce('valv', other, make);
  expect([made, contentIn(other)]).toEqual([1, '1']);
  await madeOnce('annat', place(), make);
  expect(made).toBe(2);
  end();
  expect(existsSync(shared)).toBe(false);
});

it('holds when two make it at once, and leaves nothing of what failed', async () => {
  vi.stubEnv('SIGILL_TEST_SHARED', root);
  const [one, other] = [place(), place()];
  await Promise.all([madeOnce('valv', one, make), madeOnce('valv', other, make)]);
  expect(contentIn(one)).toBe(contentIn(other));
  await expect(madeOnce('trasigt', place(), () => Promise.reject(new Error('full disk')))).rejects.toThrow(
    'full disk',
  );
  expect(readdirSync(root).filter((name) => /halvt|trasigt/.test(name))).toEqual([]);
});

it('is neither taken from the others nor given to them by a file whose keys are derived at another cost', async () => {
  vi.stubEnv('SIGILL_TEST_SHARED', root);
  cheapenDerivations(keyDerivation);
  for (let time = 0; time < 2; time += 1) await madeOnce('valv', place(), make);
  expect([made, existsSync(join(root, 'valv'))]).toEqual([2, false]);
});
