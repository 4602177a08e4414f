import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOMS, type Room } from '../../shared/domain/room.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { closeStore, openStore } from './store.ts';
import { makeFolder, makeKey } from './testing/sample.ts';

/**
 * The schema that all migrations together make, as text to be read in a review: `schema/open.sql` and
 * `schema/protected.sql`. They are not used by the program. After a new migration they are renewed by
 *
 *     SIGILL_RENEW_SCHEMA=1 npx vitest run main/store/schema.test.ts
 *
 * and the difference is read before it is committed.
 */
const RENEW = 'SIGILL_RENEW_SCHEMA=1 npx vitest run main/store/schema.test.ts';
const { folder, remove } = makeFolder();
let made = 0;
afterAll(remove);

function schemaOf(room: Room): string {
  const key = makeKey();
  made += 1;
  const store = openStore(join(folder, `${room}-${made}.db`), room, key, true);
  migrate(store, key, MIGRATIONS);
  const texts = store.database
    .prepare<[], string>(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type <> 'table', type, name",
    )
    .pluck()
    .all();
  closeStore(store);
  const head = `-- Made by main/store/schema.test.ts; not read by the program. Renew: ${RENEW}\n`;
  return head + texts.map((sql) => `\n${sql.replace(/[ \t]+$/gm, '').trim()};\n`).join('');
}

describe('the schema', () => {
  it.each(ROOMS)('of a room is the one that was reviewed (%s)', (room) => {
    const path = new URL(`./schema/${room}.sql`, import.meta.url);
    const schema = schemaOf(room);
    if (process.env['SIGILL_RENEW_SCHEMA'] === '1') writeFileSync(path, schema);
    const reviewed = existsSync(path) ? readFileSync(path, 'utf8') : '';
    expect(
      schema,
      `The migrations make another schema than schema/${room}.sql shows. A migration that has shipped is never edited. ` +
        `If the change is meant: ${RENEW}, and read the difference.`,
    ).toBe(reviewed);
  });

  it('of the open room has no word of any class but in the order of levels that the triggers compare by', () => {
    const withoutRanks = schemaOf('open').replace(/CASE .*? END/gs, '');
    expect(withoutRanks).not.toMatch(/hemlig|konfidentiell/);
    expect(withoutRanks).toContain("level IN ('oppen', 'sekretess')");
  });
});
