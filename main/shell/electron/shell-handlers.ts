import { app, nativeTheme, type BrowserWindow } from 'electron';
import type { ShellHandlers } from '../../../shared/contract/shell.ts';
import { LOCKED_BY_PERSON } from '../window/lock-words.ts';
import type { SettingsFile } from '../window/settings-file.ts';
import type { TimedClipboard } from './clipboard.ts';
import { chooseFile, chooseFilePath, chooseFolder, chooseSavePath } from './dialogs.ts';
import { printPdf } from './printing.ts';

export interface HandlerOptions {
  readonly window: BrowserWindow;
  readonly settings: SettingsFile;
  readonly clipboard: TimedClipboard;
  readonly systemIdle: boolean;
  readonly lock: (reason: string) => Promise<void>;
  readonly restartWindow: () => Promise<void>;
}

/** What this shell does for the window, one line for each entry of the contract. */
export function createHandlers({
  window,
  settings,
  clipboard,
  systemIdle,
  lock,
  restartWindow,
}: HandlerOptions): ShellHandlers {
  return {
    about: () => ({ shell: 'electron', version: app.getVersion(), packaged: app.isPackaged, systemIdle }),
    chooseFolder: ({ title }) => chooseFolder(window, title),
    chooseFile: (request) => chooseFile(window, request),
    chooseFilePath: ({ title }) => chooseFilePath(window, title),
    chooseSavePath: (request) => chooseSavePath(window, request),
    print: async ({ pdf }) => ({ printed: await printPdf(pdf) }),
    copyText: async ({ text }) => {
      await clipboard.copy(text);
      return null;
    },
    getSettings: () => settings.get(),
    changeSettings: (change) => {
      const changed = settings.change(change);
      nativeTheme.themeSource = changed.theme;
      return changed;
    },
    lock: async () => {
      await lock(LOCKED_BY_PERSON);
      return null;
    },
    restartWindow: async () => {
      await restartWindow();
      return null;
    },
    quit: () => {
      app.quit();
      return null;
    },
  };
}
