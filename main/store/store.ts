import Database from 'better-sqlite3';
import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, type Room } from '../../shared/domain/room.ts';
import { explainSqlite } from './explain.ts';
import { findDamagedPages } from './pages.ts';
import { createPrivateFile } from './private-file.ts';
import { damageOf, WholeCheck } from './whole-check.ts';

declare const roomOfStore: unique symbol;

/**
 * An open, encrypted database of one room. The tag makes `Store<'open'>` and `Store<'protected'>` different types, so a
 * function for one room cannot be handed the other's database. Both are a `Store<Room>`, which is enough to read
 * settings or append to the audit, and not enough to write a value (see `addRevision`).
 */
export interface Store<R extends Room> {
  readonly room: R;
  readonly path: string;
  readonly database: Database.Database;
  /** Where the room was opened before every page had been judged; null where they were judged first. */
  readonly check: WholeCheck | null;
  readonly [roomOfStore]: R;
}

const PLAIN_HEADER = 'SQLite format 3\0';

/** Each is read back: SQLite passes over a pragma it does not know, or cannot obey now, without a word. */
const SETTINGS: readonly (readonly [name: string, value: number])[] = [
  // Memory. First, before anything can sort: SQLite's temporary files are not encrypted.
  ['temp_store', 2],
  ['synchronous', 2],
  ['secure_delete', 1],
  ['foreign_keys', 1],
  // Without it, INSERT OR REPLACE takes rows away unseen by the triggers that guard them.
  ['recursive_triggers', 1],
  ['trusted_schema', 0],
  ['cell_size_check', 1],
  ['mmap_size', 0],
];

/**
 * Opens a room's database in SQLCipher 4 format with its raw key. Every page is judged before SQLite is let near the
 * file, so that damaged evidence stays as it was found. Then the order of the pragmas matters: cipher, key, proof of
 * the key, and the rest.
 * @param key 32 bytes; stays the caller's to wipe
 * @param create true for a new room, where there must be no file; otherwise a missing file is damage
 * @param judge `later`: only the first pages are judged before; the rest is up to the caller, through `store.check`, and
 *   nothing may be written before it is done. What a crash left in the log is judged first all the same.
 * @throws SigillError `damaged` where the file is missing, is not readable with the key, or has a damaged page; `usage`
 *   where it may not be read or written; `locked` where another program uses it
 */
export function openStore<R extends Room>(
  path: string,
  room: R,
  key: Buffer,
  create: boolean,
  judge: 'first' | 'later' = 'first',
): Store<R> {
  if (!create && !existsSync(path)) {
    throw new SigillError(
      'damaged',
      `Databasen för ${ROOM_NAME[room]} saknas. Återställ valvet från säkerhetskopia.`,
    );
  }
  let database: Database.Database | null = null;
  let reader: PageReader | null = null;
  let check: WholeCheck | null = null;
  const rawKey = Buffer.concat([Buffer.from('raw:'), key]);
  try {
    if (create) createPrivateFile(path);
    reader = takePageReader(path);
    const crashed = hasLog(path);
    if (!create && judge === 'later' && !crashed) check = new WholeCheck(path, room, key, reader.descriptor);
    else if (!create) assertWhole(path, room, key);
    database = new Database(path, { timeout: 0 });
    database.pragma("cipher = 'sqlcipher'");
    database.pragma('legacy = 4');
    database.key(rawKey);
    assertCipher(database);
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    applySettings(database, create);
    const store = { room, path, database, check } as Store<R>;
    if (crashed) bringHome(store);
    return store;
  } catch (error) {
    check?.stop();
    closeQuietly(database);
    reader?.release();
    throw explainSqlite(error, room);
  } finally {
    rawKey.fill(0);
  }
}

/** Plain better-sqlite3 ignores the key in silence and would write everything in clear. */
function assertCipher(database: Database.Database): void {
  const row = database.prepare('SELECT sqlite3mc_version() AS version').get() as { version: string };
  if (!row.version.includes('SQLite3 Multiple Ciphers')) throw new TypeError('No cipher in this SQLite.');
}

function applySettings(database: Database.Database, create: boolean): void {
  for (const [name, value] of SETTINGS) {
    database.pragma(`${name} = ${value}`);
    if (database.pragma(name, { simple: true }) !== value) throw new TypeError(`SQLite refused ${name}.`);
  }
  // Only before the first page is written can it be chosen.
  if (create) database.pragma('auto_vacuum = FULL');
  if (database.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
    throw new TypeError('SQLite refused the write-ahead log.');
  }
}

function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Takes in what a crash left in the write-ahead log. Its pages are whole each by itself, but a log that belongs to an
 * older or newer copy of the file would make one database of two: so the inner order is checked as well.
 */
function bringHome(store: Store<Room>): void {
  emptyLog(store);
  const faults = findInconsistencies(store);
  if (faults.length === 0) return;
  throw new SigillError(
    'damaged',
    `Databasen för ${ROOM_NAME[store.room]} hänger inte ihop efter ett avbrott. Loggen (-wal) kan höra till en annan ` +
      'kopia av filen. Arbeta inte vidare i den. Ta en kopia av valvmappen och återställ från säkerhetskopia.',
    faults,
  );
}

/**
 * Reads every page of the file and checks its authentication code.
 * @throws SigillError `damaged` with the numbers of the first damaged pages
 */
export function assertWhole(path: string, room: Room, key: Buffer): void {
  const damaged = findDamagedPages(path, key, pageReaders.get(path)?.descriptor ?? null);
  if (damaged.length > 0) throw damageOf(room, damaged);
}

interface PageReader {
  readonly descriptor: number;
  release(): void;
}

/**
 * The descriptors that pages are read through, by path. POSIX frees all locks a process has on a file when it closes
 * any descriptor of it (https://www.sqlite.org/howtocorrupt.html, 2.2): if the pages of an open database were read and
 * the file then closed, another program could take SQLite's log away from under it. So this one is closed last.
 */
const pageReaders = new Map<string, { readonly descriptor: number; users: number }>();

function takePageReader(path: string): PageReader {
  const shared = pageReaders.get(path) ?? { descriptor: openSync(path, 'r'), users: 0 };
  shared.users += 1;
  pageReaders.set(path, shared);
  return {
    descriptor: shared.descriptor,
    release: () => releasePageReader(path),
  };
}

function releasePageReader(path: string): void {
  const shared = pageReaders.get(path);
  if (!shared) return;
  shared.users -= 1;
  if (shared.users > 0) return;
  pageReaders.delete(path);
  closeSync(shared.descriptor);
}

/**
 * False where the file that is open no longer lies where it was opened: its folder has been moved to another disk, removed or
 * replaced. Linux lets a process write on in a file that has no name, and what is written is gone when it is closed.
 */
export function isInPlace({ path }: Store<Room>): boolean {
  const reader = pageReaders.get(path);
  if (!reader) return existsSync(path);
  try {
    const held = fstatSync(reader.descriptor, { bigint: true });
    const there = statSync(path, { bigint: true });
    return there.dev === held.dev && there.ino === held.ino;
  } catch {
    return false;
  }
}

/** A new database must not have been written in clear. To be called when it is closed again. */
export function assertEncrypted(path: string): void {
  const header = Buffer.alloc(16);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (header.toString('latin1') === PLAIN_HEADER) throw new TypeError('The database was written in clear.');
}

/**
 * Brings the write-ahead log home and cuts it to nothing, so that what was erased stands in no file any more.
 * @throws SigillError `locked` where another program reads the database, so that the log cannot be cut
 */
export function emptyLog(store: Store<Room>): void {
  const [outcome] = store.database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (outcome?.busy === 0) return;
  throw new SigillError(
    'locked',
    `Ett annat program läser databasen för ${ROOM_NAME[store.room]}. Stäng det, lås rummet och lås upp det igen: ` +
      'först då är det som raderats borta ur alla filer.',
  );
}

/** @returns what SQLite's own check of tables, indexes and references finds; empty where all is in order */
export function findInconsistencies(store: Store<Room>): string[] {
  try {
    const rows = store.database.pragma('integrity_check') as { integrity_check: string }[];
    const dangling = store.database.pragma('foreign_key_check') as unknown[];
    return [
      ...rows.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
      ...(dangling.length > 0 ? [`${dangling.length} rad(er) pekar på något som inte finns`] : []),
    ];
  } catch (error) {
    const { code } = error as { code?: string };
    if (!code?.startsWith('SQLITE_CORRUPT')) throw error;
    return [`filen går inte att läsa till slut (${code})`];
  }
}

/**
 * Closes the room: the write-ahead log is emptied into the database and cut to nothing, or as far as another reader lets
 * it. Closes even where that fails.
 */
export function closeStore(store: Store<Room>): void {
  if (!store.database.open) return;
  store.check?.stop();
  try {
    store.database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    store.database.close();
    releasePageReader(store.path);
  }
}

/** Closes a room after an error, which is the one to tell. */
export function abandonStore(store: Store<Room>): void {
  if (!store.database.open) return;
  store.check?.stop();
  closeQuietly(store.database);
  releasePageReader(store.path);
}

function closeQuietly(database: Database.Database | null): void {
  try {
    database?.close();
  } catch {
    // The first error is the one to tell.
  }
}
