import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PASSPHRASES } from '../testing/vault.ts';
import { DERIVATION_FLOOR } from '../vault/key-derivation.ts';
import { recoverySheet } from '../vault/recovery-sheet.ts';
import { createWholeVault, type WholeVaultRequest } from './create-vault.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);
vi.mock(import('../vault/recovery-sheet.ts'));

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sigill-helt-'));
  vi.mocked(recoverySheet).mockResolvedValue(new Uint8Array([37]));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const request = (change: Partial<WholeVaultRequest> = {}): WholeVaultRequest => ({
  folder: join(root, 'v.sigill'),
  recoveryFolder: join(root, 'koder'),
  organisation: {
    name: 'Provet',
    kind: 'kommun',
    number: null,
    contact: null,
    phone: null,
    hours: null,
    address: [],
    email: null,
  },
  ceiling: 'sekretess',
  userName: 'Anna Ek',
  passphrases: PASSPHRASES,
  now: new Date(),
  kdf: DERIVATION_FLOOR,
  ...change,
});

it('a vault that cannot get its name leaves no codes behind that open nothing', async () => {
  // Somebody puts a file where the vault was to be, while the codes are being written.
  vi.mocked(recoverySheet).mockImplementation(async () => {
    mkdirSync(join(root, 'v.sigill'), { recursive: true });
    writeFileSync(join(root, 'v.sigill', 'annat'), 'x');
    return new Uint8Array([37]);
  });
  await expect(createWholeVault(request())).rejects.toMatchObject({ kind: 'usage' });
  expect(readdirSync(join(root, 'v.sigill'))).toEqual(['annat']);
  expect(existsSync(join(root, 'koder')) ? readdirSync(join(root, 'koder')) : []).toEqual([]);
});

it('codes that cannot be written leave no vault that nobody could get back into', async () => {
  vi.mocked(recoverySheet).mockRejectedValue(new Error('no printer'));
  await expect(createWholeVault(request())).rejects.toThrow('no printer');
  expect(readdirSync(root)).toEqual([]);
});

it.each(['SQLITE_FULL', 'ENOSPC'])('a full disk (%s) is told in words, and leaves nothing', async (code) => {
  const full = Object.assign(new Error('database or disk is full'), { code });
  vi.mocked(recoverySheet).mockRejectedValue(full);
  await expect(createWholeVault(request())).rejects.toMatchObject({
    name: 'SigillError',
    message: expect.stringMatching(/disken är full.* Inget har skapats\. Frigör plats/) as string,
  });
  expect(readdirSync(root)).toEqual([]);
});

it.each([
  ['is the vault’s', 'v.sigill'],
  ['lies in the vault’s', join('v.sigill', 'koder')],
  ['holds the vault', '.'],
])('a folder for the codes that %s is refused', async (_name, folder) => {
  await expect(createWholeVault(request({ recoveryFolder: join(root, folder) }))).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('Välj en annan mapp'),
    terminal: '--recovery-out',
  });
  expect(readdirSync(root)).toEqual([]);
});

it('a folder beside the vault whose name begins alike is another folder', async () => {
  const { recoveryFiles } = await createWholeVault(request({ recoveryFolder: join(root, 'v.sigill-koder') }));
  expect(recoveryFiles.every((file) => existsSync(file))).toBe(true);
});
