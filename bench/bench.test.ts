import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAllIncidents } from '../main/incidents/service.ts';
import type { TestVault } from '../main/testing/vault.ts';
import { caseOf } from './cases.ts';
import { measureCore, median, percentile, startBundleSize } from './measure.ts';
import { rowsOf } from './documents.ts';
import { withTable } from './table.ts';
import { makeFullVault, makeKeptVault } from './vault.ts';

describe('the made-up incidents', () => {
  let made: TestVault;
  beforeAll(async () => {
    made = await makeFullVault(200);
  });
  afterAll(() => made.remove());

  it('are of the size that real ones have, and the same each time', () => {
    expect(caseOf(13)).toEqual(caseOf(13));
    for (const { facts, times, log } of [1, 2, 3].map(caseOf)) {
      expect([times.length, log.length]).toEqual([4, 5]);
      expect(facts.length).toBeGreaterThanOrEqual(8);
      expect(facts.length).toBeLessThanOrEqual(12);
    }
  });

  it('lie in a vault that can be opened and measured, some with a part in the protected room', async () => {
    const vault = await made.open(['open', 'protected']);
    const incidents = listAllIncidents(vault);
    vault.close();
    expect(incidents).toHaveLength(200);
    expect(incidents.filter(({ hasProtectedPart }) => hasProtectedPart).length).toBeGreaterThan(15);
    const { check, index, megabytes } = await measureCore(made);
    for (const value of [check, index, megabytes]) expect(value).toBeGreaterThan(0);
  });
});

it('a vault that is kept is made once, measured as a copy, and refused where its number is another', async () => {
  const root = mkdtempSync(join(tmpdir(), 'sigill-bench-'));
  const kept = join(root, 'kept');
  const first = await makeKeptVault(3, kept);
  first.remove();
  const second = await makeKeptVault(3, kept);
  expect(second.folder.startsWith(kept)).toBe(false);
  second.remove();
  await expect(makeKeptVault(4, kept)).rejects.toThrow(/has 3 incidents, not 4/);
  rmSync(root, { recursive: true });
});

describe('the numbers', () => {
  it('are medians and percentiles', () => {
    const times = Array.from({ length: 100 }, (_unused, index) => 100 - index);
    expect(median([3, 1, 2])).toBe(2);
    expect(percentile(times, 95)).toBe(95);
  });

  it('of the script at the start count what is imported at once, and not what is loaded when needed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sigill-bench-'));
    const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, 'assets'));
    write('index.html', '<script type="module" src="./assets/a.js"></script>');
    write('assets/a.js', 'import{x as y}from"./b.js";import"./c.js";const z=()=>import("./later.js");');
    for (const name of ['b', 'c']) write(`assets/${name}.js`, `export const x=1;`);
    const size = startBundleSize(folder);
    write('assets/later.js', 'x'.repeat(1000));
    expect(startBundleSize(folder)).toBe(size);
    write('assets/c.js', Array.from({ length: 500 }, (_unused, index) => `a${index * 7919}`).join());
    expect(startBundleSize(folder)).toBeGreaterThan(size + 500);
    rmSync(folder, { recursive: true });
  });

  it('of documents are a ratio to pdfmake alone, which is held or not', () => {
    const [time, memory] = rowsOf(
      '200 pages',
      { time: 130, memory: 141, pages: 201 },
      { time: 100, memory: 100, pages: 160 },
    );
    expect(time).toMatchObject({ value: '130 ms, plain 100 ms: 1.30', isHeld: true });
    expect(memory).toMatchObject({ value: '141 MB, plain 100 MB: 1.41', isHeld: false });
  });

  it('are written between the marks, and again in place of what was there', () => {
    const page = 'before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter';
    const row = { what: 'List', value: '7 ms', target: '5 ms', isHeld: false };
    const written = withTable(page, 'About.', [row]);
    expect(written).toContain('| List | 7 ms | 5 ms | MISSED |');
    expect(written).not.toContain('old');
    expect(withTable(written, 'About.', [row])).toBe(written);
    expect(() => withTable('no marks', '', [])).toThrow(/marks/);
  });
});
