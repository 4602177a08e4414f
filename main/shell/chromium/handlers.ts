import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { largestChosenFile, type ShellHandlers, type ShellRequest } from '../../../shared/contract/shell.ts';
import { SigillError } from '../../../shared/domain/error.ts';
import type { SettingsFile } from '../window/settings-file.ts';
import type { Dialogs } from './dialogs.ts';

/** What the shell itself must do for a request of the window. */
export interface HandlerOptions {
  readonly version: string;
  readonly settings: SettingsFile;
  readonly dialogs: Dialogs;
  /** Opens the print dialog. @returns false where the person closed it, null where nobody can tell */
  readonly print: (pdf: Buffer) => Promise<boolean | null>;
  readonly copy: (text: string) => Promise<void>;
  readonly lock: () => void;
  readonly restartWindow: () => void;
  readonly quit: () => void;
}

const EXTENSIONS: Readonly<Record<ShellRequest<'chooseFile'>['kind'], readonly string[]>> = {
  any: [],
  incident: ['json'],
  key: ['asc', 'pgp', 'gpg', 'key'],
  certificate: ['pem', 'cer', 'crt', 'der'],
  rules: ['sigillregler', 'sig', 'json'],
  pdf: ['pdf'],
  mail: ['eml', 'asc', 'pgp', 'gpg', 'txt'],
};

/** The shell's contract as the Chromium shell keeps it. */
export function shellHandlers(options: HandlerOptions): ShellHandlers {
  const { settings, dialogs } = options;
  return {
    about: () => ({ shell: 'chromium', version: options.version, packaged: false, systemIdle: false }),
    chooseFolder: ({ title }) => dialogs.folder(title),
    chooseFile: async ({ title, kind }) => {
      const path = await dialogs.file(title, EXTENSIONS[kind]);
      return path === null ? null : readChosenFile(path, largestChosenFile(kind));
    },
    chooseFilePath: ({ title }) => dialogs.file(title, []),
    chooseSavePath: ({ title, suggestedName }) => dialogs.savePath(title, suggestedName),
    print: async ({ pdf }) => ({ printed: await options.print(Buffer.from(pdf, 'base64')) }),
    copyText: async ({ text }) => {
      await options.copy(text);
      return null;
    },
    getSettings: () => settings.get(),
    changeSettings: (change) => settings.change(change),
    lock: () => {
      options.lock();
      return null;
    },
    restartWindow: () => {
      options.restartWindow();
      return null;
    },
    quit: () => {
      options.quit();
      return null;
    },
  };
}

function readChosenFile(path: string, most: number): { name: string; content: string } {
  let size: number;
  let content: Buffer;
  try {
    const status = statSync(path);
    // A device or a pipe has no size and no end.
    if (!status.isFile())
      throw new SigillError('usage', 'Det valda är inte en vanlig fil. Välj en annan fil.');
    size = status.size;
    if (size > most) {
      throw new SigillError(
        'usage',
        `Filen är för stor: högst ${most / 1024 / 1024} MB kan läsas in. Välj en annan fil.`,
      );
    }
    content = readFileSync(path);
  } catch (error) {
    if (error instanceof SigillError) throw error;
    throw new SigillError(
      'usage',
      'Filen går inte att läsa. Kontrollera att den finns kvar och att du får läsa den, och försök igen.',
    );
  }
  return { name: basename(path), content: content.toString('base64') };
}
