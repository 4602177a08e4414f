import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { requireTool } from '../testing/tools.ts';
import { filesWith, makeFolder } from './testing/sample.ts';

const SPILLER = fileURLToPath(new URL('./testing/spiller.ts', import.meta.url));
/** Put together here, so that no source file that the process reads or writes about holds it. */
const CANARY = ['KANARIE', 'sandfilter', '4711'].join('-');
const strace = requireTool('strace');
const { folder, remove } = makeFolder();

afterAll(remove);

interface Seen {
  /** How many of the writes of the process, to any file, hold the canary. */
  readonly canaries: number;
  readonly writes: number;
  /** Temporary files of SQLite, which it unlinks as soon as it has opened them. */
  readonly temporaryFiles: number;
}

/** Watches every write of a process that sorts and indexes rows with a canary. */
function watch(mode: 'ours' | 'default'): Seen {
  const work = join(folder, mode);
  mkdirSync(work);
  const trace = join(folder, `${mode}.trace`);
  const { stdout, stderr, status } = spawnSync(
    strace ?? '',
    ['-f', '-s', '5000', '-e', 'trace=pwrite64,pwritev,write,writev,openat', '-o', trace].concat([
      process.execPath,
      SPILLER,
      work,
      CANARY,
      mode,
    ]),
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect([status, stdout]).toEqual([0, '1500\n']);
  expect(filesWith(work, [CANARY])).toEqual([]);
  const lines = readFileSync(trace, 'latin1').split('\n');
  const writes = lines.filter((line) => /\b(pwrite64|pwritev|write|writev)\(/.test(line));
  return {
    canaries: writes.filter((line) => line.includes(CANARY) || line.includes(CANARY.toUpperCase())).length,
    writes: writes.length,
    temporaryFiles: lines.filter((line) => /openat\(.*etilqs/.test(line)).length,
  };
}

describe.skipIf(strace === null)('what SQLite puts aside while it sorts (needs strace)', () => {
  it('reaches no file, in clear or at all', () => {
    const seen = watch('ours');
    expect(seen.writes).toBeGreaterThan(300);
    expect(seen).toMatchObject({ canaries: 0, temporaryFiles: 0 });
  });

  it('would reach temporary files in clear without temp_store: the watch sees it', () => {
    const seen = watch('default');
    expect(seen.canaries).toBeGreaterThan(100);
    expect(seen.temporaryFiles).toBeGreaterThan(0);
  });
});
