import Database from 'better-sqlite3';
import { join } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import { createPrivateFile } from './private-file.ts';
import { causeOf } from './system-error.ts';

/** Holds the vault for one process until released or until the process ends, however it ends. */
export interface WriterLock {
  release(): void;
}

const FILE = 'lock.db';

/**
 * Takes the vault for this process. The lock is the exclusive lock that SQLite itself takes on `lock.db` (an empty
 * file without content), so the operating system frees it after a crash or a `kill -9`: no stale lock file to remove
 * by hand at three in the morning. Nothing else may open and close `lock.db` in this process: POSIX would free the lock.
 * @throws SigillError `locked` where another process has the vault; `usage` where the folder cannot be written in;
 *   `damaged` where something else has been put in place of the lock
 */
export function takeWriterLock(folder: string): WriterLock {
  const path = join(folder, FILE);
  let database: Database.Database | null = null;
  try {
    createIfMissing(path);
    database = new Database(path, { timeout: 0 });
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    throw explain(error, folder);
  }
  const held = database;
  return {
    release() {
      if (!held.open) return;
      held.exec('ROLLBACK');
      held.close();
    },
  };
}

function createIfMissing(path: string): void {
  try {
    createPrivateFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function explain(error: unknown, folder: string): unknown {
  const code = (error as { code?: string }).code ?? '';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new SigillError(
      'locked',
      'Valvet är öppet i ett annat program på den här datorn. Lås eller stäng det där och försök igen.',
    );
  }
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return new SigillError(
      'damaged',
      `${FILE} i ${folder} är inte Sigills låsfil. Den ska vara tom: flytta undan den och försök igen. Rummen berörs inte.`,
    );
  }
  const cause = causeOf(error);
  if (cause) {
    return new SigillError(
      'usage',
      `Det går inte att skriva i ${folder}: ${cause.reason}. Det som är sparat i valvet finns kvar. ${cause.advice}`,
    );
  }
  return error;
}
