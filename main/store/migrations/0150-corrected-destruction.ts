import type { Migration } from '../migrate.ts';

/**
 * A destruction that was told by mistake can be corrected: the row stays, and one more says that the copy is in the house. What
 * may become of a copy is otherwise as it was.
 */
const triggers = `
DROP TRIGGER copy_event_is_lawful;
CREATE TRIGGER copy_event_is_lawful BEFORE INSERT ON copy_event
WHEN coalesce((SELECT state FROM copy_event WHERE code = NEW.code ORDER BY seq DESC LIMIT 1), 'skapad')
  || ' ' || NEW.move || ' ' || NEW.state NOT IN (
  'skapad hand-out utlamnad', 'ater hand-out utlamnad', 'utlamnad receipt utlamnad', 'utlamnad return ater',
  'skapad archive arkiverad', 'ater archive arkiverad', 'arkiverad take-out ater',
  'skapad destroy forstord', 'ater destroy forstord', 'arkiverad destroy forstord', 'forstord correct ater',
  'skapad miss saknad', 'utlamnad miss saknad', 'ater miss saknad', 'arkiverad miss saknad', 'saknad find ater'
)
BEGIN SELECT RAISE(ABORT, 'a copy does not go from that state to this one'); END;
CREATE TRIGGER copy_event_is_corrected_with_reason BEFORE INSERT ON copy_event
WHEN NEW.move = 'correct' AND length(trim(coalesce(NEW.note, ''))) = 0
BEGIN SELECT RAISE(ABORT, 'a correction says why'); END;
`;

export const correctedDestruction: Migration = {
  version: 150,
  name: 'corrected-destruction',
  sql: { open: triggers, protected: triggers },
};
