import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOMS } from '../../../shared/domain/room.ts';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { foundation } from './0010-foundation.ts';
import { openpgpKeys } from './0020-openpgp-keys.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

it.each(ROOMS)('keeps every row of a version 10 database as it was (%s)', (room) => {
  const store = openStore(join(folder, `${room}.db`), room, key, true);
  migrate(store, key, [foundation]);
  fillVersion10(store);
  const before = dumpRows(store);
  migrate(store, key, [foundation, openpgpKeys]);
  expect(store.database.pragma('user_version', { simple: true })).toBe(20);
  const { openpgp_key: keys, ...rest } = dumpRows(store);
  expect(rest).toEqual(before);
  expect(keys).toEqual(room === 'open' ? [] : undefined);
  expect(findInconsistencies(store)).toEqual([]);
  closeStore(store);
});

it('lets in a key with half a verification, or an own key without its private half, in no way', () => {
  const store = openStore(join(folder, 'keys.db'), 'open', key, true);
  migrate(store, key, [foundation, openpgpKeys]);
  fillVersion10(store);
  const insert = store.database.prepare(
    `INSERT INTO openpgp_key (fingerprint, role, user_ids, emails, algorithm, created_at, armored, armored_private,
                              verified_by, verified_how, verified_at, added_at, added_by)
     VALUES (@fingerprint, @role, '[]', @emails, 'Ed25519', 't', 'a', @private, @by, @how, @at, 't', @addedBy)`,
  );
  const whole = {
    fingerprint: 'a'.repeat(40),
    role: 'recipient',
    emails: '[]',
    private: null,
    by: 'Anna',
    how: 'telefon',
    at: 't',
    addedBy: 'anna',
  };
  for (const fault of [
    { fingerprint: 'a'.repeat(39) },
    { role: 'friend' },
    { role: 'own' },
    { private: 'p' },
    { by: null },
    { how: null },
    { at: null },
    { emails: 'a@example.se' },
    { addedBy: 'nobody' },
  ]) {
    expect(() => insert.run({ ...whole, ...fault }), JSON.stringify(fault)).toThrow(/constraint failed/);
  }
  insert.run(whole);
  insert.run({
    ...whole,
    fingerprint: 'b'.repeat(64),
    role: 'own',
    private: 'p',
    by: null,
    how: null,
    at: null,
  });
  closeStore(store);
});
