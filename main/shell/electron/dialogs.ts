import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { dialog, type BrowserWindow, type FileFilter } from 'electron';
import { largestChosenFile, type ShellAnswer, type ShellRequest } from '../../../shared/contract/shell.ts';
import { SigillError } from '../../../shared/domain/error.ts';

type FileKind = ShellRequest<'chooseFile'>['kind'];

const EVERY_FILE: FileFilter = { name: 'Alla filer', extensions: ['*'] };
const FILTERS: Readonly<Record<FileKind, readonly FileFilter[]>> = {
  any: [],
  incident: [{ name: 'Incidentfiler', extensions: ['json'] }],
  key: [{ name: 'OpenPGP-nycklar', extensions: ['asc', 'gpg', 'pgp', 'key'] }],
  certificate: [{ name: 'Certifikat', extensions: ['cer', 'crt', 'pem', 'der'] }],
  rules: [{ name: 'Regelpaket', extensions: ['sigillregler', 'sig', 'json'] }],
  pdf: [{ name: 'PDF', extensions: ['pdf'] }],
  mail: [{ name: 'Krypterade brev', extensions: ['eml', 'asc', 'pgp', 'gpg', 'txt'] }],
};

/** @returns the folder, or null where the person closed the dialog */
export async function chooseFolder(window: BrowserWindow, title: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    // What was chosen does not become a recent file of the system.
    properties: ['openDirectory', 'createDirectory', 'promptToCreate', 'dontAddToRecent'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

export async function chooseFile(
  window: BrowserWindow,
  { title, kind }: ShellRequest<'chooseFile'>,
): Promise<ShellAnswer<'chooseFile'>> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    filters: [...FILTERS[kind], EVERY_FILE],
    properties: ['openFile', 'dontAddToRecent'],
  });
  const path = canceled ? undefined : filePaths[0];
  if (path === undefined) return null;
  return {
    name: basename(path),
    content: (await readBounded(path, largestChosenFile(kind))).toString('base64'),
  };
}

/** @returns the path of a file that the core reads, or null where the person closed the dialog */
export async function chooseFilePath(window: BrowserWindow, title: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    properties: ['openFile', 'dontAddToRecent'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

export async function chooseSavePath(
  window: BrowserWindow,
  { title, suggestedName }: ShellRequest<'chooseSavePath'>,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: suggestedName,
    properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
  });
  return canceled || filePath === '' ? null : filePath;
}

/** Looks at the file that was opened, not at its name: a name could point elsewhere a moment later. */
async function readBounded(path: string, most: number): Promise<Buffer> {
  const file = await open(path, 'r').catch(() => {
    throw new SigillError('usage', 'Filen går inte att läsa. Kontrollera att den finns kvar och får läsas.');
  });
  try {
    const status = await file.stat();
    if (!status.isFile()) throw new SigillError('usage', 'Det valda är inte en vanlig fil.');
    if (status.size > most) throw tooLarge(most);
    const content = Buffer.alloc(status.size);
    const { bytesRead } = await file.read(content, 0, status.size, 0);
    return content.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function tooLarge(most: number): SigillError {
  const megabytes = most / (1024 * 1024);
  return new SigillError('usage', `Filen är för stor: högst ${megabytes} MB kan läsas in här.`);
}
