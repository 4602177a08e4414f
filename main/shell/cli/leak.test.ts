import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { casePath, makeTestVault, type TestVault } from '../../testing/vault.ts';
import { fileIn, mustSigill, sigill, unlocking } from './testing/run.ts';

vi.mock(import('../../vault/key-derivation.ts'), async (original) =>
  (await import('../../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** Words that stand in facts of begränsat hemlig in the exercise, and nowhere else. */
const KLASSAT = /KANARIE|Björktrast|filöverföring|M-014|isolerad|loggövervakning|bedömning pågår/i;
/** A word under sekretess, for what may be told to whoever opens the open room, but never in an error. */
const SECRET = /En nod av fyra|SAK\b/;

let vault: TestVault;
let open: string[];
let both: string[];
let incident = '';
beforeAll(async () => {
  vault = await makeTestVault('begransat-hemlig');
  open = unlocking(vault, 'open');
  both = unlocking(vault, 'open', 'protected');
  [{ incident }] = await mustSigill(['incident', 'import', ...both, casePath('ovning-sakerhetskanslig')]);
});
afterAll(() => vault.remove());

const path = (name: string): string => join(vault.root, name);
const of = (form = 'sakerhetspolisen-anmalan', version = 'full'): string[] => [
  ...['--incident', incident, '--form', form, '--version', version],
];

async function saidBy(words: readonly string[]): Promise<{ code: number | null; said: string; err: string }> {
  const plain = await sigill(words);
  const json = await sigill([...words, '--json']);
  expect(() => JSON.parse(json.out), words.join(' ')).not.toThrow();
  return { code: plain.code, said: plain.out + plain.err + json.out + json.err, err: plain.err + json.err };
}

describe('with the protected room locked', () => {
  it('no command, and no --json, says a word of what lies there', async () => {
    const log = fileIn(vault, 'rad.txt', 'Vanlig rad');
    const commands = [
      ['vault', 'status', '--vault', vault.folder],
      ['vault', 'settings', ...open],
      ['user', 'list', ...open],
      ['key', 'list', ...open],
      ['incident', 'list', ...open],
      ['incident', 'show', incident, ...open],
      ['incident', 'show', incident, '--room', 'open', ...open],
      ['incident', 'history', incident, '--fact', 'omfattning', ...open],
      ['incident', 'history', incident, '--fact', 'system', ...open],
      ['incident', 'history', incident, '--fact', 'titel', ...open],
      ['incident', 'state', incident, '--to', 'active', ...open],
      ['incident', 'log', incident, '--kind', 'ovrigt', '--text-file', log, '--level', 'oppen', ...open],
      ['incident', 'write', incident, '--fact', 'system', '--text-file', log, '--level', 'oppen', ...open],
      [
        'mark',
        '--incident',
        incident,
        '--fact',
        'system',
        '--level',
        'begransat-hemlig',
        '--basis',
        'x',
        ...open,
      ],
      ['mark', '--incident', incident, '--fact', 'tid:detected', '--level', 'oppen', ...open],
      ['gate', ...of(), '--channel', 'kuvert', ...open],
      ['gate', ...of('msb-slutrapport', 'open'), '--channel', 'epost', ...open],
      ['report', ...of('msb-slutrapport', 'open'), '--format', 'txt', '--out', path('r1.txt'), ...open],
      ['export', 'epost', ...of('msb-slutrapport', 'open'), '--out', path('e1'), ...open],
      ['export', 'signalskydd', ...of(), '--out', path('s1'), '--decision', 'ja', ...open],
      ['audit', 'verify', ...open],
      ['audit', 'export', ...open, '--out', path('k1.json')],
    ];
    for (const words of commands) {
      const { said } = await saidBy(words);
      expect(said, words.slice(0, 2).join(' ')).not.toMatch(KLASSAT);
      expect(said, words.slice(0, 2).join(' ')).not.toMatch(/\bSAK\b/);
    }
    for (const name of ['r1.txt', 'k1.json']) expect(readFileSync(path(name), 'utf8')).not.toMatch(KLASSAT);
  });
});

describe('an error quotes no fact, whichever rooms are open', () => {
  it('refused by the gate, bad folders, unknown ids, marking and writing that may not be', async () => {
    const file = fileIn(vault, 'en-fil', 'x');
    const secretText = fileIn(vault, 'hemlig.txt', 'KANARIE-I-TEXT');
    const commands: [number, string[]][] = [
      [3, ['export', 'epost', ...of(), '--out', path('e2'), '--decision', 'ja', ...both]],
      [3, ['export', 'signalskydd', ...of(), '--out', path('s2'), ...both]],
      [2, ['export', 'signalskydd', ...of(), '--out', file, '--decision', 'ja', ...both]],
      [
        2,
        ['export', 'kuvert', ...of(), '--out', path('k2'), '--decision', 'ja', '--recipient', 'nix', ...both],
      ],
      [2, ['report', ...of(), '--format', 'txt', '--out', join(file, 'x'), ...both]],
      [2, ['report', ...of('nix'), '--format', 'txt', '--out', path('r2'), ...both]],
      [2, ['incident', 'show', 'ZZZZ-ZZZZ-ZZZZ', ...both]],
      [2, ['mark', '--incident', incident, '--fact', 'logg:nix', '--level', 'oppen', ...both]],
      [
        3,
        ['mark', '--incident', incident, '--fact', 'system', '--level', 'sekretess', '--basis', 'x', ...both],
      ],
      [
        3,
        [
          ...['incident', 'write', incident, '--fact', 'system', '--text-file', secretText],
          ...['--level', 'hemlig', '--basis', 'x', ...both],
        ],
      ],
      [2, ['incident', 'import', ...both, fileIn(vault, 'trasig.json', '{"title": "KANARIE-TRASIG')]],
      [
        2,
        [
          ...['incident', 'import', ...both],
          fileIn(
            vault,
            'fel.json',
            readFileSync(casePath('ovning-sakerhetskanslig'), 'utf8').replaceAll('"id"', '"KANARIE-NYCKEL"'),
          ),
        ],
      ],
    ];
    for (const [expected, words] of commands) {
      const { code, said } = await saidBy(words);
      expect(code, words.join(' ')).toBe(expected);
      expect(said).not.toMatch(KLASSAT);
      expect(said).not.toMatch(SECRET);
    }
    expect(readdirSync(vault.root).filter((name) => /^(e2|s2|k2|r2|.*\.part)$/.test(name))).toEqual([]);
  });

  it('a damaged database and a damaged vault.json', async () => {
    for (const [file, place] of [
      ['protected.db', 9000],
      ['open.db', 9000],
      ['vault.json', 300],
    ] as const) {
      const folder = path('skadat.sigill');
      rmSync(folder, { recursive: true, force: true });
      cpSync(vault.folder, folder, { recursive: true });
      const bytes = readFileSync(join(folder, file));
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      writeFileSync(join(folder, file), bytes);
      const words = ['incident', 'list', ...unlocking({ ...vault, folder }, 'open', 'protected')];
      const { code, said } = await saidBy(words);
      expect(code).toBe(5);
      expect(said).not.toMatch(KLASSAT);
    }
  });
});
