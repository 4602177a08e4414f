import { LEVELS } from '../../../shared/domain/marking.ts';
import type { Room } from '../../../shared/domain/room.ts';
import type { Migration } from '../migrate.ts';
import { levelsOf } from './0010-foundation.ts';

const rank = (column: string): string =>
  `CASE ${column} ${LEVELS.map((level, index) => `WHEN '${level}' THEN ${index}`).join(' ')} END`;

/**
 * Answers that only one form asks are values like the others, and a portal is a way out like the others. SQLite cannot
 * change a CHECK, so the three tables are made anew with all that they held, and the triggers come last: they would
 * stop the copying.
 */
const tables = (room: Room): string => `
CREATE TABLE held_item AS SELECT * FROM item_revision;
DROP VIEW item;
DROP TABLE item_revision;
CREATE TABLE item_revision (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  kind TEXT NOT NULL CHECK (kind IN ('title', 'fact', 'time', 'log', 'answer')),
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
INSERT INTO item_revision SELECT * FROM held_item;
DROP TABLE held_item;

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

-- The events first, so that no row stands without what it is of.
CREATE TABLE held_event AS SELECT * FROM dispatch_event;
DROP TABLE dispatch_event;
CREATE TABLE held_dispatch AS SELECT * FROM dispatch;
DROP TABLE dispatch;
CREATE TABLE dispatch (
  id TEXT PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incident (id),
  form TEXT NOT NULL,
  version TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('epost', 'signalskydd', 'kuvert', 'utskrift', 'portal')),
  is_draft INTEGER NOT NULL CHECK (is_draft IN (0, 1)),
  level TEXT NOT NULL CHECK (level IN (${levelsOf(room)})),
  document_hash TEXT NOT NULL,
  details TEXT NOT NULL CHECK (json_valid(details)),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  -- Last: what stands after a long value can be read only by going through it.
  document TEXT CHECK (json_valid(document))
) STRICT, WITHOUT ROWID;
INSERT INTO dispatch SELECT * FROM held_dispatch;
DROP TABLE held_dispatch;

CREATE TRIGGER dispatch_is_immutable BEFORE UPDATE ON dispatch
WHEN NEW.id <> OLD.id OR NEW.incident_id <> OLD.incident_id OR NEW.form <> OLD.form OR NEW.version <> OLD.version
  OR NEW.way <> OLD.way OR NEW.is_draft <> OLD.is_draft OR NEW.level <> OLD.level OR NEW.document IS NOT NULL
  OR NEW.document_hash <> OLD.document_hash OR NEW.details <> OLD.details OR NEW.made_at <> OLD.made_at
  OR NEW.made_by <> OLD.made_by
BEGIN SELECT RAISE(ABORT, 'what was sent is immutable; its document can be moved out, and nothing else'); END;
CREATE TRIGGER dispatch_no_delete BEFORE DELETE ON dispatch
BEGIN SELECT RAISE(ABORT, 'what was sent stays in the list'); END;

CREATE TABLE dispatch_event (
  dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  event TEXT NOT NULL CHECK (event IN ('sent', 'receipted', 'withdrawn')),
  at TEXT NOT NULL,
  note TEXT,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (dispatch_id, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO dispatch_event SELECT * FROM held_event;
DROP TABLE held_event;

CREATE TRIGGER dispatch_event_in_order BEFORE INSERT ON dispatch_event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM dispatch_event WHERE dispatch_id = NEW.dispatch_id)
BEGIN SELECT RAISE(ABORT, 'dispatch events are numbered in order'); END;
CREATE TRIGGER dispatch_event_is_immutable BEFORE UPDATE ON dispatch_event
BEGIN SELECT RAISE(ABORT, 'dispatch events are immutable'); END;
CREATE TRIGGER dispatch_event_no_delete BEFORE DELETE ON dispatch_event
BEGIN SELECT RAISE(ABORT, 'dispatch events are immutable'); END;
`;

export const answersAndPortals: Migration = {
  version: 60,
  name: 'answers-and-portals',
  sql: { open: tables('open'), protected: tables('protected') },
};
