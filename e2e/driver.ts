import type { Page } from 'playwright-core';
import type { ShellSettings } from '../shared/contract/shell.ts';

/** A shell as the specs drive it: the same specs on Chromium and on Electron. */
export interface Driver {
  /** The page that is shown now; after a lock, the new one. */
  readonly page: () => Promise<Page>;
  /** What the next dialog answers; null: the person closes it. */
  readonly choose: (path: string | null) => void;
  /** Every address that was asked for and is not the program's own. */
  readonly foreignRequests: () => readonly string[];
  readonly quit: () => Promise<void>;
}

export interface DriverOptions {
  /** What the shell remembers from the time before; empty on the first start. */
  readonly settings: Partial<ShellSettings>;
  /** Where the shell keeps its settings; a folder of the test's own. */
  readonly settingsFolder: string;
  /** Called with each new page, before it loads anything where the shell allows it. */
  readonly onPage: (page: Page) => void;
}

export type ShellName = 'chromium' | 'electron';

/** Chosen by `npm run e2e -- --shell=electron`. */
export function shellName(): ShellName {
  return process.env['SIGILL_E2E_SHELL'] === 'electron' ? 'electron' : 'chromium';
}
