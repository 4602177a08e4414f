import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, type Room } from '../../shared/domain/room.ts';
import { findDamagedPages } from './pages.ts';

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
  readonly [roomOfStore]: R;
}

const PLAIN_HEADER = 'SQLite format 3\0';

/**
 * Opens a room's database in SQLCipher 4 format with its raw key. The order of the pragmas matters: cipher, key, proof
 * of the key, then `temp_store` before anything can sort, because SQLite's temporary files are not encrypted.
 * @param key 32 bytes; stays the caller's to wipe
 * @param create true for a new room; otherwise a missing file is damage
 * @throws SigillError `damaged` where the file is missing, is not readable with the key, or has a damaged page
 */
export function openStore<R extends Room>(path: string, room: R, key: Buffer, create: boolean): Store<R> {
  if (!create && !existsSync(path)) {
    throw new SigillError(
      'damaged',
      `Databasen för ${ROOM_NAME[room]} saknas. Återställ valvet från säkerhetskopia.`,
    );
  }
  const database = new Database(path, { timeout: 0 });
  const rawKey = Buffer.concat([Buffer.from('raw:'), key]);
  try {
    database.pragma("cipher = 'sqlcipher'");
    database.pragma('legacy = 4');
    database.key(rawKey);
    assertCipher(database);
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    database.pragma('temp_store = MEMORY');
    if (create) database.pragma('auto_vacuum = FULL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('secure_delete = ON');
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    database.pragma('mmap_size = 0');
    if (!create) {
      // What a crash left in the write-ahead log is brought home before the pages are judged.
      database.pragma('wal_checkpoint(TRUNCATE)');
      assertWhole(path, room, key);
    }
  } catch (error) {
    closeQuietly(database);
    throw asDamage(error, room);
  } finally {
    rawKey.fill(0);
  }
  return { room, path, database } as Store<R>;
}

/** Plain better-sqlite3 ignores the key in silence and would write everything in clear. */
function assertCipher(database: Database.Database): void {
  const row = database.prepare('SELECT sqlite3mc_version() AS version').get() as { version: string };
  if (!row.version.includes('SQLite3 Multiple Ciphers')) throw new TypeError('No cipher in this SQLite.');
}

/**
 * Reads every page of the file and checks its authentication code.
 * @throws SigillError `damaged` with the numbers of the first damaged pages
 */
export function assertWhole(path: string, room: Room, key: Buffer): void {
  const damaged = findDamagedPages(path, key);
  if (damaged.length === 0) return;
  throw new SigillError(
    'damaged',
    `Databasen för ${ROOM_NAME[room]} är skadad eller ändrad: ${damaged.length} sida/sidor, först sida ${damaged.slice(0, 5).join(', ')}. ` +
      'Arbeta inte vidare i den. Ta en kopia av valvmappen och återställ från säkerhetskopia. Det andra rummet berörs inte.',
  );
}

/** A new database must not have been written in clear. To be called after the first write. */
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

/** Brings the write-ahead log home and cuts it to nothing, so that what was erased stands in no file any more. */
export function emptyLog(store: Store<Room>): void {
  store.database.pragma('wal_checkpoint(TRUNCATE)');
}

/** @returns what SQLite's own check of tables, indexes and references finds; empty where all is in order */
export function findInconsistencies(store: Store<Room>): string[] {
  const rows = store.database.pragma('integrity_check') as { integrity_check: string }[];
  const dangling = store.database.pragma('foreign_key_check') as unknown[];
  return [
    ...rows.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...(dangling.length > 0 ? [`${dangling.length} rad(er) pekar på något som inte finns`] : []),
  ];
}

/** Closes the room: the write-ahead log is emptied into the database and cut to nothing. */
export function closeStore(store: Store<Room>): void {
  if (!store.database.open) return;
  emptyLog(store);
  store.database.close();
}

function closeQuietly(database: Database.Database): void {
  try {
    database.close();
  } catch {
    // The first error is the one to tell.
  }
}

function asDamage(error: unknown, room: Room): unknown {
  const code = (error as { code?: string }).code ?? '';
  if (/^SQLITE_(NOTADB|CORRUPT|IOERR|CANTOPEN)/.test(code)) {
    return new SigillError(
      'damaged',
      `Databasen för ${ROOM_NAME[room]} går inte att läsa (${code}). Filen är skadad eller ändrad. ` +
        'Ta en kopia av valvmappen och återställ från säkerhetskopia. Det andra rummet berörs inte.',
    );
  }
  return error;
}

/** Turns an SQLite error of damage, met in the middle of work, into words. Other errors pass as they are. */
export function explainDamage(error: unknown, room: Room): unknown {
  return asDamage(error, room);
}
