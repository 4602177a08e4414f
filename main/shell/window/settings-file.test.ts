import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/contract/shell.ts';
import { SettingsFile } from './settings-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-inst-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('SettingsFile', () => {
  it('begins with the defaults, keeps a change, and leaves nothing beside', () => {
    const path = join(folder, 'ny', 'settings.json');
    const settings = new SettingsFile(path);
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
    settings.change({ idleLockMinutes: 3, theme: undefined });
    expect(new SettingsFile(path).get()).toEqual({ ...DEFAULT_SETTINGS, idleLockMinutes: 3 });
    expect(readdirSync(join(folder, 'ny'))).toEqual(['settings.json']);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('keeps what can be read of a file that cannot be read whole', () => {
    const path = join(folder, 'settings.json');
    writeFileSync(path, JSON.stringify({ idleLockMinutes: 0, theme: 'dark', unknown: 1 }));
    expect(new SettingsFile(path).get()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    for (const content of ['', 'null', '[]', '{"theme":']) {
      writeFileSync(path, content);
      expect(new SettingsFile(path).get()).toEqual(DEFAULT_SETTINGS);
    }
  });

  it('refuses a change that would switch the idle lock off', () => {
    const settings = new SettingsFile(join(folder, 'settings.json'));
    expect(() => settings.change({ idleLockMinutes: 0 })).toThrow();
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
  });
});
