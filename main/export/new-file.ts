import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { SigillError } from '../../shared/domain/error.ts';

/**
 * Writes one file under a name that is free, beside its place first, so that it is there whole or not at all.
 * @param path absolute
 * @param record runs the transaction that tells of the file, and calls `publish` as the last thing in it: the row and
 *   the file are kept both, or neither
 * @throws SigillError `usage` where the name is taken or the place cannot be written; nothing is overwritten
 */
export function writeNewFile(path: string, bytes: Uint8Array, record: (publish: () => void) => void): void {
  requireFree(path);
  const part = `${path}.${randomUUID()}.part`;
  try {
    writeFileSync(part, bytes, { mode: 0o600, flag: 'wx', flush: true });
    record(() => publish(part, path));
  } catch (error) {
    rmSync(part, { force: true });
    throw couldNotWrite(path, error);
  }
}

function publish(part: string, path: string): void {
  requireFree(path);
  try {
    renameSync(part, path);
  } catch (error) {
    // Here, so that it is not taken for an error of the database whose transaction this is in.
    throw couldNotWrite(path, error);
  }
}

function requireFree(path: string): void {
  if (existsSync(path))
    throw new SigillError('usage', `${path} finns redan. Välj ett annat namn, så att inget skrivs över.`);
}

function couldNotWrite(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof SigillError || code === undefined || code.startsWith('SQLITE_')) return error;
  return new SigillError('usage', `Kan inte skriva ${path} (${code}).`);
}
