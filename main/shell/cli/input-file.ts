import { closeSync, openSync, readSync } from 'node:fs';
import { SigillError } from '../../../shared/domain/error.ts';
import { causeOf } from '../../store/system-error.ts';

const CHUNK = 64 * 1024;

/** In reading: which of the two that nobody has is no matter. */
const REASON: Readonly<Record<string, string>> = {
  ENOENT: 'filen finns inte',
  ENOTDIR: 'filen finns inte',
  EACCES: 'du får inte läsa den',
  EPERM: 'du får inte läsa den',
};

function reasonOf(error: unknown): string {
  const code = (error as { code?: string } | null)?.code ?? 'okänt fel';
  return REASON[code] ?? causeOf(error)?.reason ?? code;
}

/**
 * Reads a file that a person has pointed out, and no more of it than such a file can be: a device or the wrong file
 * must not fill the memory. Also reads a pipe, as a shell makes for `<(…)`.
 * @param named how the file is named in a fault, such as "--text-file anteckning.txt"
 * @throws SigillError `usage` where it cannot be read or is larger than `most` bytes
 */
export function readInputFile(path: string, named: string, most: number): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    const descriptor = openSync(path, 'r');
    try {
      for (;;) {
        const chunk = Buffer.alloc(Math.min(CHUNK, most + 1));
        const read = readSync(descriptor, chunk);
        if (read === 0) break;
        chunks.push(chunk.subarray(0, read));
        size += read;
        if (size > most) break;
      }
    } finally {
      closeSync(descriptor);
    }
    if (size > most)
      throw new SigillError('usage', `${named}: filen är för stor, högst ${sizeInWords(most)}.`);
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof SigillError) throw error;
    throw new SigillError('usage', `${named}: kan inte läsas (${reasonOf(error)}).`);
  } finally {
    for (const chunk of chunks) chunk.fill(0);
  }
}

function sizeInWords(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`;
}

/**
 * Bytes as UTF-8 text, without a byte order mark. What is not UTF-8 is refused: read as if it were, letters would be
 * exchanged for others in silence.
 */
export function decodeText(bytes: Uint8Array, named: string): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = '\0';
  }
  if (text.includes('\0')) throw new SigillError('usage', `${named}: är inte text i UTF-8.`);
  return text;
}

/** An incident's text is some pages; beyond this it is another file than the person meant. */
const LARGEST_TEXT = 1024 * 1024;

/** Reads the text of a fact. The line end that an editor adds last is not part of it. */
export function readTextFile(path: string, option: string): string {
  const named = `${option} ${path}`;
  return decodeText(readInputFile(path, named, LARGEST_TEXT), named).replace(/\r?\n$/, '');
}
