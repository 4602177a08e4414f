import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SummaryFilter } from '../incidents/summaries/summaries.ts';
import { bytesOf } from '../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { dropFilter, keepFilter, savedFilters } from './filters.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const CANARY = 'KANARIE-FILTER-4711';
const PLAIN: SummaryFilter = { search: ' ', state: 'active', level: null, exercise: false, sort: 'title' };
const TELLING: SummaryFilter = { ...PLAIN, search: CANARY };

let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
});
afterAll(() => {
  vault.close();
  test.remove();
});

const names = (): string[] => savedFilters(vault).map(({ name, room }) => `${name} ${room}`);

describe('a saved filter', () => {
  it('without words lies in the open room, and is given back as it was saved', () => {
    expect(keepFilter(vault, 'Pågående', PLAIN)).toBe('open');
    expect(savedFilters(vault)).toMatchObject([
      { name: 'Pågående', room: 'open', filter: PLAIN, savedBy: USER },
    ]);
  });

  it('with words lies in the protected room while that is open, and nothing of it in the open one', async () => {
    expect(keepFilter(vault, `Om ${CANARY}`, TELLING)).toBe('protected');
    expect(names()).toEqual([`Om ${CANARY} protected`, 'Pågående open']);
    expect(bytesOf(vault.requireRoom('open')).includes(CANARY)).toBe(false);
    vault.lockRoom('protected');
    expect(JSON.stringify(savedFilters(vault))).not.toContain(CANARY);
    expect(keepFilter(vault, 'Kalix', { ...PLAIN, search: 'kalix' })).toBe('open');
    await vault.unlock('protected', USER, Buffer.from(PASSPHRASES.protected));
  });

  it('takes the place of one of the same name, in whichever room that lies', () => {
    keepFilter(vault, 'Pågående', TELLING);
    expect(names().filter((name) => name.startsWith('Pågående'))).toEqual(['Pågående protected']);
    keepFilter(vault, 'Pågående', PLAIN);
    expect(names().filter((name) => name.startsWith('Pågående'))).toEqual(['Pågående open']);
  });

  it('lies in the protected room where only that is open', async () => {
    vault.lockRoom('open');
    expect(keepFilter(vault, 'Ensam', PLAIN)).toBe('protected');
    await vault.unlock('open', USER, Buffer.from(PASSPHRASES.open));
  });

  it('is removed from its room, once', () => {
    dropFilter(vault, 'open', 'Kalix');
    expect(names()).not.toContain('Kalix open');
    expect(() => dropFilter(vault, 'open', 'Kalix')).toThrow(expect.objectContaining({ kind: 'usage' }));
  });
});
