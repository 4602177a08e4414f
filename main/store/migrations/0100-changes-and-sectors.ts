import type { Migration } from '../migrate.ts';

/**
 * Ways to find what has been changed after it was sent, without reading what was written or the documents: ten thousand
 * incidents are asked about each time that the overview is shown.
 */
const indexes = `
CREATE INDEX item_changed ON item_revision (incident_id, changed_at, kind);
CREATE INDEX dispatch_of_incident ON dispatch (incident_id, is_draft, made_at);
`;

/**
 * The sectors of the organisation stood in two places: by code list beside its name, and by the table of supervision among
 * what the rules ask of it. They stand in the latter from now on. Where a code is one group of the table it becomes that; where
 * it is several, which of them it is has to be chosen, and the code is kept until it has been.
 */
const sectors = `
CREATE TEMP TABLE group_of_sector (code TEXT PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO group_of_sector VALUES
  ('avfallshantering', 'avfall'),
  ('avloppsvatten', 'avloppsvatten'),
  ('bankverksamhet', 'bank'),
  ('digital-infrastruktur', 'digital-infrastruktur'),
  ('digitala-leverantorer', 'digitala-leverantorer'),
  ('dricksvatten', 'dricksvatten'),
  ('energi', 'energi'),
  ('finansmarknadsinfrastruktur', 'finansmarknad'),
  ('forskning', 'forskning'),
  ('ikt-tjanster', 'ikt-tjanster'),
  ('kemikalier', 'kemikalier'),
  ('livsmedel', 'livsmedel'),
  ('post-och-budtjanster', 'post-och-bud'),
  ('rymden', 'rymden'),
  ('transporter', 'transporter');
CREATE TEMP TABLE sector_before AS
  SELECT sector.value AS code FROM room_setting, json_each(room_setting.value, '$.sectors') AS sector
  WHERE room_setting.key = 'organisation';
INSERT INTO room_setting (key, value)
  SELECT 'duties', '{}' WHERE EXISTS (SELECT 1 FROM sector_before)
  ON CONFLICT (key) DO NOTHING;
UPDATE room_setting SET value = json_set(value,
  '$.sectors', (SELECT json_group_array(id) FROM (
    SELECT kept.value AS id FROM room_setting AS duties, json_each(duties.value, '$.sectors') AS kept
    WHERE duties.key = 'duties'
    UNION SELECT id FROM group_of_sector JOIN sector_before USING (code) ORDER BY id)),
  '$.sectorsToChoose', (SELECT json_group_array(code) FROM sector_before
    WHERE code NOT IN (SELECT code FROM group_of_sector)))
WHERE key = 'duties' AND EXISTS (SELECT 1 FROM sector_before);
UPDATE room_setting SET value = json_remove(value, '$.sectors') WHERE key = 'organisation';
DROP TABLE temp.group_of_sector;
DROP TABLE temp.sector_before;
`;

export const changesAndSectors: Migration = {
  version: 100,
  name: 'changes-and-sectors',
  sql: { open: `${indexes}${sectors}`, protected: `${indexes}${sectors}` },
};
