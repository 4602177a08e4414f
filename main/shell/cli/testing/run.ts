import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PASSPHRASES, type TestVault } from '../../../testing/vault.ts';
import type { Room } from '../../../../shared/domain/room.ts';
import type { Terminal } from '../terminal.ts';
import { runCli } from '../sigill.ts';

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a command answered with `--json`. */
export type Json = ReturnType<typeof JSON.parse>;

/** Runs a command in this process, with a terminal that only remembers. */
export async function sigill(
  words: readonly string[],
  { input = '', ...terminal }: Partial<Terminal> & { readonly input?: string | Buffer } = {},
): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await runCli(words, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    readStandardInput: async () => Buffer.from(input),
    ...terminal,
  });
  return { code, out, err };
}

/** Runs a command with `--json` that must end well. @throws Error with all that it said, where it does not */
export async function mustSigill(words: readonly string[]): Promise<Json> {
  const { code, out, err } = await sigill([...words, '--json']);
  if (code !== 0) throw new Error(`sigill ${words.join(' ')}: ${code}\n${err}`);
  return JSON.parse(out);
}

/** The error that a command answers with `--json`, and its exit code. */
export async function refused(words: readonly string[]): Promise<{
  code: number | null;
  kind: string;
  message: string;
  faults: string[];
}> {
  const { code, out } = await sigill([...words, '--json']);
  return { code, ...JSON.parse(out).error };
}

export const START = fileURLToPath(new URL('../start.mjs', import.meta.url));

/** Runs a command as a person does: in a process of its own. */
export function spawnSigill(
  words: readonly string[],
  {
    input = '',
    node = process.execPath,
    nodeWords = [],
    watch,
  }: {
    readonly input?: string | Buffer;
    readonly node?: string;
    readonly nodeWords?: readonly string[];
    readonly watch?: (pid: number) => void;
  } = {},
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...nodeWords, START, ...words], { stdio: 'pipe' });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    // A child that ends before it has read its input is what some tests are about.
    child.stdin.on('error', () => undefined);
    if (child.pid !== undefined) watch?.(child.pid);
    child.stdin.end(input);
  });
}

/** A file in the test's own folder. @returns its path */
export function fileIn(vault: Pick<TestVault, 'root'>, name: string, content: string | Uint8Array): string {
  const path = join(vault.root, name);
  writeFileSync(path, content);
  return path;
}

/** The options that unlock rooms of the test vault, with the passphrases in files. */
export function unlocking(vault: TestVault, ...rooms: readonly Room[]): string[] {
  return [
    '--vault',
    vault.folder,
    ...rooms.flatMap((room) => [
      `--${room}-pass`,
      fileIn(vault, `losenfras-${room}.txt`, `${PASSPHRASES[room]}\n`),
    ]),
  ];
}
