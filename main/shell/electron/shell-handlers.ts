import { app, nativeTheme, type BrowserWindow } from 'electron';
import type { ShellHandlers } from '../../../shared/contract/shell.ts';
import type { SettingsFile } from '../window/settings-file.ts';
import type { TimedClipboard } from './clipboard.ts';
import { chooseFile, chooseFolder, chooseSavePath } from './dialogs.ts';
import { printPdf } from './printing.ts';

export interface HandlerOptions {
  readonly window: BrowserWindow;
  readonly settings: SettingsFile;
  readonly clipboard: TimedClipboard;
  readonly systemIdle: boolean;
  readonly lock: (reason: string) => Promise<void>;
}

/** What this shell does for the window, one line for each entry of the contract. */
export function createHandlers({
  window,
  settings,
  clipboard,
  systemIdle,
  lock,
}: HandlerOptions): ShellHandlers {
  return {
    about: () => ({ shell: 'electron', version: app.getVersion(), packaged: app.isPackaged, systemIdle }),
    chooseFolder: ({ title }) => chooseFolder(window, title),
    chooseFile: (request) => chooseFile(window, request),
    chooseSavePath: (request) => chooseSavePath(window, request),
    print: async ({ pdf }) => ({ printed: await printPdf(pdf) }),
    copyText: async ({ text }) => {
      await clipboard.copy(text);
      return null;
    },
    clearClipboard: async () => {
      await clipboard.clear();
      return null;
    },
    getSettings: () => settings.get(),
    changeSettings: (change) => {
      const changed = settings.change(change);
      nativeTheme.themeSource = changed.theme;
      return changed;
    },
    lock: async () => {
      await lock('Du låste Sigill.');
      return null;
    },
    quit: () => {
      app.quit();
      return null;
    },
  };
}
