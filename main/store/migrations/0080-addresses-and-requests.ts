import type { Migration } from '../migrate.ts';

/**
 * Who has confirmed an address, how and when; which key is used for which address; and that somebody has asked for a
 * report that is given on request, and by when. The addresses are those of authorities and lie in the open room, as the
 * keys do: every report is made with that room unlocked.
 */
const requests = `
-- A check of a column cannot be widened: the table is made anew, with every row.
CREATE TABLE step_event_80 (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  regime TEXT NOT NULL,
  step TEXT NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('done', 'not-applicable', 'reopened', 'requested')),
  at TEXT NOT NULL,
  note TEXT,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  -- By when it is to be given, by whoever asked for it.
  due TEXT,
  PRIMARY KEY (incident_id, seq),
  CHECK (event IN ('done', 'requested') OR length(trim(coalesce(note, ''))) > 0),
  CHECK ((event = 'requested') = (due IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO step_event_80
  SELECT incident_id, seq, regime, step, event, at, note, recorded_at, recorded_by, NULL FROM step_event;
DROP TABLE step_event;
ALTER TABLE step_event_80 RENAME TO step_event;

CREATE TRIGGER step_event_in_order BEFORE INSERT ON step_event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM step_event WHERE incident_id = NEW.incident_id)
BEGIN SELECT RAISE(ABORT, 'step events are numbered in order'); END;
CREATE TRIGGER step_event_is_immutable BEFORE UPDATE ON step_event
BEGIN SELECT RAISE(ABORT, 'step events are immutable'); END;
`;

const addresses = `
-- What was said of an address of the rules: by its very lines, so that an address that a newer rule has changed is one
-- that nobody has confirmed. The latest counts; what was said before stays.
CREATE TABLE address_check (
  recipient TEXT NOT NULL,
  address TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  outcome TEXT NOT NULL CHECK (outcome IN ('confirmed', 'wrong')),
  checked_at TEXT NOT NULL,
  checked_by TEXT NOT NULL CHECK (length(trim(checked_by)) > 0),
  checked_how TEXT NOT NULL CHECK (length(trim(checked_how)) > 0),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (recipient, address, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER address_check_is_immutable BEFORE UPDATE ON address_check
BEGIN SELECT RAISE(ABORT, 'what was said of an address stays'); END;
CREATE TRIGGER address_check_no_delete BEFORE DELETE ON address_check
BEGIN SELECT RAISE(ABORT, 'what was said of an address stays'); END;

-- Which key is used for an e-mail address of the rules. Binding none again is a row with no fingerprint.
CREATE TABLE key_binding (
  recipient TEXT NOT NULL,
  address TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  fingerprint TEXT REFERENCES openpgp_key (fingerprint),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (recipient, address, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER key_binding_is_immutable BEFORE UPDATE ON key_binding
BEGIN SELECT RAISE(ABORT, 'which key was used for an address stays'); END;
CREATE TRIGGER key_binding_no_delete BEFORE DELETE ON key_binding
BEGIN SELECT RAISE(ABORT, 'which key was used for an address stays'); END;
`;

export const addressesAndRequests: Migration = {
  version: 80,
  name: 'addresses-and-requests',
  sql: { open: `${requests}${addresses}`, protected: requests },
};
