import type { Migration } from '../migrate.ts';

/**
 * Ways to find what has been changed after it was sent, without reading what was written or the documents: ten thousand
 * incidents are asked about each time that the overview is shown.
 */
const indexes = `
CREATE INDEX item_changed ON item_revision (incident_id, changed_at, kind);
CREATE INDEX dispatch_of_incident ON dispatch (incident_id, is_draft, made_at);
`;

export const whatChanged: Migration = {
  version: 100,
  name: 'what-changed',
  sql: { open: indexes, protected: indexes },
};
