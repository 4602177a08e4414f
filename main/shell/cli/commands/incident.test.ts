import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { casePath, makeTestVault, USER, type TestVault } from '../../../testing/vault.ts';
import { fileIn, mustSigill, refused, sigill, unlocking, type Json } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

const BO = 'fjorton vilda pelikaner simmar stillsamt under bryggan';

let vault: TestVault;
let open: string[];
let secret: string[];
let both: string[];
let exercise = '';
let kalix = '';
beforeAll(async () => {
  vault = await makeTestVault('begransat-hemlig');
  open = unlocking(vault, 'open');
  secret = unlocking(vault, 'protected');
  both = unlocking(vault, 'open', 'protected');
});
afterAll(() => vault.remove());

describe('incident import', () => {
  it('takes several files at once and answers with an id for each, in order', async () => {
    const files = [casePath('ovning-sakerhetskanslig'), casePath('kalix-2021')];
    const answer: Json = await mustSigill(['incident', 'import', ...both, ...files]);
    expect(answer.map((one: Json) => one.file)).toEqual(files);
    [exercise, kalix] = answer.map((one: Json) => one.incident);
    expect(exercise).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  });

  it('stores nothing of any file where one has a fault, is above the ceiling, or needs the other room', async () => {
    const hemlig = readFileSync(casePath('ovning-sakerhetskanslig'), 'utf8').replaceAll(
      'begransat-hemlig',
      'hemlig',
    );
    const above = fileIn(vault, 'over-taket.json', hemlig);
    const error = await refused(['incident', 'import', ...both, casePath('miljodata-2025'), above]);
    expect(error).toMatchObject({ code: 2 });
    expect(error.faults.length).toBeGreaterThan(5);
    expect(
      error.faults.every((line) => line.startsWith(`${above}: `) && line.includes('högst begränsat hemlig')),
    ).toBe(true);
    expect(await refused(['incident', 'import', ...open, casePath('ovning-sakerhetskanslig')])).toMatchObject(
      {
        code: 4,
      },
    );
    expect(await refused(['incident', 'import', ...both, '/finns/inte.json'])).toMatchObject({ code: 2 });
    expect(await mustSigill(['incident', 'list', ...both])).toHaveLength(2);
  });
});

describe('incident list', () => {
  it('is one compact row each, and fits the screen', async () => {
    for (const columns of [80, 120]) {
      const { out } = await sigill(['incident', 'list', ...both], { columns });
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(out).toMatch(
        new RegExp(`^${exercise} {2}\\d{4}-\\d\\d-\\d\\d {2}Under bedömning {2}ÖVNING: Obehörig`, 'm'),
      );
    }
  });

  it('shows the fixed sentence and no title where the protected room is locked', async () => {
    const { out } = await sigill(['incident', 'list', ...open]);
    expect(out).toContain('ÖVNING: Händelsen hanteras i särskild ordning. Kontakta säkerhetsskyddschefen.\n');
    const [one] = (await mustSigill(['incident', 'list', ...open])).filter(
      (row: Json) => row.incident === exercise,
    );
    expect(one).toMatchObject({ title: null, state: 'draft', exercise: true, regimes: ['STAT-2026'] });
  });
});

describe('incident show', () => {
  it('calls everything by its Swedish name, with what one types to change it, in Swedish time', async () => {
    const { out } = await sigill(['incident', 'show', exercise, ...both], { columns: 100 });
    expect(out).toContain('Läge: Under bedömning. Statlig myndighet. Regimer: SAK, STAT-2026.');
    expect(out).toContain('Högsta märkning i visningen: begränsat hemlig');
    expect(out).toContain('  Upptäcktes: 25 oktober 2026 kl. 02.30, svensk normaltid (UTC+1) (tid:detected)');
    expect(out).toContain('  Vidtagna åtgärder (atgarder-vidtagna) [begränsat hemlig (15 kap. 2 § OSL)]\n');
    expect(out).toMatch(/svensk normaltid \(UTC\+1\), upptäckt \(logg:[0-9a-f]{12}\) \[begränsat\s+hemlig/);
    expect(out).not.toMatch(/\b(draft|statlig-myndighet|exact|upptackt)\b/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('shows one room where one is asked for, and asks for its passphrase', async () => {
    const answer: Json = await mustSigill(['incident', 'show', exercise, '--room', 'protected', ...both]);
    expect(new Set(answer.facts.map((fact: Json) => fact.marking.level))).toEqual(
      new Set(['begransat-hemlig']),
    );
    const { out } = await sigill(['incident', 'show', exercise, '--room', 'open', ...both]);
    expect(out).not.toContain('Björktrast');
    expect(await refused(['incident', 'show', exercise, '--room', 'protected', ...open])).toMatchObject({
      code: 4,
    });
  });

  it('takes the id as a person types it, and says so where there is none', async () => {
    const typed = kalix.toLowerCase().replaceAll('-', '');
    expect((await mustSigill(['incident', 'show', typed, ...open])).id).toBe(kalix);
    expect(await refused(['incident', 'show', 'ZZZZ-ZZZZ-ZZZZ', ...open])).toMatchObject({ code: 2 });
  });

  it('a fact that would steer the terminal is shown, not sent', async () => {
    const write = (text: string): string[] => [
      ...['incident', 'write', kalix, ...open, '--fact', 'lardomar', '--level', 'oppen', '--text-file'],
      fileIn(vault, 'styr.txt', text),
    ];
    expect(await refused(write('före\u001b]0;titel\u0007'))).toMatchObject({ code: 2 });
    // What Windows puts into copied dates is kept as it is, and seen.
    await mustSigill(write('före \u200f\u200eefter'));
    const { out } = await sigill(['incident', 'show', kalix, ...open]);
    expect(out).toContain('före [U+200F][U+200E]efter');
    const json = await sigill(['incident', 'show', kalix, ...open, '--json']);
    expect(json.out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(JSON.parse(json.out).facts.find((fact: Json) => fact.id === 'lardomar').text).toContain('\u200f');
  });
});

describe('writing', () => {
  it('a fact anew: the marking is never lowered, and the history keeps who, when and what', async () => {
    const file = fileIn(vault, 'text.txt', 'Ny lydelse.\r\n');
    const words = ['incident', 'write', kalix, ...open, '--fact', 'system', '--text-file', file];
    const answer: Json = await mustSigill([...words, '--level', 'oppen', '--reason', 'rättat']);
    expect(answer.marking).toEqual({ level: 'sekretess', basis: ['18 kap. 8 § OSL'] });
    const history: Json = await mustSigill(['incident', 'history', kalix, ...open, '--fact', 'system']);
    expect(history.map((step: Json) => [step.revision, step.change, step.changedBy])).toEqual([
      [1, 'created', USER],
      [2, 'revised', USER],
    ]);
    const { out } = await sigill(['incident', 'history', kalix, ...open, '--fact', 'system']);
    expect(out).toMatch(
      /^2\. \d{4}-\d\d-\d\d \d\d:\d\d, Anna Andersson: ändrad \(öppna rummet\)\. Skäl: rättat$/m,
    );
    expect(out).toContain('    Ny lydelse.\n');
  });

  it('needs a provision from sekretess and up, a known fact, and a text', async () => {
    const file = fileIn(vault, 'text.txt', 'x');
    const empty = fileIn(vault, 'tom.txt', '\n');
    const write = ['incident', 'write', kalix, ...open, '--level', 'sekretess'];
    expect((await refused([...write, '--fact', 'kostnad', '--text-file', file])).message).toContain(
      '--basis',
    );
    const unknown = await refused([...write, '--fact', 'sysstem', '--text-file', file]);
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.faults[0]).toContain('kvarstaende-risker');
    expect(await refused([...write, '--fact', 'kostnad', '--text-file', empty])).toMatchObject({ code: 2 });
    expect(await refused(['incident', 'history', kalix, ...open, '--fact', 'godkannande'])).toMatchObject({
      code: 2,
    });
  });

  it('above the ceiling is refused', async () => {
    const file = fileIn(vault, 'text.txt', 'x');
    const words = ['incident', 'write', kalix, ...both, '--fact', 'kostnad', '--text-file', file];
    expect(await refused([...words, '--level', 'hemlig', '--basis', '15 kap. 2 § OSL'])).toMatchObject({
      code: 3,
    });
  });

  it('a row in the log, at a time, which is Swedish, or now', async () => {
    const file = fileIn(vault, 'rad.txt', 'Leverantören ringd.');
    const words = [
      'incident',
      'log',
      kalix,
      ...open,
      '--kind',
      'kommunikation',
      '--text-file',
      file,
      '--level',
      'oppen',
    ];
    expect(await refused([...words, '--at', '17/12 09:00'])).toMatchObject({ code: 2 });
    const { log }: Json = await mustSigill([...words, '--at', '2021-12-17T09:00']);
    const { out } = await sigill(['incident', 'show', kalix, ...open]);
    expect(out).toContain(
      `17 december 2021 kl. 09.00, kommunikation, ${USER} (logg:${log})\n    Leverantören ringd.`,
    );
  });

  it('the state, by name', async () => {
    const { out } = await sigill(['incident', 'state', kalix, ...open, '--to', 'active']);
    expect(out).toBe(`${kalix}: Pågår.\n`);
    expect(await refused(['incident', 'state', exercise, ...open, '--to', 'active'])).toMatchObject({
      code: 4,
    });
  });
});

describe('mark', () => {
  const level = ['--level', 'begransat-hemlig', '--basis', '15 kap. 2 § OSL'];

  it('raises a fact, the title and a time, and moves them to the protected room', async () => {
    for (const fact of ['system', 'titel', 'tid:detected']) {
      const { code, out } = await sigill(['mark', '--incident', kalix, '--fact', fact, ...level, ...both]);
      expect({ code, out }).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^Märkningen är nu begränsat hemlig/),
      });
    }
    const { out } = await sigill(['incident', 'show', kalix, ...open]);
    expect(out).not.toMatch(/Ny lydelse|Utpressningsangrepp mot|tid:detected/);
    expect(await mustSigill(['incident', 'show', kalix, ...secret])).toMatchObject({
      title: { text: 'Utpressningsangrepp mot kommunens servrar' },
    });
  });

  it('lowers by two persons and a reason only', async () => {
    const pass = fileIn(vault, 'bo.txt', BO);
    await mustSigill(['user', 'add', ...both, '--name', 'Bo Ås', '--new-protected-pass', pass]);
    const anna = [...both, '--user', USER];
    const down = [
      'mark',
      '--incident',
      kalix,
      '--fact',
      'system',
      '--level',
      'sekretess',
      '--basis',
      '18 kap. 8 § OSL',
    ];
    const reason = ['--reason', 'Systemet är avvecklat'];
    const bo = ['--second-user', 'Bo Ås', '--second-pass', pass];
    expect(await refused([...down, ...anna, ...reason])).toMatchObject({ code: 3 });
    expect(await refused([...down, ...anna, ...reason, '--second-user', 'Bo Ås'])).toMatchObject({ code: 2 });
    expect(await refused([...down, ...anna, ...bo])).toMatchObject({ code: 2 });
    const wrong = fileIn(vault, 'fel.txt', 'inte rätt lösenfras alls');
    const impostor = ['--second-user', 'Bo Ås', '--second-pass', wrong];
    expect(await refused([...down, ...anna, ...reason, ...impostor])).toMatchObject({ code: 4 });
    const answer: Json = await mustSigill([...down, ...anna, ...reason, ...bo]);
    expect(answer.marking.level).toBe('sekretess');
    const { out } = await sigill(['incident', 'show', kalix, ...open, '--user', USER]);
    expect(out).toContain('Ny lydelse.');
  });
});
