import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { raisedDocuments } from './0130-raised-documents.ts';
import { MIGRATIONS } from './index.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

it.each(ROOMS)('keeps every row of the %s room, and holds raises that nobody changes', (room) => {
  const store = openStore(join(folder, `${room}.db`), room, key, true);
  migrate(
    store,
    key,
    MIGRATIONS.filter(({ version }) => version < raisedDocuments.version),
  );
  fillVersion10(store);
  const run = (sql: string): unknown => store.database.prepare(sql).run();
  const level = room === 'open' ? 'sekretess' : 'hemlig';
  run(`INSERT INTO register_entry VALUES (1, NULL, 'K7M2-9QXA-4D1F', 'p', 'd', 2026, 1, '${level}', 't', 'a', NULL, NULL, 0, 0,
    0, 't', NULL, 'svar')`);
  const before = dumpRows(store);
  migrate(
    store,
    key,
    MIGRATIONS.filter(({ version }) => version <= raisedDocuments.version),
  );
  const after = dumpRows(store);
  for (const [table, rows] of Object.entries(before)) expect(after[table], table).toEqual(rows);
  expect(after['register_raise']).toEqual([]);

  const raise = (seq: number, to = level): string =>
    `INSERT INTO register_raise VALUES (1, ${seq}, 'fact', 'orsak', '${to}', 't', 'anna')`;
  expect(() => run(raise(2))).toThrow(/in order/);
  expect(() => run(raise(1, 'topphemlig'))).toThrow(/constraint failed/);
  run(raise(1));
  expect(() => run("UPDATE register_raise SET level = 'oppen'")).toThrow(/immutable/);
  expect(() => run('DELETE FROM register_raise')).toThrow(/keeps what was written/);
  // A document that is raised out of the open room takes its rows along, and no other way.
  run('UPDATE register_entry SET withheld = 1');
  if (room === 'open') run('DELETE FROM register_raise');
  else expect(() => run('DELETE FROM register_raise')).toThrow(/keeps what was written/);
  expect(findInconsistencies(store)).toEqual([]);
  closeStore(store);
});
