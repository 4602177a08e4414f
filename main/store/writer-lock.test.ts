import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { makeFolder } from './testing/sample.ts';
import { takeWriterLock } from './writer-lock.ts';

const HOLDER = fileURLToPath(new URL('./testing/lock-holder.ts', import.meta.url));
let folder = '';
let remove = (): void => undefined;

beforeEach(() => {
  ({ folder, remove } = makeFolder());
});
afterEach(() => remove());

function kindOfRefusal(path = folder): string {
  try {
    takeWriterLock(path).release();
    return 'none';
  } catch (error) {
    return error instanceof SigillError ? error.kind : String(error);
  }
}

async function startHolder(): Promise<ChildProcessWithoutNullStreams> {
  const holder = spawn(process.execPath, [HOLDER, folder]);
  const [said] = (await once(holder.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('held\n');
  return holder;
}

describe('the writer lock', () => {
  it('lets in one process at a time, and the next when it has let go', async () => {
    const holder = await startHolder();
    expect(kindOfRefusal()).toBe('locked');
    holder.stdin.end();
    await once(holder, 'exit');
    expect(kindOfRefusal()).toBe('none');
  });

  it('refuses another process while this one holds it', () => {
    const lock = takeWriterLock(folder);
    const askElsewhere = (): string =>
      spawnSync(process.execPath, [HOLDER, folder], { input: '' }).stdout.toString();
    expect(askElsewhere()).toBe('locked\n');
    expect(kindOfRefusal()).toBe('locked');
    // The refusals of this process must not have freed the lock, as closing any file does under POSIX.
    expect(askElsewhere()).toBe('locked\n');
    lock.release();
    expect(askElsewhere()).toBe('held\n');
  });

  it('is free at once after kill -9 of its holder, with nothing to remove by hand', async () => {
    for (let round = 0; round < 3; round += 1) {
      const holder = await startHolder();
      expect(kindOfRefusal()).toBe('locked');
      holder.kill('SIGKILL');
      await once(holder, 'exit');
      expect(kindOfRefusal()).toBe('none');
    }
  });

  it('is an empty file of the owner, whatever the umask, and nothing else', () => {
    const umask = process.umask(0);
    try {
      const lock = takeWriterLock(folder);
      expect(readdirSync(folder)).toEqual(['lock.db']);
      lock.release();
    } finally {
      process.umask(umask);
    }
    lock(folder);
    const { size, mode } = statSync(join(folder, 'lock.db'));
    expect([size, mode & 0o777]).toEqual([0, 0o600]);
    expect(readdirSync(folder)).toEqual(['lock.db']);
  });

  it('can be let go twice', () => {
    const held = takeWriterLock(folder);
    held.release();
    held.release();
    expect(kindOfRefusal()).toBe('none');
  });

  it('says in words what is wrong with the folder or the file', () => {
    expect(kindOfRefusal(join(folder, 'finns-inte'))).toBe('usage');
    writeFileSync(
      join(folder, 'lock.db'),
      'something else, long enough to be taken for a header. '.repeat(20),
    );
    expect(kindOfRefusal()).toBe('damaged');
    rmSync(join(folder, 'lock.db'));
    mkdirSync(join(folder, 'lock.db'));
    expect(kindOfRefusal()).toBe('usage');
  });

  it('works in a folder with spaces and letters like åäö', () => {
    const odd = join(folder, ' Valv för Åre – säkerhet ');
    mkdirSync(odd);
    lock(odd);
    expect(readdirSync(odd)).toEqual(['lock.db']);
  });
});

function lock(path: string): void {
  takeWriterLock(path).release();
}
