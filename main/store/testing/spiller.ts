import { join } from 'node:path';
import { closeStore, openStore } from '../store.ts';
import { makeKey } from './sample.ts';

/**
 * Run as a process of its own, under strace: works on rows that hold a canary in all the ways that make SQLite put
 * rows aside (sorting, an index, a temporary table, a savepoint undone, VACUUM), with a cache too small for them.
 * With `default` in place of `ours`, SQLite's own choice of place for temporary rows is put back first.
 */
const [folder = '', canary = '', mode = ''] = process.argv.slice(2);
const key = makeKey();
const store = openStore(join(folder, 'open.db'), 'open', key, true);
const { database } = store;
if (mode === 'default') database.pragma('temp_store = DEFAULT');
database.pragma('cache_size = 10');

database.exec('CREATE TABLE value (id INTEGER PRIMARY KEY, text TEXT NOT NULL)');
const insert = database.prepare('INSERT INTO value (text) VALUES (?)');
database.transaction(() => {
  for (let row = 0; row < 1500; row += 1) insert.run(`${(row * 7919) % 1500} ${canary} `.repeat(20));
})();
const sorted = database.prepare('SELECT text FROM value ORDER BY text DESC').all();
database.exec('CREATE INDEX value_by_text ON value (text)');
database.exec('CREATE TEMP TABLE aside AS SELECT DISTINCT text, upper(text) AS other FROM value');
database.exec('CREATE INDEX temp.aside_by_other ON aside (other)');
database.exec("SAVEPOINT s; UPDATE value SET text = text || 'x'; ROLLBACK TO s; RELEASE s");
database.exec('VACUUM');
database.prepare('VACUUM INTO ?').run(join(folder, 'copy.db'));
closeStore(store);
process.stdout.write(`${sorted.length}\n`);
