import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import { buildElectronShell, buildPrintPage, buildRenderer, ROOT, run } from './build.ts';
import { findBrowser, THIS_COMPUTER, type Surroundings } from './chromium/find-browser.ts';

/** `npm start`: builds what is missing, chooses a shell, says which, and waits until it ends. */

/** The exit code for what the person has to do something about, as in the terminal. */
const NEEDS_A_PERSON = 2;
const FETCH_LIMIT_MS = 5 * 60_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const warn = (text: string): void => void process.stderr.write(`${text}\n`);

/** Whether there is a screen to put a window on. Only Unix lets a program run without one. */
export function hasDisplay({ platform, environment }: Surroundings): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
}

/** @returns the path of Electron's program, or null; never asks `require('electron')`, which would fetch it unasked */
export function findElectron(
  around: Surroundings,
  electron = join(ROOT, 'node_modules/electron'),
): string | null {
  const pathFile = join(electron, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null;
  const override = around.environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const usual: Partial<Record<NodeJS.Platform, string>> = {
    win32: 'electron.exe',
    darwin: 'Electron.app/Contents/MacOS/Electron',
  };
  const program = override
    ? join(override, name ?? usual[around.platform] ?? 'electron')
    : name === null
      ? null
      : join(electron, 'dist', name);
  return program !== null && around.isProgram(program) ? program : null;
}

/** Starts Sigill in a window. @returns the exit code, when the person has ended it */
export async function launch(around: Surroundings = THIS_COMPUTER): Promise<number> {
  if (!hasDisplay(around)) {
    warn(
      'Det finns ingen skärm att visa fönstret på: varken DISPLAY eller WAYLAND_DISPLAY är satt.\n' +
        'Starta från en grafisk session på datorn, eller anslut med "ssh -X". Vill du bara prova på en server:\n' +
        '  xvfb-run -a npm start\n' +
        'Utan fönster kan samma arbete göras i terminalen: npm run -s sigill -- --help',
    );
    return NEEDS_A_PERSON;
  }
  try {
    return await chooseShell(around);
  } catch (error) {
    if (!(error instanceof SigillError)) throw error;
    warn(error.message);
    return NEEDS_A_PERSON;
  }
}

async function chooseShell(around: Surroundings): Promise<number> {
  await buildRenderer();
  const electron = findElectron(around) ?? (await fetchElectron(around));
  if (electron) {
    await buildElectronShell();
    say(`Sigill startas i Electron: ${electron}`);
    return run(electron, [ROOT]);
  }
  const browser = findBrowser(around);
  if (browser) {
    say(`Electron finns inte här. Sigill startas i Chromium i stället: ${browser}`);
    say(
      'Det är för utveckling och demonstration: skydd mot skärmdumpar och lås vid skärmlås finns bara i Electron.',
    );
    await buildPrintPage();
    const { runInChromium } = await import('./chromium/run.ts');
    await runInChromium(browser);
    return 0;
  }
  warn(
    'Varken Electron eller någon Chromium finns på den här datorn, och Electron gick inte att hämta.\n' +
      'Gör något av det här, och kör npm start igen:\n' +
      '  – anslut till nätet, så att Electron kan hämtas\n' +
      '  – packa upp Electron från ett medium, och sätt ELECTRON_OVERRIDE_DIST_PATH till mappen\n' +
      '  – installera Chromium, Chrome eller Edge, eller sätt SIGILL_CHROMIUM till programmets sökväg\n' +
      'Utan fönster kan samma arbete göras i terminalen: npm run -s sigill -- --help',
  );
  return NEEDS_A_PERSON;
}

/** With Electron's own installer, which compares what it fetches with the checksums in the package. */
async function fetchElectron(around: Surroundings): Promise<string | null> {
  const installer = join(ROOT, 'node_modules/electron/install.js');
  if (around.environment['ELECTRON_OVERRIDE_DIST_PATH'] || !existsSync(installer)) return null;
  say('Electron finns inte på datorn än. Försöker hämta programmet (omkring 120 MB; Ctrl+C avbryter) …');
  const code = await run(process.execPath, [installer], { stdio: 'ignore', timeout: FETCH_LIMIT_MS });
  if (code !== 0) say('Det gick inte att hämta Electron: datorn når inte nätet, eller servern svarar inte.');
  return code === 0 ? findElectron(around) : null;
}
