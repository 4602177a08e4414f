import type { Migration } from '../migrate.ts';

/**
 * A recipient's key can be taken out of use: by whom, when and why, never changed afterwards. The comparison that the key had
 * moves into the row, so that a key with a row here and no comparison is one that is out of use; only a new comparison takes it
 * back, and whatever asks for a comparison before it encrypts refuses it.
 */
export const distrustedKeys: Migration = {
  version: 140,
  name: 'distrusted-keys',
  sql: {
    open: `
CREATE TABLE key_distrust (
  fingerprint TEXT NOT NULL REFERENCES openpgp_key (fingerprint),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  reason TEXT NOT NULL CHECK (trim(reason) <> ''),
  -- The comparison that the key had until then; null of one that nobody had compared.
  verified_by TEXT,
  verified_second TEXT,
  verified_phone TEXT,
  verified_how TEXT,
  verified_at TEXT,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (fingerprint, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER key_distrust_in_order BEFORE INSERT ON key_distrust
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM key_distrust WHERE fingerprint = NEW.fingerprint)
BEGIN SELECT RAISE(ABORT, 'what takes a key out of use is numbered in order'); END;
CREATE TRIGGER key_distrust_of_recipient BEFORE INSERT ON key_distrust
WHEN (SELECT role FROM openpgp_key WHERE fingerprint = NEW.fingerprint) = 'own'
BEGIN SELECT RAISE(ABORT, 'an own key is retired'); END;
CREATE TRIGGER key_distrust_ends_comparison AFTER INSERT ON key_distrust
BEGIN
  UPDATE openpgp_key SET verified_by = NULL, verified_second = NULL, verified_phone = NULL, verified_how = NULL,
    verified_at = NULL
  WHERE fingerprint = NEW.fingerprint;
END;
CREATE TRIGGER key_distrust_is_immutable BEFORE UPDATE ON key_distrust
BEGIN SELECT RAISE(ABORT, 'what took a key out of use is immutable'); END;
CREATE TRIGGER key_distrust_no_delete BEFORE DELETE ON key_distrust
BEGIN SELECT RAISE(ABORT, 'what took a key out of use is kept'); END;
`,
    protected: '',
  },
};
