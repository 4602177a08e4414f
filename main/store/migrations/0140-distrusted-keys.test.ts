import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore, type Store } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { distrustedKeys } from './0140-distrusted-keys.ts';
import { MIGRATIONS } from './index.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
const [RECIPIENT, OWN] = ['A'.repeat(40), 'B'.repeat(40)];
let store: Store<'open'>;
beforeAll(() => {
  store = openStore(join(folder, 'oppna.db'), 'open', key, true);
  migrate(
    store,
    key,
    MIGRATIONS.filter(({ version }) => version < distrustedKeys.version),
  );
  fillVersion10(store);
  const insert = store.database.prepare(
    `INSERT INTO openpgp_key (fingerprint, role, user_ids, emails, algorithm, created_at, armored, armored_private,
       verified_by, verified_second, verified_how, verified_at, added_at, added_by)
     VALUES (?, ?, '[]', '[]', 'RSA', 't', 'x', ?, ?, ?, ?, ?, 't', 'anna')`,
  );
  insert.run(RECIPIENT, 'recipient', null, 'Anna', 'Bo', 'telefon', 't');
  insert.run(OWN, 'own', 'x', null, null, null, null);
});
afterAll(() => {
  closeStore(store);
  remove();
});

const distrust = (fingerprint: string | undefined, seq: number, reason = 'röjd'): void => {
  store.database
    .prepare(
      `INSERT INTO key_distrust (fingerprint, seq, reason, recorded_at, recorded_by) VALUES (?, ?, ?, 't', 'anna')`,
    )
    .run(fingerprint, seq, reason);
};

it('keeps every key as it was', () => {
  const before = dumpRows(store);
  migrate(store, key, MIGRATIONS);
  expect(dumpRows(store)['openpgp_key']).toEqual(before['openpgp_key']);
  expect(findInconsistencies(store)).toEqual([]);
});

it('refuses an own key, no reason, and a row out of order', () => {
  expect(() => distrust(OWN, 1)).toThrow(/retired/);
  expect(() => distrust(RECIPIENT, 1, ' ')).toThrow(/CHECK/);
  expect(() => distrust(RECIPIENT, 2)).toThrow(/in order/);
});

it('ends the comparison of the key, and is neither changed nor taken away', () => {
  distrust(RECIPIENT, 1);
  const row = store.database
    .prepare('SELECT verified_by, verified_second, verified_at FROM openpgp_key WHERE fingerprint = ?')
    .get(RECIPIENT);
  expect(row).toEqual({ verified_by: null, verified_second: null, verified_at: null });
  expect(() => store.database.exec("UPDATE key_distrust SET reason = 'annat'")).toThrow(/immutable/);
  expect(() => store.database.exec('DELETE FROM key_distrust')).toThrow(/kept/);
});
