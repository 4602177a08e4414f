import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';

/** A file about to be written. The name is plain ASCII without separators: it must survive every medium. */
export interface ExportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
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

/**
 * Writes a set of files into a folder that did not exist before, all or nothing: they are made in a folder beside it,
 * flushed, read back and compared, and only then does the folder get its name.
 * @throws SigillError `usage` where the folder already holds something or cannot be written; nothing is left behind.
 */
export function writeExportFolder(folder: string, files: readonly ExportFile[]): WrittenFile[] {
  const target = resolve(folder);
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new SigillError(
      'usage',
      `Mappen ${target} är inte tom. Välj en ny mapp, så att inget skrivs över.`,
    );
  }
  for (const file of files) {
    if (!SAFE_NAME.test(file.name)) throw new TypeError(`Unsafe file name: ${file.name}`);
  }
  const workshop = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    mkdirSync(workshop, { mode: 0o700 });
    const written = files.map((file) => writeAndReadBack(join(workshop, file.name), file));
    if (existsSync(target)) rmSync(target, { recursive: true });
    renameSync(workshop, target);
    return written;
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    if (error instanceof SigillError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'okänt fel';
    throw new SigillError('usage', `Kunde inte skriva till ${target} (${code}). Inget har lämnats kvar där.`);
  }
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
    throw new SigillError(
      'damaged',
      `Filen ${file.name} lästes inte tillbaka som den skrevs. Byt medium och försök igen.`,
    );
  }
  return { name: file.name, size: back.length, sha256 };
}
