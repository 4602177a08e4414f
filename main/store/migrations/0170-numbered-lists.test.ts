import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS, type Room } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore, type Store } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { numberedLists } from './0170-numbered-lists.ts';
import { MIGRATIONS } from './index.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

const ID = 'K7M2-9QXA-4D1F';
const levelOf = (room: Room): string => (room === 'open' ? 'sekretess' : 'hemlig');

/** A register with a document that was sent, one that came in as the answer to it, and one that is kept apart. */
function filled(name: string, room: Room): Store<Room> {
  const store = openStore(join(folder, `${name}-${room}.db`), room, key, true);
  migrate(
    store,
    key,
    MIGRATIONS.filter(({ version }) => version < numberedLists.version),
  );
  fillVersion10(store);
  const level = levelOf(room);
  store.database.exec(`
INSERT INTO dispatch (id, incident_id, form, version, way, is_draft, level, document_hash, details, made_at, made_by, document)
VALUES ('d-1', '${ID}', 'f', 'full', 'kuvert', 0, '${level}', 'hash-1', '{}', '2026-11-01T08:00:00.000Z', 'Anna', '{}'),
       ('d-2', '${ID}', 'f', 'full', 'kuvert', 0, '${level}', 'hash-2', '{}', '2026-11-02T08:00:00.000Z', 'Anna', '{}');
INSERT INTO register_entry VALUES (1, 'd-1', '${ID}', 'p', 'd', 2026, 2, '${level}', 't', 'Anna', 'Bo', 'Ord', 1, 1, 0, NULL, NULL, NULL, '["x"]', '{"serial":7}');
INSERT INTO register_entry VALUES (2, NULL, '${ID}', 'p', 'd', 2026, 1, '${level}', 't', 'Anna', 'Bo', NULL, 1, 0, 0, 't', 1, 'svar', '[]', NULL);
INSERT INTO register_entry VALUES (3, 'd-2', '${ID}', 'p', 'd', 2026, 1, '${level}', 't', 'Anna', NULL, NULL, 1, 1, 1, NULL, NULL, NULL, '[]', NULL);
INSERT INTO register_copy VALUES ('AAAAAAAAAAAA', 1, 1), ('BBBBBBBBBBBB', 1, 2), ('CCCCCCCCCCCC', 2, 1);
INSERT INTO copy_event VALUES ('AAAAAAAAAAAA', 1, 'hand-out', 'utlamnad', 't', 'Kurir', 1, NULL, NULL, NULL, NULL, 't', 'Anna');
INSERT INTO distribution VALUES (1, 1, 'Bo Ek', 't', 'Anna', NULL, NULL);
INSERT INTO register_raise VALUES (1, 1, 'fact', 'orsak', '${level}', 't', 'anna', '["y"]');
`);
  return store;
}

it.each(ROOMS)('keeps every row of the %s room, as no list', (room) => {
  const store = filled('rows', room);
  const before = dumpRows(store);
  const entries = store.database.prepare('SELECT * FROM register_entry').all() as object[];
  migrate(
    store,
    key,
    MIGRATIONS.filter(({ version }) => version <= numberedLists.version),
  );
  const after = dumpRows(store);
  expect(Object.keys(before).length).toBeGreaterThan(10);
  for (const [table, rows] of Object.entries(before)) {
    if (table !== 'register_entry') expect(after[table], table).toEqual(rows);
  }
  expect(entries).toHaveLength(3);
  expect(store.database.prepare('SELECT * FROM register_entry').all()).toEqual(
    entries.map((entry) => ({ ...entry, list: null })),
  );
  expect(findInconsistencies(store)).toEqual([]);
  expect(store.database.pragma('foreign_key_check')).toEqual([]);
  closeStore(store);
});

it.each(ROOMS)('lets a list belong to no incident, and nothing else (%s)', (room) => {
  const store = filled('rules', room);
  migrate(store, key, MIGRATIONS);
  const run = (sql: string): unknown => store.database.prepare(sql).run();
  const entry = (serial: number, dispatch: string, incident: string, came: string, list: string): string =>
    `INSERT INTO register_entry VALUES (${serial}, ${dispatch}, ${incident}, 'p', 'Lista', 2026, 1, '${levelOf(room)}', 't', 'Anna',
       NULL, NULL, 1, 1, 0, ${came}, '["x"]', NULL, ${list})`;
  const cameIn = `'t', NULL, 'svar'`;
  const notIn = 'NULL, NULL, NULL';
  expect(() => run(entry(4, 'NULL', `'${ID}'`, notIn, `'media'`))).toThrow(/constraint failed/);
  expect(() => run(entry(4, 'NULL', 'NULL', notIn, 'NULL'))).toThrow(/constraint failed/);
  expect(() => run(entry(4, 'NULL', 'NULL', cameIn, 'NULL'))).toThrow(/constraint failed/);
  expect(() => run(entry(4, 'NULL', 'NULL', cameIn, `'media'`))).toThrow(/constraint failed/);
  expect(() => run(entry(4, `'d-3'`, 'NULL', notIn, `'media'`))).toThrow(/constraint failed/);
  expect(() => run(entry(4, 'NULL', 'NULL', notIn, `'annat'`))).toThrow(/constraint failed/);
  expect(() => run(entry(5, 'NULL', 'NULL', notIn, `'media'`))).toThrow(/in order/);
  run(entry(4, 'NULL', 'NULL', notIn, `'media'`));
  run(`INSERT INTO register_copy VALUES ('DDDDDDDDDDDD', 4, 1)`);
  // What held before holds still: each of these is a trigger that was made anew.
  for (const change of [`list = 'register'`, `incident_id = '${ID}'`, `level = 'x'`, `diary = 'annat'`]) {
    expect(() => run(`UPDATE register_entry SET ${change} WHERE serial = 4`), change).toThrow(/lasting/);
  }
  expect(() => run('UPDATE register_entry SET incident_id = NULL WHERE serial = 1')).toThrow(/lasting/);
  expect(() => run(`UPDATE register_entry SET basis = '[]' WHERE serial = 1`)).toThrow(/lasting/);
  expect(() => run('UPDATE register_entry SET formerly = NULL WHERE serial = 1')).toThrow(/lasting/);
  expect(() => run('DELETE FROM register_entry')).toThrow(/keeps/);
  expect(() => run('DELETE FROM register_raise')).toThrow(/keeps/);
  run('UPDATE register_entry SET withheld = 1, correspondent = NULL, summary = NULL WHERE serial = 1');
  if (room === 'open') run('DELETE FROM register_raise');
  else expect(() => run('DELETE FROM register_raise')).toThrow(/keeps/);
  expect(findInconsistencies(store)).toEqual([]);
  closeStore(store);
});
