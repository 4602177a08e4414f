import type { Room } from '../../../shared/domain/room.ts';
import type { Migration } from '../migrate.ts';
import { levelsOf } from './0010-foundation.ts';

/**
 * What is under way: drafts that a person has not saved, filters she has saved, what has been made to be sent and what
 * became of it, and which steps of a regime are done.
 */
const tables = (room: Room): string => `
-- Unsaved work, so that a lock, a crash or a power cut takes nothing. A person's own, and in the room of its marking.
CREATE TABLE draft (
  subject TEXT NOT NULL,
  saved_by TEXT NOT NULL REFERENCES room_user (id),
  incident_id TEXT,
  content TEXT NOT NULL CHECK (json_valid(content)),
  level TEXT NOT NULL CHECK (level IN (${levelsOf(room)})),
  saved_at TEXT NOT NULL,
  PRIMARY KEY (subject, saved_by)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_filter (
  name TEXT PRIMARY KEY CHECK (length(trim(name)) > 0),
  content TEXT NOT NULL CHECK (json_valid(content)),
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL REFERENCES room_user (id)
) STRICT, WITHOUT ROWID;

-- What was made to be sent, as it was: a later report is compared with it. The document goes to the protected room, and
-- is taken out of here, when something in it is raised to a class.
CREATE TABLE dispatch (
  id TEXT PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incident (id),
  form TEXT NOT NULL,
  version TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('epost', 'signalskydd', 'kuvert', 'utskrift')),
  is_draft INTEGER NOT NULL CHECK (is_draft IN (0, 1)),
  level TEXT NOT NULL CHECK (level IN (${levelsOf(room)})),
  document_hash TEXT NOT NULL,
  details TEXT NOT NULL CHECK (json_valid(details)),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  -- Last: what stands after a long value can be read only by going through it.
  document TEXT CHECK (json_valid(document))
) STRICT, WITHOUT ROWID;

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

CREATE TRIGGER dispatch_event_in_order BEFORE INSERT ON dispatch_event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM dispatch_event WHERE dispatch_id = NEW.dispatch_id)
BEGIN SELECT RAISE(ABORT, 'dispatch events are numbered in order'); END;
CREATE TRIGGER dispatch_event_is_immutable BEFORE UPDATE ON dispatch_event
BEGIN SELECT RAISE(ABORT, 'dispatch events are immutable'); END;
CREATE TRIGGER dispatch_event_no_delete BEFORE DELETE ON dispatch_event
BEGIN SELECT RAISE(ABORT, 'dispatch events are immutable'); END;

-- Which steps of a regime are done, or do not apply, and who said so. What was said before stays.
CREATE TABLE step_event (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  regime TEXT NOT NULL,
  step TEXT NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('done', 'not-applicable', 'reopened')),
  at TEXT NOT NULL,
  note TEXT,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (incident_id, seq),
  CHECK (event = 'done' OR length(trim(coalesce(note, ''))) > 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER step_event_in_order BEFORE INSERT ON step_event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM step_event WHERE incident_id = NEW.incident_id)
BEGIN SELECT RAISE(ABORT, 'step events are numbered in order'); END;
CREATE TRIGGER step_event_is_immutable BEFORE UPDATE ON step_event
BEGIN SELECT RAISE(ABORT, 'step events are immutable'); END;
`;

export const workInProgress: Migration = {
  version: 30,
  name: 'work-in-progress',
  sql: { open: tables('open'), protected: tables('protected') },
};
