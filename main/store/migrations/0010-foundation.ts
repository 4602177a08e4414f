import { LEVELS, isProtectedLevel } from '../../../shared/domain/marking.ts';
import type { Room } from '../../../shared/domain/room.ts';
import type { Migration } from '../migrate.ts';

/** `'oppen', 'sekretess'` or the four classes: what the room's schema lets in. */
export function levelsOf(room: Room): string {
  return LEVELS.filter((level) => isProtectedLevel(level) === (room === 'protected'))
    .map((level) => `'${level}'`)
    .join(', ');
}

const rank = (column: string): string =>
  `CASE ${column} ${LEVELS.map((level, index) => `WHEN '${level}' THEN ${index}`).join(' ')} END`;

const common = (room: Room): string => `
CREATE TABLE room_setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE room_user (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'recovery')),
  public_key TEXT NOT NULL,
  added_at TEXT NOT NULL,
  removed_at TEXT
) STRICT;

CREATE TRIGGER room_user_no_delete BEFORE DELETE ON room_user
BEGIN SELECT RAISE(ABORT, 'a user who has acted stays in the list'); END;
CREATE TRIGGER room_user_is_lasting BEFORE UPDATE ON room_user
WHEN NEW.id <> OLD.id OR NEW.name <> OLD.name OR NEW.kind <> OLD.kind OR NEW.added_at <> OLD.added_at
  OR (OLD.removed_at IS NOT NULL AND NEW.removed_at IS NOT OLD.removed_at)
BEGIN SELECT RAISE(ABORT, 'a user can be removed, and nothing else'); END;

-- Which key slots this room knows: a slot put back into vault.json by hand after its removal is refused.
CREATE TABLE room_slot (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES room_user (id),
  added_at TEXT NOT NULL,
  removed_at TEXT
) STRICT;

CREATE TRIGGER room_slot_no_delete BEFORE DELETE ON room_slot
BEGIN SELECT RAISE(ABORT, 'a slot that has been stays in the list'); END;
CREATE TRIGGER room_slot_is_lasting BEFORE UPDATE ON room_slot
WHEN NEW.id <> OLD.id OR NEW.user_id <> OLD.user_id OR NEW.added_at <> OLD.added_at
  OR (OLD.removed_at IS NOT NULL AND NEW.removed_at IS NOT OLD.removed_at)
BEGIN SELECT RAISE(ABORT, 'a slot can be removed, and nothing else'); END;

CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  organisation_kind TEXT NOT NULL,
  exercise INTEGER NOT NULL CHECK (exercise IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('draft', 'active', 'closed')),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES room_user (id)${
    room === 'open'
      ? `,
  -- The neutral pointer: that something lies in the protected room, never what or how much.
  has_protected_part INTEGER NOT NULL CHECK (has_protected_part IN (0, 1))`
      : ''
  }
) STRICT;

CREATE TABLE incident_regime (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  regime TEXT NOT NULL,
  PRIMARY KEY (incident_id, regime)
) STRICT;

CREATE TABLE marking_decision (
  id TEXT PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incident (id),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  first_user TEXT NOT NULL REFERENCES room_user (id),
  second_user TEXT NOT NULL REFERENCES room_user (id),
  at TEXT NOT NULL,
  CHECK (first_user <> second_user)
) STRICT;

CREATE TRIGGER marking_decision_is_immutable BEFORE UPDATE ON marking_decision
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

-- Title, facts, times and log entries, every revision of each. The latest revision is the value; a value that was
-- released to the open room by decision keeps its history here, and is no value here any more.
CREATE TABLE item_revision (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  kind TEXT NOT NULL CHECK (kind IN ('title', 'fact', 'time', 'log')),
  key TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  content TEXT NOT NULL CHECK (json_valid(content)),
  level TEXT NOT NULL CHECK (level IN (${levelsOf(room)})),
  basis TEXT NOT NULL CHECK (json_valid(basis) AND json_type(basis) = 'array'),
  change TEXT NOT NULL CHECK (change IN ('created', 'revised', 'raised', 'lowered', 'released')),
  reason TEXT,
  decision_id TEXT REFERENCES marking_decision (id),
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (incident_id, kind, key, revision),
  CHECK (level = 'oppen' OR json_array_length(basis) > 0)
) STRICT, WITHOUT ROWID;

CREATE VIEW item AS
SELECT latest.* FROM item_revision AS latest
WHERE latest.revision = (
  SELECT max(other.revision) FROM item_revision AS other
  WHERE other.incident_id = latest.incident_id AND other.kind = latest.kind AND other.key = latest.key
) AND latest.change <> 'released';

CREATE TRIGGER item_revision_is_immutable BEFORE UPDATE ON item_revision
BEGIN SELECT RAISE(ABORT, 'item revisions are immutable'); END;

-- Nothing is put between, in place of or past the revisions there are.
CREATE TRIGGER item_revision_in_order BEFORE INSERT ON item_revision
WHEN NEW.revision <> 1 + (
  SELECT coalesce(max(earlier.revision), 0) FROM item_revision AS earlier
  WHERE earlier.incident_id = NEW.incident_id AND earlier.kind = NEW.kind AND earlier.key = NEW.key
)
BEGIN SELECT RAISE(ABORT, 'item revisions are numbered in order'); END;

-- Without a ceiling, or with one that is no level, nothing is let in.
CREATE TRIGGER item_revision_below_ceiling BEFORE INSERT ON item_revision
WHEN coalesce((SELECT ${rank('value')} FROM room_setting WHERE key = 'ceiling'), -1) < (${rank('NEW.level')})
BEGIN SELECT RAISE(ABORT, 'above the ceiling of the vault'); END;

-- A value that was released by decision is no value here; if it comes back, it comes as a new one.
CREATE TRIGGER item_revision_lowered_by_decision BEFORE INSERT ON item_revision
WHEN NOT EXISTS (
  SELECT 1 FROM marking_decision AS decision
  WHERE decision.id = NEW.decision_id AND decision.incident_id = NEW.incident_id
) AND (NEW.change = 'released' OR EXISTS (
  SELECT 1 FROM item_revision AS earlier
  WHERE earlier.incident_id = NEW.incident_id AND earlier.kind = NEW.kind AND earlier.key = NEW.key
    AND earlier.revision = NEW.revision - 1 AND earlier.change <> 'released'
    AND (${rank('earlier.level')}) > (${rank('NEW.level')})
))
BEGIN SELECT RAISE(ABORT, 'a marking is lowered by decision only'); END;

CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL REFERENCES room_user (id),
  action TEXT NOT NULL,
  object TEXT,
  payload_hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  signature TEXT NOT NULL
) STRICT;

-- Kept apart from the chain, so that a payload can be weeded out (gallring) while the proof stays.
CREATE TABLE audit_payload (
  seq INTEGER PRIMARY KEY REFERENCES audit_entry (seq),
  salt TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload))
) STRICT;

CREATE TABLE audit_checkpoint (
  id INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  head TEXT NOT NULL,
  keys_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL REFERENCES room_user (id),
  reason TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;

-- INSERT OR REPLACE takes a row away without asking the triggers on DELETE, unless recursive_triggers is on: so the
-- order is asked for on the way in.
CREATE TRIGGER audit_entry_in_order BEFORE INSERT ON audit_entry
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM audit_entry)
  OR EXISTS (SELECT 1 FROM audit_entry WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_checkpoint_in_order BEFORE INSERT ON audit_checkpoint
WHEN NEW.id <> 1 + (SELECT coalesce(max(id), 0) FROM audit_checkpoint)
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_payload_once BEFORE INSERT ON audit_payload
WHEN EXISTS (SELECT 1 FROM audit_payload WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'audit payloads are immutable'); END;
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_payload_no_update BEFORE UPDATE ON audit_payload
BEGIN SELECT RAISE(ABORT, 'audit payloads are immutable'); END;

-- A key that has signed is the only one that can verify what it signed.
CREATE TRIGGER room_user_key_has_signed BEFORE UPDATE OF public_key ON room_user
WHEN NEW.public_key <> OLD.public_key AND (
  EXISTS (SELECT 1 FROM audit_entry WHERE actor = OLD.id) OR EXISTS (SELECT 1 FROM audit_checkpoint WHERE actor = OLD.id)
)
BEGIN SELECT RAISE(ABORT, 'a key that has signed is kept'); END;
`;

/** Work over two databases is done in two steps; what a crash left between them is finished at the next unlocking. */
const pending = `
CREATE TABLE pending_operation (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('import', 'raise')),
  incident_id TEXT NOT NULL,
  item_kind TEXT,
  item_key TEXT,
  at TEXT NOT NULL
) STRICT;
`;

export const foundation: Migration = {
  version: 10,
  name: 'foundation',
  sql: { open: common('open'), protected: common('protected') + pending },
};
