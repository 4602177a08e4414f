import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Sqlcipher from '@signalapp/sqlcipher';
import type { Room } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { openStore, type Store } from '../store.ts';

/** A folder of the test's own, and a way to be rid of it. */
export function makeFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-store-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function makeKey(): Buffer {
  return randomBytes(32);
}

/** A new room of its own with the newest schema and a ceiling, so that it can hold values. */
export function makeRoom<R extends Room>(path: string, room: R, key: Buffer): Store<R> {
  const store = openStore(path, room, key, true);
  migrate(store, key, MIGRATIONS);
  store.database
    .prepare("INSERT INTO room_setting (key, value) VALUES ('ceiling', 'kvalificerat-hemlig')")
    .run();
  return store;
}

/** Rows with random text, so that the file has tables, an index and many pages. */
export function fill(store: Store<Room>, rows: number): void {
  store.database.exec(
    'CREATE TABLE IF NOT EXISTS filling (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
  );
  store.database.exec('CREATE INDEX IF NOT EXISTS filling_by_text ON filling (text)');
  const insert = store.database.prepare('INSERT INTO filling (text) VALUES (?)');
  store.database.transaction(() => {
    for (let row = 0; row < rows; row += 1) insert.run(randomBytes(40).toString('hex'));
  })();
}

/** SQLCipher by other hands than ours (Signal's), with the same raw key. */
export function openElsewhere(path: string, key: Buffer): Sqlcipher {
  // Asked for in this way because the types of its ES module have no default export where Node has one.
  const { default: Database } = createRequire(import.meta.url)('@signalapp/sqlcipher') as {
    default: new (path: string) => Sqlcipher;
  };
  const database = new Database(path);
  database.pragma('cipher_log_level = NONE');
  database.pragma(`key = "x'${key.toString('hex')}'"`);
  return database;
}

/** How a word could stand in a file: as UTF-8, UTF-16 in either order, or Latin 1. */
export function spellingsOf(word: string): Buffer[] {
  const utf16 = Buffer.from(word, 'utf16le');
  return [Buffer.from(word, 'utf8'), utf16, Buffer.from(utf16).swap16(), Buffer.from(word, 'latin1')];
}

/** Reads every file in a folder, folders in it too, and tells which hold one of the words in any spelling. */
export function filesWith(folder: string, words: readonly string[]): string[] {
  const spellings = words.flatMap(spellingsOf);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return spellings.some((spelling) => bytes.includes(spelling));
    });
}
