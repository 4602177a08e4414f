import { closeSync, fsyncSync, openSync } from 'node:fs';

/**
 * Makes an empty file that only its owner may read, whatever umask the program was started with. SQLite would make it
 * readable for all; its `-wal` and `-shm` files take after the database.
 * @throws Error `EEXIST` where there is a file already
 */
export function createPrivateFile(path: string): void {
  closeSync(openSync(path, 'wx', 0o600));
}

/** Flushes a file that others have written to the disk. */
export function flushFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A rename is lasting only when its folder is flushed too; Windows has no such call and needs none. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
