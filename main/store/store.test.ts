import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { explainSqlite } from './explain.ts';
import {
  abandonStore,
  assertEncrypted,
  assertWhole,
  closeStore,
  emptyLog,
  findInconsistencies,
  openStore,
} from './store.ts';
import { fill, makeFolder, makeKey, makeRoom, openElsewhere } from './testing/sample.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
const OTHER_PROGRAM = fileURLToPath(new URL('./testing/other-program.ts', import.meta.url));
let made = 0;

afterAll(remove);

function newPath(): string {
  made += 1;
  return join(folder, `room-${made}.db`);
}

function failureOf(work: () => unknown): SigillError {
  try {
    work();
  } catch (error) {
    if (error instanceof SigillError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** The files of a folder that this process has open. Linux tells; elsewhere nothing is told, and nothing is asked. */
function openFiles(): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}

/** What a crash would leave: the files as they are on the disk while the room is open. */
function copyAsAfterCrash(path: string): string {
  const copy = newPath();
  copyFileSync(path, copy);
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
  return copy;
}

function countIn(path: string): unknown {
  const store = openStore(path, 'open', key, false);
  try {
    return store.database.prepare('SELECT count(*) FROM filling').pluck().get();
  } finally {
    closeStore(store);
  }
}

describe('a room on the disk', () => {
  it('is SQLCipher 4: a program by other hands opens it with the same key and finds it whole', () => {
    for (const room of ['open', 'protected'] as const) {
      const store = makeRoom(newPath(), room, key);
      fill(store, 200);
      closeStore(store);
      const elsewhere = openElsewhere(store.path, key);
      expect(elsewhere.pragma('cipher_version', { simple: true })).toMatch(/^4\./);
      expect(elsewhere.pragma('cipher_integrity_check')).toEqual([]);
      expect(elsewhere.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(elsewhere.pragma('foreign_key_check')).toEqual([]);
      expect(elsewhere.prepare('SELECT count(*) AS count FROM filling').get()).toEqual({ count: 200 });
      elsewhere.close();
    }
  });

  it('takes in what that program wrote', () => {
    const store = makeRoom(newPath(), 'open', key);
    fill(store, 3);
    closeStore(store);
    const elsewhere = openElsewhere(store.path, key);
    elsewhere.exec("INSERT INTO filling (text) VALUES ('från annat håll')");
    elsewhere.close();
    expect(countIn(store.path)).toBe(4);
  });

  it('does not open, here or there, with another key', () => {
    const store = makeRoom(newPath(), 'open', key);
    closeStore(store);
    expect(failureOf(() => openStore(store.path, 'open', makeKey(), false)).kind).toBe('damaged');
    const elsewhere = openElsewhere(store.path, makeKey());
    expect(() => elsewhere.prepare('SELECT count(*) FROM sqlite_schema').get()).toThrow(/not a database/);
    elsewhere.close();
  });

  it('is opened with every setting that the promises rest on', () => {
    const store = makeRoom(newPath(), 'open', key);
    const setting = (name: string): unknown => store.database.pragma(name, { simple: true });
    expect(setting('cipher')).toBe('sqlcipher');
    expect(setting('legacy')).toBe('4');
    expect(setting('temp_store')).toBe(2);
    expect(setting('journal_mode')).toBe('wal');
    expect(setting('synchronous')).toBe(2);
    expect(setting('secure_delete')).toBe(1);
    expect(setting('auto_vacuum')).toBe(1);
    expect(setting('foreign_keys')).toBe(1);
    expect(setting('recursive_triggers')).toBe(1);
    expect(setting('trusted_schema')).toBe(0);
    expect(setting('cell_size_check')).toBe(1);
    expect(setting('mmap_size')).toBe(0);
    closeStore(store);
  });

  it('is readable for its owner only, whatever the umask', () => {
    const umask = process.umask(0);
    try {
      const store = makeRoom(newPath(), 'open', key);
      fill(store, 1);
      for (const suffix of ['', '-wal', '-shm']) {
        expect(statSync(store.path + suffix).mode & 0o777, suffix).toBe(0o600);
      }
      closeStore(store);
    } finally {
      process.umask(umask);
    }
  });

  it('is never made over a file that is there', () => {
    const path = newPath();
    writeFileSync(path, 'something');
    expect(() => openStore(path, 'open', key, true)).toThrow(/finns redan något/);
    expect(readFileSync(path, 'utf8')).toBe('something');
  });

  it('leaves one file when it is closed', () => {
    const store = makeRoom(newPath(), 'open', key);
    fill(store, 50);
    expect(existsSync(`${store.path}-wal`)).toBe(true);
    closeStore(store);
    closeStore(store);
    expect(existsSync(`${store.path}-wal`)).toBe(false);
    expect(existsSync(`${store.path}-shm`)).toBe(false);
    expect(openFiles()).toEqual([]);
    assertEncrypted(store.path);
  });

  it('is told from one that was written in clear', () => {
    const path = newPath();
    const plain = new Database(path);
    plain.exec('CREATE TABLE t (a)');
    plain.close();
    expect(() => assertEncrypted(path)).toThrow('in clear');
    expect(failureOf(() => openStore(path, 'open', key, false)).kind).toBe('damaged');
  });
});

describe('a damaged room', () => {
  it('is refused in words and left exactly as it was found, log and all', () => {
    const store = makeRoom(newPath(), 'open', key);
    fill(store, 100);
    emptyLog(store);
    fill(store, 1);
    for (const offset of [3, 100, 4096 * 5 + 9]) {
      const path = copyAsAfterCrash(store.path);
      const bytes = readFileSync(path);
      bytes.writeUInt8(bytes.readUInt8(offset) ^ 1, offset);
      writeFileSync(path, bytes);
      const log = readFileSync(`${path}-wal`);
      const error = failureOf(() => openStore(path, 'open', key, false));
      expect(error.kind).toBe('damaged');
      expect(error.message).toMatch(/^Databasen för öppna rummet är skadad eller ändrad.*säkerhetskopia/);
      expect(readFileSync(path).equals(bytes)).toBe(true);
      expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
      expect(existsSync(`${path}-shm`)).toBe(false);
    }
    closeStore(store);
    expect(openFiles()).toEqual([]);
  });

  it('is one that is missing, empty, cut, or another kind of file', () => {
    expect(failureOf(() => openStore(newPath(), 'protected', key, false)).message).toMatch(
      /skyddade rummet saknas/,
    );
    for (const content of ['', 'SQLite format 3\0', 'x'.repeat(5000)]) {
      const path = newPath();
      writeFileSync(path, content);
      expect(failureOf(() => openStore(path, 'open', key, false)).kind).toBe('damaged');
      expect(readFileSync(path, 'utf8')).toBe(content);
    }
    const path = newPath();
    mkdirSync(path);
    expect(failureOf(() => openStore(path, 'open', key, false)).kind).toBe('usage');
    expect(openFiles()).toEqual([]);
  });

  it('is told by its inner order as well, in words and not as a fault of the program', () => {
    const store = makeRoom(newPath(), 'open', key);
    fill(store, 20);
    expect(findInconsistencies(store)).toEqual([]);
    store.database.unsafeMode();
    store.database.pragma('writable_schema = ON');
    store.database.prepare("UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'filling_by_text'").run();
    store.database.pragma('foreign_keys = OFF');
    store.database
      .prepare("INSERT INTO room_slot (id, user_id, added_at) VALUES ('s', 'nobody', 'now')")
      .run();
    closeStore(store);
    const again = openStore(store.path, 'open', key, false);
    expect(findInconsistencies(again).length).toBeGreaterThan(0);
    expect(findInconsistencies(again).join()).not.toContain('Error');
    abandonStore(again);
  });
});

describe('after a crash', () => {
  it('what was committed is brought home from the log', () => {
    const store = makeRoom(newPath(), 'open', key);
    fill(store, 10);
    emptyLog(store);
    fill(store, 5);
    const copy = copyAsAfterCrash(store.path);
    closeStore(store);
    expect(statSync(`${copy}-wal`).size).toBeGreaterThan(0);
    expect(countIn(copy)).toBe(15);
    expect(existsSync(`${copy}-wal`)).toBe(false);
  });

  it('a log that belongs to an older copy of the file is noticed', () => {
    const store = makeRoom(newPath(), 'open', key);
    fill(store, 200);
    emptyLog(store);
    fill(store, 40);
    const older = copyAsAfterCrash(store.path);
    store.database.exec('DELETE FROM filling WHERE id % 2 = 0');
    fill(store, 300);
    closeStore(store);
    copyFileSync(store.path, older);
    const error = failureOf(() => openStore(older, 'open', key, false));
    expect(error.kind).toBe('damaged');
    expect(error.message).toMatch(/hänger inte ihop efter ett avbrott/);
    expect(openFiles()).toEqual([]);
  });
});

describe('another program with the key', () => {
  it.runIf(existsSync('/proc/locks'))(
    'finds the lock held (Linux tells), also after the pages were read',
    () => {
      const store = makeRoom(newPath(), 'open', key);
      fill(store, 1);
      const { ino } = statSync(store.path);
      const isHeld = (): boolean =>
        readFileSync('/proc/locks', 'utf8')
          .split('\n')
          .some((line) => line.includes(` ${process.pid} `) && line.includes(`:${ino} `));
      expect(isHeld()).toBe(true);
      assertWhole(store.path, 'open', key);
      expect(isHeld()).toBe(true);
      // The control: any other descriptor of the file that is closed frees SQLite's lock, unseen by SQLite.
      closeSync(openSync(store.path, 'r'));
      expect(isHeld()).toBe(false);
      closeStore(store);
    },
  );

  it('can read beside us and close, and takes nothing away', () => {
    const store = makeRoom(newPath(), 'open', key);
    fill(store, 1);
    const { stdout } = spawnSync(process.execPath, [
      OTHER_PROGRAM,
      store.path,
      key.toString('hex'),
      'glance',
    ]);
    expect(stdout.toString()).toBe('read 1\n');
    fill(store, 1);
    const copy = copyAsAfterCrash(store.path);
    closeStore(store);
    expect(countIn(copy)).toBe(2);
  });

  it('that is reading keeps the log from being cut, and that is said', async () => {
    const store = makeRoom(newPath(), 'open', key);
    fill(store, 1);
    const reader = spawn(process.execPath, [OTHER_PROGRAM, store.path, key.toString('hex'), 'stay']);
    await once(reader.stdout, 'data');
    fill(store, 1);
    const error = failureOf(() => emptyLog(store));
    expect(error.kind).toBe('locked');
    expect(error.message).toMatch(/Ett annat program läser databasen för öppna rummet/);
    reader.stdin.end();
    await once(reader, 'exit');
    emptyLog(store);
    expect(statSync(`${store.path}-wal`).size).toBe(0);
    closeStore(store);
  });
});

describe('an error that a person can do something about', () => {
  const kindOf = (code: string): string => {
    const error = explainSqlite(Object.assign(new Error('x'), { code }), 'open');
    return error instanceof SigillError ? error.kind : 'passed on';
  };

  it('is said in words: damage, a full disk, a lock, rights', () => {
    expect(kindOf('SQLITE_CORRUPT_VTAB')).toBe('damaged');
    expect(kindOf('SQLITE_NOTADB')).toBe('damaged');
    expect(kindOf('SQLITE_IOERR_READ')).toBe('damaged');
    expect(kindOf('EIO')).toBe('damaged');
    expect(kindOf('SQLITE_BUSY_SNAPSHOT')).toBe('locked');
    expect(kindOf('SQLITE_FULL')).toBe('usage');
    expect(kindOf('ENOSPC')).toBe('usage');
    expect(kindOf('SQLITE_READONLY_DBMOVED')).toBe('usage');
    expect(kindOf('EACCES')).toBe('usage');
  });

  it('is no refused constraint and no fault in Sigill: those pass as they are', () => {
    expect(kindOf('SQLITE_CONSTRAINT_TRIGGER')).toBe('passed on');
    expect(kindOf('SQLITE_ERROR')).toBe('passed on');
    expect(explainSqlite(null, 'open')).toBeNull();
    const said = new SigillError('policy', 'nej');
    expect(explainSqlite(said, 'open')).toBe(said);
  });
});
