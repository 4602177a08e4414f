import type { Room } from '../../../shared/domain/room.ts';
import type { Store } from '../store.ts';

/** One row of each table as version 10 of the schema has them: what a vault in use holds. */
const COMMON = `
INSERT INTO room_setting VALUES ('ceiling', 'kvalificerat-hemlig'), ('vaultId', 'valv-1');
INSERT INTO room_user VALUES ('anna', 'Anna Åberg', 'person', 'nyckel-a', '2026-11-22T08:00:00.000Z', NULL);
INSERT INTO room_user VALUES ('bo', 'Bo Ek', 'person', 'nyckel-b', '2026-11-22T08:00:00.000Z', NULL);
INSERT INTO room_slot VALUES ('plats-1', 'anna', '2026-11-22T08:00:00.000Z', NULL);
INSERT INTO room_slot VALUES ('plats-2', 'bo', '2026-11-22T08:00:00.000Z', '2026-11-22T09:00:00.000Z');
INSERT INTO incident_regime VALUES ('K7M2-9QXA-4D1F', 'nis2');
INSERT INTO marking_decision VALUES ('beslut-1', 'K7M2-9QXA-4D1F', 'Ej längre känslig', 'anna', 'bo', '2026-11-22T10:00:00.000Z');
INSERT INTO audit_entry VALUES (1, '2026-11-22T08:00:00.000Z', 'anna', 'vault.created', NULL, 'p1', '0', 'h1', 's1');
INSERT INTO audit_entry VALUES (2, '2026-11-22T08:01:00.000Z', 'anna', 'incident.imported', 'K7M2-9QXA-4D1F', 'p2', 'h1', 'h2', 's2');
INSERT INTO audit_payload VALUES (1, 'salt', '{"ceiling":"hemlig"}'), (2, 'salt', '{}');
INSERT INTO audit_checkpoint VALUES (1, 2, 'h2', 'k', '2026-11-22T08:02:00.000Z', 'anna', 'låsning', 's3');
`;

const OF_ROOM: Readonly<Record<Room, string>> = {
  open: `
INSERT INTO incident VALUES ('K7M2-9QXA-4D1F', 'kommun', 0, 'active', '2026-11-22T08:01:00.000Z', 'anna', 1);
${COMMON}
INSERT INTO item_revision VALUES
  ('K7M2-9QXA-4D1F', 'title', '', 1, '{"text":"Driftstörning i Åmål"}', 'oppen', '[]', 'created', NULL, NULL, 't', 'anna'),
  ('K7M2-9QXA-4D1F', 'fact', 'system', 1, '{"text":"Nät"}', 'sekretess', '["18 kap. 8 § OSL"]', 'created', NULL, NULL, 't', 'anna'),
  ('K7M2-9QXA-4D1F', 'fact', 'system', 2, '{"text":"Nät"}', 'oppen', '[]', 'lowered', 'skäl', 'beslut-1', 't', 'bo');
`,
  protected: `
INSERT INTO incident VALUES ('K7M2-9QXA-4D1F', 'kommun', 0, 'active', '2026-11-22T08:01:00.000Z', 'anna');
${COMMON}
INSERT INTO item_revision VALUES
  ('K7M2-9QXA-4D1F', 'fact', 'orsak', 1, '{"text":"Grävskada"}', 'hemlig', '["15 kap. 2 § OSL"]', 'created', NULL, NULL, 't', 'anna'),
  ('K7M2-9QXA-4D1F', 'log', 'a1', 1, '{"text":"Larm"}', 'begransat-hemlig', '["15 kap. 2 § OSL"]', 'created', NULL, NULL, 't', 'bo');
INSERT INTO pending_operation VALUES ('väntar-1', 'raise', 'K7M2-9QXA-4D1F', 'fact', 'orsak', 't');
`,
};

/** Fills every table of a version 10 database. */
export function fillVersion10(store: Store<Room>): void {
  // The incident refers to a user who comes after it: references are looked at when all is in place.
  store.database.exec(`BEGIN; PRAGMA defer_foreign_keys = ON; ${OF_ROOM[store.room]} COMMIT;`);
}

/** Every row of every table, by table, in the order of the rows. */
export function dumpRows(store: Store<Room>): Record<string, unknown[]> {
  const tables = store.database
    .prepare<[], { name: string; columns: string }>(
      `SELECT m.name, group_concat(quote(c.name) || ', "' || c.name || '"') AS columns
       FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table' GROUP BY m.name ORDER BY m.name`,
    )
    .all();
  return Object.fromEntries(
    tables.map(({ name, columns }) => {
      const sql = `SELECT json_object(${columns}) FROM "${name}" ORDER BY 1`;
      return [
        name,
        store.database
          .prepare(sql)
          .pluck()
          .all()
          .map((row) => JSON.parse(String(row)) as unknown),
      ];
    }),
  );
}
