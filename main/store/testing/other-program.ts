import { once } from 'node:events';
import Database from 'better-sqlite3';

/**
 * Another program with the key that knows nothing of Sigill's lock, run as a process of its own: it reads a database,
 * says `read` and what it counted, and closes at once (`glance`) or when its standard input ends (`stay`, in the middle
 * of reading). Like any SQLite it clears the log away as it closes, if it believes itself to be the last.
 */
const [path = '', key = '', how = ''] = process.argv.slice(2);
const database = new Database(path, { timeout: 0 });
database.pragma("cipher = 'sqlcipher'");
database.pragma('legacy = 4');
database.key(Buffer.concat([Buffer.from('raw:'), Buffer.from(key, 'hex')]));
if (how === 'stay') database.exec('BEGIN');
process.stdout.write(`read ${database.prepare('SELECT count(*) FROM filling').pluck().get()}\n`);
if (how === 'stay') {
  process.stdin.resume();
  await once(process.stdin, 'end');
}
database.close();
