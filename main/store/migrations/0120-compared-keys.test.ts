import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { closeStore, findInconsistencies, openStore } from '../store.ts';
import { dumpRows, fillVersion10 } from '../testing/rows.ts';
import { makeFolder, makeKey } from '../testing/sample.ts';
import { comparedKeys } from './0120-compared-keys.ts';
import { MIGRATIONS } from './index.ts';

const key = makeKey();
const { folder, remove } = makeFolder();
afterAll(remove);

it('keeps every key, and says of one compared before that one alone compared it', () => {
  const store = openStore(join(folder, 'oppna.db'), 'open', key, true);
  migrate(
    store,
    key,
    MIGRATIONS.filter(({ version }) => version < comparedKeys.version),
  );
  fillVersion10(store);
  store.database
    .prepare(
      `INSERT INTO openpgp_key (fingerprint, role, user_ids, emails, algorithm, created_at, armored, verified_by,
         verified_how, verified_at, added_at, added_by)
       VALUES (?, 'recipient', '[]', '[]', 'RSA', 't', 'x', 'Anna', 'telefon', 't', 't', 'anna')`,
    )
    .run('A'.repeat(40));
  const before = dumpRows(store);
  migrate(store, key, MIGRATIONS);
  const after = dumpRows(store);
  expect(after['openpgp_key']).toEqual(
    (before['openpgp_key'] as object[]).map((row) => ({
      ...row,
      verified_second: null,
      verified_phone: null,
    })),
  );
  expect(findInconsistencies(store)).toEqual([]);
  closeStore(store);
});
