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

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

const NEW_TABLES = ['draft', 'saved_filter', 'dispatch', 'dispatch_event', 'step_event'];
const ID = 'K7M2-9QXA-4D1F';

function filled(name: string, room: Room): Store<Room> {
  const store = openStore(join(folder, `${name}-${room}.db`), room, key, true);
  migrate(store, key, [foundation, openpgpKeys]);
  fillVersion10(store);
  return store;
}

it.each(ROOMS)('keeps every row of a version 20 database as it was (%s)', (room) => {
  const store = filled('rows', room);
  const before = dumpRows(store);
  migrate(store, key, [foundation, openpgpKeys, workInProgress]);
  expect(store.database.pragma('user_version', { simple: true })).toBe(30);
  const after = dumpRows(store);
  for (const table of NEW_TABLES) expect([table, after[table]]).toEqual([table, []]);
  expect(Object.fromEntries(Object.entries(after).filter(([table]) => !NEW_TABLES.includes(table)))).toEqual(
    before,
  );
  expect(findInconsistencies(store)).toEqual([]);
  closeStore(store);
});

it.each(ROOMS)('takes nothing of the other room, and changes nothing that was sent (%s)', (room) => {
  const store = filled('rules', room);
  migrate(store, key, [foundation, openpgpKeys, workInProgress]);
  const own = room === 'open' ? 'sekretess' : 'hemlig';
  const other = room === 'open' ? 'begransat-hemlig' : 'sekretess';
  const run = (sql: string): unknown => store.database.prepare(sql).run();

  const draft = (level: string, content: string): string =>
    `INSERT INTO draft VALUES ('fact:${ID}:system', 'anna', '${ID}', '${content}', '${level}', 't')`;
  expect(() => run(draft(other, '{}'))).toThrow(/constraint failed/);
  expect(() => run(draft(own, 'text'))).toThrow(/constraint failed/);
  run(draft(own, '{}'));

  const dispatch = (id: string, level: string, way: string): string =>
    `INSERT INTO dispatch VALUES ('${id}', '${ID}', 'msb-slutrapport', 'full', '${way}', 0, '${level}', 'h', '{}', 't', 'anna', '{"a":1}')`;
  expect(() => run(dispatch('d0', other, 'epost'))).toThrow(/constraint failed/);
  expect(() => run(dispatch('d0', own, 'brevduva'))).toThrow(/constraint failed/);
  run(dispatch('d1', own, 'epost'));
  expect(() => run("UPDATE dispatch SET document_hash = 'i'")).toThrow(/immutable/);
  expect(() => run(`UPDATE dispatch SET document = '{"a":2}'`)).toThrow(/immutable/);
  expect(() => run('DELETE FROM dispatch')).toThrow(/stays in the list/);
  run('UPDATE dispatch SET document = NULL');

  const event = (seq: number, kind: string): string =>
    `INSERT INTO dispatch_event VALUES ('d1', ${seq}, '${kind}', 't', NULL, 't', 'anna')`;
  expect(() => run(event(2, 'sent'))).toThrow(/in order/);
  expect(() => run(event(1, 'lost'))).toThrow(/constraint failed/);
  run(event(1, 'sent'));
  run(event(2, 'receipted'));
  expect(() => run("UPDATE dispatch_event SET at = 'u'")).toThrow(/immutable/);
  expect(() => run('DELETE FROM dispatch_event')).toThrow(/immutable/);

  const step = (seq: number, kind: string, note: string): string =>
    `INSERT INTO step_event VALUES ('${ID}', ${seq}, 'GDPR', 'anmalan', '${kind}', 't', ${note}, 't', 'anna')`;
  expect(() => run(step(1, 'not-applicable', 'NULL'))).toThrow(/constraint failed/);
  expect(() => run(step(1, 'reopened', "' '"))).toThrow(/constraint failed/);
  run(step(1, 'done', 'NULL'));
  run(step(2, 'reopened', "'Fel dag'"));
  expect(() => run(step(2, 'done', 'NULL'))).toThrow(/in order/);
  expect(() => run("UPDATE step_event SET at = 'u'")).toThrow(/immutable/);
  expect(findInconsistencies(store)).toEqual([]);
  closeStore(store);
});
