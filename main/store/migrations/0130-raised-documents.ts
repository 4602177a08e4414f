import type { Room } from '../../../shared/domain/room.ts';
import type { Migration } from '../migrate.ts';
import { levelsOf } from './0010-foundation.ts';

/**
 * The class of a document that has a number follows what it tells: where a value in it is raised, or lowered again by decision
 * of two persons, a row says so. The class that it was registered with stays as it was.
 */

/** A document that is raised out of the open room takes its rows out of that room's register. */
const movesOut = (room: Room): string =>
  room === 'protected'
    ? ''
    : 'WHEN NOT EXISTS (SELECT 1 FROM register_entry WHERE serial = OLD.serial AND withheld = 1)';

const tables = (room: Room): string => `
CREATE TABLE register_raise (
  serial INTEGER NOT NULL REFERENCES register_entry (serial),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  -- The value in the document whose marking was changed: the last row of each value counts.
  item_kind TEXT NOT NULL,
  item_key TEXT NOT NULL,
  -- What the value is marked since then, or the lowest class of the room where it has left it.
  level TEXT NOT NULL CHECK (level IN (${levelsOf(room)})),
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (serial, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER register_raise_in_order BEFORE INSERT ON register_raise
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM register_raise WHERE serial = NEW.serial)
BEGIN SELECT RAISE(ABORT, 'what a document is raised to is numbered in order'); END;
CREATE TRIGGER register_raise_is_immutable BEFORE UPDATE ON register_raise
BEGIN SELECT RAISE(ABORT, 'what a document was raised to is immutable'); END;
CREATE TRIGGER register_raise_no_delete BEFORE DELETE ON register_raise
${movesOut(room)}
BEGIN SELECT RAISE(ABORT, 'the register keeps what was written'); END;
`;

export const raisedDocuments: Migration = {
  version: 130,
  name: 'raised-documents',
  sql: { open: tables('open'), protected: tables('protected') },
};
