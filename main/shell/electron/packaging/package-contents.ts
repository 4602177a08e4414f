import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a package may hold, as functions of a list of its files: no file system but to follow dependencies. */

/** The packages that stay outside the bundle; vite.electron.config.ts and electron-builder.yml name the same. */
export const RUNTIME_PACKAGES: readonly string[] = [
  '@expo-google-fonts/source-sans-3',
  '@node-rs/argon2',
  'better-sqlite3',
  'dejavu-fonts-ttf',
  'dictionary-sv',
  'openpgp',
  'pdfmake',
];
/** Headers for a compiler, which a ready binary does not need. */
const BUILD_TIME_PACKAGES: ReadonlySet<string> = new Set(['node-addon-api']);

const REQUIRED: readonly string[] = [
  'package.json',
  'LICENSE',
  'dist/electron/main.js',
  'dist/electron/core-process.js',
  'dist/electron/document-worker.js',
  'dist/electron/preload.cjs',
  'dist/electron/print/index.html',
  'dist/renderer/index.html',
  'assets/publishers/utgivare.json',
  'assets/wordlists/svenska-losenord.txt',
  ...['400Regular', '400Regular_Italic', '600SemiBold', '600SemiBold_Italic'].map(
    (cut) => `node_modules/@expo-google-fonts/source-sans-3/${cut}/SourceSans3_${cut}.ttf`,
  ),
  ...['DejaVuSans', 'DejaVuSans-Bold'].map((cut) => `node_modules/dejavu-fonts-ttf/ttf/${cut}.ttf`),
];

const FORBIDDEN: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\.(test|spec)\.[a-z]+$/, 'a test'],
  [/(^|\/)(testing|__tests__|tests?)\//, 'a folder of tests'],
  [/\.(ts|tsx|mts|cts)$/, 'source that is not run'],
  [/\.map$/, 'a source map'],
  [/^(main|shared|renderer|demo|e2e|bench|docs)\//, 'source of the project'],
  [/chromium/i, 'the Chromium shell'],
  [/(^|\/)\.(env|git|npmrc)/, 'a file of the developer'],
];

/** @returns one line for each thing that is wrong with the files */
export function findContentFaults(files: readonly string[], wantedPackages: ReadonlySet<string>): string[] {
  const present = new Set(files);
  const faults = REQUIRED.filter((file) => !present.has(file)).map((file) => `${file}: missing`);
  if (!files.some((file) => /^dist\/renderer\/.*\.(woff2?|ttf)$/.test(file)))
    faults.push('dist/renderer: no font');
  if (!files.some((file) => /^assets\/rules\/.*\.json$/.test(file))) faults.push('assets/rules: no rule');
  for (const file of files) {
    const found = FORBIDDEN.find(([pattern]) => pattern.test(file));
    if (found) faults.push(`${file}: ${found[1]}`);
  }
  const packages = new Set(files.map(packageOf).filter((name) => name !== null));
  for (const name of packages) if (!wantedPackages.has(name)) faults.push(`${name}: not used by the package`);
  for (const name of wantedPackages) if (!packages.has(name)) faults.push(`${name}: missing`);
  return faults;
}

/** @returns one line for each native binary that is not of this platform, or lies where the system cannot load it */
export function findNativeFaults(
  packed: readonly string[],
  unpacked: readonly string[],
  target: string,
): string[] {
  const isNative = (file: string): boolean => /\.(node|so|dll|dylib|exe)$/.test(file);
  const faults = packed
    .filter(isNative)
    .map((file) => `${file}: inside the archive, where it cannot be loaded`);
  const binaries = unpacked.filter(isNative);
  for (const file of binaries) {
    if (!file.includes(target) || file.includes('musl')) faults.push(`${file}: not for ${target}`);
  }
  for (const name of ['better-sqlite3', '@node-rs/argon2']) {
    if (!binaries.some((file) => file.includes(`node_modules/${name}`))) faults.push(`${name}: no binary`);
  }
  return faults;
}

/** `node_modules/a/node_modules/@b/c/x.js` belongs to `@b/c`. */
function packageOf(file: string): string | null {
  return /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? null;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The packages that the runtime packages need, and theirs; an optional one for another platform is not installed. */
export function findRuntimeClosure(project: string): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const follow = (name: string, from: string): void => {
    const folder = findPackage(name, from);
    if (folder === null || seen.has(folder) || BUILD_TIME_PACKAGES.has(name) || name.includes('-musl'))
      return;
    seen.add(folder);
    names.add(name);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    for (const next of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      follow(next, folder);
    }
  };
  for (const name of RUNTIME_PACKAGES) follow(name, project);
  return names;
}

function findPackage(name: string, from: string): string | null {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  return from === dirname(from) ? null : findPackage(name, dirname(from));
}

/** The `electronFuses:` block of electron-builder.yml. */
export function readFuses(yaml: string): Readonly<Record<string, boolean>> {
  const block = /^electronFuses:\n((?:[ #].*\n|\n)+)/m.exec(yaml)?.[1] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name, value]) => [name, value === 'true']),
  );
}
