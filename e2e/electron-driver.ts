import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { ROOT } from '../main/shell/build.ts';
import { THIS_COMPUTER } from '../main/shell/chromium/find-browser.ts';
import { findElectron } from '../main/shell/launch.ts';
import { SettingsFile } from '../main/shell/window/settings-file.ts';
import type { Driver, DriverOptions } from './driver.ts';

/** The two of Electron's dialogs that the shell opens; the types of Electron stay in its own shell. */
interface ElectronModule {
  readonly dialog: Record<'showOpenDialog' | 'showSaveDialog', unknown>;
}

/** Electron from its own binary, unpackaged: a packaged one has the switches fused off that Playwright drives it by. */
export async function driveElectron({ settings, settingsFolder, onPage }: DriverOptions): Promise<Driver> {
  const executablePath = findElectron(THIS_COMPUTER);
  if (!executablePath) throw new Error('Electrons program finns inte på datorn.');
  new SettingsFile(join(settingsFolder, 'installningar.json')).change(settings);
  const foreign: string[] = [];
  const app = await _electron.launch({
    executablePath,
    args: [ROOT, `--user-data-dir=${settingsFolder}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    cwd: ROOT,
  });
  app.context().on('request', (request) => {
    if (!/^(app|blob|devtools):/.test(request.url())) foreign.push(request.url());
  });
  app.on('window', onPage);
  onPage(await app.firstWindow());
  return {
    page: () => app.firstWindow(),
    choose: (path) =>
      void app.evaluate((electron, answer) => {
        const { dialog } = electron as unknown as ElectronModule;
        const canceled = answer === null;
        dialog.showOpenDialog = () => Promise.resolve({ canceled, filePaths: canceled ? [] : [answer] });
        dialog.showSaveDialog = () => Promise.resolve({ canceled, filePath: answer ?? '' });
      }, path),
    foreignRequests: () => foreign,
    quit: () => app.close(),
  };
}
