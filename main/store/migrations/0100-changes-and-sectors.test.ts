import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { foundation } from './0010-foundation.ts';
import { MIGRATIONS } from './index.ts';
import { changesAndSectors } from './0100-changes-and-sectors.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

it.each(ROOMS)('adds two indexes and changes no row (%s)', (room) => {
  const store = openStore(join(folder, `${room}.db`), room, key, true);
  migrate(store, key, [foundation]);
  fillVersion10(store);
  const before = MIGRATIONS.filter(({ version }) => version < changesAndSectors.version);
  migrate(store, key, before);
  const rows = dumpRows(store);
  migrate(store, key, [...before, changesAndSectors]);
  expect(store.database.pragma('user_version', { simple: true })).toBe(100);
  expect(dumpRows(store)).toEqual(rows);
  expect(findInconsistencies(store)).toEqual([]);
  const plan = (sql: string): string =>
    store.database
      .prepare<[], { detail: string }>(sql)
      .all()
      .map(({ detail }) => detail)
      .join('\n');
  // Neither what was written nor any document is read: the index alone answers.
  expect(
    plan(
      "EXPLAIN QUERY PLAN SELECT 1 FROM item_revision INDEXED BY item_changed WHERE incident_id = 'a' AND changed_at > 'b'",
    ),
  ).toMatch(/COVERING INDEX item_changed/);
  expect(
    plan(
      'EXPLAIN QUERY PLAN SELECT incident_id, min(made_at) FROM dispatch WHERE is_draft = 0 GROUP BY incident_id',
    ),
  ).toMatch(/COVERING INDEX dispatch_of_incident/);
  closeStore(store);
});

it.each(ROOMS)('puts the sectors of the organisation where the rules ask for them (%s)', (room) => {
  const store = openStore(join(folder, `sectors-${room}.db`), room, key, true);
  const before = MIGRATIONS.filter(({ version }) => version < changesAndSectors.version);
  migrate(store, key, before);
  const put = store.database.prepare('INSERT INTO room_setting (key, value) VALUES (?, ?)');
  const organisation = { name: 'Norrdals kommun', sectors: ['energi', 'tillverkning', 'bankverksamhet'] };
  put.run('organisation', JSON.stringify(organisation));
  put.run('duties', JSON.stringify({ sectors: ['dricksvatten', 'energi'], county: 'kalmar' }));
  migrate(store, key, [...before, changesAndSectors]);
  const read = (name: string): unknown =>
    JSON.parse(
      store.database.prepare('SELECT value FROM room_setting WHERE key = ?').pluck().get(name) as string,
    );
  expect(read('organisation')).toEqual({ name: 'Norrdals kommun' });
  expect(read('duties')).toEqual({
    sectors: ['bank', 'dricksvatten', 'energi'],
    county: 'kalmar',
    sectorsToChoose: ['tillverkning'],
  });
  closeStore(store);
});

it('makes no answers where the organisation has given none', () => {
  const store = openStore(join(folder, 'no-sectors.db'), 'open', key, true);
  const before = MIGRATIONS.filter(({ version }) => version < changesAndSectors.version);
  migrate(store, key, before);
  store.database
    .prepare("INSERT INTO room_setting (key, value) VALUES ('organisation', ?)")
    .run('{"name":"Norrdals kommun"}');
  migrate(store, key, [...before, changesAndSectors]);
  expect(store.database.prepare("SELECT 1 FROM room_setting WHERE key = 'duties'").get()).toBeUndefined();
  closeStore(store);
});
