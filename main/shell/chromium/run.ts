import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SigillError } from '../../../shared/domain/error.ts';
import { BUILT_PRINT_PAGE, BUILT_RENDERER, ROOT } from '../build.ts';
import { readServedFiles } from '../window/serving.ts';
import { SettingsFile } from '../window/settings-file.ts';
import { ChromiumShell } from './chromium.ts';
import { systemDialogs } from './dialogs.ts';

/** Where a program keeps what is the user's own, on each system. */
function settingsFolder(): string {
  const { APPDATA, HOME = '', XDG_CONFIG_HOME } = process.env;
  if (process.platform === 'win32') return join(APPDATA ?? HOME, 'Sigill');
  if (process.platform === 'darwin') return join(HOME, 'Library/Application Support/Sigill');
  return join(XDG_CONFIG_HOME ?? join(HOME, '.config'), 'sigill');
}

function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}

/** Shows Sigill in the browser at this path, until the person ends it. Called by start.mjs. */
export async function runInChromium(executable: string): Promise<void> {
  const shell = await ChromiumShell.start({
    browser: { executable, environment: {}, sandbox: process.getuid?.() !== 0 },
    headed: true,
    version: version(),
    files: readServedFiles(BUILT_RENDERER),
    printPage: readServedFiles(BUILT_PRINT_PAGE),
    settings: new SettingsFile(join(settingsFolder(), 'settings-chromium.json')),
    dialogs: systemDialogs(),
  }).catch(() => {
    throw new SigillError(
      'usage',
      `Webbläsaren ${executable} gick inte att starta. Kontrollera att den startar för sig, och att det finns en skärm ` +
        'att visa fönstret på.',
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shell.quit());
  await shell.ended;
}
