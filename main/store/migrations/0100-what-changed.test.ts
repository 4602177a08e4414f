import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { foundation } from './0010-foundation.ts';
import { MIGRATIONS } from './index.ts';
import { whatChanged } from './0100-what-changed.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

it.each(ROOMS)('adds two indexes and changes no row (%s)', (room) => {
  const store = openStore(join(folder, `${room}.db`), room, key, true);
  migrate(store, key, [foundation]);
  fillVersion10(store);
  const before = MIGRATIONS.filter(({ version }) => version < whatChanged.version);
  migrate(store, key, before);
  const rows = dumpRows(store);
  migrate(store, key, [...before, whatChanged]);
  expect(store.database.pragma('user_version', { simple: true })).toBe(100);
  expect(dumpRows(store)).toEqual(rows);
  expect(findInconsistencies(store)).toEqual([]);
  const plan = (sql: string): string =>
    store.database
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => detail)
      .join('\n');
  // Neither what was written nor any document is read: the index alone answers.
  expect(
    plan("SELECT 1 FROM item_revision INDEXED BY item_changed WHERE incident_id = 'a' AND changed_at > 'b'"),
  ).toMatch(/COVERING INDEX item_changed/);
  expect(
    plan('SELECT incident_id, min(made_at) FROM dispatch WHERE is_draft = 0 GROUP BY incident_id'),
  ).toMatch(/COVERING INDEX dispatch_of_incident/);
  closeStore(store);
});
