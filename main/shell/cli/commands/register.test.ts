import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { casePath, makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { mustSigill, refused, sigill, unlocking, type Json } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

let vault: TestVault;
let open: string[];
let code = '';
let number = '';
beforeAll(async () => {
  vault = await makeTestVault('hemlig');
  open = unlocking(vault, 'open');
  const [{ incident }]: Json = await mustSigill(['incident', 'import', ...open, casePath('kalix-2021')]);
  const sent: Json = await mustSigill([
    ...[
      'export',
      'kuvert',
      ...open,
      '--incident',
      incident,
      '--form',
      'kommun-slutrapport',
      '--version',
      'full',
    ],
    ...[
      '--out',
      join(vault.root, 'ut'),
      '--decision',
      'Prövat',
      '--recipient',
      'cert-se',
      '--carriage',
      'personlig-leverans',
      // The only address for personal delivery that is known stands as historical.
      '--address-reason',
      'Prov av registret',
    ],
  ]);
  number = sent.number;
});
afterAll(() => vault.remove());

describe('register', () => {
  it('lists what was made to be sent, by its number', async () => {
    expect(number).toMatch(/\/Ö001$/);
    const [entry]: Json = await mustSigill(['register', 'list', ...open]);
    expect(entry).toMatchObject({ serial: 1, designation: number, withheld: false });
    code = entry.copies[0].code;
    const { out } = await sigill(['register', 'list', ...open]);
    expect(out).toContain(`${number}:1/1`);
    const extract: Json = await mustSigill(['register', 'list', ...open, '--extract']);
    expect(extract[0][1]).toBe(number);
  });

  it('finds a copy by its code, and tells what became of it', async () => {
    const moved: Json = await mustSigill([
      'register',
      'move',
      code,
      ...open,
      '--as',
      'hand-out',
      '--holder',
      'Bo Ek',
    ]);
    expect(moved.copy).toMatchObject({ state: 'utlamnad', holder: 'Bo Ek' });
    const waiting = await sigill(['register', 'outstanding', ...open]);
    expect(waiting.out).toContain('Bo Ek');
    expect(waiting.err).toContain('säkerhetsskyddschefen');
    const { out } = await sigill(['register', 'find', code.toLowerCase(), ...open]);
    expect(out).toMatch(/Utlämnat: Bo Ek[\s\S]*Utlämnat till Bo Ek/);
    expect(
      await refused(['register', 'move', code, ...open, '--as', 'destroy', '--how', 'branning']),
    ).toMatchObject({
      code: 2,
      message: expect.stringContaining('återlämnat'),
    });
    await mustSigill(['register', 'move', code, ...open, '--as', 'return']);
    expect((await sigill(['register', 'outstanding', ...open])).out).toBe('Ingen kvittens väntas.\n');
    expect(await refused(['register', 'find', '000000000000', ...open])).toMatchObject({ code: 2 });
  });

  it('counts copies in one sitting or several, and not by the säkerhetsskyddschef', async () => {
    expect(await refused(['register', 'inventory', ...open, '--start'])).toMatchObject({ code: 3 });
    await mustSigill(['register', 'settings', ...open, '--chief', 'Anna Andersson']);
    expect(await refused(['register', 'inventory', ...open, '--start', '--independent'])).toMatchObject({
      code: 3,
    });
    await mustSigill(['register', 'settings', ...open, '--chief', 'Karin Ek']);
    await mustSigill(['register', 'inventory', ...open, '--start', '--independent']);
    const seen: Json = await mustSigill(['register', 'inventory', ...open, '--seen', code]);
    expect(seen.copies[0]).toMatchObject({ seenHow: 'scan' });
    const { out } = await sigill(['register', 'inventory', ...open, '--finish']);
    expect(out).toMatch(/^Avslutad: 1 av 1 funna/);
    expect(await refused(['register', 'inventory', ...open])).toMatchObject({ code: 2 });
  });

  it('takes a pattern that keeps papers apart, and no other', async () => {
    expect(await refused(['register', 'settings', ...open, '--pattern', '{dnr}'])).toMatchObject({ code: 2 });
    const change = ['--room', 'open', '--pattern', '{löpnr}-{exemplar}'];
    // Whether the two registers number alike cannot be seen through a locked door.
    expect(await refused(['register', 'settings', ...open, ...change])).toMatchObject({ code: 2 });
    const both = unlocking(vault, 'open', 'protected');
    const { out } = await sigill(['register', 'settings', ...both, ...change]);
    expect(out).toContain('Mönster: {löpnr}-{exemplar}');
  });
});
