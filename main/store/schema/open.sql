-- Made by main/store/schema.test.ts; not read by the program. Renew: SIGILL_RENEW_SCHEMA=1 npx vitest run main/store/schema.test.ts

CREATE TABLE address_check (
  recipient TEXT NOT NULL,
  address TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  outcome TEXT NOT NULL CHECK (outcome IN ('confirmed', 'wrong')),
  checked_at TEXT NOT NULL,
  checked_by TEXT NOT NULL CHECK (length(trim(checked_by)) > 0),
  checked_how TEXT NOT NULL CHECK (length(trim(checked_how)) > 0),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (recipient, address, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER address_check_is_immutable BEFORE UPDATE ON address_check
BEGIN SELECT RAISE(ABORT, 'what was said of an address stays'); END;

CREATE TRIGGER address_check_no_delete BEFORE DELETE ON address_check
BEGIN SELECT RAISE(ABORT, 'what was said of an address stays'); END;

CREATE TABLE audit_checkpoint (
  id INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  head TEXT NOT NULL,
  keys_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL REFERENCES room_user (id),
  reason TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_checkpoint_in_order BEFORE INSERT ON audit_checkpoint
WHEN NEW.id <> 1 + (SELECT coalesce(max(id), 0) FROM audit_checkpoint)
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL REFERENCES room_user (id),
  action TEXT NOT NULL,
  object TEXT,
  payload_hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  signature TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_entry_in_order BEFORE INSERT ON audit_entry
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM audit_entry)
  OR EXISTS (SELECT 1 FROM audit_entry WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

CREATE TABLE audit_payload (
  seq INTEGER PRIMARY KEY REFERENCES audit_entry (seq),
  salt TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload))
) STRICT;

CREATE TRIGGER audit_payload_no_update BEFORE UPDATE ON audit_payload
BEGIN SELECT RAISE(ABORT, 'audit payloads are immutable'); END;

CREATE TRIGGER audit_payload_once BEFORE INSERT ON audit_payload
WHEN EXISTS (SELECT 1 FROM audit_payload WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'audit payloads are immutable'); END;

CREATE TABLE copy_event (
  code TEXT NOT NULL REFERENCES register_copy (code),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  move TEXT NOT NULL,
  state TEXT NOT NULL,
  at TEXT NOT NULL,
  holder TEXT,
  external INTEGER NOT NULL CHECK (external IN (0, 1)),
  how TEXT,
  witness TEXT,
  note TEXT,
  -- The step of the expedition that it follows from; null where it was told of the copy itself.
  dispatch_seq INTEGER,
  recorded_at TEXT NOT NULL,
  -- A name: who recorded it may have no way into the room that the row is moved to.
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (code, seq),
  CHECK (move <> 'hand-out' OR length(trim(holder)) > 0),
  CHECK (move <> 'destroy' OR how IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER copy_event_in_order BEFORE INSERT ON copy_event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM copy_event WHERE code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'what becomes of a copy is numbered in order'); END;

CREATE TRIGGER copy_event_is_corrected_with_reason BEFORE INSERT ON copy_event
WHEN NEW.move = 'correct' AND length(trim(coalesce(NEW.note, ''))) = 0
BEGIN SELECT RAISE(ABORT, 'a correction says why'); END;

CREATE TRIGGER copy_event_is_immutable BEFORE UPDATE ON copy_event
BEGIN SELECT RAISE(ABORT, 'what became of a copy is immutable'); END;

CREATE TRIGGER copy_event_is_lawful BEFORE INSERT ON copy_event
WHEN coalesce((SELECT state FROM copy_event WHERE code = NEW.code ORDER BY seq DESC LIMIT 1), 'skapad')
  || ' ' || NEW.move || ' ' || NEW.state NOT IN (
  'skapad hand-out utlamnad', 'ater hand-out utlamnad', 'utlamnad receipt utlamnad', 'utlamnad return ater',
  'skapad archive arkiverad', 'ater archive arkiverad', 'arkiverad take-out ater',
  'skapad destroy forstord', 'ater destroy forstord', 'arkiverad destroy forstord', 'forstord correct ater',
  'skapad miss saknad', 'utlamnad miss saknad', 'ater miss saknad', 'arkiverad miss saknad', 'saknad find ater'
)
BEGIN SELECT RAISE(ABORT, 'a copy does not go from that state to this one'); END;

CREATE TRIGGER copy_event_no_delete BEFORE DELETE ON copy_event
WHEN NOT EXISTS (
  SELECT 1 FROM register_copy AS copy JOIN register_entry AS entry ON entry.serial = copy.serial
  WHERE copy.code = OLD.code AND entry.withheld = 1
)
BEGIN SELECT RAISE(ABORT, 'the register keeps what was written'); END;

CREATE TABLE dispatch (
  id TEXT PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incident (id),
  form TEXT NOT NULL,
  version TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('epost', 'signalskydd', 'kuvert', 'utskrift', 'portal')),
  is_draft INTEGER NOT NULL CHECK (is_draft IN (0, 1)),
  level TEXT NOT NULL CHECK (level IN ('oppen', 'sekretess')),
  document_hash TEXT NOT NULL,
  details TEXT NOT NULL CHECK (json_valid(details)),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  -- Last: what stands after a long value can be read only by going through it.
  document TEXT CHECK (json_valid(document))
) STRICT, WITHOUT ROWID;

CREATE INDEX dispatch_of_incident ON dispatch (incident_id, is_draft, made_at);

CREATE TRIGGER dispatch_is_immutable BEFORE UPDATE ON dispatch
WHEN NEW.id <> OLD.id OR NEW.incident_id <> OLD.incident_id OR NEW.form <> OLD.form OR NEW.version <> OLD.version
  OR NEW.way <> OLD.way OR NEW.is_draft <> OLD.is_draft OR NEW.level <> OLD.level OR NEW.document IS NOT NULL
  OR NEW.document_hash <> OLD.document_hash OR NEW.details <> OLD.details OR NEW.made_at <> OLD.made_at
  OR NEW.made_by <> OLD.made_by
BEGIN SELECT RAISE(ABORT, 'what was sent is immutable; its document can be moved out, and nothing else'); END;

CREATE TRIGGER dispatch_no_delete BEFORE DELETE ON dispatch
BEGIN SELECT RAISE(ABORT, 'what was sent stays in the list'); END;

CREATE TABLE dispatch_decision (
  dispatch_id TEXT PRIMARY KEY REFERENCES dispatch (id),
  document_hash TEXT NOT NULL,
  decider TEXT NOT NULL CHECK (decider IN ('anvandaren', 'sakerhetsskyddschefen')),
  -- The gate's answers that asked for it: channel, reason, provision, confidence, conditions.
  rules TEXT NOT NULL CHECK (json_valid(rules)),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  decided_by TEXT NOT NULL CHECK (length(trim(decided_by)) > 0),
  -- The other person, who has proved who she is; null where one was enough.
  second_by TEXT CHECK (length(trim(second_by)) > 0),
  at TEXT NOT NULL,
  -- A name: who recorded it may have no way into the room that it is moved to.
  recorded_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER dispatch_decision_is_immutable BEFORE UPDATE ON dispatch_decision
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

CREATE TRIGGER dispatch_decision_is_of_its_document BEFORE INSERT ON dispatch_decision
WHEN NEW.document_hash <> (SELECT document_hash FROM dispatch WHERE id = NEW.dispatch_id)
BEGIN SELECT RAISE(ABORT, 'a decision is for one document'); END;

CREATE TRIGGER dispatch_decision_no_delete BEFORE DELETE ON dispatch_decision
WHEN EXISTS (SELECT 1 FROM dispatch WHERE id = OLD.dispatch_id AND document IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a decision stays with its document'); END;

CREATE TABLE dispatch_event (
  dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  event TEXT NOT NULL CHECK (event IN ('handed-over', 'sent', 'received', 'receipted', 'withdrawn')),
  at TEXT NOT NULL,
  note TEXT,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (dispatch_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER dispatch_event_in_order BEFORE INSERT ON dispatch_event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM dispatch_event WHERE dispatch_id = NEW.dispatch_id)
BEGIN SELECT RAISE(ABORT, 'dispatch events are numbered in order'); END;

CREATE TRIGGER dispatch_event_is_immutable BEFORE UPDATE ON dispatch_event
BEGIN SELECT RAISE(ABORT, 'dispatch events are immutable'); END;

CREATE TRIGGER dispatch_event_no_delete BEFORE DELETE ON dispatch_event
BEGIN SELECT RAISE(ABORT, 'dispatch events are immutable'); END;

CREATE TABLE dispatch_number (
  dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  copy INTEGER NOT NULL CHECK (copy >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('security-bag', 'consignment')),
  -- null: there is none, after all.
  number TEXT CHECK (length(trim(number)) > 0),
  -- Why it was changed; null for the first one.
  reason TEXT CHECK (length(trim(reason)) > 0),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (dispatch_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER dispatch_number_in_order BEFORE INSERT ON dispatch_number
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM dispatch_number WHERE dispatch_id = NEW.dispatch_id)
BEGIN SELECT RAISE(ABORT, 'numbers are told in order'); END;

CREATE TRIGGER dispatch_number_is_immutable BEFORE UPDATE ON dispatch_number
BEGIN SELECT RAISE(ABORT, 'what a number was before stays'); END;

CREATE TRIGGER dispatch_number_no_delete BEFORE DELETE ON dispatch_number
BEGIN SELECT RAISE(ABORT, 'what a number was before stays'); END;

CREATE TABLE distribution (
  serial INTEGER NOT NULL REFERENCES register_entry (serial),
  position INTEGER NOT NULL CHECK (position >= 1),
  name TEXT NOT NULL CHECK (length(trim(name)) > 0),
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL,
  struck_at TEXT,
  struck_by TEXT,
  PRIMARY KEY (serial, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  subject TEXT NOT NULL,
  saved_by TEXT NOT NULL REFERENCES room_user (id),
  incident_id TEXT,
  content TEXT NOT NULL CHECK (json_valid(content)),
  level TEXT NOT NULL CHECK (level IN ('oppen', 'sekretess')),
  saved_at TEXT NOT NULL,
  PRIMARY KEY (subject, saved_by)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  organisation_kind TEXT NOT NULL,
  exercise INTEGER NOT NULL CHECK (exercise IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('draft', 'active', 'closed')),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES room_user (id),
  -- The neutral pointer: that something lies in the protected room, never what or how much.
  has_protected_part INTEGER NOT NULL CHECK (has_protected_part IN (0, 1))
) STRICT;

CREATE TABLE incident_regime (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  regime TEXT NOT NULL,
  PRIMARY KEY (incident_id, regime)
) STRICT;

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

CREATE TRIGGER incident_rules_is_immutable BEFORE UPDATE ON incident_rules
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

CREATE TRIGGER incident_rules_no_delete BEFORE DELETE ON incident_rules
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

CREATE TABLE inventory (
  id TEXT PRIMARY KEY,
  started_at TEXT NOT NULL,
  started_by TEXT NOT NULL REFERENCES room_user (id),
  finished_at TEXT,
  finished_by TEXT REFERENCES room_user (id),
  note TEXT
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX inventory_one_at_a_time ON inventory (finished_at IS NULL) WHERE finished_at IS NULL;

CREATE TRIGGER inventory_is_lasting BEFORE UPDATE ON inventory
WHEN OLD.finished_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.started_at <> OLD.started_at
  OR NEW.started_by <> OLD.started_by
BEGIN SELECT RAISE(ABORT, 'an inventory that is finished is lasting'); END;

CREATE TRIGGER inventory_no_delete BEFORE DELETE ON inventory
BEGIN SELECT RAISE(ABORT, 'an inventory stays in the list'); END;

CREATE TABLE inventory_copy (
  inventory_id TEXT NOT NULL REFERENCES inventory (id),
  code TEXT NOT NULL,
  -- Not in the list when the inventory began, and yet it lay there.
  is_unexpected INTEGER NOT NULL CHECK (is_unexpected IN (0, 1)),
  state TEXT NOT NULL,
  holder TEXT,
  seen_at TEXT,
  seen_by TEXT,
  seen_how TEXT CHECK (seen_how IN ('scan', 'hand')),
  -- What was found of it at the end: seen, missing, or moved while the inventory went on.
  result TEXT CHECK (result IN ('seen', 'missing', 'moved')),
  PRIMARY KEY (inventory_id, code),
  CHECK ((seen_at IS NULL) = (seen_by IS NULL) AND (seen_at IS NULL) = (seen_how IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER inventory_copy_is_lasting BEFORE UPDATE ON inventory_copy
WHEN (SELECT finished_at FROM inventory WHERE id = OLD.inventory_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an inventory that is finished is lasting'); END;

CREATE VIEW item AS
SELECT latest.* FROM item_revision AS latest
WHERE latest.revision = (
  SELECT max(other.revision) FROM item_revision AS other
  WHERE other.incident_id = latest.incident_id AND other.kind = latest.kind AND other.key = latest.key
) AND latest.change <> 'released';

CREATE TABLE item_revision (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  kind TEXT NOT NULL CHECK (kind IN ('title', 'fact', 'time', 'log', 'answer', 'assessment-answer', 'assessment')),
  key TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  content TEXT NOT NULL CHECK (json_valid(content)),
  level TEXT NOT NULL CHECK (level IN ('oppen', 'sekretess')),
  basis TEXT NOT NULL CHECK (json_valid(basis) AND json_type(basis) = 'array'),
  change TEXT NOT NULL CHECK (change IN ('created', 'revised', 'raised', 'lowered', 'released')),
  reason TEXT,
  decision_id TEXT REFERENCES marking_decision (id),
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (incident_id, kind, key, revision),
  CHECK (level = 'oppen' OR json_array_length(basis) > 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX item_changed ON item_revision (incident_id, changed_at, kind);

CREATE TRIGGER item_revision_below_ceiling BEFORE INSERT ON item_revision
WHEN coalesce((SELECT CASE value WHEN 'oppen' THEN 0 WHEN 'sekretess' THEN 1 WHEN 'begransat-hemlig' THEN 2 WHEN 'konfidentiell' THEN 3 WHEN 'hemlig' THEN 4 WHEN 'kvalificerat-hemlig' THEN 5 END FROM room_setting WHERE key = 'ceiling'), -1) < (CASE NEW.level WHEN 'oppen' THEN 0 WHEN 'sekretess' THEN 1 WHEN 'begransat-hemlig' THEN 2 WHEN 'konfidentiell' THEN 3 WHEN 'hemlig' THEN 4 WHEN 'kvalificerat-hemlig' THEN 5 END)
BEGIN SELECT RAISE(ABORT, 'above the ceiling of the vault'); END;

CREATE TRIGGER item_revision_in_order BEFORE INSERT ON item_revision
WHEN NEW.revision <> 1 + (
  SELECT coalesce(max(earlier.revision), 0) FROM item_revision AS earlier
  WHERE earlier.incident_id = NEW.incident_id AND earlier.kind = NEW.kind AND earlier.key = NEW.key
)
BEGIN SELECT RAISE(ABORT, 'item revisions are numbered in order'); END;

CREATE TRIGGER item_revision_is_immutable BEFORE UPDATE ON item_revision
BEGIN SELECT RAISE(ABORT, 'item revisions are immutable'); END;

CREATE TRIGGER item_revision_lowered_by_decision BEFORE INSERT ON item_revision
WHEN NOT EXISTS (
  SELECT 1 FROM marking_decision AS decision
  WHERE decision.id = NEW.decision_id AND decision.incident_id = NEW.incident_id
) AND (NEW.change = 'released' OR EXISTS (
  SELECT 1 FROM item_revision AS earlier
  WHERE earlier.incident_id = NEW.incident_id AND earlier.kind = NEW.kind AND earlier.key = NEW.key
    AND earlier.revision = NEW.revision - 1 AND earlier.change <> 'released'
    AND (CASE earlier.level WHEN 'oppen' THEN 0 WHEN 'sekretess' THEN 1 WHEN 'begransat-hemlig' THEN 2 WHEN 'konfidentiell' THEN 3 WHEN 'hemlig' THEN 4 WHEN 'kvalificerat-hemlig' THEN 5 END) > (CASE NEW.level WHEN 'oppen' THEN 0 WHEN 'sekretess' THEN 1 WHEN 'begransat-hemlig' THEN 2 WHEN 'konfidentiell' THEN 3 WHEN 'hemlig' THEN 4 WHEN 'kvalificerat-hemlig' THEN 5 END)
))
BEGIN SELECT RAISE(ABORT, 'a marking is lowered by decision only'); END;

CREATE TABLE key_binding (
  recipient TEXT NOT NULL,
  address TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  fingerprint TEXT REFERENCES openpgp_key (fingerprint),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (recipient, address, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER key_binding_is_immutable BEFORE UPDATE ON key_binding
BEGIN SELECT RAISE(ABORT, 'which key was used for an address stays'); END;

CREATE TRIGGER key_binding_no_delete BEFORE DELETE ON key_binding
BEGIN SELECT RAISE(ABORT, 'which key was used for an address stays'); END;

CREATE TABLE key_distrust (
  fingerprint TEXT NOT NULL REFERENCES openpgp_key (fingerprint),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  reason TEXT NOT NULL CHECK (trim(reason) <> ''),
  -- The comparison that the key had until then; null of one that nobody had compared.
  verified_by TEXT,
  verified_second TEXT,
  verified_phone TEXT,
  verified_how TEXT,
  verified_at TEXT,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (fingerprint, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER key_distrust_ends_comparison AFTER INSERT ON key_distrust
BEGIN
  UPDATE openpgp_key SET verified_by = NULL, verified_second = NULL, verified_phone = NULL, verified_how = NULL,
    verified_at = NULL
  WHERE fingerprint = NEW.fingerprint;
END;

CREATE TRIGGER key_distrust_in_order BEFORE INSERT ON key_distrust
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM key_distrust WHERE fingerprint = NEW.fingerprint)
BEGIN SELECT RAISE(ABORT, 'what takes a key out of use is numbered in order'); END;

CREATE TRIGGER key_distrust_is_immutable BEFORE UPDATE ON key_distrust
BEGIN SELECT RAISE(ABORT, 'what took a key out of use is immutable'); END;

CREATE TRIGGER key_distrust_no_delete BEFORE DELETE ON key_distrust
BEGIN SELECT RAISE(ABORT, 'what took a key out of use is kept'); END;

CREATE TRIGGER key_distrust_of_recipient BEFORE INSERT ON key_distrust
WHEN (SELECT role FROM openpgp_key WHERE fingerprint = NEW.fingerprint) = 'own'
BEGIN SELECT RAISE(ABORT, 'an own key is retired'); END;

CREATE TABLE marking_decision (
  id TEXT PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incident (id),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  first_user TEXT NOT NULL REFERENCES room_user (id),
  second_user TEXT NOT NULL REFERENCES room_user (id),
  at TEXT NOT NULL,
  CHECK (first_user <> second_user)
) STRICT;

CREATE TRIGGER marking_decision_is_immutable BEFORE UPDATE ON marking_decision
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

CREATE TABLE medium (
  code TEXT PRIMARY KEY CHECK (length(code) = 12),
  label TEXT NOT NULL UNIQUE CHECK (length(trim(label)) > 0),
  kind TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('oppen', 'sekretess')),
  registered_at TEXT NOT NULL,
  registered_by TEXT NOT NULL REFERENCES room_user (id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER medium_is_lasting BEFORE UPDATE ON medium
BEGIN SELECT RAISE(ABORT, 'a medium keeps its label and its class'); END;

CREATE TRIGGER medium_no_delete BEFORE DELETE ON medium
BEGIN SELECT RAISE(ABORT, 'a medium stays in the list'); END;

CREATE TABLE medium_event (
  code TEXT NOT NULL REFERENCES medium (code),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  event TEXT NOT NULL CHECK (event IN ('written', 'wiped', 'destroyed', 'missing', 'found')),
  at TEXT NOT NULL,
  -- What was written to it, in words that tell nothing: a number of the register.
  what TEXT,
  how TEXT,
  witness TEXT,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  PRIMARY KEY (code, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER medium_event_in_order BEFORE INSERT ON medium_event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM medium_event WHERE code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'what becomes of a medium is numbered in order'); END;

CREATE TRIGGER medium_event_is_immutable BEFORE UPDATE ON medium_event
BEGIN SELECT RAISE(ABORT, 'what became of a medium is immutable'); END;

CREATE TRIGGER medium_event_no_delete BEFORE DELETE ON medium_event
BEGIN SELECT RAISE(ABORT, 'what became of a medium is immutable'); END;

CREATE TABLE openpgp_key (
  fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) IN (40, 64)),
  role TEXT NOT NULL CHECK (role IN ('recipient', 'own')),
  user_ids TEXT NOT NULL CHECK (json_valid(user_ids)),
  emails TEXT NOT NULL CHECK (json_valid(emails)),
  algorithm TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT,
  armored TEXT NOT NULL,
  armored_private TEXT,
  verified_by TEXT,
  verified_how TEXT,
  verified_at TEXT,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL REFERENCES room_user (id),
  retired_at TEXT, verified_second TEXT, verified_phone TEXT,
  CHECK ((role = 'own') = (armored_private IS NOT NULL)),
  CHECK ((verified_by IS NULL) = (verified_how IS NULL) AND (verified_by IS NULL) = (verified_at IS NULL))
) STRICT;

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

CREATE TRIGGER publisher_key_decision_is_immutable BEFORE UPDATE ON publisher_key_decision
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

CREATE TRIGGER publisher_key_decision_no_delete BEFORE DELETE ON publisher_key_decision
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

CREATE TABLE register_copy (
  -- Random, as it stands in the copy's QR code.
  code TEXT PRIMARY KEY CHECK (length(code) = 12),
  serial INTEGER NOT NULL REFERENCES register_entry (serial),
  number INTEGER NOT NULL CHECK (number >= 1),
  UNIQUE (serial, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER register_copy_is_lasting BEFORE UPDATE ON register_copy
BEGIN SELECT RAISE(ABORT, 'a copy keeps its number'); END;

CREATE TRIGGER register_copy_no_delete BEFORE DELETE ON register_copy
WHEN NOT EXISTS (
  SELECT 1 FROM register_copy AS copy JOIN register_entry AS entry ON entry.serial = copy.serial
  WHERE copy.code = OLD.code AND entry.withheld = 1
)
BEGIN SELECT RAISE(ABORT, 'the register keeps what was written'); END;

CREATE TABLE register_diary (
  incident_id TEXT PRIMARY KEY REFERENCES incident (id),
  number TEXT NOT NULL CHECK (length(trim(number)) > 0)
) STRICT, WITHOUT ROWID;

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
  level TEXT NOT NULL CHECK (level IN ('oppen', 'sekretess')),
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

CREATE TRIGGER register_entry_keeps_its_former_number BEFORE UPDATE ON register_entry
WHEN OLD.formerly IS NOT NULL AND NEW.formerly IS NOT OLD.formerly
BEGIN SELECT RAISE(ABORT, 'what the papers say is lasting'); END;

CREATE TRIGGER register_entry_keeps_its_provisions BEFORE UPDATE ON register_entry WHEN NEW.basis <> OLD.basis
BEGIN SELECT RAISE(ABORT, 'what a document was registered with is lasting'); END;

CREATE TRIGGER register_entry_no_delete BEFORE DELETE ON register_entry
BEGIN SELECT RAISE(ABORT, 'the register keeps what was written'); END;

CREATE TABLE register_raise (
  serial INTEGER NOT NULL REFERENCES register_entry (serial),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  -- The value in the document whose marking was changed: the last row of each value counts.
  item_kind TEXT NOT NULL,
  item_key TEXT NOT NULL,
  -- What the value is marked since then, or the lowest class of the room where it has left it.
  level TEXT NOT NULL CHECK (level IN ('oppen', 'sekretess')),
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id), basis TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(basis)),
  PRIMARY KEY (serial, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER register_raise_in_order BEFORE INSERT ON register_raise
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM register_raise WHERE serial = NEW.serial)
BEGIN SELECT RAISE(ABORT, 'what a document is raised to is numbered in order'); END;

CREATE TRIGGER register_raise_is_immutable BEFORE UPDATE ON register_raise
BEGIN SELECT RAISE(ABORT, 'what a document was raised to is immutable'); END;

CREATE TRIGGER register_raise_no_delete BEFORE DELETE ON register_raise
WHEN NOT EXISTS (SELECT 1 FROM register_entry WHERE serial = OLD.serial AND withheld = 1)
BEGIN SELECT RAISE(ABORT, 'the register keeps what was written'); END;

CREATE TABLE room_setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE room_slot (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES room_user (id),
  added_at TEXT NOT NULL,
  removed_at TEXT
) STRICT;

CREATE TRIGGER room_slot_is_lasting BEFORE UPDATE ON room_slot
WHEN NEW.id <> OLD.id OR NEW.user_id <> OLD.user_id OR NEW.added_at <> OLD.added_at
  OR (OLD.removed_at IS NOT NULL AND NEW.removed_at IS NOT OLD.removed_at)
BEGIN SELECT RAISE(ABORT, 'a slot can be removed, and nothing else'); END;

CREATE TRIGGER room_slot_no_delete BEFORE DELETE ON room_slot
BEGIN SELECT RAISE(ABORT, 'a slot that has been stays in the list'); END;

CREATE TABLE room_user (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'recovery')),
  public_key TEXT NOT NULL,
  added_at TEXT NOT NULL,
  removed_at TEXT
) STRICT;

CREATE TRIGGER room_user_is_lasting BEFORE UPDATE ON room_user
WHEN NEW.id <> OLD.id OR NEW.name <> OLD.name OR NEW.kind <> OLD.kind OR NEW.added_at <> OLD.added_at
  OR (OLD.removed_at IS NOT NULL AND NEW.removed_at IS NOT OLD.removed_at)
BEGIN SELECT RAISE(ABORT, 'a user can be removed, and nothing else'); END;

CREATE TRIGGER room_user_key_has_signed BEFORE UPDATE OF public_key ON room_user
WHEN NEW.public_key <> OLD.public_key AND (
  EXISTS (SELECT 1 FROM audit_entry WHERE actor = OLD.id) OR EXISTS (SELECT 1 FROM audit_checkpoint WHERE actor = OLD.id)
)
BEGIN SELECT RAISE(ABORT, 'a key that has signed is kept'); END;

CREATE TRIGGER room_user_no_delete BEFORE DELETE ON room_user
BEGIN SELECT RAISE(ABORT, 'a user who has acted stays in the list'); END;

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

CREATE TRIGGER rule_decision_is_immutable BEFORE UPDATE ON rule_decision
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

CREATE TRIGGER rule_decision_no_delete BEFORE DELETE ON rule_decision
BEGIN SELECT RAISE(ABORT, 'a decision is immutable'); END;

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

CREATE TRIGGER rule_pack_is_immutable BEFORE UPDATE ON rule_pack
BEGIN SELECT RAISE(ABORT, 'a rule pack that was taken is kept as it was'); END;

CREATE TRIGGER rule_pack_no_delete BEFORE DELETE ON rule_pack
BEGIN SELECT RAISE(ABORT, 'a rule pack that was taken is kept as it was'); END;

CREATE TABLE rule_set (
  id TEXT PRIMARY KEY CHECK (length(id) = 64),
  base_digest TEXT NOT NULL REFERENCES rule_pack (digest),
  own_digest TEXT REFERENCES rule_pack (digest)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER rule_set_is_immutable BEFORE UPDATE ON rule_set
BEGIN SELECT RAISE(ABORT, 'a rule set is what it was'); END;

CREATE TRIGGER rule_set_no_delete BEFORE DELETE ON rule_set
BEGIN SELECT RAISE(ABORT, 'a rule set is what it was'); END;

CREATE TABLE saved_filter (
  name TEXT PRIMARY KEY CHECK (length(trim(name)) > 0),
  content TEXT NOT NULL CHECK (json_valid(content)),
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL REFERENCES room_user (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE "step_event" (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  regime TEXT NOT NULL,
  step TEXT NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('done', 'not-applicable', 'reopened', 'requested')),
  at TEXT NOT NULL,
  note TEXT,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES room_user (id),
  -- By when it is to be given, by whoever asked for it.
  due TEXT,
  PRIMARY KEY (incident_id, seq),
  CHECK (event IN ('done', 'requested') OR length(trim(coalesce(note, ''))) > 0),
  CHECK ((event = 'requested') = (due IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER step_event_in_order BEFORE INSERT ON step_event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM step_event WHERE incident_id = NEW.incident_id)
BEGIN SELECT RAISE(ABORT, 'step events are numbered in order'); END;

CREATE TRIGGER step_event_is_immutable BEFORE UPDATE ON step_event
BEGIN SELECT RAISE(ABORT, 'step events are immutable'); END;
