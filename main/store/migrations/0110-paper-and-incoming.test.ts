import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS, type Room } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore, type Store } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { paperAndIncoming } from './0110-paper-and-incoming.ts';
import { MIGRATIONS } from './index.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

const ID = 'K7M2-9QXA-4D1F';
const before = MIGRATIONS.filter(({ version }) => version < paperAndIncoming.version);
const until = MIGRATIONS.filter(({ version }) => version <= paperAndIncoming.version);

/** A vault that has sent one document in two copies, one of them handed out, with a name on its list. */
function filled(name: string, room: Room): Store<Room> {
  const store = openStore(join(folder, `${name}-${room}.db`), room, key, true);
  migrate(store, key, before);
  fillVersion10(store);
  const level = room === 'open' ? 'sekretess' : 'hemlig';
  store.database.exec(`
INSERT INTO dispatch (id, incident_id, form, version, way, is_draft, level, document_hash, details, made_at, made_by, document)
VALUES ('d-1', '${ID}', 'f', 'full', 'kuvert', 0, '${level}', 'hash-1', '{}', '2026-11-01T08:00:00.000Z', 'Anna', '{}'),
       ('d-2', '${ID}', 'f', 'full', 'signalskydd', 0, '${level}', 'hash-2', '{}', '2026-11-02T08:00:00.000Z', 'Anna', '{}');
INSERT INTO dispatch_event VALUES ('d-1', 1, 'sent', '2026-11-02T08:00:00.000Z', NULL, 't', 'anna');
INSERT INTO register_entry VALUES (1, 'd-1', '${ID}', '{löpnr}:{exemplar}', '${ID}', 2026, 2, '${level}', 't', 'Anna', NULL, NULL, 1, 1, 0);
INSERT INTO register_copy VALUES ('AAAAAAAAAAAA', 1, 1), ('BBBBBBBBBBBB', 1, 2);
INSERT INTO copy_event VALUES ('AAAAAAAAAAAA', 1, 'hand-out', 'utlamnad', 't', 'Kurir', 1, NULL, NULL, NULL, 1, 't', 'Anna');
INSERT INTO distribution VALUES (1, 1, 'Bo Ek', 't', 'Anna', NULL, NULL);
`);
  return store;
}

it.each(ROOMS)('keeps every row of a version 90 database as it was (%s)', (room) => {
  const store = filled('rows', room);
  const rows = dumpRows(store);
  migrate(store, key, until);
  const after = dumpRows(store);
  expect(Object.keys(rows).length).toBeGreaterThan(10);
  for (const [table, old] of Object.entries(rows)) {
    if (table === 'register_entry') continue;
    expect([table, after[table]]).toEqual([table, old]);
  }
  expect(
    store.database.prepare('SELECT serial, dispatch_id, came_at FROM register_entry').raw().all(),
  ).toEqual([[1, 'd-1', null]]);
  expect(findInconsistencies(store)).toEqual([]);
  expect(store.database.pragma('foreign_key_check')).toEqual([]);
  closeStore(store);
});

it.each(ROOMS)('lets an entry, a number and a decision be what they are, and only once (%s)', (room) => {
  const store = filled('rules', room);
  migrate(store, key, until);
  const run = (sql: string): unknown => store.database.prepare(sql).run();
  const level = room === 'open' ? 'sekretess' : 'hemlig';
  const entry = (serial: number, dispatch: string, rest: string): string =>
    `INSERT INTO register_entry VALUES (${serial}, ${dispatch}, '${ID}', '{löpnr}:{exemplar}', '${ID}', 2026, 1, '${level}', 't', 'Anna', 'NCSC', NULL, 1, 1, 0, ${rest})`;
  // What came in has a time and no expedition; what went out the other way round; an answer is to something earlier.
  expect(() => run(entry(2, 'NULL', `NULL, NULL, NULL`))).toThrow(/constraint failed/);
  expect(() => run(entry(2, `'d-2'`, `'t', NULL, 'svar'`))).toThrow(/constraint failed/);
  expect(() => run(entry(2, 'NULL', `'t', 2, 'kvittens'`))).toThrow(/constraint failed/);
  expect(() => run(entry(3, 'NULL', `'t', 1, 'kvittens'`))).toThrow(/in order/);
  run(entry(2, 'NULL', `'t', 1, 'kvittens'`));
  expect(() => run(`UPDATE register_entry SET answers_serial = NULL WHERE serial = 2`)).toThrow(/lasting/);
  expect(() => run('DELETE FROM register_entry')).toThrow(/keeps/);
  expect(() =>
    run(
      `UPDATE register_entry SET dispatch_id = NULL, came_at = 't', incoming_kind = 'svar' WHERE serial = 1`,
    ),
  ).toThrow(/lasting/);
  run(`INSERT INTO dispatch_event VALUES ('d-2', 1, 'handed-over', 't', NULL, 't', 'anna')`);
  expect(() => run(`INSERT INTO dispatch_event VALUES ('d-2', 2, 'lost', 't', NULL, 't', 'anna')`)).toThrow(
    /constraint failed/,
  );
  run(`INSERT INTO dispatch_number VALUES ('d-1', 1, 1, 'security-bag', 'SP 1', NULL, 't', 'anna')`);
  expect(() =>
    run(`INSERT INTO dispatch_number VALUES ('d-1', 3, 1, 'consignment', 'RR', NULL, 't', 'anna')`),
  ).toThrow(/in order/);
  expect(() => run(`UPDATE dispatch_number SET number = 'SP 2'`)).toThrow(/stays/);
  expect(() => run('DELETE FROM dispatch_number')).toThrow(/stays/);
  const decision = (dispatch: string, hash: string): string =>
    `INSERT INTO dispatch_decision VALUES ('${dispatch}', '${hash}', 'sakerhetsskyddschefen', '[]', 'skäl', 'Karin', NULL, 't', 'Anna')`;
  expect(() => run(decision('d-1', 'hash-2'))).toThrow(/one document/);
  run(decision('d-1', 'hash-1'));
  expect(() => run(decision('d-1', 'hash-1'))).toThrow(/UNIQUE/);
  expect(() => run(`UPDATE dispatch_decision SET reason = 'annat'`)).toThrow(/immutable/);
  expect(() => run('DELETE FROM dispatch_decision')).toThrow(/stays/);
  closeStore(store);
});
