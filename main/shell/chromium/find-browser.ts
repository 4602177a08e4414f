import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, posix, win32 } from 'node:path';
import { SigillError } from '../../../shared/domain/error.ts';

/** What is looked at to find a browser; the real computer, or a test's. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isProgram: (path: string) => boolean;
}

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const MAC_PROGRAMS = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS_PROGRAMS = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** The computer that the program runs on. */
export const THIS_COMPUTER: Surroundings = {
  platform: process.platform,
  environment: process.env,
  isProgram: (path) => {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  },
};

/**
 * Finds a Chromium, Chrome or Edge that is already on the computer. Nothing is fetched.
 * @returns its path, or null where there is none
 * @throws SigillError where `SIGILL_CHROMIUM` names something that is not a program: a wish is not passed over in silence
 */
export function findBrowser(around: Surroundings = THIS_COMPUTER): string | null {
  const wanted = around.environment['SIGILL_CHROMIUM'];
  if (wanted) {
    if (around.isProgram(wanted)) return wanted;
    throw new SigillError('usage', `SIGILL_CHROMIUM pekar på ${wanted}, som inte är ett program.`);
  }
  return usualPlaces(around).find((path) => around.isProgram(path)) ?? null;
}

function usualPlaces({ platform, environment }: Surroundings): string[] {
  if (platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
      const folder = environment[name];
      return folder ? WINDOWS_PROGRAMS.map((program) => win32.join(folder, program)) : [];
    });
  }
  if (platform === 'darwin') {
    const folders = [
      '/Applications',
      ...(environment['HOME'] ? [`${environment['HOME']}/Applications`] : []),
    ];
    return folders.flatMap((folder) => MAC_PROGRAMS.map((program) => posix.join(folder, program)));
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}
