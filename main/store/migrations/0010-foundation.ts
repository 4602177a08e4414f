import { LEVELS, isProtectedLevel } from '../../../shared/domain/marking.ts';
import type { Room } from '../../../shared/domain/room.ts';
import type { Migration } from '../migrate.ts';

/** `'oppen', 'sekretess'` or the four classes: what the room's schema lets in. */
function levelsOf(room: Room): string {
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

-- Which key slots this room knows: a slot put back into vault.json by hand after its removal is refused.
CREATE TABLE room_slot (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES room_user (id),
  added_at TEXT NOT NULL,
  removed_at TEXT
) STRICT;

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

-- Title, facts, times and log entries, every revision of each. The latest revision is the value; a value that was
-- released to the open room by decision keeps its history here, and is no value here any more.
CREATE TABLE item_revision (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  kind TEXT NOT NULL CHECK (kind IN ('title', 'fact', 'time', 'log')),
  key TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  content TEXT NOT NULL CHECK (json_valid(content)),
  level TEXT NOT NULL CHECK (level IN (${levelsOf(room)})),
  basis TEXT NOT NULL CHECK (json_valid(basis)),
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

CREATE TRIGGER item_revision_below_ceiling BEFORE INSERT ON item_revision
WHEN (SELECT ${rank('value')} FROM room_setting WHERE key = 'ceiling') < (${rank('NEW.level')})
BEGIN SELECT RAISE(ABORT, 'above the ceiling of the vault'); END;

CREATE TRIGGER item_revision_lowered_by_decision BEFORE INSERT ON item_revision
WHEN NEW.decision_id IS NULL AND EXISTS (
  SELECT 1 FROM item_revision AS earlier
  WHERE earlier.incident_id = NEW.incident_id AND earlier.kind = NEW.kind AND earlier.key = NEW.key
    AND earlier.revision = NEW.revision - 1 AND (${rank('earlier.level')}) > (${rank('NEW.level')})
)
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
