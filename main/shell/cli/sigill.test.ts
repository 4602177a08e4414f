import { describe, expect, it } from 'vitest';
import { SigillError } from '../../../shared/domain/error.ts';
import { sigill } from './testing/run.ts';

/** Every command as it is listed in the help, leaf by leaf. */
const COMMANDS = [
  'vault create',
  'vault status',
  'vault settings',
  'user add',
  'user remove',
  'user passphrase',
  'user reset',
  'user list',
  'key import',
  'key import-own',
  'key list',
  'key create-own',
  'key export-own',
  'key distrust',
  'incident import',
  'incident list',
  'incident show',
  'incident history',
  'incident state',
  'incident write',
  'incident log',
  'mark',
  'assess',
  'deadlines',
  'duties',
  'recipient bind',
  'recipient check',
  'recipient list',
  'step',
  'forms list',
  'report',
  'gate',
  'export epost',
  'export signalskydd',
  'export kuvert',
  'key extend-own',
  'key revocation',
  'export profiles',
  'expedition list',
  'expedition number',
  'expedition tell',
  'printer list',
  'printer set',
  'printer test',
  'portal done',
  'portal list',
  'portal make',
  'portal show',
  'supplement list',
  'mail read',
  'medium add',
  'medium list',
  'medium tell',
  'register diary',
  'register distribution',
  'register find',
  'register incoming',
  'register inventory',
  'register list',
  'register move',
  'register outstanding',
  'register print',
  'register settings',
  'rules diff',
  'rules import',
  'rules incident',
  'rules list',
  'rules revoke-key',
  'rules rollback',
  'rules trust-key',
  'audit export',
  'audit verify',
];
const GROUPS = [
  'vault',
  'user',
  'key',
  'incident',
  'recipient',
  'forms',
  'export',
  'portal',
  'supplement',
  'expedition',
  'printer',
  'mail',
  'medium',
  'register',
  'rules',
  'audit',
];

/** Words of the parser that a person should never meet. */
const ENGLISH =
  /\b(Usage|Options|Commands|Arguments|options|command|choices|default|display help|error|argument|required|unknown|invalid|missing|too many)\b/;

describe('help', () => {
  it.each(COMMANDS)('of %s is Swedish, ends with 0 and fits 80 columns', async (command) => {
    const { code, out, err } = await sigill([...command.split(' '), '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Användning: sigill ${command} [val]`);
    expect(out).toContain('--json');
    expect(out).not.toMatch(ENGLISH);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('names every command, and every command named is there', async () => {
    const root = await sigill(['--help']);
    expect(root.out).not.toMatch(ENGLISH);
    const listed: string[] = [];
    for (const line of root.out.split('Kommandon:\n')[1]?.split('\n\n')[0]?.split('\n') ?? []) {
      const name = line.trim().split(' ')[0] ?? '';
      if (name === 'help') continue;
      if (!GROUPS.includes(name)) {
        listed.push(name);
        continue;
      }
      const group = await sigill([name, '--help']);
      expect(group.out).not.toMatch(ENGLISH);
      for (const child of group.out.split('Kommandon:\n')[1]?.trimEnd().split('\n') ?? []) {
        const childName = /^ {2}(\S+)/.exec(child)?.[1];
        if (childName !== undefined && childName !== 'help') listed.push(`${name} ${childName}`);
      }
    }
    expect(listed.sort()).toEqual([...COMMANDS].sort());
  });

  it('uses the width of the screen, but no line is longer than a person can follow', async () => {
    for (const columns of [80, 100, 110, 200]) {
      const { out } = await sigill(['export', 'kuvert', '--help'], { columns });
      const longest = Math.max(...out.split('\n').map((line) => line.length));
      expect(longest).toBeLessThanOrEqual(Math.min(columns, 110));
      expect(longest).toBeGreaterThan(Math.min(columns, 110) - 25);
    }
  });

  it('says of each option what it may be, what it is otherwise, and whether it must be given', async () => {
    const { out } = await sigill(['export', 'kuvert', '--help'], { columns: 110 });
    expect(out).toContain('(C4, C5, DL, A4-etikett,');
    expect(out).toMatch(/--vault <mapp> +valvets mapp \(måste anges\)/);
  });

  it('is shown by "help" and "help command" as well', async () => {
    expect((await sigill(['help'])).code).toBe(0);
    expect((await sigill(['help', 'gate'])).out).toContain('Användning: sigill gate');
  });
});

describe('wrong use ends with 2 and says in Swedish what to do', () => {
  it('without a command: the help on standard error, so that no script takes it for an answer', async () => {
    for (const words of [[], ['vault'], ['export']]) {
      const { code, out, err } = await sigill(words);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('Användning:');
      expect(err).toMatch(/Ange ett kommando\.\n$/);
    }
  });

  it.each([
    [['incidnet', 'list'], 'Okänt kommando: incidnet. Menade du incident?'],
    [['incident', 'lst'], 'Okänt kommando: lst. Menade du list?'],
    [['xyzzy'], 'Okänt kommando: xyzzy. Se hjälpen'],
    [['forms', 'list', '--jsn'], 'Okänt val: --jsn. Menade du --json?'],
    [['vault', 'status'], 'Valet --vault <mapp> måste anges.'],
    [['vault', 'status', '--vault'], 'Valet --vault <mapp> saknar sitt värde.'],
    [['vault', 'status', '--vault', 'a', 'b'], 'För många ord i kommandot. Sätt citattecken'],
    [['incident', 'show', '--vault', 'a'], 'Något saknas i kommandot: id.'],
    [
      ['audit', 'export', '--vault', 'a', '--out', 'b', '--room', 'kök'],
      'Ogiltigt värde för --room <rum>. Välj ett av: open, protected.',
    ],
    [
      ['export', 'kuvert', '--copies', '0'],
      'Ogiltigt värde för --copies <antal>. Ange ett antal från 1 till 50.',
    ],
  ])('%j', async (words, expected) => {
    const { code, out, err } = await sigill(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(expected);
    expect(err).not.toMatch(ENGLISH);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('an incident id that cannot be one is refused before anything is opened', async () => {
    const options = ['--vault', '/finns/inte', '--open-pass', '/finns/inte'];
    for (const words of [
      ['incident', 'show', 'abc'],
      ['incident', 'state', 'abc', '--to', 'active'],
      ['incident', 'history', 'abc', '--fact', 'system'],
      ['gate', '--incident', 'abc', '--form', 'f', '--version', 'full', '--channel', 'epost'],
      ['export', 'kuvert', '--incident', 'abc', '--form', 'f', '--version', 'full', '--out', 'x'],
    ]) {
      expect(await sigill([...words, ...options])).toEqual({
        code: 2,
        out: '',
        err: 'Incidentens beteckning skrivs som K7M2-9QXA-4D1F.\n',
      });
    }
  });

  it('a value in the wrong place is not repeated, for it may be a secret', async () => {
    const secret = 'korrekt häst batteri';
    for (const words of [
      ['vault', 'status', `--passphrase=${secret}`],
      ['vault', 'status', '--vault', 'v', secret],
      ['gate', '--channel', secret],
      ['mark', '--level', secret],
    ]) {
      const { err, out } = await sigill([...words, '--json']);
      expect(err + out).not.toContain('korrekt');
    }
  });
});

describe('--json', () => {
  it.each([[['vault', '--json']], [['nix', '--json']], [['vault', 'status', '--json']], [['--json']]])(
    'gives an error that a program can read for %j',
    async (words) => {
      const { code, out, err } = await sigill(words);
      expect(code).toBe(2);
      const { error } = JSON.parse(out);
      expect(error).toEqual({ kind: 'usage', message: expect.any(String), faults: [] });
      expect(err).toContain(error.message);
    },
  );

  it('gives the forms as JSON, with id, name, regimes and channels', async () => {
    const { code, out } = await sigill(['forms', 'list', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({
        id: 'msb-slutrapport',
        name: expect.any(String),
        regimes: ['STAT-2020'],
        channels: expect.arrayContaining(['epost', 'signalskydd']),
      }),
    );
  });
});

describe('an error that nobody foresaw', () => {
  const CANARY = 'VARNING-KANARIE-7Q4';

  /** The first thing a command prints is where it fails: no module has to be replaced. */
  async function failWith(error: unknown) {
    return sigill(['forms', 'list'], {
      out: () => {
        throw error;
      },
    });
  }

  it('ends with 1 and quotes no message, for it may hold what was being worked on', async () => {
    const error = new TypeError(
      `${CANARY} at /main/${CANARY}.ts:1\n    at ${CANARY} (/main/${CANARY}.ts:1:2)`,
    );
    const { code, err } = await failWith(error);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^Ett fel i Sigill har stoppat kommandot \(TypeError, main\/shell\/cli\/[\w.]+:\d+\)\./,
    );
    expect(err).not.toContain(CANARY);
  });

  it('quotes neither a name nor a code that is more than a word, nor what was thrown instead of an error', async () => {
    const odd = Object.assign(new Error('x'), { name: `fel i ${CANARY}`, code: `${CANARY} är hemlig` });
    for (const thrown of [odd, CANARY, { message: CANARY }, null, undefined]) {
      const { code, err } = await failWith(thrown);
      expect(code).toBe(1);
      expect(err).not.toContain(CANARY);
    }
  });

  it('is JSON too where JSON was asked for', async () => {
    let told = '';
    const { code } = await sigill(['forms', 'list', '--json'], {
      out: (text) => {
        if (!text.includes('"error"')) throw new Error(CANARY);
        told = text;
      },
    });
    expect(code).toBe(1);
    expect(JSON.parse(told).error.kind).toBe('fault');
    expect(told).not.toContain(CANARY);
  });
});

describe('errors of the file system and of SQLite', () => {
  async function thrownAs(error: Error): Promise<{ code: number | null; err: string }> {
    return sigill(['forms', 'list'], {
      out: () => {
        throw error;
      },
    });
  }

  it.each([
    ['ENOSPC', 2, 'disken är full'],
    ['EROFS', 2, 'mediet är skrivskyddat'],
    ['ENOTDIR', 2, 'en del av sökvägen är en fil'],
    ['EACCES', 2, 'du har inte rätt'],
  ])('%s is a fault of use, in words', async (name, expected, words) => {
    const error = Object.assign(new Error('no'), { code: name, syscall: 'open', path: '/media/usb/ut' });
    const { code, err } = await thrownAs(error);
    expect(code).toBe(expected);
    expect(err).toContain(`/media/usb/ut: ${words}`);
  });

  it.each([
    ['SQLITE_CORRUPT', 5],
    ['SQLITE_NOTADB', 5],
    ['SQLITE_IOERR_READ', 5],
    ['SQLITE_BUSY', 6],
    ['SQLITE_FULL', 2],
    ['SQLITE_READONLY', 2],
    ['SQLITE_CANTOPEN', 2],
    ['SQLITE_CONSTRAINT_TRIGGER', 1],
  ])('%s ends with %i', async (name, expected) => {
    const error = Object.assign(new Error('database text'), { name: 'SqliteError', code: name });
    const { code, err } = await thrownAs(error);
    expect(code).toBe(expected);
    expect(err).not.toContain('database text');
  });

  it('one line per fault', async () => {
    const { code, err } = await thrownAs(new SigillError('policy', 'Avvisat.', ['ett', 'två']));
    expect({ code, err }).toEqual({ code: 3, err: 'Avvisat.\n  – ett\n  – två\n' });
  });
});
