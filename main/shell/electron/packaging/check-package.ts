import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { extractAll, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Arch, build, Platform } from 'electron-builder';
import { findContentFaults, findNativeFaults, findRuntimeClosure, readFuses } from './package-contents.ts';

/**
 * `npm run package:check`: packs Sigill as it will be released, looks at every file of the package, and runs the packed
 * core. Where Electron's binary is missing it packs against a stand-in: a folder with an empty program in it. All that
 * is ours is then the same, and only the fuses, which are bits in the binary, are left out.
 */

const PROJECT = join(import.meta.dirname, '../../../..');
const REAL_ELECTRON = join(PROJECT, 'node_modules/electron/dist');
const ARCH = process.arch === 'arm64' ? 'arm64' : 'x64';

interface Packed {
  /** The folder that a person would install. */
  readonly folder: string;
  readonly archive: string;
}

async function pack(work: string, electron: string, isStandIn: boolean): Promise<Packed> {
  await build({
    projectDir: PROJECT,
    targets: Platform.LINUX.createTarget('dir', Arch[ARCH]),
    publish: 'never',
    config: {
      extends: join(PROJECT, 'electron-builder.yml'),
      electronDist: electron,
      directories: { output: join(work, 'out') },
      // There is no place for fuses in a stand-in.
      ...(isStandIn ? { electronFuses: null } : {}),
    },
  });
  const name = readdirSync(join(work, 'out')).find((entry) => entry.endsWith('-unpacked'));
  if (name === undefined) throw new Error('electron-builder left no folder.');
  const folder = join(work, 'out', name);
  return { folder, archive: join(folder, 'resources/app.asar') };
}

function makeStandIn(work: string): string {
  const folder = join(work, 'electron');
  mkdirSync(join(folder, 'resources'), { recursive: true });
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\n');
  chmodSync(join(folder, 'electron'), 0o755);
  return folder;
}

/** The files of the archive that are files, with '/', and whether each lies beside it. */
function listArchive(archive: string): { readonly packed: string[]; readonly unpacked: string[] } {
  const packed: string[] = [];
  const unpacked: string[] = [];
  for (const entry of listPackage(archive, { isPack: false })) {
    const name = entry.split('\\').join('/').replace(/^\//, '');
    const status = statFile(archive, name);
    if ('files' in status) continue;
    ('unpacked' in status && status.unpacked ? unpacked : packed).push(name);
  }
  return { packed, unpacked };
}

/** What lies beside the archive, in the folder that Electron itself does not fill. */
function findStrayFaults(folder: string): string[] {
  const known = /^resources\/(app\.asar$|app\.asar\.unpacked\/)/;
  return listFiles(join(folder, 'resources'))
    .map((file) => `resources/${file}`)
    .filter((file) => !known.test(file))
    .map((file) => `${file}: nothing should lie here`);
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split('\\').join('/'));
}

/** The packed manifest names the program's start, and no package that only a developer needs. */
function findManifestFaults(content: string): string[] {
  const manifest = JSON.parse(readFileSync(join(content, 'package.json'), 'utf8')) as Record<string, unknown>;
  const faults: string[] = [];
  if (manifest['main'] !== 'dist/electron/main.js')
    faults.push('package.json: main is not dist/electron/main.js');
  for (const name of ['devDependencies', 'scripts']) {
    if (manifest[name] !== undefined) faults.push(`package.json: ${name}`);
  }
  return faults;
}

/** Rules and word list are byte for byte those of the project. */
function findAssetFaults(content: string): string[] {
  return ['assets/publishers', 'assets/rules', 'assets/wordlists'].flatMap((folder) =>
    listFiles(join(PROJECT, folder))
      .map((file) => join(folder, file))
      .filter((file) => {
        const packed = join(content, file);
        return !existsSync(packed) || !readFileSync(packed).equals(readFileSync(join(PROJECT, file)));
      })
      .map((file) => `${file}: missing or changed`),
  );
}

/** The Chromium shell must not have come along inside a bundle either. */
function findBundleFaults(content: string): string[] {
  const bundles = listFiles(join(content, 'dist')).filter((file) => /\.(js|mjs|cjs)$/.test(file));
  return bundles
    .filter((file) =>
      /playwright|__sigillBridge|sparticuz/.test(readFileSync(join(content, 'dist', file), 'utf8')),
    )
    .map((file) => `dist/${file}: holds the Chromium shell`);
}

async function findFuseFaults(binary: string): Promise<string[]> {
  const wire = await getCurrentFuseWire(binary);
  const wanted = Object.entries(readFuses(readFileSync(join(PROJECT, 'electron-builder.yml'), 'utf8')));
  return wanted
    .filter(([name, on]) => {
      const key = FuseV1Options[(name.charAt(0).toUpperCase() + name.slice(1)) as keyof typeof FuseV1Options];
      // '1' and '0' as characters in the binary.
      return wire[key] !== (on ? 49 : 48);
    })
    .map(([name]) => `fuse ${name}: not as configured`);
}

/** Runs the packed core, away from the project, so that nothing of it is found by chance. */
function driveCore(work: string, content: string): string[] {
  const driver = join(import.meta.dirname, 'drive-core.ts');
  const incident = join(PROJECT, 'demo/cases/kalix-2021.json');
  const folder = join(work, 'core');
  mkdirSync(folder);
  const { status, stderr } = spawnSync(process.execPath, [driver, content, folder, incident], {
    cwd: work,
    encoding: 'utf8',
  });
  return status === 0 ? [] : [`the packed core: ${stderr.trim()}`];
}

async function check(work: string): Promise<readonly string[]> {
  const isStandIn = !existsSync(join(REAL_ELECTRON, 'electron'));
  const electron = isStandIn ? makeStandIn(work) : REAL_ELECTRON;
  const { folder, archive } = await pack(work, electron, isStandIn);

  const { packed, unpacked } = listArchive(archive);
  const content = join(work, 'content');
  extractAll(archive, content);
  const faults = [
    ...findContentFaults([...packed, ...unpacked], findRuntimeClosure(PROJECT)),
    ...findNativeFaults(packed, unpacked, `linux-${ARCH}`),
    ...findStrayFaults(folder),
    ...findManifestFaults(content),
    ...findAssetFaults(content),
    ...findBundleFaults(content),
    ...(isStandIn ? [] : await findFuseFaults(join(folder, 'sigill'))),
  ];
  faults.push(...driveCore(work, content));
  process.stdout.write(
    `\n${packed.length} filer i app.asar, ${unpacked.length} bredvid.\n` +
      (isStandIn
        ? 'Electrons binär finns inte här: paketerat mot en ersättare, säkringarna kan inte läsas tillbaka.\n'
        : 'Säkringarna är lästa ur binären.\n'),
  );
  return faults;
}

const work = mkdtempSync(join(tmpdir(), 'sigill-package-'));
try {
  const faults = await check(work);
  for (const fault of faults) process.stdout.write(`  FEL  ${fault}\n`);
  process.stdout.write(
    faults.length === 0 ? 'Paketet är som det ska.\n' : `${faults.length} fel i paketet.\n`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
