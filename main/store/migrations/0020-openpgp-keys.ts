import type { Migration } from '../migrate.ts';

/**
 * OpenPGP keys live in the open room only: e-mail never carries anything of the protected one.
 * A recipient's key is used first when somebody has verified it; an own key is used until it is retired.
 */
export const openpgpKeys: Migration = {
  version: 20,
  name: 'openpgp-keys',
  sql: {
    open: `
CREATE TABLE openpgp_key (
  fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) IN (40, 64)),
  role TEXT NOT NULL CHECK (role IN ('recipient', 'own')),
  user_ids TEXT NOT NULL CHECK (json_valid(user_ids)),
  emails TEXT NOT NULL CHECK (json_valid(emails)),
  algorithm TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT,
  armored TEXT NOT NULL,
  armored_private TEXT,
  verified_by TEXT,
  verified_how TEXT,
  verified_at TEXT,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL REFERENCES room_user (id),
  retired_at TEXT,
  CHECK ((role = 'own') = (armored_private IS NOT NULL)),
  CHECK ((verified_by IS NULL) = (verified_how IS NULL) AND (verified_by IS NULL) = (verified_at IS NULL))
) STRICT;
`,
    protected: '',
  },
};
