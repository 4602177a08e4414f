import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isStale } from './build.ts';
import { findElectron, hasDisplay, launch } from './launch.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const linux = { platform: 'linux', isProgram: () => true } as const;

describe('npm start', () => {
  it('says what to do where there is no screen, and ends with 2', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await launch({ ...linux, environment: {} })).toBe(2);
    expect(said.mock.calls.join('')).toMatch(/Det finns ingen skärm[\s\S]*xvfb-run[\s\S]*npm run -s sigill/);
  });

  it('asks for a screen only where a program can be without one', () => {
    expect(hasDisplay({ ...linux, environment: { DISPLAY: '' } })).toBe(false);
    expect(hasDisplay({ ...linux, environment: { WAYLAND_DISPLAY: 'wayland-0' } })).toBe(true);
    expect(hasDisplay({ ...linux, platform: 'win32', environment: {} })).toBe(true);
  });

  it('finds Electron where its own installer puts it, or where it is pointed out', () => {
    const unpacked = { ...linux, environment: {} };
    expect(findElectron(unpacked, folder)).toBeNull();
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(findElectron(unpacked, folder)).toBe(join(folder, 'dist/electron'));
    expect(findElectron({ ...unpacked, isProgram: () => false }, folder)).toBeNull();
    const pointed = { ...linux, environment: { ELECTRON_OVERRIDE_DIST_PATH: '/medium' } };
    expect(findElectron(pointed, folder)).toBe('/medium/electron');
  });
});

describe('isStale', () => {
  it('is true before the first build, and when any file below a source is newer', () => {
    const made = join(folder, 'index.html');
    const source = join(folder, 'source');
    const deep = join(source, 'a', 'b.ts');
    mkdirSync(join(source, 'a'), { recursive: true });
    writeFileSync(deep, '');
    expect(isStale(made, [source])).toBe(true);
    writeFileSync(made, '');
    const at = (path: string, second: number): void => utimesSync(path, second, second);
    at(made, 100);
    at(deep, 99);
    expect(isStale(made, [source, join(folder, 'missing')])).toBe(false);
    at(deep, 101);
    expect(isStale(made, [source])).toBe(true);
  });
});
