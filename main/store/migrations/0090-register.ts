import type { Room } from '../../../shared/domain/room.ts';
import type { Migration } from '../migrate.ts';
import { levelsOf } from './0010-foundation.ts';

/**
 * The register of documents: a number for each final document, its copies and what became of each, inventories and media.
 * What was sent before there was a register is numbered in the order it was made.
 */

/** A copy leaves a room's register in one case: the document was raised out of the open room, and took it along. */
const movesOut = (room: Room, table: string, code: string): string =>
  room === 'protected'
    ? `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
BEGIN SELECT RAISE(ABORT, 'the register keeps what was written'); END;`
    : `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
WHEN NOT EXISTS (
  SELECT 1 FROM register_copy AS copy JOIN register_entry AS entry ON entry.serial = copy.serial
  WHERE copy.code = ${code} AND entry.withheld = 1
)
BEGIN SELECT RAISE(ABORT, 'the register keeps what was written'); END;`;

const tables = (room: Room): string => `
-- One final document. Its number is the serial: next to the last one, so that none is left out or used twice.
CREATE TABLE register_entry (
  serial INTEGER PRIMARY KEY,
  dispatch_id TEXT NOT NULL UNIQUE REFERENCES dispatch (id),
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
  CHECK (withheld = 0 OR (correspondent IS NULL AND summary IS NULL))
) STRICT;

CREATE TRIGGER register_entry_in_order BEFORE INSERT ON register_entry
WHEN NEW.serial <> 1 + (SELECT coalesce(max(serial), 0) FROM register_entry)
BEGIN SELECT RAISE(ABORT, 'the register is numbered in order'); END;
CREATE TRIGGER register_entry_is_lasting BEFORE UPDATE ON register_entry
WHEN NEW.serial <> OLD.serial OR NEW.dispatch_id <> OLD.dispatch_id OR NEW.incident_id <> OLD.incident_id
  OR NEW.pattern <> OLD.pattern OR NEW.diary <> OLD.diary OR NEW.year <> OLD.year OR NEW.copies <> OLD.copies
  OR NEW.level <> OLD.level OR NEW.registered_at <> OLD.registered_at OR NEW.registered_by <> OLD.registered_by
  OR NEW.withheld < OLD.withheld
BEGIN SELECT RAISE(ABORT, 'a number and what it stands for are lasting'); END;
CREATE TRIGGER register_entry_no_delete BEFORE DELETE ON register_entry
BEGIN SELECT RAISE(ABORT, 'the register keeps what was written'); END;

-- The organisation's own diary number of an incident, used in the numbers that are given from then on.
CREATE TABLE register_diary (
  incident_id TEXT PRIMARY KEY REFERENCES incident (id),
  number TEXT NOT NULL CHECK (length(trim(number)) > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE register_copy (
  -- Random, as it stands in the copy's QR code.
  code TEXT PRIMARY KEY CHECK (length(code) = 12),
  serial INTEGER NOT NULL REFERENCES register_entry (serial),
  number INTEGER NOT NULL CHECK (number >= 1),
  UNIQUE (serial, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER register_copy_is_lasting BEFORE UPDATE ON register_copy
BEGIN SELECT RAISE(ABORT, 'a copy keeps its number'); END;
${movesOut(room, 'register_copy', 'OLD.code')}

CREATE TABLE copy_event (
  code TEXT NOT NULL REFERENCES register_copy (code),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  move TEXT NOT NULL,
  state TEXT NOT NULL,
  at TEXT NOT NULL,
  holder TEXT,
  external INTEGER NOT NULL CHECK (external IN (0, 1)),
  how TEXT,
  witness TEXT,
  note TEXT,
  -- The step of the expedition that it follows from; null where it was told of the copy itself.
  dispatch_seq INTEGER,
  recorded_at TEXT NOT NULL,
  -- A name: who recorded it may have no way into the room that the row is moved to.
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (code, seq),
  CHECK (move <> 'hand-out' OR length(trim(holder)) > 0),
  CHECK (move <> 'destroy' OR how IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER copy_event_in_order BEFORE INSERT ON copy_event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM copy_event WHERE code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'what becomes of a copy is numbered in order'); END;
CREATE TRIGGER copy_event_is_lawful BEFORE INSERT ON copy_event
WHEN coalesce((SELECT state FROM copy_event WHERE code = NEW.code ORDER BY seq DESC LIMIT 1), 'skapad')
  || ' ' || NEW.move || ' ' || NEW.state NOT IN (
  'skapad hand-out utlamnad', 'ater hand-out utlamnad', 'utlamnad receipt utlamnad', 'utlamnad return ater',
  'skapad archive arkiverad', 'ater archive arkiverad', 'arkiverad take-out ater',
  'skapad destroy forstord', 'ater destroy forstord', 'arkiverad destroy forstord',
  'skapad miss saknad', 'utlamnad miss saknad', 'ater miss saknad', 'arkiverad miss saknad', 'saknad find ater'
)
BEGIN SELECT RAISE(ABORT, 'a copy does not go from that state to this one'); END;
CREATE TRIGGER copy_event_is_immutable BEFORE UPDATE ON copy_event
BEGIN SELECT RAISE(ABORT, 'what became of a copy is immutable'); END;
${movesOut(room, 'copy_event', 'OLD.code')}

-- Who may have a copy, or be told what it says. A name that was struck stays.
CREATE TABLE distribution (
  serial INTEGER NOT NULL REFERENCES register_entry (serial),
  position INTEGER NOT NULL CHECK (position >= 1),
  name TEXT NOT NULL CHECK (length(trim(name)) > 0),
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL,
  struck_at TEXT,
  struck_by TEXT,
  PRIMARY KEY (serial, position)
) STRICT, WITHOUT ROWID;

-- A count of copies, one at a time. What was ticked stays through a lock and a crash.
CREATE TABLE inventory (
  id TEXT PRIMARY KEY,
  started_at TEXT NOT NULL,
  started_by TEXT NOT NULL REFERENCES room_user (id),
  finished_at TEXT,
  finished_by TEXT REFERENCES room_user (id),
  note TEXT
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX inventory_one_at_a_time ON inventory (finished_at IS NULL) WHERE finished_at IS NULL;
CREATE TRIGGER inventory_is_lasting BEFORE UPDATE ON inventory
WHEN OLD.finished_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.started_at <> OLD.started_at
  OR NEW.started_by <> OLD.started_by
BEGIN SELECT RAISE(ABORT, 'an inventory that is finished is lasting'); END;
CREATE TRIGGER inventory_no_delete BEFORE DELETE ON inventory
BEGIN SELECT RAISE(ABORT, 'an inventory stays in the list'); END;

CREATE TABLE inventory_copy (
  inventory_id TEXT NOT NULL REFERENCES inventory (id),
  code TEXT NOT NULL,
  -- Not in the list when the inventory began, and yet it lay there.
  is_unexpected INTEGER NOT NULL CHECK (is_unexpected IN (0, 1)),
  state TEXT NOT NULL,
  holder TEXT,
  seen_at TEXT,
  seen_by TEXT,
  seen_how TEXT CHECK (seen_how IN ('scan', 'hand')),
  -- What was found of it at the end: seen, missing, or moved while the inventory went on.
  result TEXT CHECK (result IN ('seen', 'missing', 'moved')),
  PRIMARY KEY (inventory_id, code),
  CHECK ((seen_at IS NULL) = (seen_by IS NULL) AND (seen_at IS NULL) = (seen_how IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER inventory_copy_is_lasting BEFORE UPDATE ON inventory_copy
WHEN (SELECT finished_at FROM inventory WHERE id = OLD.inventory_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an inventory that is finished is lasting'); END;

CREATE TABLE medium (
  code TEXT PRIMARY KEY CHECK (length(code) = 12),
  label TEXT NOT NULL UNIQUE CHECK (length(trim(label)) > 0),
  kind TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN (${levelsOf(room)})),
  registered_at TEXT NOT NULL,
  registered_by TEXT NOT NULL REFERENCES room_user (id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER medium_is_lasting BEFORE UPDATE ON medium
BEGIN SELECT RAISE(ABORT, 'a medium keeps its label and its class'); END;
CREATE TRIGGER medium_no_delete BEFORE DELETE ON medium
BEGIN SELECT RAISE(ABORT, 'a medium stays in the list'); END;

CREATE TABLE medium_event (
  code TEXT NOT NULL REFERENCES medium (code),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  event TEXT NOT NULL CHECK (event IN ('written', 'wiped', 'destroyed', 'missing', 'found')),
  at TEXT NOT NULL,
  -- What was written to it, in words that tell nothing: a number of the register.
  what TEXT,
  how TEXT,
  witness TEXT,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (code, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER medium_event_in_order BEFORE INSERT ON medium_event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM medium_event WHERE code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'what becomes of a medium is numbered in order'); END;
CREATE TRIGGER medium_event_is_immutable BEFORE UPDATE ON medium_event
BEGIN SELECT RAISE(ABORT, 'what became of a medium is immutable'); END;
CREATE TRIGGER medium_event_no_delete BEFORE DELETE ON medium_event
BEGIN SELECT RAISE(ABORT, 'what became of a medium is immutable'); END;
`;

/** Exercises are not in the diary (domain.md §12.5 p. 16); drafts are no documents yet. */
const WHAT_WAS_SENT = `
INSERT INTO register_entry
SELECT row_number() OVER (ORDER BY dispatch.made_at, dispatch.id), dispatch.id, dispatch.incident_id,
  '{dnr}/{löpnr}:{exemplar}/{antal}', dispatch.incident_id, CAST(substr(dispatch.made_at, 1, 4) AS INTEGER),
  max(1, coalesce(json_extract(dispatch.details, '$.copies'), 1)),
  dispatch.level, dispatch.made_at, dispatch.made_by, NULL, NULL,
  dispatch.level <> 'oppen', dispatch.level <> 'oppen', dispatch.document IS NULL
FROM dispatch JOIN incident ON incident.id = dispatch.incident_id
WHERE dispatch.is_draft = 0 AND incident.exercise = 0
ORDER BY dispatch.made_at, dispatch.id;

-- Codes of sixteen signs are codes of thirty-two too.
INSERT INTO register_copy
WITH RECURSIVE numbered (serial, number, copies) AS (
  SELECT serial, 1, copies FROM register_entry WHERE withheld = 0
  UNION ALL SELECT serial, number + 1, copies FROM numbered WHERE number < copies
)
SELECT hex(randomblob(6)), serial, number FROM numbered;

INSERT INTO copy_event
SELECT copy.code, 1, 'hand-out', 'utlamnad', step.at, coalesce(json_extract(dispatch.details, '$.recipient'), json_extract(dispatch.details, '$.recipients[0]'), '(mottagaren)'), 1,
  NULL, NULL, NULL, step.seq, step.recorded_at, person.name
FROM register_copy AS copy JOIN register_entry AS entry ON entry.serial = copy.serial
JOIN dispatch ON dispatch.id = entry.dispatch_id
JOIN dispatch_event AS step ON step.dispatch_id = dispatch.id
JOIN room_user AS person ON person.id = step.recorded_by
WHERE step.seq = (
  SELECT min(seq) FROM dispatch_event WHERE dispatch_id = dispatch.id AND event IN ('sent', 'receipted')
);

INSERT INTO copy_event
SELECT copy.code, 2, 'receipt', 'utlamnad', step.at, NULL, 0, NULL, NULL, step.note, step.seq, step.recorded_at, person.name
FROM register_copy AS copy JOIN register_entry AS entry ON entry.serial = copy.serial
JOIN dispatch_event AS step ON step.dispatch_id = entry.dispatch_id AND step.event = 'receipted'
JOIN room_user AS person ON person.id = step.recorded_by;
`;

export const register: Migration = {
  version: 90,
  name: 'register',
  sql: { open: tables('open') + WHAT_WAS_SENT, protected: tables('protected') + WHAT_WAS_SENT },
};
