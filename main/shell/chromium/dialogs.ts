import { execFile } from 'node:child_process';
import { SigillError } from '../../../shared/domain/error.ts';
import { THIS_COMPUTER, type Surroundings } from './find-browser.ts';
import { delimiter, join } from 'node:path';

/** The three choices that only the system may offer, so that the page never learns what else lies on the disk. */
export interface Dialogs {
  readonly folder: (title: string) => Promise<string | null>;
  readonly file: (title: string, extensions: readonly string[]) => Promise<string | null>;
  readonly savePath: (title: string, suggestedName: string) => Promise<string | null>;
}

/** A program that shows a dialog and writes what was chosen. */
interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
}

interface DialogProgram {
  readonly folder: (title: string) => Command;
  readonly file: (title: string, extensions: readonly string[]) => Command;
  readonly savePath: (title: string, suggestedName: string) => Command;
}

const patterns = (extensions: readonly string[]): string =>
  extensions.map((extension) => `*.${extension}`).join(' ');

const ZENITY: DialogProgram = {
  folder: (title) => zenity(title, ['--directory']),
  file: (title, extensions) =>
    zenity(title, extensions.length > 0 ? [`--file-filter=${patterns(extensions)}`] : []),
  savePath: (title, suggestedName) =>
    zenity(title, ['--save', '--confirm-overwrite', `--filename=${suggestedName}`]),
};
const KDIALOG: DialogProgram = {
  folder: (title) => kdialog(title, ['--getexistingdirectory', '.']),
  file: (title, extensions) =>
    kdialog(title, ['--getopenfilename', '.', ...(extensions.length > 0 ? [patterns(extensions)] : [])]),
  savePath: (title, suggestedName) => kdialog(title, ['--getsavefilename', suggestedName]),
};
/** What was written in the title goes as an argument, never as part of the script. */
const OSASCRIPT: DialogProgram = {
  folder: (title) => osascript('choose folder with prompt (item 1 of argv)', [title]),
  file: (title, extensions) =>
    extensions.length > 0
      ? osascript('choose file with prompt (item 1 of argv) of type (items 2 thru -1 of argv)', [
          title,
          ...extensions,
        ])
      : osascript('choose file with prompt (item 1 of argv)', [title]),
  savePath: (title, suggestedName) =>
    osascript('choose file name with prompt (item 1 of argv) default name (item 2 of argv)', [
      title,
      suggestedName,
    ]),
};

function zenity(title: string, more: readonly string[]): Command {
  return { program: 'zenity', arguments: ['--file-selection', `--title=${title}`, ...more] };
}

function kdialog(title: string, more: readonly string[]): Command {
  return { program: 'kdialog', arguments: ['--title', title, ...more] };
}

function osascript(choice: string, values: readonly string[]): Command {
  const script = `on run argv\nreturn POSIX path of (${choice})\nend run`;
  return { program: 'osascript', arguments: ['-e', script, ...values] };
}

/**
 * Dialogs of the system. The browser has some of its own, but they give the page a file and keep the path to themselves,
 * and a vault is a folder.
 */
export function systemDialogs(around: Surroundings = THIS_COMPUTER): Dialogs {
  const ask = (make: (program: DialogProgram) => Command): Promise<string | null> => {
    const program = findDialogProgram(around);
    if (program) return run(make(program));
    throw new SigillError(
      'usage',
      'Det finns inget program för att välja filer och mappar på den här datorn. Skriv sökvägen, eller installera ' +
        'zenity eller kdialog.',
    );
  };
  return {
    folder: async (title) => ask((program) => program.folder(title)),
    file: async (title, extensions) => ask((program) => program.file(title, extensions)),
    savePath: async (title, name) => ask((program) => program.savePath(title, name)),
  };
}

function findDialogProgram({ platform, environment, isProgram }: Surroundings): DialogProgram | null {
  if (platform === 'darwin') return OSASCRIPT;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const has = (name: string): boolean => folders.some((folder) => isProgram(join(folder, name)));
  if (has('zenity')) return ZENITY;
  return has('kdialog') ? KDIALOG : null;
}

/** All of them write the path on a line of its own, and end with something else than 0 where the person closed them. */
function run({ program, arguments: values }: Command): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, values, { encoding: 'utf8' }, (error, output) => {
      const path = output.replace(/\r?\n$/, '');
      resolve(error || path === '' ? null : path);
    });
  });
}
