import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { casePath, makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { fileIn, mustSigill, refused, sigill, unlocking } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

const PROJECT = new URL('../../../..', import.meta.url).pathname;
const SLOW = 120_000;

let vault: TestVault;
let both: string[];
beforeAll(async () => {
  vault = await makeTestVault();
  both = unlocking(vault, 'open', 'protected');
  await mustSigill(['incident', 'import', ...both, casePath('ovning-sakerhetskanslig')]);
});
afterAll(() => vault.remove());

/** The stand-alone verifier, as the handbook says to run it. */
function verifier(file: string): { status: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'verify-audit', '--', file], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  return { status, out: stdout + stderr };
}

describe('audit export', { timeout: SLOW }, () => {
  it('gives a chain that the stand-alone verifier finds whole; one flipped byte and it does not', async () => {
    const out = join(vault.root, 'kedja.json');
    const { code, out: text } = await sigill([
      'audit',
      'export',
      ...both,
      '--room',
      'protected',
      '--out',
      out,
    ]);
    expect(code).toBe(0);
    expect(text).toContain(`npm run -s verify-audit -- ${out}`);
    expect(verifier(out).status).toBe(0);
    const bytes = readFileSync(out);
    const place = bytes.indexOf('incident.imported') + 3;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    const changed = fileIn(vault, 'andrad.json', bytes);
    expect(verifier(changed).status).toBe(5);
    expect(verifier(join(vault.root, 'finns-inte.json')).status).toBe(2);
  });

  it('tells of no fact: the chain holds hashes', async () => {
    const text = readFileSync(join(vault.root, 'kedja.json'), 'utf8');
    expect(text).not.toMatch(/KANARIE|Björktrast|M-014/);
  });

  it('writes over nothing, leaves nothing unfinished, and asks which room where two are open', async () => {
    const taken = join(vault.root, 'kedja.json');
    const open = unlocking(vault, 'open');
    expect(await refused(['audit', 'export', ...open, '--out', taken])).toMatchObject({ code: 2 });
    const nowhere = join(vault.root, 'saknad mapp', 'k.json');
    expect(await refused(['audit', 'export', ...open, '--out', nowhere])).toMatchObject({ code: 2 });
    expect(existsSync(nowhere)).toBe(false);
    const error = await refused(['audit', 'export', ...both, '--out', join(vault.root, 'ny.json')]);
    expect(error).toMatchObject({ code: 2 });
    expect(error.message).toContain('--room');
    expect(await refused(['audit', 'export', ...open, '--room', 'protected', '--out', 'x'])).toMatchObject({
      code: 4,
    });
    expect(readdirSync(vault.root).filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('audit verify', { timeout: SLOW }, () => {
  it('says of each room that is unlocked that it is whole, and how much it has', async () => {
    const { code, out } = await sigill(['audit', 'verify', ...both]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Hel: öppna rummet, \d+ rader, \d+ kontrollpunkt(er)?\.\nHel: skyddade rummet, \d+ rader/,
    );
    const answer = await mustSigill(['audit', 'verify', ...unlocking(vault, 'protected')]);
    expect(answer).toMatchObject([{ room: 'protected', faults: [], entries: expect.any(Number) }]);
  });

  it('finds a flipped byte anywhere in the file, and the other room is not touched by it', async () => {
    const size = readFileSync(join(vault.folder, 'open.db')).length;
    for (const place of [20, Math.floor(size / 2), size - 1]) {
      const folder = join(vault.root, `skadat-${place}.sigill`);
      cpSync(vault.folder, folder, { recursive: true });
      const path = join(folder, 'open.db');
      const bytes = readFileSync(path);
      bytes[place] = (bytes[place] ?? 0) ^ 0x80;
      writeFileSync(path, bytes);
      const words = ['audit', 'verify', ...unlocking({ ...vault, folder }, 'open')];
      expect(await refused(words)).toMatchObject({ code: 5, kind: 'damaged' });
    }
  });
});
