import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BUILT_RENDERER, buildRenderer, ROOT } from '../main/shell/build.ts';
import { measureCore, measureWindow, median, percentile, startBundleSize } from './measure.ts';
import { measureDocuments } from './documents.ts';
import { withTable, type Measured, type TableName } from './table.ts';
import { makeFullVault, makeKeptVault } from './vault.ts';

/**
 * `npm run bench [-- --count 10000 --runs 5 --vault <folder>]`: measures the window with many incidents, and writes what
 * it found in docs/performance.md. With `--vault` the vault is kept in that folder and used again the next time. Then it
 * draws long reports; `--only documents` does that alone.
 */

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '5' },
    vault: { type: 'string' },
    only: { type: 'string' },
  },
});
const [count, runs] = [Number(values.count), Number(values.runs)];
const PAGE = join(ROOT, 'docs/performance.md');

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
const inMs = (time: number): string => `${Math.round(time)} ms`;

/** @param loads of the machine when the runs began */
function machine(loads: readonly number[]): string {
  return (
    `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB, load ` +
    `${Math.min(...loads).toFixed(1)}–${Math.max(...loads).toFixed(1)} when the runs began`
  );
}

function write(table: TableName, about: string, rows: readonly Measured[]): void {
  writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), about, rows, table));
  for (const { what, value, target } of rows) say(`${what}: ${value}${target && ` (target ${target})`}`);
  say('Written in docs/performance.md.');
}

function benchDocuments(): void {
  const load = loadavg()[0] ?? 0;
  say('Drawing long reports …');
  write('documents', `The least of ${runs} runs, ${machine([load])}.`, measureDocuments(runs));
}

async function benchWindow(): Promise<void> {
  await buildRenderer();
  say(`Making a vault with ${count} incidents …`);
  const vault = await (values.vault === undefined
    ? makeFullVault(count)
    : makeKeptVault(count, values.vault));
  const loads: number[] = [];
  try {
    const windows = [];
    for (let run = 1; run <= runs; run += 1) {
      loads.push(loadavg()[0] ?? 0);
      const times = await measureWindow(vault);
      windows.push(times);
      say(
        `Run ${run}: unlock ${inMs(times.unlock)} (Argon2id ${inMs(times.argon)} taken off), ` +
          `search p95 ${inMs(percentile(times.keys, 95))}, preview ${inMs(median(times.previews))}`,
      );
    }
    const cores = [];
    for (let run = 0; run < runs; run += 1) cores.push(await measureCore(vault));

    const unlock = median(windows.map((times) => times.unlock));
    const keys = windows.flatMap((times) => times.keys);
    const preview = median(windows.flatMap((times) => times.previews));
    const bundle = startBundleSize(BUILT_RENDERER);
    const row = (what: string, value: string, target: string, isHeld: boolean | null): Measured => ({
      what,
      value,
      target,
      isHeld,
    });
    const rows = [
      row('From unlocking to a usable list, without Argon2id, median', inMs(unlock), '300 ms', unlock < 300),
      row(
        `From a key press in the search to painted rows, p95 of ${keys.length}`,
        `${inMs(percentile(keys, 95))} (median ${inMs(median(keys))})`,
        '50 ms',
        percentile(keys, 95) < 50,
      ),
      row('From a change to the preview of the report, median', inMs(preview), '700 ms', preview < 700),
      row(
        'Script loaded at the start, gzipped',
        `${Math.round(bundle / 1000)} kB`,
        '500 kB',
        bundle < 500_000,
      ),
      row(
        `Judging every page of the open room (${Math.round(cores[0]?.megabytes ?? 0)} MB), in the background, median`,
        inMs(median(cores.map(({ check }) => check))),
        '',
        null,
      ),
      row(
        'Reading every value for the search, in the background, median',
        inMs(median(cores.map(({ index }) => index))),
        '',
        null,
      ),
    ];
    write('bench', `${count} incidents, ${runs} runs, ${machine(loads)}, headless Chromium.`, rows);
  } finally {
    vault.remove();
  }
}

if (values.only !== 'documents') await benchWindow();
benchDocuments();
