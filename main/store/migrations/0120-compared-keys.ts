import type { Migration } from '../migrate.ts';

/**
 * A recipient's key is compared by two persons, over a number that is written down
 * Keys that were compared before say so by the empty column.
 */
export const comparedKeys: Migration = {
  version: 120,
  name: 'compared-keys',
  sql: {
    open: `
ALTER TABLE openpgp_key ADD COLUMN verified_second TEXT;
ALTER TABLE openpgp_key ADD COLUMN verified_phone TEXT;
`,
    protected: '',
  },
};
