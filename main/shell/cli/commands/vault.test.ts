import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeTestVault, PASSPHRASES, type TestVault } from '../../../testing/vault.ts';
import { fileIn, mustSigill, refused, sigill, unlocking, type Json } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** Several derivations of keys, on a machine that others work on too. */
const SLOW = 120_000;

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sigill-skapa-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function create(change: Record<string, string> = {}): string[] {
  const options: Record<string, string> = {
    vault: join(root, 'valv', 'provet.sigill'),
    'org-kind': 'statlig-myndighet',
    'org-name': 'Region Syd (RS)',
    user: ' A\u030asa   Ek ',
    ceiling: 'hemlig',
    'open-pass': fileIn({ root }, 'oppna.txt', PASSPHRASES.open),
    'protected-pass': fileIn({ root }, 'skyddade.txt', PASSPHRASES.protected),
    'recovery-out': join(root, 'koder'),
    ...change,
  };
  return ['vault', 'create', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])];
}

describe('vault create', () => {
  it.each([
    ['koder i valvets egen mapp', (r: string) => ({ 'recovery-out': join(r, 'valv', 'provet.sigill') })],
    [
      'koder under valvets mapp',
      (r: string) => ({ 'recovery-out': join(r, 'valv', 'provet.sigill', 'koder') }),
    ],
    ['valvet i kodernas mapp', (r: string) => ({ vault: join(r, 'koder', 'v') })],
    ['en fil i stället för mapp för koderna', (r: string) => ({ 'recovery-out': join(r, 'oppna.txt') })],
    ['en fil i stället för valvets mapp', (r: string) => ({ vault: join(r, 'oppna.txt') })],
    ['ett tomt namn', () => ({ user: '  ' })],
    ['ett namn med styrtecken', () => ({ user: 'Anna\u001b[2J' })],
    ['en e-postadress som inte är en', () => ({ email: 'prov@' })],
    ['ett organisationsnamn på två rader', () => ({ 'org-name': 'Prov\nmyndigheten' })],
    ['ett okänt slag', () => ({ 'org-kind': 'bolag' })],
  ])('%s is refused before anything is made', async (_name, change) => {
    const words = create(change(root));
    const error = await refused(words);
    expect(error).toMatchObject({ code: 2, kind: 'usage' });
    expect(existsSync(join(root, 'valv'))).toBe(false);
    expect(existsSync(join(root, 'koder'))).toBe(false);
  });

  it('a folder for the codes that is not empty is refused, and is left as it was', async () => {
    const folder = join(root, 'full');
    mkdirSync(folder);
    writeFileSync(join(folder, 'annat'), 'x');
    expect(await refused(create({ 'recovery-out': folder }))).toMatchObject({ code: 2 });
    expect(readdirSync(folder)).toEqual(['annat']);
  });

  it(
    'makes all, calibrated, says what to do with the codes, and what the law asks first',
    async () => {
      const { code, out, err } = await sigill([
        ...create(),
        '--email',
        'prov@example.se',
        '--address',
        'Rad 1',
        'Rad 2',
      ]);
      expect(code).toBe(0);
      const codes = ['aterstallningsnyckel-oppna-rummet.pdf', 'aterstallningsnyckel-skyddade-rummet.pdf'];
      for (const file of codes) expect(out).toContain(join(root, 'koder', file));
      expect(readdirSync(join(root, 'koder')).sort()).toEqual(codes);
      expect(out).toMatch(/OpenPGP-nyckel:\n {2}([0-9A-F]{4} ?){10}\n/);
      expect(err).toContain('3 kap. 1 och 3 §§ säkerhetsskyddsförordningen');
      expect(err).toContain('samråd');
      expect(out + err).not.toMatch(/korrekt|elefanter/);
      expect(readdirSync(join(root, 'valv'))).toEqual(['provet.sigill']);
      if (process.platform !== 'win32') {
        for (const name of ['provet.sigill', 'provet.sigill/open.db', 'provet.sigill/vault.json']) {
          expect(statSync(join(root, 'valv', name)).mode & 0o077).toBe(0);
        }
        expect(statSync(join(root, 'koder', codes[0] ?? '')).mode & 0o077).toBe(0);
      }
    },
    SLOW,
  );

  it('the name is the same however it is typed, and the key carries the organisation without brackets', async () => {
    const options = ['--vault', join(root, 'valv', 'provet.sigill'), '--open-pass', join(root, 'oppna.txt')];
    const keys: Json = await mustSigill(['key', 'list', ...options, '--user', 'Åsa Ek']);
    expect(keys[0].userIds).toEqual(['Region Syd RS <prov@example.se>']);
    const settings: Json = await mustSigill(['vault', 'settings', ...options, '--user', 'A\u030asa Ek']);
    expect(settings).toMatchObject({ name: 'Region Syd (RS)', address: ['Rad 1', 'Rad 2'] });
  });

  it('the derivation is at least the floor', async () => {
    const status: Json = await mustSigill([
      'vault',
      'status',
      '--vault',
      join(root, 'valv', 'provet.sigill'),
    ]);
    expect(status.format).toBe('sigill-vault/1');
    expect(status.rooms.map((room: Json) => room.room)).toEqual(['open', 'protected']);
    for (const { slots } of status.rooms) {
      expect(slots.map((slot: Json) => [slot.kind, slot.user])).toEqual([
        ['passphrase', 'Åsa Ek'],
        ['recovery', 'Återställningsnyckel'],
      ]);
      for (const { kdf } of slots) expect(kdf.memoryKiB).toBeGreaterThanOrEqual(262_144);
    }
  });
});

describe('a vault that is there', () => {
  let vault: TestVault;
  beforeAll(async () => {
    vault = await makeTestVault();
  });
  afterAll(() => vault.remove());

  it('tells its status to anybody: rooms, slots and names, and no word of the organisation', async () => {
    const { code, out } = await sigill(['vault', 'status', '--vault', vault.folder], { columns: 80 });
    expect(code).toBe(0);
    expect(out).toContain('öppna rummet\n');
    expect(out).toContain('skyddade rummet\n');
    expect(out).toMatch(/lösenfras +sedan \d{4}-\d\d-\d\d \d\d:\d\d {2}Anna Andersson\n/);
    expect(out).toContain('Argon2id 256 MiB, t=3, p=4');
    expect(out).not.toContain('Provmyndigheten');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('shows its settings, and changes them in both rooms or in none', { timeout: SLOW }, async () => {
    const open = unlocking(vault, 'open');
    const both = unlocking(vault, 'open', 'protected');
    const { out } = await sigill(['vault', 'settings', ...open]);
    expect(out).toContain('Slag                 Statlig myndighet');
    expect(await refused(['vault', 'settings', ...open, '--phone', '08-1'])).toMatchObject({ code: 4 });
    expect(
      await refused(['vault', 'settings', ...both, '--phone', '08-1', '--email', 'inte en adress']),
    ).toMatchObject({
      code: 2,
      faults: ['e-post: är inte en adress (namn@exempel.se)'],
    });
    await mustSigill(['vault', 'settings', ...both, '--phone', '08-1', '--contact', '']);
    for (const room of ['open', 'protected'] as const) {
      const settings: Json = await mustSigill(['vault', 'settings', ...unlocking(vault, room)]);
      expect(settings).toMatchObject({ phone: '08-1', contact: null, email: 'prov@example.se' });
    }
  });

  it('asks who you are where it has several users, and says who there are', async () => {
    const open = unlocking(vault, 'open');
    const pass = fileIn(vault, 'bo.txt', 'mossa cykel trumpet granit valross');
    await mustSigill(['user', 'add', ...open, '--name', 'Bo Ås', '--new-open-pass', pass]);
    const error = await refused(['incident', 'list', ...open]);
    expect(error).toMatchObject({ code: 2, faults: ['Anna Andersson', 'Bo Ås'] });
    expect(error.message).toContain('--user');
  });

  it('a place that is no vault is said to be none', async () => {
    expect(await refused(['vault', 'status', '--vault', vault.root])).toMatchObject({
      code: 2,
      kind: 'usage',
    });
    const file = fileIn(vault, 'fil', 'x');
    expect(await refused(['vault', 'status', '--vault', file])).toMatchObject({ code: 2, kind: 'usage' });
  });
});

it('npm run -s sigill reaches the same program', () => {
  const out = execFileSync('npm', ['run', '-s', 'sigill', '--', 'forms', 'list', '--json'], {
    cwd: new URL('../../../..', import.meta.url).pathname,
    encoding: 'utf8',
  });
  expect(JSON.parse(out).length).toBeGreaterThan(3);
});
