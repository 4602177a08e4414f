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
import { addressesAndRequests } from './0080-addresses-and-requests.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

const ID = 'K7M2-9QXA-4D1F';
const BEFORE = [foundation, openpgpKeys, workInProgress];
const run = (store: Store<Room>, sql: string): unknown => store.database.prepare(sql).run();
const step = (seq: number, event: string, note: string): string =>
  `INSERT INTO step_event (incident_id, seq, regime, step, event, at, note, recorded_at, recorded_by)
   VALUES ('${ID}', ${seq}, 'CSL', 'delrapport', '${event}', 't', ${note}, 't', 'anna')`;

function filled(name: string, room: Room): Store<Room> {
  const store = openStore(join(folder, `${name}-${room}.db`), room, key, true);
  migrate(store, key, BEFORE);
  fillVersion10(store);
  run(store, step(1, 'done', 'NULL'));
  run(store, step(2, 'reopened', "'Fel dag'"));
  return store;
}

it.each(ROOMS)('keeps every row of a version 30 database as it was (%s)', (room) => {
  const store = filled('rows', room);
  const before = dumpRows(store);
  migrate(store, key, [...BEFORE, addressesAndRequests]);
  expect(store.database.pragma('user_version', { simple: true })).toBe(80);
  const after = dumpRows(store);
  const events = before['step_event'] as Record<string, unknown>[];
  expect(events).toHaveLength(2);
  expect(after['step_event']).toEqual(events.map((row) => ({ ...row, due: null })));
  for (const [table, rows] of Object.entries(before))
    if (table !== 'step_event') expect([table, after[table]]).toEqual([table, rows]);
  expect(findInconsistencies(store)).toEqual([]);
  closeStore(store);
});

it.each(ROOMS)('takes a request with its time, and changes nothing that was said (%s)', (room) => {
  const store = filled('requests', room);
  migrate(store, key, [...BEFORE, addressesAndRequests]);
  const request = (seq: number, event: string, due: string): string =>
    `INSERT INTO step_event VALUES ('${ID}', ${seq}, 'CSL', 'delrapport', '${event}', 't', NULL, 't', 'anna', ${due})`;
  expect(() => run(store, request(3, 'requested', 'NULL'))).toThrow(/constraint failed/);
  expect(() => run(store, request(3, 'done', "'2026-12-01'"))).toThrow(/constraint failed/);
  expect(() => run(store, request(4, 'requested', "'2026-12-01'"))).toThrow(/in order/);
  run(store, request(3, 'requested', "'2026-12-01'"));
  expect(() => run(store, step(4, 'not-applicable', "' '"))).toThrow(/constraint failed/);
  expect(() => run(store, "UPDATE step_event SET due = 'u' WHERE seq = 3")).toThrow(/immutable/);
  closeStore(store);
});

it('keeps what was said of an address, and which key was for it, in the open room alone', () => {
  const store = filled('addresses', 'open');
  migrate(store, key, [...BEFORE, addressesAndRequests]);
  const check = (seq: number, outcome: string, by: string): string =>
    `INSERT INTO address_check VALUES ('cert-se', 'rek-solna', ${seq}, '["a"]', '${outcome}', 't', '${by}', 'telefon', 't', 'anna')`;
  expect(() => run(store, check(1, 'maybe', 'Anna'))).toThrow(/constraint failed/);
  expect(() => run(store, check(1, 'confirmed', ' '))).toThrow(/constraint failed/);
  run(store, check(1, 'confirmed', 'Anna'));
  run(store, check(2, 'wrong', 'Bo'));
  expect(() => run(store, "UPDATE address_check SET outcome = 'confirmed'")).toThrow(/stays/);
  expect(() => run(store, 'DELETE FROM address_check')).toThrow(/stays/);
  const bind = (fingerprint: string): string =>
    `INSERT INTO key_binding VALUES ('cert-se', 'epost', 1, ${fingerprint}, 'telefon', 't', 'anna')`;
  expect(() => run(store, bind("'FFFF'"))).toThrow(/FOREIGN KEY/);
  run(store, bind('NULL'));
  expect(() => run(store, "UPDATE key_binding SET reason = 'x'")).toThrow(/stays/);
  expect(() => run(store, 'DELETE FROM key_binding')).toThrow(/stays/);
  closeStore(store);

  const secret = filled('addresses', 'protected');
  migrate(secret, key, [...BEFORE, addressesAndRequests]);
  expect(Object.keys(dumpRows(secret))).not.toContain('address_check');
  closeStore(secret);
});
