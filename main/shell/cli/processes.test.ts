import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casePath, makeTestVault, PASSPHRASES, type TestVault } from '../../testing/vault.ts';
import { fileIn, mustSigill, spawnSigill, START, unlocking } from './testing/run.ts';

/** The exit codes, each proven by a process of its own: what a script sees. */
let vault: TestVault;
beforeAll(async () => {
  vault = await makeTestVault('begransat-hemlig');
});
afterAll(() => vault.remove());

const create = (...change: string[]): string[] => [
  ...['vault', 'create', '--org-kind', 'kommun', '--org-name', 'Provkommunen', '--user', 'Bo Ås'],
  ...['--ceiling', 'sekretess', '--vault', join(vault.root, 'nytt.sigill')],
  ...['--recovery-out', join(vault.root, 'nya-koder'), ...change],
];

/** A copy of the vault with one byte of one file flipped. */
function damagedCopy(name: string, file: string, place: number): string {
  const folder = join(vault.root, name);
  cpSync(vault.folder, folder, { recursive: true });
  const path = join(folder, file);
  const bytes = readFileSync(path);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  return folder;
}

describe('0: done', () => {
  it('also where the reader has had enough, as head has', async () => {
    const child = spawn(process.execPath, [START, 'forms', 'list'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    const [code] = await once(child, 'close');
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});

describe('2: wrong use or bad input, and nothing is made', () => {
  it.each([
    ['an unknown option', ['forms', 'list', '--nej']],
    ['an unknown command', ['fomrs']],
    ['a missing option', ['vault', 'status']],
    ['no command', []],
    ['an unknown vault', ['vault', 'status', '--vault', '/finns/inte']],
  ])('%s', async (_name, words) => {
    const { code, out, err } = await spawnSigill(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^\p{Lu}/u);
  });

  it('a weak passphrase, with advice', async () => {
    const { code, err } = await spawnSigill(create('--open-pass', '-', '--protected-pass', '-'), {
      input: `sommar2026\n${PASSPHRASES.protected}\n`,
    });
    expect(code).toBe(2);
    expect(err).toMatch(/^Lösenfrasen för öppna rummet är för svag\.\n {2}– /);
    expect(err).not.toContain('sommar2026');
  });

  it('the same passphrase for both rooms', async () => {
    const { code, err } = await spawnSigill(create('--open-pass', '-', '--protected-pass', '-'), {
      input: `${PASSPHRASES.protected}\n${PASSPHRASES.protected}\n`,
    });
    expect(code).toBe(2);
    expect(err).toContain('olika lösenfraser');
  });

  it('a folder for the vault that holds something', async () => {
    const { code, err } = await spawnSigill(
      create('--vault', vault.folder, '--open-pass', '-', '--protected-pass', '-'),
      { input: `${PASSPHRASES.open}\n${PASSPHRASES.protected}\n` },
    );
    expect(code).toBe(2);
    expect(err).toContain('finns redan och är inte tom');
  });

  it('a bad incident file: one line per fault, and nothing is stored', async () => {
    const good = JSON.parse(readFileSync(casePath('kalix-2021'), 'utf8'));
    good.facts[0].marking = 'hemligt';
    good.facts[8].basis = [];
    good.times.detected.at = '2021-12-16T03:00:00';
    good.okand = 1;
    const bad = fileIn(vault, 'fel.json', JSON.stringify(good));
    const unlock = unlocking(vault, 'open');
    const { code, out, err } = await spawnSigill([
      'incident',
      'import',
      ...unlock,
      casePath('kalix-2021'),
      bad,
    ]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const lines = err.trimEnd().split('\n');
    expect(lines[0]).toBe('Inget har lästs in. Rätta felen och försök igen:');
    expect(lines.slice(1).every((line) => line.startsWith(`  – ${bad}: `))).toBe(true);
    expect(err).toContain('facts[0].marking');
    expect(err).toContain('times.detected.at');
    expect(await mustSigill(['incident', 'list', ...unlock])).toEqual([]);
  });

  it('and no vault, no code and no unfinished folder was left by any of these', () => {
    expect(existsSync(join(vault.root, 'nytt.sigill'))).toBe(false);
    expect(existsSync(join(vault.root, 'nya-koder'))).toBe(false);
    expect(readdirSync(vault.root).filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('3: refused', () => {
  it('by the gate, and no file is written', async () => {
    const unlock = unlocking(vault, 'open', 'protected');
    const [{ incident }] = await mustSigill([
      'incident',
      'import',
      ...unlock,
      casePath('ovning-sakerhetskanslig'),
    ]);
    const out = join(vault.root, 'epost');
    const form = ['--incident', incident, '--form', 'sakerhetspolisen-anmalan', '--version', 'full'];
    const refusal = await spawnSigill([
      ...['export', 'epost', ...unlock, ...form, '--out', out],
      ...['--decision', 'Ja, sänd ändå', '--json'],
    ]);
    expect(refusal.code).toBe(3);
    expect(JSON.parse(refusal.out).error).toMatchObject({
      kind: 'policy',
      message: expect.stringMatching(/^Avvisat/),
    });
    expect(existsSync(out)).toBe(false);
  });
});

describe('4: cannot unlock', () => {
  it('with a wrong passphrase, for a user there is and one there is not', async () => {
    for (const user of ['Anna Andersson', 'Ingen']) {
      const words = ['incident', 'list', '--vault', vault.folder, '--user', user, '--open-pass', '-'];
      const { code, out, err } = await spawnSigill(words, { input: `${PASSPHRASES.protected}\n` });
      expect({ code, out }).toEqual({ code: 4, out: '' });
      expect(err).toBe('Fel användare eller lösenfras för öppna rummet. Inget har öppnats.\n');
    }
  });
});

describe('5: damaged or tampered', () => {
  it('one flipped byte in a database; the other room still opens', async () => {
    const folder = damagedCopy('skadat.sigill', 'protected.db', 5000);
    const unlock = unlocking({ ...vault, folder }, 'protected');
    const { code, out, err } = await spawnSigill(['audit', 'verify', ...unlock, '--json']);
    expect(code).toBe(5);
    expect(JSON.parse(out).error.kind).toBe('damaged');
    expect(err).toContain('skyddade rummet');
    const other = await spawnSigill(['audit', 'verify', ...unlocking({ ...vault, folder }, 'open')]);
    expect(other.code).toBe(0);
  });

  it('vault.json, with what to do about it', async () => {
    const folder = damagedCopy('skadad-json.sigill', 'vault.json', 200);
    const { code, err } = await spawnSigill(['vault', 'status', '--vault', folder]);
    expect(code).toBe(5);
    expect(err).toContain('vault.copy.json');
  });
});

describe('6: another process holds the vault', () => {
  it('and its status can be read all the same, for it takes no lock', async () => {
    const held = await vault.open(['open']);
    try {
      const unlock = unlocking(vault, 'open');
      const { code, out, err } = await spawnSigill(['incident', 'list', ...unlock, '--json']);
      expect(code).toBe(6);
      expect(JSON.parse(out).error.kind).toBe('locked');
      expect(err).toContain('öppet i ett annat program');
      const status = await spawnSigill(['vault', 'status', '--vault', vault.folder]);
      expect(status.code).toBe(0);
      expect(status.out).toContain('Anna Andersson');
    } finally {
      held.close();
    }
  });
});
