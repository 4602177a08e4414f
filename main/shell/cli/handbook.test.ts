import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sigill } from './testing/run.ts';

const PROJECT = new URL('../../..', import.meta.url).pathname;
const FILES = [
  'README.md',
  ...readdirSync(join(PROJECT, 'docs/handbok')).map((name) => `docs/handbok/${name}`),
];

/** What follows `npm run -s sigill --` in a code block: one command, its lines put together. */
function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```\n(.*?)^ *```$/gms)].map((match) => match[1] ?? '');
  return blocks
    .flatMap((block) => block.replace(/\\\n\s*/g, ' ').split('\n'))
    .flatMap((line) => /npm run -s sigill -- (.*)$/.exec(line)?.[1] ?? [])
    .filter((command) => !command.includes('<kommando>'));
}

/** Command names in running text and tables: `user add`, `incident state ID --to active`. */
function namedIn(text: string): string[] {
  return [...text.matchAll(/`((?:vault|user|key|mail|incident|audit|export|forms) [a-z][^`]*)`/g)].map(
    (match) => match[1] ?? '',
  );
}

/** Words as a shell would part them; enough for what stands in a handbook. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
}

/** The command's own words, and the options that are used. */
function partsOf(command: string): { name: string[]; options: string[] } {
  const words = wordsOf(command);
  const name = words.filter((word, index) => index < 2 && /^[a-z-]+$/.test(word) && !word.startsWith('-'));
  return { name, options: words.filter((word) => /^--[a-z-]+$/.test(word)) };
}

async function helpOf(name: readonly string[]): Promise<{ known: Set<string>; needed: string[] }> {
  const { code, out } = await sigill([...name, '--help'], { columns: 110 });
  expect(code, name.join(' ')).toBe(0);
  // An option begins two spaces in; what it is goes on further in.
  const entries = out.split(/\n(?= {2}(?:-\w, )?--)/);
  const nameOf = (entry: string): string => /--[a-z-]+/.exec(entry)?.[0] ?? '';
  return {
    known: new Set(entries.map(nameOf)),
    needed: entries.filter((entry) => entry.includes('måste anges')).map(nameOf),
  };
}

describe.each(FILES)('%s', (file) => {
  const text = readFileSync(join(PROJECT, file), 'utf8');

  it('has only commands that are there, with options that they take and all that they need', async () => {
    for (const command of commandsIn(text)) {
      const { name, options } = partsOf(command);
      const { known, needed } = await helpOf(name);
      expect(
        options.filter((option) => !known.has(option)),
        command,
      ).toEqual([]);
      if (options.includes('--help')) continue;
      expect(
        needed.filter((option) => !options.includes(option)),
        command,
      ).toEqual([]);
    }
  });

  it('names only commands and options that are there', async () => {
    for (const command of namedIn(text)) {
      const { name, options } = partsOf(command);
      const { known } = await helpOf(name);
      expect(
        options.filter((option) => !known.has(option)),
        command,
      ).toEqual([]);
    }
  });
});

it('the handbook shows how a command is written more than a few times', () => {
  const all = FILES.flatMap((file) => commandsIn(readFileSync(join(PROJECT, file), 'utf8')));
  expect(all.length).toBeGreaterThan(15);
});

it('the handbook names every command that a person may need', () => {
  const all = FILES.map((file) => readFileSync(join(PROJECT, file), 'utf8')).join('\n');
  for (const command of [
    ...[
      'vault create',
      'vault status',
      'vault settings',
      'user add',
      'user remove',
      'user passphrase',
      'user reset',
    ],
    ...[
      'user list',
      'key import',
      'key list',
      'key create-own',
      'key export-own',
      'incident import',
      'incident list',
    ],
    ...[
      'incident show',
      'incident history',
      'incident state',
      'incident write',
      'incident log',
      'forms list',
    ],
    ...[
      'sigill -- mark',
      'sigill -- deadlines',
      'sigill -- report',
      'sigill -- gate',
      'export epost',
      'export signalskydd',
      'export kuvert',
    ],
    ...['register list', 'register find', 'register move', 'register outstanding', 'register inventory'],
    ...['audit export', 'audit verify'],
  ]) {
    expect(all).toContain(command);
  }
});

it('every option that stands in the handbook is an option of some command', async () => {
  const used = new Set<string>();
  const known = new Set(['--kontrollpunkt']);
  for (const file of FILES) {
    const text = readFileSync(join(PROJECT, file), 'utf8');
    for (const match of text.matchAll(/`?(--[a-z]+(?:-[a-z]+)*)\b/g)) used.add(match[1] ?? '');
  }
  const root = await sigill(['--help']);
  for (const group of [...root.out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map((match) => match[1] ?? '')) {
    const help = await sigill([group, '--help'], { columns: 110 });
    const children = [...(help.out.split('Kommandon:\n')[1] ?? '').matchAll(/^ {2}([a-z-]+)\b/gm)];
    for (const name of [[group], ...children.map((match) => [group, match[1] ?? ''])]) {
      if (name.at(-1) !== 'help') for (const option of (await helpOf(name)).known) known.add(option);
    }
  }
  expect([...used].filter((option) => !known.has(option))).toEqual([]);
});
