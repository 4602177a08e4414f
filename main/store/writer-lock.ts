import Database from 'better-sqlite3';
import { join } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';

/** Holds the vault for one process until released or until the process ends, however it ends. */
export interface WriterLock {
  release(): void;
}

/**
 * Takes the vault for this process. The lock is the exclusive lock that SQLite itself takes on `lock.db` (an empty
 * file without content), so the operating system frees it after a crash or a `kill -9`: no stale lock file to remove
 * by hand at three in the morning.
 * @throws SigillError `locked` where another process has the vault
 */
export function takeWriterLock(folder: string): WriterLock {
  const database = new Database(join(folder, 'lock.db'), { timeout: 0 });
  try {
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) {
      throw new SigillError(
        'locked',
        'Valvet är öppet i ett annat program på den här datorn. Lås eller stäng det där och försök igen.',
      );
    }
    throw error;
  }
  return {
    release() {
      if (database.open) {
        database.exec('ROLLBACK');
        database.close();
      }
    },
  };
}
