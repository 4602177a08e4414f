import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SigillError } from '../../shared/domain/error.ts';

/** The folder of the whole program, where it is developed. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const BUILT_RENDERER = join(ROOT, 'dist/renderer');

interface Build {
  readonly what: string;
  /** Made last by the build: its age is the age of the whole. */
  readonly made: string;
  readonly sources: readonly string[];
  /** What Vite is told, once for each part. */
  readonly parts: readonly (readonly string[])[];
}

export const BUILT_PRINT_PAGE = join(ROOT, 'dist/electron/print');

const RENDERER: Build = {
  what: 'fönstret',
  made: join(BUILT_RENDERER, 'index.html'),
  sources: ['renderer', 'shared', 'vite.config.ts'],
  parts: [[]],
};
const ELECTRON_SHELL: Build = {
  what: 'skalet',
  made: join(ROOT, 'dist/electron/main.js'),
  sources: ['main', 'shared', 'vite.electron.config.ts'],
  parts: ['processes', 'preload', 'print'].map((mode) => ['-c', 'vite.electron.config.ts', '--mode', mode]),
};

const PRINT_PAGE: Build = {
  what: 'utskriftssidan',
  made: join(BUILT_PRINT_PAGE, 'index.html'),
  sources: ['main/shell/electron/print-page', 'vite.electron.config.ts'],
  parts: [['-c', 'vite.electron.config.ts', '--mode', 'print']],
};

/** Builds what the window shows, if it is missing or older than what it is made from. */
export function buildRenderer(): Promise<void> {
  return buildIfStale(RENDERER);
}

/** The page that draws a PDF for the printer: the same one under both shells. */
export function buildPrintPage(): Promise<void> {
  return buildIfStale(PRINT_PAGE);
}

export function buildElectronShell(): Promise<void> {
  return buildIfStale(ELECTRON_SHELL);
}

/** @returns whether something that a build is made from is newer than what it made, or nothing has been made */
export function isStale(made: string, sources: readonly string[]): boolean {
  if (!existsSync(made)) return true;
  const age = statSync(made).mtimeMs;
  const isNewer = (path: string): boolean => statSync(path).mtimeMs > age;
  return sources.filter(existsSync).some((source) => {
    if (!statSync(source).isDirectory()) return isNewer(source);
    return readdirSync(source, { recursive: true, withFileTypes: true }).some(
      (entry) => entry.isFile() && isNewer(join(entry.parentPath, entry.name)),
    );
  });
}

async function buildIfStale({ what, made, sources, parts }: Build): Promise<void> {
  const all = [...sources, 'package-lock.json'].map((source) => join(ROOT, source));
  if (!isStale(made, all)) return;
  process.stdout.write(`Bygger ${what} …\n`);
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  if (!existsSync(vite))
    throw new SigillError('usage', 'Verktygen för att bygga saknas. Kör "npm ci" först.');
  for (const part of parts) {
    const code = await run(process.execPath, [vite, 'build', ...part, '--logLevel', 'warn']);
    if (code !== 0) throw new SigillError('usage', `Det gick inte att bygga ${what}. Felet står ovanför.`);
  }
}

/** Runs a program in the folder of the whole. @returns its exit code; 1 where it could not be started */
export function run(
  program: string,
  given: readonly string[],
  options: { readonly stdio?: 'inherit' | 'ignore'; readonly timeout?: number } = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, given, { cwd: ROOT, stdio: 'inherit', ...options });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
