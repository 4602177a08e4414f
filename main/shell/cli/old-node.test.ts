import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { spawnSigill } from './testing/run.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sigill-node-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** This Node, calling itself another. */
function pretending(version: string): string[] {
  const file = join(root, `${version}.cjs`);
  writeFileSync(file, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
  return ['--require', file];
}

it.each(['12.22.12', '18.20.8', '20.20.2', '22.17.1', '23.0.0', '23.5.0'])(
  'a start on Node %s says what to do, and ends with 2',
  async (version) => {
    const { code, out, err } = await spawnSigill(['forms', 'list'], { nodeWords: pretending(version) });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`Sigill behöver Node 22.18 eller nyare; det här är Node ${version}.`);
    expect(err).toContain('npm ci');
    expect(err).not.toMatch(/\bat\b|Error/);
  },
);

it.each(['22.18.0', '23.6.0'])('Node %s is new enough', async (version) => {
  const { code } = await spawnSigill(['forms', 'list'], { nodeWords: pretending(version) });
  expect(code).toBe(0);
});

/** A real old Node of the machine's own, where it has one: it must understand what it is asked to read. */
it('a real old Node says it too', async ({ skip }) => {
  const old = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => {
    if (!existsSync(path)) return false;
    const version = execFileSync(path, ['--version'], { encoding: 'utf8' });
    return Number(/^v(\d+)/.exec(version)?.[1]) < 22;
  });
  if (old === undefined) return skip('ingen gammal Node på den här datorn');
  const { code, out, err } = await spawnSigill(['vault', 'status', '--vault', root], { node: old });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^Sigill behöver Node 22\.18 eller nyare; det här är Node \d+/);
});
