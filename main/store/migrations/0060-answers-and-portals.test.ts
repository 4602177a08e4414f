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
import { answersAndPortals } from './0060-answers-and-portals.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

const EARLIER = [foundation, openpgpKeys, workInProgress];
const ID = 'K7M2-9QXA-4D1F';

/** A database as the version before left it, with what was sent and what became of it. */
function filled(name: string, room: Room): Store<Room> {
  const store = openStore(join(folder, `${name}-${room}.db`), room, key, true);
  migrate(store, key, EARLIER);
  fillVersion10(store);
  const level = room === 'open' ? 'sekretess' : 'hemlig';
  store.database.exec(
    `INSERT INTO dispatch VALUES ('d1', '${ID}', 'msb-slutrapport', 'full', 'epost', 0, '${level}', 'h', '{}', 't', 'Anna', '{"a":1}');
     INSERT INTO dispatch VALUES ('d2', '${ID}', 'msb-slutrapport', 'open', 'kuvert', 1, '${level}', 'i', '{}', 'u', 'Bo', NULL);
     INSERT INTO dispatch_event VALUES ('d1', 1, 'sent', 't', NULL, 't', 'anna');
     INSERT INTO dispatch_event VALUES ('d1', 2, 'receipted', 't', 'kvitto', 't', 'bo');`,
  );
  return store;
}

it.each(ROOMS)('keeps every row as it was, and the guards on them (%s)', (room) => {
  const store = filled('rows', room);
  const before = dumpRows(store);
  migrate(store, key, [...EARLIER, answersAndPortals]);
  expect(store.database.pragma('user_version', { simple: true })).toBe(60);
  expect(dumpRows(store)).toEqual(before);
  expect(findInconsistencies(store)).toEqual([]);
  expect(store.database.pragma('foreign_key_check')).toEqual([]);
  const run = (sql: string): unknown => store.database.prepare(sql).run();
  expect(() => run("UPDATE item_revision SET content = '{}'")).toThrow(/immutable/);
  expect(() => run('DELETE FROM dispatch')).toThrow(/stays in the list/);
  expect(() => run("UPDATE dispatch SET way = 'portal'")).toThrow(/immutable/);
  expect(() => run('DELETE FROM dispatch_event')).toThrow(/immutable/);
  closeStore(store);
});

it.each(ROOMS)('takes answers and portals, and still nothing of the other room (%s)', (room) => {
  const store = filled('rules', room);
  migrate(store, key, [...EARLIER, answersAndPortals]);
  const own = room === 'open' ? 'sekretess' : 'hemlig';
  const other = room === 'open' ? 'begransat-hemlig' : 'sekretess';
  const run = (sql: string): unknown => store.database.prepare(sql).run();
  const answer = (level: string, revision: number, kind = 'answer'): string =>
    `INSERT INTO item_revision VALUES ('${ID}', '${kind}', 'csl-upplysning/pagar', ${revision}, '{}', '${level}', '["x"]', 'created', NULL, NULL, 't', 'anna')`;
  expect(() => run(answer(other, 1))).toThrow(/constraint failed/);
  expect(() => run(answer(own, 2))).toThrow(/in order/);
  expect(() => run(answer(own, 1, 'rykte'))).toThrow(/constraint failed/);
  run(answer(own, 1));
  const items = "SELECT count(*) FROM item WHERE kind = 'answer'";
  expect(store.database.prepare(items).pluck().get()).toBe(1);
  run(
    `INSERT INTO dispatch VALUES ('d3', '${ID}', 'csl-upplysning', 'open', 'portal', 0, '${own}', 'h', '{}', 't', 'Anna', '{"a":1}')`,
  );
  closeStore(store);
});
