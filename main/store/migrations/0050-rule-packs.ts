import type { Migration } from '../migrate.ts';

/**
 * Rule packs that the vault has taken, whole, and by which of them each incident is judged. In the open room: rules are
 * not secret. Nothing is ever changed or taken away: an incident can always be read by the rules it was judged by.
 */
const never = (table: string, why: string): string => `
CREATE TRIGGER ${table}_is_immutable BEFORE UPDATE ON ${table}
BEGIN SELECT RAISE(ABORT, '${why}'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
BEGIN SELECT RAISE(ABORT, '${why}'); END;
`;

export const rulePacks: Migration = {
  version: 50,
  name: 'rule-packs',
  sql: {
    open: `
CREATE TABLE rule_pack (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
  pack_id TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  -- Fingerprint of the key it was signed with; null: it came with the program.
  signed_by TEXT CHECK (length(signed_by) = 64),
  taken_at TEXT NOT NULL,
  taken_by TEXT NOT NULL REFERENCES room_user (id),
  -- The file as it was signed, canonical JSON. Last: what stands after a long value can be read only by going through it.
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT, WITHOUT ROWID;
${never('rule_pack', 'a rule pack that was taken is kept as it was')}
CREATE TABLE rule_set (
  id TEXT PRIMARY KEY CHECK (length(id) = 64),
  base_digest TEXT NOT NULL REFERENCES rule_pack (digest),
  own_digest TEXT REFERENCES rule_pack (digest)
) STRICT, WITHOUT ROWID;
${never('rule_set', 'a rule set is what it was')}
-- Which set is in force, by decision; the last row counts.
CREATE TABLE rule_decision (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1),
  rule_set TEXT NOT NULL REFERENCES rule_set (id),
  kind TEXT NOT NULL CHECK (kind IN ('shipped', 'taken', 'rolled-back')),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  at TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES room_user (id)
) STRICT;

CREATE TRIGGER rule_decision_in_order BEFORE INSERT ON rule_decision
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM rule_decision)
BEGIN SELECT RAISE(ABORT, 'decisions are numbered in order'); END;
${never('rule_decision', 'a decision is immutable')}
-- By which set an incident is judged, the last row counts. One without a row is judged by the set in force, and gets its
-- row when that is about to change.
CREATE TABLE incident_rules (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  rule_set TEXT NOT NULL REFERENCES rule_set (id),
  -- null for the set that was in force when the rules changed.
  reason TEXT CHECK (length(trim(reason)) > 0),
  at TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (incident_id, seq),
  CHECK (seq = 1 OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER incident_rules_in_order BEFORE INSERT ON incident_rules
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM incident_rules WHERE incident_id = NEW.incident_id)
BEGIN SELECT RAISE(ABORT, 'decisions are numbered in order'); END;
${never('incident_rules', 'a decision is immutable')}
-- Keys that packs may be signed with, beside those that the program brings: each change by two persons.
CREATE TABLE publisher_key_decision (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1),
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  publisher TEXT NOT NULL,
  name TEXT NOT NULL,
  public_key TEXT NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('trusted', 'revoked')),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  first_user TEXT NOT NULL REFERENCES room_user (id),
  second_user TEXT NOT NULL REFERENCES room_user (id),
  at TEXT NOT NULL,
  CHECK (first_user <> second_user)
) STRICT;

CREATE TRIGGER publisher_key_decision_in_order BEFORE INSERT ON publisher_key_decision
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM publisher_key_decision)
BEGIN SELECT RAISE(ABORT, 'decisions are numbered in order'); END;
${never('publisher_key_decision', 'a decision is immutable')}
`,
    protected: '',
  },
};
