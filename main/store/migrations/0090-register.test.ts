import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { COPY_MOVES, COPY_STATES, MOVE_RULES } from '../../../shared/domain/register.ts';
import { ROOMS, type Room } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore, type Store } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { register } from './0090-register.ts';
import { MIGRATIONS } from './index.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

const ID = 'K7M2-9QXA-4D1F';
const before = MIGRATIONS.filter(({ version }) => version < register.version);

/** A vault that has sent: a draft, and three documents of which the last one made has the lowest id. */
function filled(name: string, room: Room): Store<Room> {
  const store = openStore(join(folder, `${name}-${room}.db`), room, key, true);
  migrate(store, key, before);
  fillVersion10(store);
  const level = room === 'open' ? 'sekretess' : 'hemlig';
  const dispatch = (
    id: string,
    at: string,
    way: string,
    isDraft: number,
    details: string,
    document: string,
  ): string =>
    `INSERT INTO dispatch (id, incident_id, form, version, way, is_draft, level, document_hash, details, made_at, made_by, document)
     VALUES ('${id}', '${ID}', 'f', 'full', '${way}', ${isDraft}, '${level}', 'h', '${details}', '${at}', 'Anna', ${document});`;
  const event = (id: string, seq: number, kind: string): string =>
    `INSERT INTO dispatch_event VALUES ('${id}', ${seq}, '${kind}', '2026-11-0${seq}T08:00:00.000Z', NULL, 't', 'anna');`;
  store.database.exec(
    dispatch('d-utkast', '2026-10-01T08:00:00.000Z', 'epost', 1, '{}', `'{"a":1}'`) +
      dispatch(
        'd-2',
        '2026-10-03T08:00:00.000Z',
        'kuvert',
        0,
        '{"copies":2,"recipient":"sakerhetspolisen"}',
        `'{"a":1}'`,
      ) +
      dispatch('d-1', '2026-10-04T08:00:00.000Z', 'utskrift', 0, '{}', `'{"a":1}'`) +
      dispatch('d-3', '2026-10-02T08:00:00.000Z', 'epost', 0, '{"recipients":["AB"]}', 'NULL') +
      event('d-2', 1, 'sent') +
      event('d-2', 2, 'receipted') +
      event('d-3', 1, 'sent'),
  );
  return store;
}

it.each(ROOMS)(
  'numbers what was sent before in the order it was made, and keeps every other row (%s)',
  (room) => {
    const store = filled('rows', room);
    const rows = dumpRows(store);
    migrate(
      store,
      key,
      MIGRATIONS.filter(({ version }) => version <= register.version),
    );
    const after = dumpRows(store);
    for (const [table, old] of Object.entries(rows)) expect([table, after[table]]).toEqual([table, old]);
    expect(
      store.database.prepare('SELECT serial, dispatch_id, copies, withheld FROM register_entry').raw().all(),
    ).toEqual([
      [1, 'd-3', 1, 1],
      [2, 'd-2', 2, 0],
      [3, 'd-1', 1, 0],
    ]);
    // What has no document here lies in the other room, and so do its copies.
    expect(
      store.database.prepare('SELECT serial, number FROM register_copy ORDER BY 1, 2').raw().all(),
    ).toEqual([
      [2, 1],
      [2, 2],
      [3, 1],
    ]);
    const codes = store.database.prepare('SELECT code FROM register_copy').pluck().all() as string[];
    for (const code of codes) expect(code).toMatch(/^[0-9A-F]{12}$/);
    expect(
      store.database
        .prepare(
          'SELECT serial, number, seq, move, holder FROM copy_event JOIN register_copy USING (code) ORDER BY 1, 2, 3',
        )
        .raw()
        .all(),
    ).toEqual([
      [2, 1, 1, 'hand-out', 'sakerhetspolisen'],
      [2, 1, 2, 'receipt', null],
      [2, 2, 1, 'hand-out', 'sakerhetspolisen'],
      [2, 2, 2, 'receipt', null],
    ]);
    expect(findInconsistencies(store)).toEqual([]);
    closeStore(store);
  },
);

it.each(ROOMS)('leaves no number out, uses none twice, and changes nothing that was written (%s)', (room) => {
  const store = filled('rules', room);
  migrate(
    store,
    key,
    MIGRATIONS.filter(({ version }) => version <= register.version),
  );
  const run = (sql: string): unknown => store.database.prepare(sql).run();
  const level = room === 'open' ? 'sekretess' : 'hemlig';
  const entry = (serial: number, of = level): string =>
    `INSERT INTO register_entry VALUES (${serial}, 'd-utkast', '${ID}', 'p', 'd', 2026, 1, '${of}', 't', 'a', NULL, NULL, 0, 0, 0)`;
  expect(() => run(entry(3))).toThrow(/in order|UNIQUE/);
  expect(() => run(entry(5))).toThrow(/in order/);
  expect(() => run(entry(4, room === 'open' ? 'hemlig' : 'sekretess'))).toThrow(/constraint failed/);
  run(entry(4));
  expect(() => run('DELETE FROM register_entry WHERE serial = 4')).toThrow(/keeps what was written/);
  expect(() => run('UPDATE register_entry SET serial = 9 WHERE serial = 4')).toThrow(/lasting/);
  expect(() => run("UPDATE register_entry SET pattern = 'q' WHERE serial = 4")).toThrow(/lasting/);
  run("UPDATE register_entry SET summary = 'annat' WHERE serial = 4");
  expect(() => run('DELETE FROM register_copy WHERE serial = 3')).toThrow(/keeps what was written/);
  expect(() => run('UPDATE register_copy SET number = 7 WHERE serial = 3')).toThrow(/keeps its number/);
  expect(() => run('DELETE FROM copy_event')).toThrow(/keeps what was written/);
  expect(() => run("UPDATE copy_event SET at = 'u'")).toThrow(/immutable/);
  // A copy leaves the open room with the document that was raised, and no other way.
  run('UPDATE register_entry SET summary = NULL, withheld = 1 WHERE serial = 3');
  expect(() => run('UPDATE register_entry SET withheld = 0 WHERE serial = 3')).toThrow(/lasting/);
  if (room === 'open') run('DELETE FROM register_copy WHERE serial = 3');
  else expect(() => run('DELETE FROM register_copy WHERE serial = 3')).toThrow(/keeps what was written/);
  run("INSERT INTO inventory (id, started_at, started_by) VALUES ('i1', 't', 'anna')");
  expect(() => run("INSERT INTO inventory (id, started_at, started_by) VALUES ('i2', 't', 'anna')")).toThrow(
    /UNIQUE/,
  );
  run("UPDATE inventory SET finished_at = 't', finished_by = 'anna' WHERE id = 'i1'");
  expect(() => run("UPDATE inventory SET note = 'n' WHERE id = 'i1'")).toThrow(/lasting/);
  closeStore(store);
});

it('refuses in the database, too, every move that the domain refuses', () => {
  const store = filled('moves', 'open');
  migrate(store, key, MIGRATIONS);
  const code = store.database
    .prepare('SELECT code FROM register_copy WHERE serial = 3')
    .pluck()
    .get() as string;
  const add = (move: string, state: string): void => {
    store.database
      .prepare(
        `INSERT INTO copy_event VALUES (?, (SELECT 1 + coalesce(max(seq), 0) FROM copy_event WHERE code = ?), ?, ?, 't', 'h', 0, 'annat', NULL, 'skäl', NULL, 't', 'a')`,
      )
      .run(code, code, move, state);
  };
  const ways: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    skapad: [],
    utlamnad: [['hand-out', 'utlamnad']],
    ater: [
      ['hand-out', 'utlamnad'],
      ['return', 'ater'],
    ],
    forstord: [['destroy', 'forstord']],
    arkiverad: [['archive', 'arkiverad']],
    saknad: [['miss', 'saknad']],
  };
  let tried = 0;
  for (const from of COPY_STATES) {
    for (const move of COPY_MOVES) {
      for (const to of COPY_STATES) {
        const isLawful = MOVE_RULES[move].from.includes(from) && MOVE_RULES[move].to === to;
        let stored = true;
        // Undone each time, so that the next one begins from the same place.
        const undo = new Error('undo');
        try {
          store.database.transaction(() => {
            for (const [one, state] of ways[from] ?? []) add(one, state);
            try {
              add(move, to);
            } catch {
              stored = false;
            }
            throw undo;
          })();
        } catch (error) {
          if (error !== undo) throw error;
        }
        expect([from, move, to, stored]).toEqual([from, move, to, isLawful]);
        tried += 1;
      }
    }
  }
  expect(tried).toBe(COPY_STATES.length * COPY_MOVES.length * COPY_STATES.length);
  closeStore(store);
});
