import type { Room } from '../../../shared/domain/room.ts';
import type { Migration } from '../migrate.ts';
import { levelsOf } from './0010-foundation.ts';

/**
 * What the registrar and the signalskydd operator tell afterwards: the steps between the hand-over and the kvittens, numbers of
 * security bags and consignments with what stood there before, the decision that an expedition rests on, and documents that
 * come in, which are numbered in the same series as those that go out.
 */

/** The decision of a document that is raised goes with it: in the open room it may be taken out together with the document. */
const movesOut = (room: Room): string =>
  room === 'protected'
    ? `CREATE TRIGGER dispatch_decision_no_delete BEFORE DELETE ON dispatch_decision
BEGIN SELECT RAISE(ABORT, 'a decision stays'); END;`
    : `CREATE TRIGGER dispatch_decision_no_delete BEFORE DELETE ON dispatch_decision
WHEN EXISTS (SELECT 1 FROM dispatch WHERE id = OLD.dispatch_id AND document IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a decision stays with its document'); END;`;

const tables = (room: Room): string => `
-- A check of a column cannot be widened: the tables are made anew, with every row. What refers to them is looked at when all
-- is done.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE held_event AS SELECT * FROM dispatch_event;
DROP TABLE dispatch_event;
CREATE TABLE dispatch_event (
  dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  event TEXT NOT NULL CHECK (event IN ('handed-over', 'sent', 'received', 'receipted', 'withdrawn')),
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

-- The number of the security bag or of the consignment of one copy. The last row counts; what stood there before stays.
CREATE TABLE dispatch_number (
  dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  copy INTEGER NOT NULL CHECK (copy >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('security-bag', 'consignment')),
  -- null: there is none, after all.
  number TEXT CHECK (length(trim(number)) > 0),
  -- Why it was changed; null for the first one.
  reason TEXT CHECK (length(trim(reason)) > 0),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (dispatch_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER dispatch_number_in_order BEFORE INSERT ON dispatch_number
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM dispatch_number WHERE dispatch_id = NEW.dispatch_id)
BEGIN SELECT RAISE(ABORT, 'numbers are told in order'); END;
CREATE TRIGGER dispatch_number_is_immutable BEFORE UPDATE ON dispatch_number
BEGIN SELECT RAISE(ABORT, 'what a number was before stays'); END;
CREATE TRIGGER dispatch_number_no_delete BEFORE DELETE ON dispatch_number
BEGIN SELECT RAISE(ABORT, 'what a number was before stays'); END;

-- The decision that one expedition of one document rests on. Its key is the expedition: another one needs another.
CREATE TABLE dispatch_decision (
  dispatch_id TEXT PRIMARY KEY REFERENCES dispatch (id),
  document_hash TEXT NOT NULL,
  decider TEXT NOT NULL CHECK (decider IN ('anvandaren', 'sakerhetsskyddschefen')),
  -- The gate's answers that asked for it: channel, reason, provision, confidence, conditions.
  rules TEXT NOT NULL CHECK (json_valid(rules)),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  decided_by TEXT NOT NULL CHECK (length(trim(decided_by)) > 0),
  -- The other person, who has proved who she is; null where one was enough.
  second_by TEXT CHECK (length(trim(second_by)) > 0),
  at TEXT NOT NULL,
  -- A name: who recorded it may have no way into the room that it is moved to.
  recorded_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER dispatch_decision_is_of_its_document BEFORE INSERT ON dispatch_decision
WHEN NEW.document_hash <> (SELECT document_hash FROM dispatch WHERE id = NEW.dispatch_id)
BEGIN SELECT RAISE(ABORT, 'a decision is for one document'); END;
CREATE TRIGGER dispatch_decision_is_immutable BEFORE UPDATE ON dispatch_decision
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;
${movesOut(room)}

CREATE TABLE held_entry AS SELECT * FROM register_entry;
DROP TABLE register_entry;
-- One document: final and sent by an expedition, or come in from somebody else. Its number is the serial: next to the last one,
-- so that none is left out or used twice.
CREATE TABLE register_entry (
  serial INTEGER PRIMARY KEY,
  -- null for what came in.
  dispatch_id TEXT UNIQUE REFERENCES dispatch (id),
  incident_id TEXT NOT NULL REFERENCES incident (id),
  pattern TEXT NOT NULL,
  diary TEXT NOT NULL,
  year INTEGER NOT NULL,
  copies INTEGER NOT NULL CHECK (copies >= 1),
  level TEXT NOT NULL CHECK (level IN (${levelsOf(room)})),
  registered_at TEXT NOT NULL,
  registered_by TEXT NOT NULL,
  -- What a person has written instead of what the expedition says; null: what it says.
  correspondent TEXT,
  summary TEXT,
  -- Left out of the extract (5 kap. 2 § OSL).
  omit_correspondent INTEGER NOT NULL CHECK (omit_correspondent IN (0, 1)),
  omit_summary INTEGER NOT NULL CHECK (omit_summary IN (0, 1)),
  -- Kept apart: the row tells its date and number and nothing else, to anybody.
  withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1)),
  -- When it came in, and to which of our documents it is the answer or the kvittens, by its number.
  came_at TEXT,
  answers_serial INTEGER REFERENCES register_entry (serial),
  incoming_kind TEXT CHECK (incoming_kind IN ('kvittens', 'svar', 'annat')),
  CHECK (withheld = 0 OR (correspondent IS NULL AND summary IS NULL)),
  CHECK ((dispatch_id IS NULL) = (came_at IS NOT NULL) AND (came_at IS NULL) = (incoming_kind IS NULL)),
  CHECK (answers_serial IS NULL OR (came_at IS NOT NULL AND answers_serial < serial))
) STRICT;
INSERT INTO register_entry SELECT *, NULL, NULL, NULL FROM held_entry ORDER BY serial;
DROP TABLE held_entry;

CREATE TRIGGER register_entry_in_order BEFORE INSERT ON register_entry
WHEN NEW.serial <> 1 + (SELECT coalesce(max(serial), 0) FROM register_entry)
BEGIN SELECT RAISE(ABORT, 'the register is numbered in order'); END;
CREATE TRIGGER register_entry_is_lasting BEFORE UPDATE ON register_entry
WHEN NEW.serial <> OLD.serial OR NEW.dispatch_id IS NOT OLD.dispatch_id OR NEW.incident_id <> OLD.incident_id
  OR NEW.pattern <> OLD.pattern OR NEW.diary <> OLD.diary OR NEW.year <> OLD.year OR NEW.copies <> OLD.copies
  OR NEW.level <> OLD.level OR NEW.registered_at <> OLD.registered_at OR NEW.registered_by <> OLD.registered_by
  OR NEW.withheld < OLD.withheld OR NEW.came_at IS NOT OLD.came_at
  OR NEW.answers_serial IS NOT OLD.answers_serial OR NEW.incoming_kind IS NOT OLD.incoming_kind
BEGIN SELECT RAISE(ABORT, 'a number and what it stands for are lasting'); END;
CREATE TRIGGER register_entry_no_delete BEFORE DELETE ON register_entry
BEGIN SELECT RAISE(ABORT, 'the register keeps what was written'); END;
`;

export const paperAndIncoming: Migration = {
  version: 110,
  name: 'paper-and-incoming',
  sql: { open: tables('open'), protected: tables('protected') },
};
