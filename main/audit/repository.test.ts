import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import {
  appendAudit,
  auditFileText,
  exportChain,
  readChain,
  readPayload,
  verifyStored,
  writeCheckpoint,
  type AuditContext,
  type AuditExport,
} from './repository.ts';
import { IDENTITY, instant, makePerson, type Person } from './testing/sample.ts';

/** The tables as the store's migrations make them, as far as the audit is concerned. */
const SCHEMA = `
CREATE TABLE room_user (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, public_key TEXT NOT NULL) STRICT;
CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL REFERENCES room_user (id), action TEXT NOT NULL,
  object TEXT, payload_hash TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
  signature TEXT NOT NULL) STRICT;
CREATE TABLE audit_payload (
  seq INTEGER PRIMARY KEY REFERENCES audit_entry (seq), salt TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload))) STRICT;
CREATE TABLE audit_checkpoint (
  id INTEGER PRIMARY KEY, size INTEGER NOT NULL, head TEXT NOT NULL, keys_hash TEXT NOT NULL, at TEXT NOT NULL,
  actor TEXT NOT NULL REFERENCES room_user (id), reason TEXT NOT NULL, signature TEXT NOT NULL) STRICT;
`;

const ANNA = makePerson('user-anna', 'Anna Ek');
const BO = makePerson('user-bo', 'Bo Ås');
let db: Database.Database;

function contextOf(person: Person, minute: number): AuditContext {
  return { ...IDENTITY, actorId: person.id, signingKey: person.signingKey, at: instant(minute) };
}

function append(person: Person, minute: number, payload: unknown = { minute }): void {
  db.transaction(() =>
    appendAudit(db, contextOf(person, minute), 'incident.revised', 'incident-1', payload),
  )();
}

function checkpoint(minute: number): void {
  db.transaction(() => writeCheckpoint(db, contextOf(ANNA, minute), 'låsning'))();
}

function exported(): AuditExport {
  return db.transaction(() => exportChain(db, contextOf(ANNA, 59)))();
}

function faults(): string[] {
  return verifyStored(db, IDENTITY).faults.map((fault) => fault.text);
}

beforeEach(() => {
  db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  db.exec(SCHEMA);
  const add = db.prepare('INSERT INTO room_user (id, name, public_key) VALUES (?, ?, ?)');
  for (const person of [BO, ANNA]) add.run(person.id, person.name, person.publicKey);
  append(ANNA, 0);
  append(BO, 1, { text: 'Åäö', list: [1, null], nested: { b: 1, a: 2 } });
  checkpoint(2);
  append(ANNA, 3, null);
  append(BO, 4, 'text');
});

describe('appendAudit', () => {
  it('keeps what it was given, and its chain is whole', () => {
    expect(readChain(db).map((entry) => entry.seq)).toEqual([1, 2, 3, 4]);
    expect(readPayload(db, 2)).toEqual({ text: 'Åäö', list: [1, null], nested: { b: 1, a: 2 } });
    expect(readPayload(db, 3)).toBeNull();
    expect(readPayload(db, 9)).toBeUndefined();
    expect(verifyStored(db, IDENTITY)).toEqual({
      faults: [],
      remarks: [],
      entries: 4,
      checkpoints: 1,
      payloadsWeeded: 0,
    });
  });

  it('salts each payload, so that the same one twice does not show', () => {
    append(ANNA, 5, { same: true });
    append(ANNA, 6, { same: true });
    const [one, other] = readChain(db).slice(-2);
    expect(one?.payloadHash).not.toBe(other?.payloadHash);
  });

  it('is undone with the change it tells of', () => {
    const change = db.transaction(() => {
      appendAudit(db, contextOf(ANNA, 5), 'incident.revised', null, {});
      throw new Error('the change failed');
    });
    expect(change).toThrow('the change failed');
    expect(readChain(db)).toHaveLength(4);
    expect(faults()).toEqual([]);
  });

  it('refuses to write outside a transaction', () => {
    expect(() => appendAudit(db, contextOf(ANNA, 5), 'x', null, {})).toThrow(TypeError);
    expect(() => writeCheckpoint(db, contextOf(ANNA, 5), 'låsning')).toThrow(TypeError);
    expect(() => exportChain(db, contextOf(ANNA, 5))).toThrow(TypeError);
  });

  it("refuses a key that is not the acting user's own", () => {
    const stranger = makePerson('user-anna', 'Anna Ek');
    expect(() => append(stranger, 5)).toThrow(SigillError);
    expect(() => append(makePerson('okänd', 'Okänd'), 5)).toThrow(SigillError);
    expect(readChain(db)).toHaveLength(4);
  });

  it('refuses a payload that is not plain JSON', () => {
    expect(() => append(ANNA, 5, { count: 1n })).toThrow(TypeError);
    expect(() => append(ANNA, 5, { half: '\ud800' })).toThrow();
    expect(() => append(ANNA, 5, { call: () => 1 })).toThrow();
    expect(readChain(db)).toHaveLength(4);
  });
});

describe('verifyStored', () => {
  it.each([
    ["UPDATE audit_entry SET action = 'x' WHERE seq = 2", 'rad 2 har ändrats'],
    ['UPDATE audit_entry SET object = NULL WHERE seq = 4', 'rad 4 har ändrats'],
    ['DELETE FROM audit_payload WHERE seq = 3; DELETE FROM audit_entry WHERE seq = 3', 'rad 3 saknas'],
    ['DELETE FROM audit_payload WHERE seq >= 2; DELETE FROM audit_entry WHERE seq >= 2', 'räknar 2 rader'],
    ["UPDATE audit_payload SET payload = '{}' WHERE seq = 2", 'underlaget till rad 2 har ändrats'],
    ["UPDATE audit_payload SET salt = 'AAAA' WHERE seq = 1", 'underlaget till rad 1 har ändrats'],
    ['UPDATE audit_checkpoint SET head = keys_hash', 'stämmer inte med kedjan'],
    ["UPDATE audit_checkpoint SET reason = 'export'", 'kontrollpunkt 1 har fel signatur'],
    [
      `UPDATE room_user SET public_key = '${makePerson('x', 'x').publicKey}' WHERE id = 'user-bo'`,
      'fel signatur',
    ],
  ])('after %s', (sql, expected) => {
    db.exec(sql);
    expect(faults().join('\n')).toContain(expected);
  });

  it('counts payloads that were weeded out, and calls it no fault', () => {
    db.exec('DELETE FROM audit_payload WHERE seq IN (1, 2)');
    expect(verifyStored(db, IDENTITY)).toMatchObject({ faults: [], payloadsWeeded: 2 });
  });

  it('finds the chain of another room under this name', () => {
    expect(verifyStored(db, { ...IDENTITY, room: 'protected' }).faults.length).toBeGreaterThan(3);
  });
});

describe('exportChain', () => {
  it('ends with a checkpoint of its own and holds no payloads', () => {
    const chain = exported();
    expect(chain.keys.map((key) => key.name)).toEqual(['Anna Ek', 'Bo Ås']);
    expect(chain.entries).toHaveLength(4);
    expect(chain.checkpoints.at(-1)).toMatchObject({ number: 2, size: 4, reason: 'export' });
    expect(auditFileText(chain)).not.toContain('nested');
    expect(faults()).toEqual([]);
  });

  it('is found whole by the verifier that shares no code with it', async () => {
    const verifier = await import(new URL('./verify-audit.mjs', import.meta.url).href);
    const verdict = verifier.verifyFile(Buffer.from(auditFileText(exported())));
    expect(verdict).toMatchObject({ code: 0, faults: [], remarks: [] });
  });
});
