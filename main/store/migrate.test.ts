import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { ROOMS, type Room } from '../../shared/domain/room.ts';
import { migrate, removeMigrationCopies, type Migration } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { abandonStore, closeStore, findInconsistencies, openStore, type Store } from './store.ts';
import { dumpRows, fillVersion10 } from './testing/rows.ts';
import { fill, filesWith, makeFolder, makeKey, openElsewhere } from './testing/sample.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
let made = 0;

afterAll(remove);

const first = MIGRATIONS.slice(0, 1);
const next: Migration = {
  version: 90,
  name: 'next',
  sql: { open: 'CREATE TABLE next (id TEXT) STRICT;', protected: 'CREATE TABLE next (id TEXT) STRICT;' },
};

function version10(room: Room): Store<Room> {
  made += 1;
  const own = join(folder, String(made));
  mkdirSync(own);
  const store = openStore<Room>(join(own, `${room}.db`), room, key, true);
  migrate(store, key, first);
  fillVersion10(store);
  return store;
}

const versionOf = (store: Store<Room>): unknown => store.database.pragma('user_version', { simple: true });

describe('the migrations', () => {
  it('are numbered by ten, rising, each with a name of its own and a text for both rooms', () => {
    const versions = MIGRATIONS.map(({ version }) => version);
    for (const version of versions) expect(version % 10, String(version)).toBe(0);
    expect(versions).toEqual([...new Set(versions)].sort((one, other) => one - other));
    expect(new Set(MIGRATIONS.map(({ name }) => name)).size).toBe(MIGRATIONS.length);
    for (const { sql } of MIGRATIONS) expect(Object.keys(sql).sort()).toEqual([...ROOMS].sort());
  });

  it('each stand in a file with its number and its name', () => {
    const files = readdirSync(new URL('./migrations/', import.meta.url))
      .filter((name) => /^\d{4}-.*(?<!\.test)\.ts$/.test(name))
      .sort();
    expect(files).toEqual(
      MIGRATIONS.map(({ version, name }) => `${String(version).padStart(4, '0')}-${name}.ts`),
    );
  });

  it('each have a test beside them', () => {
    for (const { version, name } of MIGRATIONS) {
      const test = `./migrations/${String(version).padStart(4, '0')}-${name}.test.ts`;
      expect(existsSync(new URL(test, import.meta.url)), test).toBe(true);
    }
  });
});

describe('bringing a database to the newest version', () => {
  it.each(ROOMS)('keeps a copy of what was, whole and with the same key (%s)', (room) => {
    const store = version10(room);
    const before = dumpRows(store);
    migrate(store, key, [...first, next]);
    expect(versionOf(store)).toBe(90);
    closeStore(store);

    const copy = `${store.path}.before-90`;
    expect(statSync(copy).mode & 0o077).toBe(0);
    const elsewhere = openElsewhere(copy, key);
    expect(elsewhere.pragma('cipher_integrity_check')).toEqual([]);
    expect(elsewhere.pragma('user_version', { simple: true })).toBe(10);
    elsewhere.close();
    const old = openStore(copy, room, key, false);
    expect(dumpRows(old)).toEqual(before);
    closeStore(old);
    expect(readdirSync(join(store.path, '..')).sort()).toEqual([`${room}.db`, `${room}.db.before-90`]);
    expect(filesWith(join(store.path, '..'), ['Grävskada', 'Åmål', 'Åberg', 'item_revision'])).toEqual([]);
  });

  it('keeps no copy of an empty database, and does nothing to one that is up to date', () => {
    const store = version10('open');
    expect(readdirSync(join(store.path, '..'))).not.toContain('open.db.before-10');
    const changes = store.database.prepare('SELECT total_changes()').pluck().get();
    migrate(store, key, first);
    expect(store.database.prepare('SELECT total_changes()').pluck().get()).toBe(changes);
    expect(existsSync(`${store.path}.before-10`)).toBe(false);
    closeStore(store);
  });

  it('takes no step twice and leaves out none', () => {
    const store = version10('open');
    const log: Migration[] = [20, 30, 40].map((version) => ({
      version,
      name: String(version),
      sql: { open: `INSERT INTO room_setting VALUES ('step-${version}', 'x');`, protected: '' },
    }));
    migrate(store, key, [...first, ...log.slice(0, 1)]);
    migrate(store, key, [...first, ...log]);
    migrate(store, key, [...first, ...log]);
    const steps = store.database
      .prepare("SELECT key FROM room_setting WHERE key LIKE 'step-%' ORDER BY key")
      .pluck()
      .all();
    expect(steps).toEqual(['step-20', 'step-30', 'step-40']);
    closeStore(store);
  });

  it('leaves the old version, every row of it, when a step fails in the middle', () => {
    const broken: Migration = {
      version: 100,
      name: 'broken',
      sql: {
        open: "DELETE FROM incident_regime; CREATE TABLE half (id TEXT); INSERT INTO no_such_table VALUES ('x');",
        protected: '',
      },
    };
    const store = version10('open');
    const before = dumpRows(store);
    expect(() => migrate(store, key, [...first, next, broken])).toThrow(/no_such_table/);
    expect(versionOf(store)).toBe(10);
    expect(dumpRows(store)).toEqual(before);
    closeStore(store);
    const again = openStore(store.path, 'open', key, false);
    expect([versionOf(again), dumpRows(again), findInconsistencies(again)]).toEqual([10, before, []]);
    migrate(again, key, [...first, next]);
    expect(versionOf(again)).toBe(90);
    closeStore(again);
  });

  it('does not begin where the copy cannot be made', () => {
    const store = version10('open');
    const before = dumpRows(store);
    const copy = `${store.path}.before-90`;
    mkdirSync(copy);
    expect(() => migrate(store, key, [...first, next])).toThrow();
    expect([versionOf(store), dumpRows(store)]).toEqual([10, before]);
    expect(existsSync(`${copy}.part`)).toBe(false);
    rmdirSync(copy);
    migrate(store, key, [...first, next]);
    expect(statSync(copy).size).toBeGreaterThan(0);
    closeStore(store);
  });

  it('makes the copy anew where an earlier attempt left one', () => {
    const store = version10('open');
    migrate(store, key, [...first, next]);
    const size = statSync(`${store.path}.before-90`).size;
    store.database.pragma('user_version = 10');
    store.database.exec('DROP TABLE next');
    fill(store, 300);
    migrate(store, key, [...first, next]);
    expect(statSync(`${store.path}.before-90`).size).toBeGreaterThan(size);
    closeStore(store);
  });
});

describe('a database from a newer Sigill', () => {
  it.each(ROOMS)('is refused in words and stays as it is, byte for byte (%s)', (room) => {
    const store = version10(room);
    store.database.pragma('user_version = 9990');
    closeStore(store);
    const bytes = readFileSync(store.path);
    const newer = openStore(store.path, room, key, false);
    let error: unknown;
    try {
      migrate(newer, key, MIGRATIONS);
    } catch (thrown) {
      error = thrown;
    }
    abandonStore(newer);
    expect(error).toBeInstanceOf(SigillError);
    expect(error).toMatchObject({ kind: 'damaged' });
    expect((error as SigillError).message).toMatch(/nyare Sigill \(version 9990.*Inget har ändrats/);
    expect(readFileSync(store.path).equals(bytes)).toBe(true);
    expect(readdirSync(join(store.path, '..'))).toEqual([`${room}.db`]);
  });
});

describe('the copies kept from migrations', () => {
  it('can be removed, and nothing else is', () => {
    const store = version10('open');
    migrate(store, key, [...first, next]);
    expect(removeMigrationCopies(store)).toBe(1);
    expect(removeMigrationCopies(store)).toBe(0);
    closeStore(store);
    expect(readdirSync(join(store.path, '..'))).toEqual(['open.db']);
  });
});
