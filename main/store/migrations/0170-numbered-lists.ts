import type { Room } from '../../../shared/domain/room.ts';
import type { Migration } from '../migrate.ts';
import { levelsOf } from './0010-foundation.ts';

/**
 * A list of the protected register that is printed is a classified paper, and is numbered as any other: a row of the register
 * that belongs to no incident and rests on no expedition.
 */
const tables = (room: Room): string => `
-- A column cannot be made nullable: the table is made anew, with every row. What refers to it is looked at when all is done.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE held_entry AS SELECT * FROM register_entry;
DROP TABLE register_entry;
-- One document: final and sent by an expedition, come in from somebody else, or a list of this register on paper. Its number is
-- the serial: next to the last one, so that none is left out or used twice.
CREATE TABLE register_entry (
  serial INTEGER PRIMARY KEY,
  -- null for what came in, and for a list.
  dispatch_id TEXT UNIQUE REFERENCES dispatch (id),
  -- null for a list, which tells of many.
  incident_id TEXT REFERENCES incident (id),
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
  -- JSON: provisions that it is marked with beside those that it was made with.
  basis TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(basis)),
  -- JSON: what its papers say, where it had a number in the open register before this one.
  formerly TEXT CHECK (formerly IS NULL OR json_valid(formerly)),
  -- Which list of the register it is.
  list TEXT CHECK (list IN ('register', 'extract', 'outstanding', 'destructions', 'inventory', 'media')),
  CHECK (withheld = 0 OR (correspondent IS NULL AND summary IS NULL)),
  CHECK ((dispatch_id IS NOT NULL) + (came_at IS NOT NULL) + (list IS NOT NULL) = 1),
  CHECK ((came_at IS NULL) = (incoming_kind IS NULL)),
  CHECK ((incident_id IS NULL) = (list IS NOT NULL)),
  CHECK (answers_serial IS NULL OR (came_at IS NOT NULL AND answers_serial < serial))
) STRICT;
INSERT INTO register_entry (serial, dispatch_id, incident_id, pattern, diary, year, copies, level, registered_at, registered_by,
  correspondent, summary, omit_correspondent, omit_summary, withheld, came_at, answers_serial, incoming_kind, basis, formerly)
SELECT serial, dispatch_id, incident_id, pattern, diary, year, copies, level, registered_at, registered_by,
  correspondent, summary, omit_correspondent, omit_summary, withheld, came_at, answers_serial, incoming_kind, basis, formerly
FROM held_entry ORDER BY serial;
DROP TABLE held_entry;

CREATE TRIGGER register_entry_in_order BEFORE INSERT ON register_entry
WHEN NEW.serial <> 1 + (SELECT coalesce(max(serial), 0) FROM register_entry)
BEGIN SELECT RAISE(ABORT, 'the register is numbered in order'); END;
CREATE TRIGGER register_entry_is_lasting BEFORE UPDATE ON register_entry
WHEN NEW.serial <> OLD.serial OR NEW.dispatch_id IS NOT OLD.dispatch_id OR NEW.incident_id IS NOT OLD.incident_id
  OR NEW.pattern <> OLD.pattern OR NEW.diary <> OLD.diary OR NEW.year <> OLD.year OR NEW.copies <> OLD.copies
  OR NEW.level <> OLD.level OR NEW.registered_at <> OLD.registered_at OR NEW.registered_by <> OLD.registered_by
  OR NEW.withheld < OLD.withheld OR NEW.came_at IS NOT OLD.came_at
  OR NEW.answers_serial IS NOT OLD.answers_serial OR NEW.incoming_kind IS NOT OLD.incoming_kind
  OR NEW.list IS NOT OLD.list
BEGIN SELECT RAISE(ABORT, 'a number and what it stands for are lasting'); END;
CREATE TRIGGER register_entry_no_delete BEFORE DELETE ON register_entry
BEGIN SELECT RAISE(ABORT, 'the register keeps what was written'); END;
CREATE TRIGGER register_entry_keeps_its_provisions BEFORE UPDATE ON register_entry WHEN NEW.basis <> OLD.basis
BEGIN SELECT RAISE(ABORT, 'what a document was registered with is lasting'); END;
CREATE TRIGGER register_entry_keeps_its_former_number BEFORE UPDATE ON register_entry
WHEN OLD.formerly IS NOT NULL AND NEW.formerly IS NOT OLD.formerly
BEGIN SELECT RAISE(ABORT, 'what the papers say is lasting'); END;
`;

export const numberedLists: Migration = {
  version: 170,
  name: 'numbered-lists',
  sql: { open: tables('open'), protected: tables('protected') },
};
