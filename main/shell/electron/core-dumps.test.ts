import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it.runIf(process.platform === 'linux')('keeps memory out of core dumps, also those of a child', () => {
  // In a process of its own: the filter cannot be told apart from that of the test runner otherwise.
  const script = `
    import { execFileSync } from 'node:child_process';
    import { readFileSync } from 'node:fs';
    const { keepMemoryOutOfCoreDumps } = await import(${JSON.stringify(join(import.meta.dirname, 'core-dumps.ts'))});
    const before = readFileSync('/proc/self/coredump_filter', 'utf8').trim();
    const took = keepMemoryOutOfCoreDumps();
    const after = readFileSync('/proc/self/coredump_filter', 'utf8').trim();
    const child = execFileSync('cat', ['/proc/self/coredump_filter'], { encoding: 'utf8' }).trim();
    console.log(JSON.stringify({ before, took, after, child }));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  const { before, took, after, child } = JSON.parse(output) as Record<string, unknown>;
  expect(before).not.toBe('00000000');
  expect({ took, after, child }).toEqual({ took: true, after: '00000000', child: '00000000' });
});
