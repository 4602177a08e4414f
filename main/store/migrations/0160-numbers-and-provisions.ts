import type { Migration } from '../migrate.ts';

/**
 * A document that is raised is marked with the provision that raised it too, and one that gets a number of the protected
 * register remembers there what its papers say: the number of the open register, and the class.
 */
const columns = `
-- JSON: provisions that it is marked with beside those that it was made with.
ALTER TABLE register_entry ADD COLUMN basis TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(basis));
-- JSON: what its papers say, where it had a number in the open register before this one.
ALTER TABLE register_entry ADD COLUMN formerly TEXT CHECK (formerly IS NULL OR json_valid(formerly));
-- JSON: the provisions that the value is marked with since then.
ALTER TABLE register_raise ADD COLUMN basis TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(basis));

CREATE TRIGGER register_entry_keeps_its_provisions BEFORE UPDATE ON register_entry WHEN NEW.basis <> OLD.basis
BEGIN SELECT RAISE(ABORT, 'what a document was registered with is lasting'); END;
CREATE TRIGGER register_entry_keeps_its_former_number BEFORE UPDATE ON register_entry
WHEN OLD.formerly IS NOT NULL AND NEW.formerly IS NOT OLD.formerly
BEGIN SELECT RAISE(ABORT, 'what the papers say is lasting'); END;
`;

export const numbersAndProvisions: Migration = {
  version: 160,
  name: 'numbers-and-provisions',
  sql: { open: columns, protected: columns },
};
