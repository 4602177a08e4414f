import { randomBytes } from 'node:crypto';

/** Keys that have been made and not written yet: nothing can stand under them in a room that is locked. */
const unused = new Set<string>();

/** Random: a running number would tell how many entries lie in the other room. */
export function randomLogKey(): string {
  return randomBytes(6).toString('hex');
}

/** A key for a new entry in the log, to be written with `writeItem`. */
export function makeLogKey(): string {
  const key = randomLogKey();
  unused.add(key);
  return key;
}

export function isUnusedLogKey(key: string): boolean {
  return unused.has(key);
}

export function useLogKey(key: string): void {
  unused.delete(key);
}
