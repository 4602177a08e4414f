import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore } from '../store.ts';
import { fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { numbersAndProvisions } from './0160-numbers-and-provisions.ts';
import { MIGRATIONS } from './index.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

it.each(ROOMS)(
  'keeps the rows of the %s room, without provisions or former number that nobody knows',
  (room) => {
    const store = openStore(join(folder, `${room}.db`), room, key, true);
    migrate(
      store,
      key,
      MIGRATIONS.filter(({ version }) => version < numbersAndProvisions.version),
    );
    fillVersion10(store);
    const run = (sql: string): unknown => store.database.prepare(sql).run();
    const level = room === 'open' ? 'sekretess' : 'hemlig';
    run(`INSERT INTO register_entry VALUES (1, NULL, 'K7M2-9QXA-4D1F', 'p', 'd', 2026, 1, '${level}', 't', 'a', NULL, NULL, 0, 0,
    0, 't', NULL, 'svar')`);
    run(`INSERT INTO register_raise VALUES (1, 1, 'fact', 'orsak', '${level}', 't', 'anna')`);
    const before = store.database.prepare('SELECT * FROM register_entry').get() as object;
    migrate(
      store,
      key,
      MIGRATIONS.filter(({ version }) => version <= numbersAndProvisions.version),
    );
    expect(store.database.prepare('SELECT * FROM register_entry').get()).toEqual({
      ...before,
      basis: '[]',
      formerly: null,
    });
    expect(store.database.prepare('SELECT basis FROM register_raise').pluck().all()).toEqual(['[]']);
    expect(() => run(`UPDATE register_entry SET basis = '["x"]'`)).toThrow(/lasting/);
    run(`UPDATE register_entry SET formerly = '{}'`);
    expect(() => run('UPDATE register_entry SET formerly = NULL')).toThrow(/lasting/);
    expect(() => run(`UPDATE register_entry SET formerly = 'nej'`)).toThrow(/lasting|constraint/);
    expect(findInconsistencies(store)).toEqual([]);
    closeStore(store);
  },
);
