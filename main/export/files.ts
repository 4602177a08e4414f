import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import { flushFolder } from '../store/private-file.ts';
import { causeOf, explainSystem } from '../store/system-error.ts';

/** A file about to be written. The name is plain ASCII without separators: it must survive every medium. */
export interface ExportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A file that is too large to be held: it lies whole under another name on the same medium, flushed and read back, and is
 * moved.
 */
export interface StreamedFile {
  readonly name: string;
  readonly at: string;
  /** Bytes. */
  readonly size: number;
  /** Hex, of what was read back. */
  readonly sha256: string;
}

export interface WrittenFile {
  readonly name: string;
  readonly size: number;
  /** SHA-256, hex, of what was read back from the disk. */
  readonly sha256: string;
}

const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Files that lie ready beside their place, flushed and read back, and have not got their name yet. */
export interface StagedFolder {
  readonly files: readonly WrittenFile[];
  /** Gives the folder its name. */
  readonly publish: () => void;
  /** Takes everything away again, also where it has got its name. */
  readonly discard: () => void;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'okänt fel';
}

function couldNotWrite(target: string, error: unknown): SigillError {
  if (error instanceof SigillError) return error;
  const what = `Kunde inte skriva till ${target}`;
  const kept = 'Inget har lämnats kvar där, och det som är sparat i valvet finns kvar.';
  const told = explainSystem(error, what, kept);
  // Damage is told of the vault's files; what was to be written here is not one of them.
  if (told instanceof SigillError && told.kind !== 'damaged') return told;
  return new SigillError('usage', `${what}: mediet svarade med ett fel. ${kept} Byt medium och försök igen.`);
}

function reasonOf(error: unknown): string {
  const cause = causeOf(error);
  return cause ? `: ${cause.reason}` : '';
}

/** @throws SigillError `usage` where something is there already */
function requireEmpty(target: string): void {
  if (contentOf(target).length > 0) {
    throw new SigillError(
      'usage',
      `Mappen ${target} är inte tom. Välj en ny mapp, så att inget skrivs över.`,
    );
  }
}

function contentOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    if (codeOf(error) !== 'ENOTDIR') throw couldNotWrite(folder, error);
    throw new SigillError('usage', `${folder} är ingen mapp. Välj en ny mapp.`);
  }
}

/**
 * Makes the folders down to `path` that are not there, one by one: `recursive` tries for ever where a file system
 * answers that there is no such place.
 * @param made takes note of each, the highest one first, also where the next one fails
 */
function makeFolders(path: string, made: string[]): void {
  const missing: string[] = [];
  for (let folder = path; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) {
    mkdirSync(folder, { mode: 0o700 });
    made.push(folder);
  }
}

/** @throws SigillError `usage` where it cannot: then it must be said that something is left */
function removeWhole(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    throw new SigillError(
      'usage',
      `Det som skrivits i ${folder} gick inte att ta bort igen${reasonOf(error)}. Ta bort det för hand.`,
    );
  }
}

function removeEmpty(folders: readonly string[]): void {
  try {
    for (const folder of folders.toReversed()) rmdirSync(folder);
  } catch {
    // Somebody else has put something there: then it stays.
  }
}

/**
 * Writes a set of files into a folder beside the one they are meant for: flushed, read back and compared. What remains
 * is to give it the name, which is one step, so that the folder is there whole or not at all.
 * @throws SigillError `usage` where the folder already holds something or cannot be written; nothing is left behind.
 */
export function stageExportFolder(
  folder: string,
  files: readonly (ExportFile | StreamedFile)[],
): StagedFolder {
  const target = resolve(folder);
  for (const file of files) {
    if (!SAFE_NAME.test(file.name)) throw new TypeError(`Unsafe file name: ${file.name}`);
  }
  requireEmpty(target);
  const parent = dirname(target);
  const workshop = join(parent, `.${basename(target)}.${randomUUID()}.part`);
  const made: string[] = [];
  let place: string | null = null;
  const discard = (): void => {
    if (place !== null) removeWhole(place);
    removeEmpty(made);
  };
  try {
    makeFolders(parent, made);
    mkdirSync(workshop, { mode: 0o700 });
    place = workshop;
    const written = files.map((file) => {
      const place = join(workshop, file.name);
      return 'bytes' in file ? writeAndReadBack(place, file) : moveIntoPlace(place, file);
    });
    return {
      files: written,
      discard,
      publish() {
        try {
          // Only an empty folder is replaced: what somebody put there in the meantime is not ours to remove.
          if (existsSync(target)) rmdirSync(target);
          renameSync(workshop, target);
          place = target;
          flushFolder(parent);
        } catch (error) {
          throw couldNotWrite(target, error);
        }
      },
    };
  } catch (error) {
    discard();
    throw couldNotWrite(target, error);
  }
}

/**
 * Writes a set of files into a folder that did not exist before, or was empty: all or nothing.
 * @throws SigillError `usage` where the folder already holds something or cannot be written; nothing is left behind.
 */
export function writeExportFolder(folder: string, files: readonly ExportFile[]): readonly WrittenFile[] {
  const staged = stageExportFolder(folder, files);
  try {
    staged.publish();
    return staged.files;
  } catch (error) {
    staged.discard();
    throw error;
  }
}

/** @returns the file as it lies there, hashed in blocks */
export async function describeStreamed(name: string, at: string): Promise<StreamedFile> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(at)) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return { name, at, size, sha256: hash.digest('hex') };
}

/**
 * A folder of our own beside the one that the files are meant for, on the same medium: for what is made in a stream.
 * @returns the folder, and what takes it away with all that is left in it
 * @throws SigillError `usage` where nothing can be written there
 */
export function makeWorkshop(folder: string): { readonly path: string; readonly discard: () => void } {
  const target = resolve(folder);
  requireEmpty(target);
  const parent = dirname(target);
  const path = join(parent, `.${basename(target)}.${randomUUID()}.part`);
  const made: string[] = [];
  try {
    makeFolders(parent, made);
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    removeEmpty(made);
    throw couldNotWrite(target, error);
  }
  return {
    path,
    discard() {
      removeWhole(path);
      removeEmpty(made);
    },
  };
}

/** It was read back where it was made, in a thread of its own; a move on the same medium changes nothing of it. */
function moveIntoPlace(path: string, { name, at, size, sha256 }: StreamedFile): WrittenFile {
  renameSync(at, path);
  if (statSync(path).size !== size) throw notReadBack(name);
  return { name, size, sha256 };
}

/** What a medium is told of that gives back something else than was written. */
export function notReadBack(name: string): SigillError {
  return new SigillError(
    'damaged',
    `Filen ${name} lästes inte tillbaka som den skrevs. Byt medium och försök igen.`,
  );
}

function writeAndReadBack(path: string, file: ExportFile): WrittenFile {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    let offset = 0;
    while (offset < file.bytes.length) offset += writeSync(descriptor, file.bytes, offset);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  const back = readFileSync(path);
  const sha256 = sha256Hex(back);
  if (sha256 !== sha256Hex(file.bytes)) {
    throw notReadBack(file.name);
  }
  return { name: file.name, size: back.length, sha256 };
}
