import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SigillError } from '../../../shared/domain/error.ts';
import { makeTestVault, PASSPHRASES, type TestVault } from '../../testing/vault.ts';
import { requireTool } from '../../testing/tools.ts';
import { SecretReader } from './secrets.ts';
import { fileIn, sigill, spawnSigill, START, unlocking } from './testing/run.ts';

const SECRET = PASSPHRASES.open;

describe('a passphrase', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'sigill-hemligt-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const file = (name: string, content: string | Uint8Array): string => fileIn({ root }, name, content);
  const reader = (input: string | Uint8Array = ''): SecretReader =>
    new SecretReader({
      out: () => undefined,
      err: () => undefined,
      readStandardInput: async () => Buffer.from(input),
    });
  const fault = (work: Promise<string>): Promise<SigillError> =>
    work.then(
      () => {
        throw new Error('It was read.');
      },
      (error: SigillError) => error,
    );

  it.each([
    ['no line end', SECRET],
    ['the line end of Unix', `${SECRET}\n`],
    ['the line end of Windows', `${SECRET}\r\n`],
    ['a byte order mark, as Notepad writes', `\ufeff${SECRET}\r\n`],
  ])('is the same from a file with %s', async (_name, content) => {
    expect(await reader().passphrase('--open-pass', file('a', content))).toBe(SECRET);
  });

  it('keeps its spaces, first and last: they are part of it', async () => {
    expect(await reader().passphrase('--open-pass', file('b', `  ${SECRET} \n`))).toBe(`  ${SECRET} `);
    expect(await reader(`  ${SECRET} \r\n`).passphrase('--open-pass', '-')).toBe(`  ${SECRET} `);
  });

  it('comes from standard input one line for each that is asked for, in that order', async () => {
    const lines = reader('ett\r\ntvå\ntre');
    expect(await lines.passphrase('--open-pass', '-')).toBe('ett');
    expect(await lines.passphrase('--protected-pass', '-')).toBe('två');
    expect(await lines.passphrase('--second-pass', '-')).toBe('tre');
    expect((await fault(lines.passphrase('--new-open-pass', '-'))).message).toBe(
      '--new-open-pass: ingen lösenfras.',
    );
  });

  it('is refused, by the name of the option and without a word of the file, where it is', async () => {
    mkdirSync(join(root, 'mapp'));
    const cases: [string, RegExp][] = [
      [join(root, 'finns inte'), /kan inte läsas \(filen finns inte\)/],
      [join(root, 'mapp'), /kan inte läsas \(det är en mapp\)/],
      [file('tom', ''), /ingen lösenfras/],
      [file('radslut', '\r\n'), /ingen lösenfras/],
      [file('rader', `${SECRET}\nen rad till\n`), /fler än en rad/],
      [file('tomrad', `${SECRET}\n\n`), /fler än en rad/],
      [file('latin', Buffer.from(SECRET, 'latin1')), /är inte text i UTF-8/],
      [file('utf16', Buffer.from(SECRET, 'utf16le')), /är inte text i UTF-8/],
      [file('stor', SECRET.repeat(1000)), /filen är för stor, högst 16 KiB/],
      ['/dev/zero', /filen är för stor/],
      // Who writes the passphrase where the file should stand must not see it in an error.
      [SECRET, /kan inte läsas/],
    ];
    for (const [path, expected] of cases) {
      const error = await fault(reader().passphrase('--protected-pass', path));
      expect(error.kind).toBe('usage');
      expect(error.message).toMatch(/^--protected-pass: /);
      expect(error.message).toMatch(expected);
      expect(error.message).not.toMatch(/korrekt|häst/);
    }
  });

  it('is not looked for in more of standard input than a person can write', async () => {
    const error = await fault(reader('x'.repeat(17 * 1024)).passphrase('--open-pass', '-'));
    expect(error.message).toMatch(/för mycket i standard in/);
  });

  it('at the keyboard is asked for by what it opens', async () => {
    const asked: string[] = [];
    const keyboard = new SecretReader({
      out: () => undefined,
      err: () => undefined,
      readStandardInput: async () => {
        throw new Error('Not from the stream.');
      },
      askSecret: async (prompt) => {
        asked.push(prompt);
        return SECRET;
      },
    });
    expect(await keyboard.passphrase('--open-pass', '-')).toBe(SECRET);
    await keyboard.passphrase('--new-protected-pass', '-');
    expect(asked).toEqual(['Lösenfras för öppna rummet: ', 'Ny lösenfras för skyddade rummet: ']);
  });

  it('a recovery code may stand in several rows, as on its paper', async () => {
    const rows = 'AAAA-BBBB-CCCC\nDDDD-EEEE-FFFF\n';
    expect(await reader().code('--open-recovery', file('kod', rows))).toBe(rows);
    expect((await fault(reader(' \n').code('--open-recovery', '-'))).message).toMatch(
      /ingen återställningskod/,
    );
  });
});

describe('passphrases and the world outside the process', { timeout: 120_000 }, () => {
  let vault: TestVault;
  beforeAll(async () => {
    vault = await makeTestVault();
  });
  afterAll(() => vault.remove());

  it('open the rooms from standard input, open room first, whatever else is asked for after them', async () => {
    const words = ['--vault', vault.folder, '--open-pass', '-', '--protected-pass', '-'];
    const input = `${PASSPHRASES.open}\r\n${PASSPHRASES.protected}\r\n`;
    expect((await sigill(['user', 'list', ...words], { input })).code).toBe(0);
    // The new passphrase stands last, though its option stands first.
    const added = await sigill(['user', 'add', '--new-protected-pass', '-', '--name', 'Bo', ...words], {
      input: `${input}fjorton vilda pelikaner simmar stillsamt under bryggan\n`,
    });
    expect(added).toEqual({ code: 0, out: 'Bo har tillträde till skyddade rummet.\n', err: '' });
  });

  it('stand in no output, no error, no argument and no environment of the process', async () => {
    const seen: string[] = [];
    const watch = (pid: number): void => {
      for (const name of ['cmdline', 'environ']) seen.push(readFileSync(`/proc/${pid}/${name}`, 'utf8'));
    };
    const names = ['--vault', vault.folder, '--user', 'Anna Andersson'];
    for (const [words, input] of [
      [['incident', 'list', ...names, '--open-pass', '-'], `${PASSPHRASES.open}\n`],
      [['incident', 'list', ...names, '--open-pass', '-', '--json'], `${PASSPHRASES.protected}\n`],
    ] as const) {
      const result = await spawnSigill(words, { input, watch });
      expect([0, 4]).toContain(result.code);
      seen.push(result.out, result.err);
    }
    expect(seen.join('\n')).toContain('sigill');
    expect(seen.join('\n')).not.toMatch(/korrekt|elefanter/);
  });

  it('cannot be given as a value, and no value is repeated', async () => {
    const { code, out, err } = await sigill([
      'incident',
      'list',
      '--json',
      '--vault',
      vault.folder,
      '--open-pass',
      SECRET,
    ]);
    expect(code).toBe(2);
    expect(JSON.parse(out).error.message).toBe('--open-pass: kan inte läsas (filen finns inte).');
    expect(out + err).not.toContain('korrekt');
  });

  it('and recovery code of one room are not both taken', async () => {
    const code = fileIn(vault, 'kod.txt', 'AAAA');
    const { err } = await sigill(['incident', 'list', ...unlocking(vault, 'open'), '--open-recovery', code]);
    expect(err).toBe('Ange antingen --open-pass eller --open-recovery, inte båda.\n');
  });

  it('typed at a terminal are not shown', async ({ skip }) => {
    const script = requireTool('script');
    if (script === null) return skip('script saknas');
    const command = `'${process.execPath}' '${START}' incident list --vault '${vault.folder}' --user 'Anna Andersson' --open-pass -`;
    const shown = await new Promise<string>((resolve) => {
      const child = spawn(script, ['-qec', command, '/dev/null'], { stdio: 'pipe' });
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        if (text.endsWith('Lösenfras för öppna rummet: ')) child.stdin.write(`${PASSPHRASES.open}\r`);
      });
      child.on('close', () => resolve(text));
    });
    expect(shown).toContain('Lösenfras för öppna rummet: ');
    expect(shown).toContain('Det finns inga incidenter');
    expect(shown).not.toContain('korrekt');
  });

  it('from a pipe of the shell are read like a file', () => {
    const command = `'${process.execPath}' '${START}' user list --vault '${vault.folder}' --user 'Anna Andersson' --open-pass <(printf '%s\\n' "$P")`;
    const out = execFileSync('bash', ['-c', `read -r P; ${command}`], {
      input: `${PASSPHRASES.open}\n`,
      encoding: 'utf8',
    });
    expect(out).toContain('Anna Andersson');
  });

  it('a file larger than a text can be is refused before it is read whole', async () => {
    const { code, err } = await sigill([
      ...['incident', 'write', 'K7M2-9QXA-4D1F', '--fact', 'system', '--level', 'oppen'],
      ...['--text-file', '/dev/zero', '--vault', vault.folder, '--open-pass', '-'],
    ]);
    expect({ code, err }).toEqual({
      code: 2,
      err: '--text-file /dev/zero: filen är för stor, högst 1 MiB.\n',
    });
    const latin = join(vault.root, 'latin.txt');
    writeFileSync(latin, Buffer.from('Räksmörgås', 'latin1'));
    const other = await sigill([
      ...['incident', 'write', 'K7M2-9QXA-4D1F', '--fact', 'system', '--level', 'oppen'],
      ...['--text-file', latin, '--vault', vault.folder, '--open-pass', '-'],
    ]);
    expect(other.err).toMatch(/är inte text i UTF-8/);
  });
});
