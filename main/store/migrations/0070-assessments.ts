import { LEVELS } from '../../../shared/domain/marking.ts';
import type { Room } from '../../../shared/domain/room.ts';
import type { Migration } from '../migrate.ts';
import { levelsOf } from './0010-foundation.ts';

const rank = (column: string): string =>
  `CASE ${column} ${LEVELS.map((level, index) => `WHEN '${level}' THEN ${index}`).join(' ')} END`;

/**
 * Two more kinds of values: an answer of an assessment, and the decision it led to. They are marked, raised, lowered and
 * kept like every other value. SQLite cannot change a CHECK, so the table is made anew with the same rows; nothing else
 * in it is different. The triggers come last, since they judge what is written by a person, not what is carried over.
 */
const tables = (room: Room): string => `
DROP VIEW item;
DROP TRIGGER item_revision_is_immutable;
DROP TRIGGER item_revision_in_order;
DROP TRIGGER item_revision_below_ceiling;
DROP TRIGGER item_revision_lowered_by_decision;
ALTER TABLE item_revision RENAME TO item_revision_before;

CREATE TABLE item_revision (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  kind TEXT NOT NULL CHECK (kind IN ('title', 'fact', 'time', 'log', 'answer', 'assessment-answer', 'assessment')),
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

INSERT INTO item_revision
  (incident_id, kind, key, revision, content, level, basis, change, reason, decision_id, changed_at, changed_by)
SELECT incident_id, kind, key, revision, content, level, basis, change, reason, decision_id, changed_at, changed_by
FROM item_revision_before;
DROP TABLE item_revision_before;

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
`;

export const assessments: Migration = {
  version: 70,
  name: 'assessments',
  sql: { open: tables('open'), protected: tables('protected') },
};
