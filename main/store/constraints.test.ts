import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isProtectedLevel, LEVELS, levelRank } from '../../shared/domain/marking.ts';
import { ROOMS, type Room } from '../../shared/domain/room.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { closeStore, openStore, type Store } from './store.ts';
import { dumpRows, fillVersion10 } from './testing/rows.ts';
import { makeFolder, makeKey } from './testing/sample.ts';

/**
 * What the schema itself refuses, asked in raw SQL as a fault in the program would ask it. Somebody with the key and
 * other tools can change the schema too: that is the audit's matter.
 */
const { folder, remove } = makeFolder();
const stores = {} as Record<Room, Store<Room>>;
for (const room of ROOMS) {
  const key = makeKey();
  stores[room] = openStore<Room>(join(folder, `${room}.db`), room, key, true);
  migrate(stores[room], key, MIGRATIONS);
  fillVersion10(stores[room]);
}
const before = { open: dumpRows(stores.open), protected: dumpRows(stores.protected) };

afterAll(() => {
  // Nothing that was refused has left a trace.
  for (const room of ROOMS) {
    expect(dumpRows(stores[room])).toEqual(before[room]);
    closeStore(stores[room]);
  }
  remove();
});

/** Asserts that a statement is refused for the reason named; nothing of it is kept in any case. */
function refused(room: Room, sql: string, why: RegExp): void {
  expect(() => run(room, sql), `${room}: ${sql}`).toThrow(why);
}

function accepted(room: Room, ...statements: string[]): void {
  expect(() => run(room, ...statements), statements.join('; ')).not.toThrow();
}

function run(room: Room, ...statements: string[]): void {
  const { database } = stores[room];
  database.exec('BEGIN');
  try {
    for (const sql of statements) database.exec(sql);
  } finally {
    database.exec('ROLLBACK');
  }
}

interface Revision {
  key?: string;
  revision?: number;
  content?: string;
  level?: string;
  basis?: string;
  change?: string;
  decision?: string;
}

function insert(row: Revision, verb = 'INSERT'): string {
  const { key = 'omfattning', revision = 1, content = '{}', level = 'sekretess', change = 'revised' } = row;
  const basis = row.basis ?? (level === 'oppen' ? '[]' : '["18 kap. 8 § OSL"]');
  const decision = row.decision === undefined ? 'NULL' : `'${row.decision}'`;
  return (
    `${verb} INTO item_revision VALUES ('K7M2-9QXA-4D1F', 'fact', '${key}', ${revision}, '${content}', '${level}', ` +
    `'${basis}', '${change}', NULL, ${decision}, 't', 'anna')`
  );
}

describe('a value', () => {
  it('of any klass is refused by the open room, and anything without one by the protected room', () => {
    for (const level of LEVELS) {
      const own: Room = isProtectedLevel(level) ? 'protected' : 'open';
      const other: Room = own === 'open' ? 'protected' : 'open';
      accepted(own, insert({ level }));
      refused(other, insert({ level }), /CHECK constraint failed: level/);
      refused(other, insert({ level }, 'INSERT OR REPLACE'), /CHECK constraint failed: level/);
    }
    refused('open', insert({ level: 'hemligt' }), /constraint failed|ceiling/);
    refused('open', insert({ level: 'HEMLIG' }), /constraint failed|ceiling/);
  });

  it('above the ceiling is refused, in either room', () => {
    for (const ceiling of LEVELS) {
      for (const level of LEVELS) {
        const room: Room = isProtectedLevel(level) ? 'protected' : 'open';
        const statements = [
          `UPDATE room_setting SET value = '${ceiling}' WHERE key = 'ceiling'`,
          insert({ level }),
        ];
        if (levelRank(level) <= levelRank(ceiling)) accepted(room, ...statements);
        else expect(() => run(room, ...statements), `${level} under ${ceiling}`).toThrow(/above the ceiling/);
      }
    }
  });

  it('is refused where there is no ceiling, or one that is no level', () => {
    const none = "DELETE FROM room_setting WHERE key = 'ceiling'";
    const wrong = "UPDATE room_setting SET value = 'hög' WHERE key = 'ceiling'";
    for (const change of [none, wrong]) {
      expect(() => run('open', change, insert({ level: 'oppen' }))).toThrow(/above the ceiling/);
    }
  });

  it('with sekretess or a klass is refused without a provision', () => {
    refused('open', insert({ basis: '[]' }), /CHECK constraint failed/);
    refused('open', insert({ basis: '{}' }), /CHECK constraint failed/);
    refused('open', insert({ basis: '"18 kap. 8 § OSL"' }), /CHECK constraint failed/);
    refused('open', insert({ basis: 'inte json' }), /CHECK constraint failed|malformed/);
    refused('protected', insert({ level: 'hemlig', basis: '[]' }), /CHECK constraint failed/);
    accepted('open', insert({ level: 'oppen', basis: '[]' }));
  });

  it('is never changed: not by UPDATE, not by REPLACE, not by UPSERT', () => {
    for (const room of ROOMS) {
      const key = room === 'open' ? 'system' : 'orsak';
      const level = room === 'open' ? 'sekretess' : 'hemlig';
      refused(room, `UPDATE item_revision SET content = '{}' WHERE key = '${key}'`, /immutable/);
      refused(room, `UPDATE OR REPLACE item_revision SET revision = 1 WHERE key = '${key}'`, /immutable/);
      refused(room, insert({ key, level, revision: 1 }, 'INSERT OR REPLACE'), /numbered in order/);
      refused(
        room,
        `${insert({ key, level })} ON CONFLICT DO UPDATE SET content = '{}'`,
        /in order|immutable/,
      );
    }
  });

  it('has revisions in order: none is skipped, put in again, or put before the first', () => {
    for (const revision of [0, -1, 1, 2, 4]) {
      refused('open', insert({ key: 'system', revision }), /numbered in order|CHECK/);
    }
    accepted('open', insert({ key: 'system', revision: 3 }));
    refused('open', insert({ key: 'new', revision: 2 }), /numbered in order/);
  });
});

describe('a marking', () => {
  const lower = (row: Revision): string =>
    insert({ key: 'orsak', revision: 2, level: 'begransat-hemlig', ...row });

  it('is lowered by no revision without a decision', () => {
    refused('protected', lower({}), /lowered by decision only/);
    refused('protected', lower({ decision: 'finns-inte' }), /lowered by decision only/);
    accepted('protected', lower({ decision: 'beslut-1', change: 'lowered' }));
  });

  it('is lowered by no decision about another incident', () => {
    const other = [
      "INSERT INTO incident VALUES ('annan', 'kommun', 0, 'draft', 't', 'anna')",
      "INSERT INTO marking_decision VALUES ('beslut-2', 'annan', 'skäl', 'anna', 'bo', 't')",
    ];
    expect(() => run('protected', ...other, lower({ decision: 'beslut-2' }))).toThrow(
      /lowered by decision only/,
    );
  });

  it('stays or rises without one', () => {
    accepted('protected', lower({ level: 'hemlig' }));
    accepted('protected', lower({ level: 'kvalificerat-hemlig', change: 'raised' }));
    accepted('open', insert({ key: 'system', revision: 3, level: 'sekretess', change: 'raised' }));
  });

  it('is released by decision only, and what was released may come back at any level', () => {
    const release = (decision?: string): string =>
      insert({
        key: 'orsak',
        revision: 2,
        level: 'hemlig',
        change: 'released',
        ...(decision === undefined ? {} : { decision }),
      });
    refused('protected', release(), /lowered by decision only/);
    const back = insert({ key: 'orsak', revision: 3, level: 'begransat-hemlig', change: 'raised' });
    accepted('protected', release('beslut-1'), back);
  });

  it('is decided on by two persons who are in the list, with a reason, and the decision stays', () => {
    const decide = (reason: string, one: string, other: string): string =>
      `INSERT INTO marking_decision VALUES ('nytt', 'K7M2-9QXA-4D1F', '${reason}', '${one}', '${other}', 't')`;
    refused('protected', decide('skäl', 'anna', 'anna'), /CHECK constraint failed/);
    refused('protected', decide('  ', 'anna', 'bo'), /CHECK constraint failed/);
    refused('protected', decide('skäl', 'anna', 'okänd'), /FOREIGN KEY/);
    accepted('protected', decide('skäl', 'anna', 'bo'));
    refused('protected', "UPDATE marking_decision SET reason = 'annat skäl'", /immutable/);
  });
});

describe('the audit', () => {
  it.each(ROOMS)('is only added to, at its end (%s)', (room) => {
    const entry = (seq: number, hash: string, verb = 'INSERT'): string =>
      `${verb} INTO audit_entry VALUES (${seq}, 't', 'anna', 'x', NULL, 'p', 'h2', '${hash}', 's')`;
    const checkpoint = (id: number, verb = 'INSERT'): string =>
      `${verb} INTO audit_checkpoint VALUES (${id}, 2, 'h2', 'k', 't', 'anna', 'x', 's')`;
    accepted(room, entry(3, 'h3'), checkpoint(2));
    for (const table of ['audit_entry', 'audit_checkpoint']) {
      refused(room, `UPDATE ${table} SET at = 'igår'`, /append-only/);
      refused(room, `DELETE FROM ${table}`, /append-only/);
    }
    for (const verb of ['INSERT', 'INSERT OR REPLACE', 'INSERT OR IGNORE', 'REPLACE']) {
      refused(room, entry(2, 'h3', verb), /append-only/);
      refused(room, entry(4, 'h4', verb), /append-only/);
      refused(room, entry(0, 'h4', verb), /append-only/);
      refused(room, entry(3, 'h1', verb), /append-only/);
      refused(room, checkpoint(1, verb), /append-only/);
      refused(room, checkpoint(3, verb), /append-only/);
    }
    refused(
      room,
      "INSERT INTO audit_entry VALUES (NULL, 't', 'anna', 'x', NULL, 'p', 'h2', 'h3', 's')",
      /append-only/,
    );
    refused(
      room,
      "INSERT INTO audit_entry VALUES (3, 't', 'okänd', 'x', NULL, 'p', 'h2', 'h3', 's')",
      /FOREIGN KEY/,
    );
  });

  it.each(ROOMS)('has payloads that can be weeded out, and not changed (%s)', (room) => {
    refused(room, "UPDATE audit_payload SET payload = '{}'", /immutable/);
    refused(room, "INSERT OR REPLACE INTO audit_payload VALUES (1, 'salt', '{}')", /immutable/);
    refused(room, "INSERT INTO audit_payload VALUES (9, 'salt', '{}')", /FOREIGN KEY/);
    accepted(room, 'DELETE FROM audit_payload WHERE seq = 1');
  });
});

describe('the list of users', () => {
  it.each(ROOMS)('keeps everyone, with the name and the key that the audit was signed with (%s)', (room) => {
    refused(room, "DELETE FROM room_user WHERE id = 'bo'", /stays in the list|FOREIGN KEY/);
    refused(
      room,
      "UPDATE room_user SET name = 'Någon annan' WHERE id = 'bo'",
      /can be removed, and nothing else/,
    );
    refused(
      room,
      "UPDATE room_user SET kind = 'recovery' WHERE id = 'bo'",
      /can be removed, and nothing else/,
    );
    refused(room, "UPDATE room_user SET public_key = 'annan' WHERE id = 'anna'", /has signed/);
    refused(
      room,
      "INSERT OR REPLACE INTO room_user VALUES ('anna', 'Anna Åberg', 'person', 'annan', 't', NULL)",
      /stays in the list/,
    );
    refused(room, "INSERT INTO room_user VALUES ('x', 'Bo Ek', 'person', 'k', 't', NULL)", /UNIQUE/);
    accepted(room, "UPDATE room_user SET removed_at = 't' WHERE id = 'bo'");
    accepted(room, "UPDATE room_user SET public_key = 'ny' WHERE id = 'bo'");
  });

  it.each(ROOMS)('takes back no removal, of a user or of a slot (%s)', (room) => {
    const remove = "UPDATE room_user SET removed_at = 't' WHERE id = 'bo'";
    const takeBack = "UPDATE room_user SET removed_at = NULL WHERE id = 'bo'";
    expect(() => run(room, remove, takeBack)).toThrow(/can be removed, and nothing else/);
    refused(
      room,
      "UPDATE room_slot SET removed_at = NULL WHERE id = 'plats-2'",
      /can be removed, and nothing else/,
    );
    refused(
      room,
      "UPDATE room_slot SET user_id = 'bo' WHERE id = 'plats-1'",
      /can be removed, and nothing else/,
    );
    refused(room, "DELETE FROM room_slot WHERE id = 'plats-2'", /stays in the list/);
    refused(
      room,
      "INSERT OR REPLACE INTO room_slot VALUES ('plats-2', 'bo', 't', NULL)",
      /stays in the list/,
    );
    accepted(room, "UPDATE room_slot SET removed_at = 't' WHERE id = 'plats-1'");
  });
});

describe('a broken reference', () => {
  it('is refused: a value, a regime or a decision of an incident that is not there', () => {
    refused('open', insert({}).replace('K7M2-9QXA-4D1F', 'annan'), /FOREIGN KEY/);
    refused('open', "INSERT INTO incident_regime VALUES ('annan', 'nis2')", /FOREIGN KEY/);
    refused('open', "DELETE FROM incident WHERE id = 'K7M2-9QXA-4D1F'", /FOREIGN KEY/);
    refused('open', "UPDATE incident SET state = 'okänd'", /CHECK/);
  });
});
