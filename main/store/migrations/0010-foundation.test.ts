import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { foundation } from './0010-foundation.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

it.each(ROOMS)('makes of an empty database one that holds a row in every table (%s)', (room) => {
  const store = openStore(join(folder, `${room}.db`), room, key, true);
  migrate(store, key, [foundation]);
  expect(store.database.pragma('user_version', { simple: true })).toBe(10);
  for (const [table, rows] of Object.entries(dumpRows(store))) expect([table, rows]).toEqual([table, []]);
  fillVersion10(store);
  const rows = dumpRows(store);
  for (const [table, filled] of Object.entries(rows)) expect(filled.length, table).toBeGreaterThan(0);
  expect('pending_operation' in rows).toBe(room === 'protected');
  expect(findInconsistencies(store)).toEqual([]);
  closeStore(store);
});

it('gives the open room a pointer of one bit, and the protected room none', () => {
  const columnsOf = (room: 'open' | 'protected'): unknown[] => {
    const store = openStore(join(folder, `${room}-columns.db`), room, key, true);
    migrate(store, key, [foundation]);
    const columns = store.database.prepare("SELECT name FROM pragma_table_info('incident')").pluck().all();
    closeStore(store);
    return columns;
  };
  const inProtected = columnsOf('protected');
  expect(columnsOf('open').filter((name) => !inProtected.includes(name))).toEqual(['has_protected_part']);
});
