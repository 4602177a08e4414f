import { join } from 'node:path';
import { BUILT_RENDERER } from '../main/shell/build.ts';
import { ChromiumShell } from '../main/shell/chromium/chromium.ts';
import { testBrowser } from '../main/shell/chromium/testing/npm-browser.ts';
import { readServedFiles } from '../main/shell/window/serving.ts';
import { SettingsFile } from '../main/shell/window/settings-file.ts';
import type { Driver, DriverOptions } from './driver.ts';

/** The Chromium shell as it is, but for the system's dialogs: nobody is there to click in them. */
export async function driveChromium({ settings, settingsFolder, onPage }: DriverOptions): Promise<Driver> {
  const settingsFile = new SettingsFile(join(settingsFolder, 'settings.json'));
  settingsFile.change(settings);
  let chosen: string | null = null;
  const answer = (): Promise<string | null> => Promise.resolve(chosen);
  const shell = await ChromiumShell.start({
    browser: testBrowser(),
    headed: false,
    version: '0.0.0',
    files: readServedFiles(BUILT_RENDERER),
    printPage: new Map(),
    settings: settingsFile,
    dialogs: { folder: answer, file: answer, savePath: answer },
    // As the browser's own dialog: it does not tell.
    print: () => Promise.resolve(null),
    onPage,
  });
  return {
    page: () => shell.page(),
    choose: (path) => {
      chosen = path;
    },
    foreignRequests: () => shell.requests.filter(({ own }) => !own).map(({ url }) => url),
    quit: () => shell.quit(),
  };
}
