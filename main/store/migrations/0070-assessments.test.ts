import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS, type Room } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore, type Store } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { assessments } from './0070-assessments.ts';
import { MIGRATIONS } from './index.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

const EARLIER = MIGRATIONS.filter(({ version }) => version < assessments.version);
const ID = 'K7M2-9QXA-4D1F';

function filled(name: string, room: Room): Store<Room> {
  const store = openStore(join(folder, `${name}-${room}.db`), room, key, true);
  migrate(store, key, EARLIER);
  fillVersion10(store);
  return store;
}

it.each(ROOMS)('keeps every row as it was, also one that was lowered by decision (%s)', (room) => {
  const store = filled('rows', room);
  const before = dumpRows(store);
  expect(before['item_revision']?.length).toBeGreaterThan(1);
  migrate(store, key, [...EARLIER, assessments]);
  expect(store.database.pragma('user_version', { simple: true })).toBe(70);
  expect(dumpRows(store)).toEqual(before);
  expect(findInconsistencies(store)).toEqual([]);
  closeStore(store);
});

it.each(ROOMS)('takes the new kinds, and is as strict as it was (%s)', (room) => {
  const store = filled('rules', room);
  migrate(store, key, [...EARLIER, assessments]);
  const own = room === 'open' ? 'sekretess' : 'hemlig';
  const insert = (kind: string, revision: number, level: string, change = 'created'): unknown =>
    store.database
      .prepare(
        "INSERT INTO item_revision VALUES (?, ?, 'A:q', ?, '{}', ?, '[\"x\"]', ?, NULL, NULL, 't', 'anna')",
      )
      .run(ID, kind, revision, level, change);
  insert('answer', 1, own);
  insert('assessment', 1, own);
  expect(() => insert('gissning', 1, own)).toThrow(/constraint failed/);
  expect(() => insert('answer', 3, own)).toThrow(/in order/);
  expect(() => insert('answer', 2, room === 'open' ? 'hemlig' : 'sekretess')).toThrow();
  expect(() => insert('answer', 2, room === 'open' ? 'oppen' : 'konfidentiell')).toThrow(/by decision only/);
  expect(() => store.database.prepare("UPDATE item_revision SET content = '[]'").run()).toThrow(/immutable/);
  store.database.prepare("UPDATE room_setting SET value = 'oppen' WHERE key = 'ceiling'").run();
  expect(() => insert('answer', 2, own)).toThrow(/ceiling/);
  expect(
    store.database.prepare("SELECT count(*) FROM item WHERE kind IN ('answer', 'assessment')").pluck().get(),
  ).toBe(2);
  closeStore(store);
});
