import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder that the files of one test run share. */
const SHARED = 'SIGILL_TEST_SHARED';

/**
 * For vitest's `globalSetup`: a folder that lives as long as the run, so that what is made the same way by many test
 * files is made once.
 * @returns what takes it away
 */
export function shareAmongFiles(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-delat-'));
  process.env[SHARED] = folder;
  return () => {
    shareNothing();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** From now on this test file makes its own, and leaves nothing to others: for one that makes it in another way than they. */
export function shareNothing(): void {
  delete process.env[SHARED];
}

/**
 * Fills a folder with what `make` makes. Within a run that shares, it is made once for each name, and copied for all.
 * @param folder exists already, and is empty
 * @param make puts everything in the folder it is given, closes it, and leaves no path to it inside
 */
export async function madeOnce(
  name: string,
  folder: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const shared = process.env[SHARED];
  if (shared === undefined) return make(folder);
  const original = join(shared, name);
  if (!existsSync(original)) await makeAside(shared, original, make);
  cpSync(original, folder, { recursive: true });
}

/** Another file may make the same at the same time: whoever is ready first gives it the name, whole. */
async function makeAside(
  shared: string,
  original: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const aside = mkdtempSync(join(shared, 'halvt-'));
  try {
    await make(aside);
    renameSync(aside, original);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(original)) throw error;
  }
}
