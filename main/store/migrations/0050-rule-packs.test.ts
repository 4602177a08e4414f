import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS, type Room } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore, type Store } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { foundation } from './0010-foundation.ts';
import { openpgpKeys } from './0020-openpgp-keys.ts';
import { workInProgress } from './0030-work-in-progress.ts';
import { rulePacks } from './0050-rule-packs.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

const BEFORE = [foundation, openpgpKeys, workInProgress];
const NEW_TABLES = ['rule_pack', 'rule_set', 'rule_decision', 'incident_rules', 'publisher_key_decision'];
const ID = 'K7M2-9QXA-4D1F';
const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];

function filled(name: string, room: Room): Store<Room> {
  const store = openStore(join(folder, `${name}-${room}.db`), room, key, true);
  migrate(store, key, BEFORE);
  fillVersion10(store);
  return store;
}

it.each(ROOMS)('keeps every row of a version 30 database as it was (%s)', (room) => {
  const store = filled('rows', room);
  const before = dumpRows(store);
  migrate(store, key, [...BEFORE, rulePacks]);
  const after = dumpRows(store);
  for (const table of room === 'open' ? NEW_TABLES : []) expect([table, after[table]]).toEqual([table, []]);
  expect(Object.fromEntries(Object.entries(after).filter(([table]) => !NEW_TABLES.includes(table)))).toEqual(
    before,
  );
  expect(findInconsistencies(store)).toEqual([]);
  closeStore(store);
});

it('lets nothing that was decided be changed, and no one person change a key', () => {
  const store = filled('rules', 'open');
  migrate(store, key, [...BEFORE, rulePacks]);
  const run = (sql: string): unknown => store.database.prepare(sql).run();
  run(`INSERT INTO rule_pack VALUES ('${A}', 'sigill', 1, NULL, 't', 'anna', '{}')`);
  expect(() => run(`INSERT INTO rule_pack VALUES ('${B}', 'sigill', 2, NULL, 't', 'anna', 'text')`)).toThrow(
    /constraint failed/,
  );
  run(`INSERT INTO rule_set VALUES ('${A}', '${A}', NULL)`);
  expect(() => run(`INSERT INTO rule_set VALUES ('${B}', '${B}', NULL)`)).toThrow(/FOREIGN KEY/);
  const decision = (seq: number, reason: string): string =>
    `INSERT INTO rule_decision VALUES (${seq}, '${A}', 'taken', '${reason}', 't', 'anna')`;
  expect(() => run(decision(1, ' '))).toThrow(/constraint failed/);
  expect(() => run(decision(2, 'skäl'))).toThrow(/in order/);
  run(decision(1, 'skäl'));
  run(`INSERT INTO incident_rules VALUES ('${ID}', 1, '${A}', NULL, 't', 'anna')`);
  expect(() => run(`INSERT INTO incident_rules VALUES ('${ID}', 2, '${A}', NULL, 't', 'anna')`)).toThrow(
    /constraint failed/,
  );
  const keyChange = (second: string): string =>
    `INSERT INTO publisher_key_decision VALUES (1, '${A}', 'kommunen', 'Kommunen', 'nyckel', 'trusted', 'skäl', 'anna', '${second}', 't')`;
  expect(() => run(keyChange('anna'))).toThrow(/constraint failed/);
  run(keyChange('bo'));
  for (const table of NEW_TABLES) {
    expect(() => run(`DELETE FROM ${table}`), table).toThrow(/immutable|kept as it was|what it was/);
    const column = table === 'rule_pack' ? 'digest' : table === 'rule_set' ? 'id' : 'reason';
    expect(() => run(`UPDATE ${table} SET ${column} = '${B}'`), table).toThrow(
      /immutable|kept as it was|what it was/,
    );
  }
  closeStore(store);
});
