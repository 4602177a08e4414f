import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { correctedDestruction } from './0150-corrected-destruction.ts';
import { MIGRATIONS } from './index.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

it.each(ROOMS)(
  'keeps every row of the %s room, and a destruction is corrected with a reason alone',
  (room) => {
    const store = openStore(join(folder, `${room}.db`), room, key, true);
    migrate(
      store,
      key,
      MIGRATIONS.filter(({ version }) => version < correctedDestruction.version),
    );
    fillVersion10(store);
    const run = (sql: string): unknown => store.database.prepare(sql).run();
    const level = room === 'open' ? 'sekretess' : 'hemlig';
    run(`INSERT INTO register_entry VALUES (1, NULL, 'K7M2-9QXA-4D1F', 'p', 'd', 2026, 1, '${level}', 't', 'a', NULL, NULL, 0, 0,
    0, 't', NULL, 'svar')`);
    run("INSERT INTO register_copy VALUES ('ABCDEFGH1234', 1, 1)");
    const told = (
      seq: number,
      move: string,
      state: string,
      how: string | null,
      note: string | null,
    ): string =>
      `INSERT INTO copy_event VALUES ('ABCDEFGH1234', ${seq}, '${move}', '${state}', 't', NULL, 0, ${how === null ? 'NULL' : `'${how}'`}, NULL, ${note === null ? 'NULL' : `'${note}'`}, NULL, 't', 'a')`;
    run(told(1, 'destroy', 'forstord', 'branning', null));
    expect(() => run(told(2, 'correct', 'ater', null, 'Fel papper'))).toThrow(/does not go/);
    const before = dumpRows(store);
    migrate(
      store,
      key,
      MIGRATIONS.filter(({ version }) => version <= correctedDestruction.version),
    );
    const after = dumpRows(store);
    for (const [table, rows] of Object.entries(before)) expect(after[table], table).toEqual(rows);
    expect(() => run(told(2, 'find', 'ater', null, 'Fel papper'))).toThrow(/does not go/);
    expect(() => run(told(2, 'correct', 'ater', null, ' '))).toThrow(/says why/);
    run(told(2, 'correct', 'ater', null, 'Fel papper'));
    expect(() => run(told(3, 'correct', 'ater', null, 'Igen'))).toThrow(/does not go/);
    expect(findInconsistencies(store)).toEqual([]);
    closeStore(store);
  },
);
