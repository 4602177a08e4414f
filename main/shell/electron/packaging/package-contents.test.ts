import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  findContentFaults,
  findNativeFaults,
  findRuntimeClosure,
  readFuses,
  RUNTIME_PACKAGES,
} from './package-contents.ts';

const PROJECT = join(import.meta.dirname, '../../../..');
const CUTS = ['400Regular', '400Regular_Italic', '600SemiBold', '600SemiBold_Italic'];
const SOUND = [
  'package.json',
  'LICENSE',
  'dist/electron/main.js',
  'dist/electron/core-process.js',
  'dist/electron/document-worker.js',
  'dist/electron/preload.cjs',
  'dist/electron/print/index.html',
  'dist/renderer/index.html',
  'dist/renderer/assets/inter.woff2',
  'assets/rules/forms/a.json',
  'assets/publishers/utgivare.json',
  'assets/wordlists/svenska-losenord.txt',
  ...CUTS.map((cut) => `node_modules/@expo-google-fonts/source-sans-3/${cut}/SourceSans3_${cut}.ttf`),
  'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
];
const FONTS = new Set(['@expo-google-fonts/source-sans-3', 'dejavu-fonts-ttf']);

describe('what a package may hold', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(findContentFaults(SOUND, FONTS)).toEqual([]);
  });

  it.each([
    'dist/electron/gate.test.js',
    'node_modules/x/testing/fake.js',
    'main/shell/electron/start.ts',
    'main/shell/chromium/window.js',
    'demo/run.mjs',
    'dist/electron/main.js.map',
    'node_modules/vitest/index.js',
    'node_modules/@expo-google-fonts/source-sans-3/node_modules/react/index.js',
    '.env',
  ])('finds %s', (stray) => {
    expect(findContentFaults([...SOUND, stray], FONTS)).not.toEqual([]);
  });

  it.each(SOUND)('misses %s', (gone) => {
    expect(
      findContentFaults(
        SOUND.filter((file) => file !== gone),
        FONTS,
      ),
    ).not.toEqual([]);
  });

  it('wants binaries of this platform alone, beside the archive', () => {
    const sound = [
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
      'node_modules/@node-rs/argon2-linux-x64-gnu/argon2.linux-x64-gnu.node',
    ];
    expect(findNativeFaults([], sound, 'linux-x64')).toEqual([]);
    expect(findNativeFaults(sound, [], 'linux-x64')).toHaveLength(4);
    const foreign = 'node_modules/better-sqlite3/prebuilds/win32-x64.node';
    expect(findNativeFaults([], [...sound, foreign], 'linux-x64')).toEqual([`${foreign}: not for linux-x64`]);
  });

  it('follows what the runtime packages need, and nothing that only a developer needs', () => {
    const closure = findRuntimeClosure(PROJECT);
    for (const name of [...RUNTIME_PACKAGES, 'pdfkit', 'fontkit']) expect(closure).toContain(name);
    for (const name of ['electron', 'vite', 'react', 'playwright-core']) expect(closure).not.toContain(name);
  });

  it('reads the fuses, and nothing else, from the configuration', () => {
    expect(
      readFuses('asar: true\nelectronFuses:\n  # why\n  runAsNode: false\nwin:\n  icon: true\n'),
    ).toEqual({
      runAsNode: false,
    });
  });

  it('names the same packages in the bundle and in the package', () => {
    const bundle = readFileSync(join(PROJECT, 'vite.electron.config.ts'), 'utf8');
    const builder = readFileSync(join(PROJECT, 'electron-builder.yml'), 'utf8');
    for (const name of RUNTIME_PACKAGES) {
      expect(bundle.replaceAll('\\/', '/')).toContain(name.split('/')[0]);
      expect(builder).toContain(`node_modules/${name}/`);
    }
  });
});
