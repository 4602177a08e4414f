import type Database from 'better-sqlite3';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, type Room } from '../../shared/domain/room.ts';
import { explainSqlite } from './explain.ts';
import { createPrivateFile, flushFile, flushFolder } from './private-file.ts';
import { assertWhole, type Store } from './store.ts';

/** One step of the schema, the same number in both rooms; an empty text where a room is not touched. */
export interface Migration {
  /** A multiple of ten, rising. */
  readonly version: number;
  readonly name: string;
  readonly sql: Readonly<Record<Room, string>>;
}

function versionOf(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/**
 * Brings a room's database to the newest version, all steps in one transaction. A database that already holds
 * something is copied first (encrypted with the same key) to `<file>.before-<version>`, and the copy is read whole.
 * @throws SigillError `damaged` for a database from a newer Sigill: it is left untouched
 */
export function migrate(store: Store<Room>, key: Buffer, migrations: readonly Migration[]): void {
  const from = versionOf(store.database);
  const newest = migrations.at(-1)?.version ?? 0;
  if (from > newest) {
    throw new SigillError(
      'damaged',
      `Databasen för ${ROOM_NAME[store.room]} är skriven av en nyare Sigill (version ${from}, den här klarar ${newest}). ` +
        'Öppna valvet med den nyare versionen. Inget har ändrats.',
    );
  }
  const todo = migrations.filter((migration) => migration.version > from);
  if (todo.length === 0) return;
  store.check?.finish();
  if (from > 0) keepCopy(store, key, todo[0]?.version ?? newest);
  store.database
    .transaction(() => {
      for (const migration of todo) {
        store.database.exec(migration.sql[store.room]);
        store.database.pragma(`user_version = ${migration.version}`);
      }
    })
    .exclusive();
}

/**
 * `VACUUM INTO` keeps cipher and key; `.backup()` cannot read an encrypted source. The copy gets its name when it has
 * been read whole: a copy that a full disk cut short must not look like one.
 */
function keepCopy(store: Store<Room>, key: Buffer, before: number): void {
  const copy = `${store.path}.before-${before}`;
  const unfinished = `${copy}.part`;
  rmSync(unfinished, { force: true });
  try {
    createPrivateFile(unfinished);
    store.database.prepare('VACUUM INTO ?').run(unfinished);
    flushFile(unfinished);
    assertWhole(unfinished, store.room, key);
    if (existsSync(copy)) rmSync(copy);
    renameSync(unfinished, copy);
    flushFolder(dirname(copy));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw explainSqlite(error, store.room);
  }
}

/**
 * Removes the copies kept from earlier migrations: they would hold, in the open room's key, a value that has since
 * been raised to the protected room.
 * @returns how many were removed
 */
export function removeMigrationCopies(store: Store<Room>): number {
  const folder = dirname(store.path);
  const prefix = `${basename(store.path)}.before-`;
  const copies = readdirSync(folder).filter((name) => name.startsWith(prefix));
  for (const name of copies) rmSync(join(folder, name));
  return copies.length;
}
