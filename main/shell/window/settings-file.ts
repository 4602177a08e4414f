import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DEFAULT_SETTINGS, shellSettings, type ShellSettings } from '../../../shared/contract/shell.ts';

/** The few settings that must be known while everything is locked: a small file outside the vault. */
export class SettingsFile {
  readonly #path: string;
  #settings: ShellSettings;

  constructor(path: string) {
    this.#path = path;
    this.#settings = read(path);
  }

  get(): ShellSettings {
    return this.#settings;
  }

  /** Stores the change, all or nothing: written beside, then given its name. */
  change(change: { readonly [K in keyof ShellSettings]?: ShellSettings[K] | undefined }): ShellSettings {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const settings = shellSettings.parse({ ...this.#settings, ...given });
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const beside = `${this.#path}.${process.pid}.part`;
    try {
      writeFileSync(beside, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
      renameSync(beside, this.#path);
    } finally {
      rmSync(beside, { force: true });
    }
    this.#settings = settings;
    return settings;
  }
}

/** Each setting on its own: one that an older or newer Sigill wrote, and that cannot be read, becomes its default. */
function read(path: string): ShellSettings {
  let stored: unknown;
  try {
    stored = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return DEFAULT_SETTINGS;
  }
  if (typeof stored !== 'object' || stored === null) return DEFAULT_SETTINGS;
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const [name, schema] of Object.entries(shellSettings.shape)) {
    const value = schema.safeParse((stored as Record<string, unknown>)[name]);
    if (value.success) settings[name] = value.data;
  }
  return shellSettings.parse(settings);
}
