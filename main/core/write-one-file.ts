import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import { sha256Hex } from '../export/files.ts';
import { explainSystem } from '../store/system-error.ts';

export interface OneFile {
  readonly path: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

/**
 * Writes one file beside its place, and lets `record` give it its name in the transaction that tells of it: no file
 * without its row in the audit, no row without its file.
 * @param record is given what was written, and `publish`, which it calls last
 * @throws SigillError `usage` where the file exists already or cannot be written; nothing is overwritten
 */
export function writeOneFile(
  out: string,
  bytes: Uint8Array,
  record: (file: OneFile, publish: () => void) => void,
): OneFile {
  const path = resolve(out);
  requireFree(path);
  const file = { path, size: bytes.length, sha256: sha256Hex(bytes) };
  const part = `${path}.${randomUUID()}.part`;
  try {
    writeFileSync(part, bytes, { mode: 0o600, flag: 'wx', flush: true });
    record(file, () => publish(part, path));
  } catch (error) {
    rmSync(part, { force: true });
    throw couldNotWrite(path, error);
  }
  return file;
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

export function requireFree(path: string): void {
  if (existsSync(path))
    throw new SigillError('usage', `${path} finns redan. Välj ett annat namn, så att inget skrivs över.`);
}

function couldNotWrite(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code?.startsWith('SQLITE_')) return error;
  return explainSystem(error, `Kan inte skriva ${path}`, 'Det som är sparat i valvet finns kvar.');
}
