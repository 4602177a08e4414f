import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { casePath, makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { fileIn, mustSigill, refused, sigill, unlocking, type Json } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

let vault: TestVault;
let open: string[];
let both: string[];
let exercise = '';
let kalix = '';
beforeAll(async () => {
  vault = await makeTestVault('begransat-hemlig');
  open = unlocking(vault, 'open');
  both = unlocking(vault, 'open', 'protected');
  const files = [casePath('ovning-sakerhetskanslig'), casePath('kalix-2021')];
  const imported: Json = await mustSigill(['incident', 'import', ...both, ...files]);
  [exercise, kalix] = imported.map((one: Json) => one.incident);
});
afterAll(() => vault.remove());

const path = (name: string): string => join(vault.root, name);
const kommun = (version = 'full'): string[] => [
  ...['--incident', kalix, '--form', 'kommun-slutrapport', '--version', version],
];
const sakerhetspolisen = (): string[] => [
  ...['--incident', exercise, '--form', 'sakerhetspolisen-anmalan', '--version', 'full'],
];

describe('report', () => {
  it.each(['pdf', 'txt', 'json'])(
    '%s: says where the file is, how it is marked, and that it is in clear',
    async (format) => {
      const out = path(`rapport.${format}`);
      const {
        code,
        out: text,
        err,
      } = await sigill(['report', ...open, ...kommun(), '--format', format, '--out', out]);
      expect(code).toBe(0);
      expect(text).toMatch(new RegExp(`^${out}\\nMärkning: sekretess \\(18 kap. 8 § OSL\\)`));
      expect(err).toContain('OBS: Filen ligger okrypterad på disken.');
      expect(readFileSync(out).length).toBeGreaterThan(1000);
    },
  );

  it('dora-json: says with the numbers of EBA what is missing, and is for the forms of DORA', async () => {
    const asked = (form: string): Promise<{ code: number | null; message: string; faults: string[] }> =>
      refused([
        ...['report', ...open, '--incident', kalix, '--form', form, '--version', 'open'],
        ...['--format', 'dora-json', '--out', path('dora.json')],
      ]);
    const error = await asked('dora-final');
    expect(error).toMatchObject({ code: 2, message: expect.stringContaining('EBA:s struktur') as string });
    expect(error.faults).toContain('Fält 4.14, Återvunnet belopp: saknas.');
    expect((await asked('kommun-slutrapport')).message).toMatch(/DORA:s formulär/);
    expect(existsSync(path('dora.json'))).toBe(false);
  });

  it('writes over nothing, and lists the forms where the one asked for is not there', async () => {
    const taken = path('rapport.txt');
    const again = ['report', ...open, ...kommun(), '--format', 'txt', '--out', taken];
    const before = readFileSync(taken, 'utf8');
    expect(await refused(again)).toMatchObject({ code: 2 });
    expect(readFileSync(taken, 'utf8')).toBe(before);
    const error = await refused([
      ...['report', ...open, '--incident', kalix, '--form', 'slutrapport', '--version', 'full'],
      ...['--format', 'txt', '--out', path('ny.txt')],
    ]);
    expect(error).toMatchObject({ code: 2 });
    expect(error.faults[0]).toContain('kommun-slutrapport');
  });
});

describe('gate', () => {
  it('refused ends with 3 and is an answer, not an error: what, why, by which rule, what decides it', async () => {
    const words = ['gate', ...both, ...sakerhetspolisen(), '--channel', 'epost'];
    const { code, out } = await sigill(words, { columns: 80 });
    expect(code).toBe(3);
    expect(out).toMatch(
      /^Avvisat, och inget beslut kan ändra det: OpenPGP-krypterad e-post \(epost\)\n {2}\S/,
    );
    expect(out).toContain('3 kap. 5 § säkerhetsskyddsförordningen (2021:955)');
    expect(out).toMatch(/Avgörs av: Händelseförlopp \(handelseforlopp\), begränsat hemlig/);
    const json = await sigill([...words, '--json']);
    expect(json.code).toBe(3);
    expect(JSON.parse(json.out)).toMatchObject({ channel: 'epost', answer: 'refused' });
  });

  it('says which decision is needed, by whom, on what conditions, and how sure the rule is', async () => {
    const { code, out } = await sigill(['gate', ...open, ...kommun(), '--channel', 'epost']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Kräver beslut av användaren: /);
    expect(out).toContain('Regeln är inte bekräftad mot gällande föreskrift.');
    expect(out).toMatch(/Villkor för beslutet:\n {2}– /);
  });

  it('asks for the printer and the carriage at once for a kuvert, and answers by the strictest', async () => {
    const answer: Json = await mustSigill(['gate', ...both, ...sakerhetspolisen(), '--channel', 'kuvert']);
    expect(answer.answers.map((one: Json) => one.channel)).toEqual(['utskrift', 'personlig-leverans']);
    expect(answer.answer).toBe('decision');
  });
});

describe('export', () => {
  it('takes no second person without a decision, nor where one decides', async () => {
    const out = path('andra-person');
    const order = ['export', 'signalskydd', ...both, ...sakerhetspolisen(), '--out', out];
    const second = ['--second-user', 'Bo Ås', '--second-pass', fileIn(vault, 'andra.txt', 'en fras')];
    expect((await refused([...order, ...second])).message).toContain('--decision');
    const error = await refused([...order, ...second, '--decision', 'Prövat.']);
    expect(error.message).toMatch(/fattas av en person/);
    expect(existsSync(out)).toBe(false);
  });

  it('without the decision that is needed: 3, the conditions line by line, and no file', async () => {
    const out = path('utan-beslut');
    const error = await refused(['export', 'signalskydd', ...both, ...sakerhetspolisen(), '--out', out]);
    expect(error).toMatchObject({ code: 3, kind: 'policy' });
    expect(error.message).toContain('--decision');
    expect(error.faults.length).toBeGreaterThan(0);
    expect(existsSync(out)).toBe(false);
  });

  it('with it: says that it was allowed by decision, of whom, and each file with its checksum', async () => {
    const out = path('signalskydd');
    const { code, out: text } = await sigill([
      ...['export', 'signalskydd', ...both, ...sakerhetspolisen(), '--out', out],
      ...[
        '--decision',
        'SG R är bekräftad',
        '--decided-by',
        'Karin Ek',
        '--medium',
        'M-014',
        '--grade',
        'SG R',
      ],
    ]);
    expect(code).toBe(0);
    expect(text).toMatch(/^Tillåtet efter beslut av Karin Ek: Signalskydd \(signalskydd\)\n/);
    expect(text).toContain('  Beslut: SG R är bekräftad\n');
    expect(text).toContain('Rapportens märkning: begränsat hemlig');
    for (const name of readdirSync(out)) {
      expect(text).toMatch(
        new RegExp(`^ {2}${name.replaceAll('.', '\\.')} {2}\\d+ byte\\n {4}[0-9a-f]{64}$`, 'm'),
      );
    }
  });

  it('a grade that is too low, a folder in use, a folder that is a file: refused, and nothing is touched', async () => {
    const order = ['export', 'signalskydd', ...open, ...kommun('open')];
    const file = fileIn(vault, 'en-fil', 'x');
    expect(await refused([...order, '--out', file])).toMatchObject({ code: 2 });
    expect(await refused([...order, '--out', join(file, 'under')])).toMatchObject({ code: 2 });
    writeFileSync(join(path('signalskydd'), 'annat'), 'x');
    expect(await refused([...order, '--out', path('signalskydd')])).toMatchObject({ code: 2 });
    expect(readFileSync(join(path('signalskydd'), 'annat'), 'utf8')).toBe('x');
    const low = ['export', 'signalskydd', ...both, ...sakerhetspolisen(), '--decision', 'ja'];
    expect(await refused([...low, '--grade', 'SG X', '--out', path('fel-grad')])).toMatchObject({ code: 2 });
    expect(readdirSync(vault.root).filter((name) => name.includes('.part') || name === 'fel-grad')).toEqual(
      [],
    );
  });

  it('kuvert: one print job, carriage chosen by the gate, and remarks about the address', async () => {
    const out = path('kuvert-ut');
    const answer = await sigill([
      ...['export', 'kuvert', ...both, ...sakerhetspolisen(), '--out', out, '--copies', '2'],
      ...['--decision', 'Skrivaren är godkänd'],
    ]);
    expect(answer.code).toBe(0);
    expect(answer.out).toContain('Tillåtet: Personlig leverans (personlig-leverans)');
    expect(answer.err).toContain('OBS: Adressen till');
    expect(readdirSync(out)).toEqual(['utskrift.pdf']);
  });

  it('a final report lacks nothing that is mandatory: one line for each, and a draft may', async () => {
    const thin = JSON.parse(readFileSync(casePath('kalix-2021'), 'utf8'));
    thin.facts = thin.facts.slice(0, 1);
    thin.times = {};
    const [{ incident }]: Json = await mustSigill([
      ...['incident', 'import', ...open, fileIn(vault, 'tunn.json', JSON.stringify(thin))],
    ]);
    const order = [
      ...['export', 'signalskydd', ...open, '--incident', incident, '--form', 'kommun-slutrapport'],
      ...['--version', 'full', '--decision', 'ja', '--out', path('tunn')],
    ];
    const error = await sigill(order);
    expect(error.code).toBe(2);
    const lines = error.err.trimEnd().split('\n');
    expect(lines[0]).toContain('obligatoriska uppgifter saknas');
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.slice(1).every((line) => /^ {2}– \S/.test(line))).toBe(true);
    expect(existsSync(path('tunn'))).toBe(false);
    const draft: Json = await mustSigill([...order, '--draft']);
    expect(draft.draft).toBe(true);
  });

  it('an incident that has a part behind a locked door is not sent as if it were whole', async () => {
    const order = [
      'export',
      'signalskydd',
      ...open,
      ...sakerhetspolisen(),
      '--decision',
      'ja',
      '--out',
      path('halv'),
    ];
    expect(await refused(order)).toMatchObject({ code: 4 });
    expect(existsSync(path('halv'))).toBe(false);
  });
});
