import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, type TestContext, vi } from 'vitest';
import { textOfPages } from '../../../testing/pdf.ts';
import { casePath, makeTestVault, PASSPHRASES, USER, type TestVault } from '../../../testing/vault.ts';
import type { Room } from '../../../../shared/domain/room.ts';
import { fileIn, mustSigill, refused, sigill, unlocking, type Json } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

const BO = {
  open: 'mossa cykel trumpet granit valross',
  protected: 'fjorton vilda pelikaner simmar stillsamt under bryggan',
};
const NEW = {
  open: 'violin ankare paprika tegel måsunge',
  protected: 'nio trötta bävrar bygger långsamt kring fyren',
};

const VERIFIER = fileURLToPath(new URL('../../../audit/verify-audit.mjs', import.meta.url));
/** Several derivations of keys, on a machine that others work on too. */
const SLOW = 120_000;

let vault: TestVault;
let anna: string[];
let both: string[];
beforeAll(async () => {
  vault = await makeTestVault();
  anna = [...unlocking(vault, 'open'), '--user', USER];
  both = [...unlocking(vault, 'open', 'protected'), '--user', USER];
  await mustSigill(['incident', 'import', ...both, casePath('ovning-sakerhetskanslig')]);
});
afterAll(() => vault.remove());

const secret = (name: string, text: string): string => fileIn(vault, name, `${text}\n`);
const as = (user: string, room: Room, passphrase: string): string[] => [
  ...['--vault', vault.folder, '--user', user],
  ...[`--${room}-pass`, secret('inlogg.txt', passphrase)],
];

/** The code as it stands on the paper that was printed, read with another program than ours. */
function codeOnPaper(context: TestContext, room: Room): string {
  const name = room === 'open' ? 'oppna' : 'skyddade';
  const pdf = readFileSync(join(vault.root, 'kuvert', `aterstallningsnyckel-${name}-rummet.pdf`));
  const groups = textOfPages(context, pdf)
    .join('\n')
    .split('\n')
    .map((line) => line.replace(/[\s|]/g, ''))
    // A row of the table: three groups of four, widely set.
    .filter((line) => /^[0-9A-HJKMNP-TV-Z]{12}$/.test(line));
  expect(groups).toHaveLength(3);
  return groups.join('\n');
}

/** The chain of a room, exported and judged by the verifier that shares no code with Sigill. */
async function exportedChain(words: readonly string[], room: Room, name: string): Promise<Json> {
  const out = join(vault.root, name);
  await mustSigill(['audit', 'export', ...words, '--room', room, '--out', out]);
  // Throws where the chain is not whole: it then ends with 5.
  execFileSync(process.execPath, [VERIFIER, out], { stdio: 'pipe' });
  return JSON.parse(readFileSync(out, 'utf8'));
}

describe('a person', { timeout: SLOW }, () => {
  it('is added to the rooms that a passphrase is given for, and to no other', async () => {
    const { code, out } = await sigill([
      ...['user', 'add', ...both, '--name', '  Bo   A\u030as '],
      ...['--new-open-pass', secret('n1', BO.open), '--new-protected-pass', secret('n2', BO.protected)],
    ]);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Bo Ås har tillträde till öppna rummet och skyddade rummet.\n',
    });
    expect(await sigill(['incident', 'list', ...as('Bo Ås', 'protected', BO.protected)])).toMatchObject({
      code: 0,
    });
    expect(
      await mustSigill([
        'user',
        'add',
        ...anna,
        '--name',
        'Cia Ek',
        '--new-open-pass',
        secret('n3', NEW.open),
      ]),
    ).toEqual({ user: 'Cia Ek', rooms: ['open'] });
  });

  it('is refused, and nothing is changed, with the same passphrase twice, a weak one, none, or a taken name', async () => {
    const before = readFileSync(join(vault.folder, 'vault.json'), 'utf8');
    const add = ['user', 'add', ...both, '--name', 'Dan'];
    const one = secret('n4', BO.protected);
    for (const [words, message] of [
      [[...add, '--new-open-pass', one, '--new-protected-pass', one], 'olika lösenfraser'],
      [[...add, '--new-open-pass', one, '--new-protected-pass', secret('n5', 'sommar2026')], 'för svag'],
      [add, '--new-open-pass eller --new-protected-pass'],
      [['user', 'add', ...anna, '--name', 'Bo Ås', '--new-open-pass', secret('n6', NEW.open)], 'finns redan'],
    ] as const) {
      const error = await refused(words);
      expect(error).toMatchObject({ code: 2, kind: 'usage' });
      expect(error.message).toContain(message);
    }
    expect(readFileSync(join(vault.folder, 'vault.json'), 'utf8')).toBe(before);
  });

  it('changes her own passphrase, spaces and all; the old one opens nothing more', async () => {
    const bo = as('Bo Ås', 'open', BO.open);
    const { code, out } = await sigill([
      'user',
      'passphrase',
      ...bo,
      '--new-open-pass',
      secret('n7', `  ${NEW.open} `),
    ]);
    expect({ code, out }).toEqual({ code: 0, out: 'Lösenfrasen är bytt för öppna rummet.\n' });
    expect((await refused(['incident', 'list', ...as('Bo Ås', 'open', BO.open)])).code).toBe(4);
    expect((await refused(['incident', 'list', ...as('Bo Ås', 'open', NEW.open)])).code).toBe(4);
    expect((await sigill(['incident', 'list', ...as('Bo Ås', 'open', `  ${NEW.open} `)])).code).toBe(0);
  });

  it('is removed from the rooms that are unlocked, and it is said which are left', async () => {
    const { code, out, err } = await sigill(['user', 'remove', ...anna, '--name', 'Bo Ås']);
    expect({ code, out }).toEqual({ code: 0, out: 'Bo Ås har inte längre tillträde till öppna rummet.\n' });
    expect(err).toBe('OBS: Bo Ås har kvar tillträde till skyddade rummet.\n');
    expect((await refused(['incident', 'list', ...as('Bo Ås', 'open', NEW.open)])).code).toBe(4);
    expect(await refused(['user', 'remove', ...anna, '--name', 'Bo Ås'])).toMatchObject({ code: 2 });
    expect(await refused(['user', 'remove', ...anna, '--name', USER])).toMatchObject({
      code: 3,
      kind: 'policy',
    });
  });

  it('stays in the list when removed, and the chain of each room is whole after all of it', async () => {
    const { out } = await sigill(['user', 'list', ...both], { columns: 80 });
    expect(out).toMatch(/öppna rummet +person +borttagen \d{4}-\d\d-\d\d {2}Bo Ås\n/);
    const chain = await exportedChain(both, 'open', 'kedja-efter-byten.json');
    expect(chain.entries.map((entry: Json) => entry.action)).toEqual(
      expect.arrayContaining(['user.added', 'user.passphrase-changed', 'user.removed']),
    );
    await exportedChain(both, 'protected', 'kedja-efter-byten-skyddade.json');
  });
});

describe('the recovery code', { timeout: SLOW }, () => {
  it('mistyped is a fault of use, with words, and another code does not open', async (context) => {
    const code = codeOnPaper(context, 'open');
    const words = (text: string): string[] => [
      ...['user', 'list', '--vault', vault.folder],
      ...['--open-recovery', secret('kod.txt', text)],
    ];
    const slip = code.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(await refused(words(slip))).toMatchObject({ code: 2, kind: 'usage' });
    expect((await refused(words(code.slice(0, 20)))).message).toMatch(/tecken men ska ha 36/);
    expect((await refused(words(`U${code.slice(1)}`))).message).toMatch(/i grupp 1/);
    const other = codeOnPaper(context, 'protected');
    const error = await refused(words(other));
    expect(error).toMatchObject({ code: 4, kind: 'unlock' });
    expect(error.message).not.toContain(other.slice(0, 4));
  });

  it('from the paper opens a room, and the audit tells that it was used, also for only looking', async (context) => {
    const file = secret('kod.txt', codeOnPaper(context, 'protected').toLowerCase());
    const words = ['--vault', vault.folder, '--protected-recovery', file];
    const { out } = await sigill(['incident', 'list', ...words]);
    expect(out).toContain('Björktrast');
    const chain = await exportedChain(words, 'protected', 'kedja-kod.json');
    const used = chain.entries.filter((entry: Json) => entry.action === 'recovery.used');
    expect(used).toHaveLength(2);
    const key = chain.keys.find((one: Json) => one.id === used[0].actor);
    expect(key.name).toBe('Återställningsnyckel');
  });

  it('can add a user, and has no passphrase of its own to change', async (context) => {
    const words = [
      '--vault',
      vault.folder,
      '--open-recovery',
      secret('kod.txt', codeOnPaper(context, 'open')),
    ];
    const name = ['--name', 'Eva Ny', '--new-open-pass', secret('n8', BO.open)];
    expect((await sigill(['user', 'add', ...words, ...name])).code).toBe(0);
    expect((await sigill(['incident', 'list', ...as('Eva Ny', 'open', BO.open)])).code).toBe(0);
    const change = ['user', 'passphrase', ...words, '--new-open-pass', secret('n9', NEW.open)];
    expect(await refused(change)).toMatchObject({ code: 3, kind: 'policy' });
  });
});

describe('who has forgotten a passphrase', { timeout: SLOW }, () => {
  it('gets a new one by the recovery code of the room, and works on under the same name', async (context) => {
    const words = [
      '--vault',
      vault.folder,
      '--open-recovery',
      secret('kod.txt', codeOnPaper(context, 'open')),
    ];
    const reset = ['user', 'reset', '--name', USER, '--new-open-pass', secret('n10', NEW.open)];
    expect(await refused([...reset, ...both])).toMatchObject({ code: 3, kind: 'policy' });
    const weak = ['user', 'reset', '--name', USER, '--new-open-pass', secret('n11', 'sommar2026')];
    expect(await refused([...weak, ...words])).toMatchObject({ code: 2 });
    // The passphrase that she still has for the other room would open both.
    const same = ['user', 'reset', '--name', USER, '--new-open-pass', secret('n12', PASSPHRASES.protected)];
    expect((await refused([...same, ...words])).message).toContain('olika lösenfraser');

    const { code, out, err } = await sigill([...reset, ...words]);
    expect(code).toBe(0);
    expect(out).toContain(`${USER} har en ny lösenfras för öppna rummet`);
    expect(err).toContain('Försegla återställningskoden på nytt');

    expect((await refused(['incident', 'list', ...as(USER, 'open', PASSPHRASES.open)])).code).toBe(4);
    const now = [
      ...as(USER, 'open', NEW.open),
      ...['--protected-pass', secret('skyddade.txt', PASSPHRASES.protected)],
    ];
    expect((await sigill(['incident', 'list', ...now])).out).toContain('Björktrast');
    const chain = await exportedChain(now, 'open', 'kedja-ny.json');
    expect(chain.keys.map((key: Json) => key.name)).toEqual(expect.arrayContaining([USER, `${USER} (2)`]));
    expect(chain.entries.at(-1)).toMatchObject({ action: 'user.reset' });
    expect((await sigill(['audit', 'verify', ...now])).code).toBe(0);
    // She is removed by the name that she logs in by, though the list names her otherwise.
    const eva = as('Eva Ny', 'open', BO.open);
    expect(await mustSigill(['user', 'remove', ...eva, '--name', USER])).toMatchObject({
      rooms: ['open'],
      left: ['protected'],
    });
  });

  it('is not somebody unknown, and not the recovery key itself', async (context) => {
    const words = [
      '--vault',
      vault.folder,
      '--open-recovery',
      secret('kod.txt', codeOnPaper(context, 'open')),
    ];
    const pass = ['--new-open-pass', secret('n13', NEW.open)];
    expect(await refused(['user', 'reset', ...words, ...pass, '--name', 'Ingen'])).toMatchObject({ code: 2 });
    expect(await refused(['user', 'reset', ...words, ...pass, '--name', USER])).toMatchObject({ code: 2 });
    expect(
      await refused(['user', 'reset', ...words, ...pass, '--name', 'Återställningsnyckel']),
    ).toMatchObject({
      code: 2,
    });
  });
});

describe('who is the last in one room', { timeout: SLOW }, () => {
  it('is removed from neither', async (context) => {
    const words = [
      ...['--vault', vault.folder, '--open-recovery', secret('kod.txt', codeOnPaper(context, 'open'))],
      ...['--protected-recovery', secret('kod2.txt', codeOnPaper(context, 'protected'))],
    ];
    await mustSigill(['user', 'remove', ...words, '--name', 'Cia Ek']);
    // Eva is alone in the open room now; in the protected one there are others.
    const pass = secret('n14', NEW.protected);
    await mustSigill(['user', 'add', ...words, '--name', 'Eva Ny', '--new-protected-pass', pass]);
    expect(await refused(['user', 'remove', ...words, '--name', 'Eva Ny'])).toMatchObject({
      code: 3,
      kind: 'policy',
    });
    const list: Json = await mustSigill(['user', 'list', ...words]);
    const eva = list.filter((one: Json) => one.name === 'Eva Ny' && one.removedAt === null);
    expect(eva.map((one: Json) => one.room)).toEqual(['open', 'protected']);
  });
});
