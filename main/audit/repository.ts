import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import type Database from 'better-sqlite3';
import { SigillError } from '../../shared/domain/error.ts';
import {
  canonicalJson,
  FIRST_PREVIOUS_HASH,
  hashPayload,
  makeEntry,
  verifyChain,
  type AuditEntry,
  type AuditKey,
  type ChainFault,
  type ChainIdentity,
  type ChainVerdict,
} from './chain.ts';
import { hashKeys, makeCheckpoint, verifyCheckpoints, type Checkpoint } from './checkpoint.ts';

/** Who acts, when, and in which chain. */
export interface AuditContext extends ChainIdentity {
  readonly actorId: string;
  /** Ed25519; the public half stands in the room's list of users. */
  readonly signingKey: KeyObject;
  readonly at: Date;
}

/** An exported chain: everything a stranger needs to verify it, and no payloads. */
export interface AuditExport extends ChainIdentity {
  readonly format: 'sigill-audit/1';
  readonly keys: readonly AuditKey[];
  readonly entries: readonly AuditEntry[];
  readonly checkpoints: readonly Checkpoint[];
}

const SALT_BYTES = 16;

interface EntryRow {
  seq: number;
  at: string;
  actor: string;
  action: string;
  object: string | null;
  payload_hash: string;
  previous_hash: string;
  hash: string;
  signature: string;
}

interface CheckpointRow {
  id: number;
  size: number;
  head: string;
  keys_hash: string;
  at: string;
  actor: string;
  reason: string;
  signature: string;
}

/**
 * Writes one entry and its payload. Belongs in the transaction of the change it tells of: both are kept or neither.
 * @param payload plain JSON, stored in this room: it may be marked as high as the room holds
 * @throws TypeError outside a transaction, or for a payload that is not plain JSON
 * @throws SigillError `damaged` where the acting user's key is not the one in the room's list: an entry signed with it
 *   could never be verified, and could never be removed
 */
export function appendAudit(
  db: Database.Database,
  context: AuditContext,
  action: string,
  object: string | null,
  payload: unknown,
): AuditEntry {
  requireTransaction(db);
  requireOwnKey(db, context);
  const text = canonicalJson(payload ?? null);
  const salt = randomBytes(SALT_BYTES).toString('base64');
  const entry = makeEntry(
    context,
    readHead(db),
    {
      at: context.at,
      actor: context.actorId,
      action,
      object,
      payloadHash: hashPayload(salt, JSON.parse(text)),
    },
    context.signingKey,
  );
  db.prepare(
    `INSERT INTO audit_entry (seq, at, actor, action, object, payload_hash, previous_hash, hash, signature)
     VALUES (:seq, :at, :actor, :action, :object, :payloadHash, :previousHash, :hash, :signature)`,
  ).run(entry);
  db.prepare('INSERT INTO audit_payload (seq, salt, payload) VALUES (?, ?, ?)').run(entry.seq, salt, text);
  return entry;
}

function readHead(db: Database.Database): Pick<AuditEntry, 'seq' | 'hash'> | null {
  const row = db.prepare('SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1').get();
  return (row as Pick<AuditEntry, 'seq' | 'hash'> | undefined) ?? null;
}

function requireTransaction(db: Database.Database): void {
  if (!db.inTransaction) throw new TypeError('The audit is written in the transaction of the change.');
}

function requireOwnKey(db: Database.Database, { actorId, signingKey }: AuditContext): void {
  const own = createPublicKey(signingKey).export({ format: 'der', type: 'spki' }).toString('base64');
  const row = db.prepare('SELECT public_key FROM room_user WHERE id = ?').get(actorId) as
    { public_key: string } | undefined;
  if (row?.public_key !== own) {
    throw new SigillError(
      'damaged',
      'Användarens signeringsnyckel är inte den som rummet känner till. Inget har ändrats. Återställ valvet från säkerhetskopia.',
    );
  }
}

/** @returns all entries in order */
export function readChain(db: Database.Database): AuditEntry[] {
  const rows = db.prepare('SELECT * FROM audit_entry ORDER BY seq').all() as EntryRow[];
  return rows.map(toEntry);
}

function toEntry(row: EntryRow): AuditEntry {
  const { seq, at, actor, action, object, payload_hash, previous_hash, hash, signature } = row;
  return {
    seq,
    at,
    actor,
    action,
    object,
    payloadHash: payload_hash,
    previousHash: previous_hash,
    hash,
    signature,
  };
}

/**
 * What the entries of one kind tell of one thing (null: of none in particular), in order.
 * @returns the payloads that are still there; those weeded out are left out
 */
export function payloadsOf(
  db: Database.Database,
  action: string,
  object: string | null,
): { readonly at: string; readonly actor: string; readonly payload: unknown }[] {
  return db
    .prepare<[string, string | null], { at: string; actor: string; payload: string }>(
      `SELECT entry.at, entry.actor, told.payload FROM audit_entry AS entry JOIN audit_payload AS told USING (seq)
       WHERE entry.action = ? AND entry.object IS ? ORDER BY seq`,
    )
    .all(action, object)
    .map(({ payload, ...entry }) => ({ ...entry, payload: JSON.parse(payload) as unknown }));
}

/** @returns when the last entry was written by the clock of then, or null for an empty chain */
export function readLastAt(db: Database.Database): string | null {
  const row = db.prepare('SELECT at FROM audit_entry ORDER BY seq DESC LIMIT 1').get();
  return (row as { at: string } | undefined)?.at ?? null;
}

/** @returns what an entry tells, or undefined where it has been weeded out (or there is no such entry) */
export function readPayload(db: Database.Database, seq: number): unknown {
  const row = db.prepare('SELECT payload FROM audit_payload WHERE seq = ?').get(seq) as
    { payload: string } | undefined;
  return row && (JSON.parse(row.payload) as unknown);
}

/**
 * Signs what the chain is now.
 * @param reason a word or two in Swedish without facts: it goes into exports and on paper
 * @throws TypeError, SigillError as {@link appendAudit}
 */
export function writeCheckpoint(db: Database.Database, context: AuditContext, reason: string): Checkpoint {
  requireTransaction(db);
  requireOwnKey(db, context);
  const head = readHead(db);
  const { number } = db.prepare('SELECT coalesce(max(id), 0) + 1 AS number FROM audit_checkpoint').get() as {
    number: number;
  };
  const checkpoint = makeCheckpoint(
    {
      vaultId: context.vaultId,
      room: context.room,
      number,
      size: head?.seq ?? 0,
      head: head?.hash ?? FIRST_PREVIOUS_HASH,
      keysHash: hashKeys(readKeyList(db)),
      at: context.at.toISOString(),
      actor: context.actorId,
      reason,
    },
    context.signingKey,
  );
  db.prepare(
    `INSERT INTO audit_checkpoint (id, size, head, keys_hash, at, actor, reason, signature)
     VALUES (:number, :size, :head, :keysHash, :at, :actor, :reason, :signature)`,
  ).run(checkpoint);
  return checkpoint;
}

/** Removed users too: what they signed must still be read. */
function readKeyList(db: Database.Database): AuditKey[] {
  return db
    .prepare('SELECT id, name, public_key AS publicKey FROM room_user ORDER BY id')
    .all() as AuditKey[];
}

function readCheckpoints(db: Database.Database, { vaultId, room }: ChainIdentity): Checkpoint[] {
  const rows = db.prepare('SELECT * FROM audit_checkpoint ORDER BY id').all() as CheckpointRow[];
  return rows.map(({ id, size, head, keys_hash, at, actor, reason, signature }) => ({
    format: 'sigill-checkpoint/1',
    vaultId,
    room,
    number: id,
    size,
    head,
    keysHash: keys_hash,
    at,
    actor,
    reason,
    signature,
  }));
}

/**
 * The chain as it may leave the vault, for `verify-audit.mjs`. It ends with a checkpoint made now, so that cutting off
 * the end, or changing a name in the list of users, is noticed. Needs a transaction of its own or the caller's.
 */
export function exportChain(db: Database.Database, context: AuditContext): AuditExport {
  writeCheckpoint(db, context, 'export');
  const { vaultId, room } = context;
  return {
    format: 'sigill-audit/1',
    vaultId,
    room,
    keys: readKeyList(db),
    entries: readChain(db),
    checkpoints: readCheckpoints(db, context),
  };
}

/** The bytes of an exported chain: canonical JSON (RFC 8785) and a newline. The verifier accepts no other form. */
export function auditFileText(chain: AuditExport): string {
  return `${canonicalJson(chain)}\n`;
}

export interface StoredVerdict extends ChainVerdict {
  readonly entries: number;
  readonly checkpoints: number;
  /** Payloads that are no longer stored. Weeding them out is lawful, so this is a count and not a fault. */
  readonly payloadsWeeded: number;
}

/** Verifies all that is stored: the chain, that each payload is the one its entry was made for, and the checkpoints. */
export function verifyStored(db: Database.Database, identity: ChainIdentity): StoredVerdict {
  const entries = readChain(db);
  const keys = readKeyList(db);
  const checkpoints = readCheckpoints(db, identity);
  const { faults, remarks } = verifyChain(identity, entries, keys);
  const payloads = verifyPayloads(db, entries);
  const heads = entries.map((entry) => entry.hash);
  return {
    faults: [...faults, ...payloads.faults, ...verifyCheckpoints(identity, checkpoints, heads, keys)],
    remarks,
    entries: entries.length,
    checkpoints: checkpoints.length,
    payloadsWeeded: entries.length - payloads.found,
  };
}

function verifyPayloads(
  db: Database.Database,
  entries: readonly AuditEntry[],
): { faults: ChainFault[]; found: number } {
  const expected = new Map(entries.map((entry) => [entry.seq, entry.payloadHash]));
  const faults: ChainFault[] = [];
  let found = 0;
  const rows = db.prepare('SELECT seq, salt, payload FROM audit_payload ORDER BY seq').iterate();
  for (const row of rows as Iterable<{ seq: number; salt: string; payload: string }>) {
    const { seq, salt, payload } = row;
    const hash = expected.get(seq);
    if (hash === undefined) faults.push({ seq, text: `underlaget till rad ${seq} saknar rad` });
    else found += 1;
    if (hash !== undefined && !isPayloadOf(hash, salt, payload)) {
      faults.push({ seq, text: `underlaget till rad ${seq} har ändrats` });
    }
  }
  return { faults, found };
}

function isPayloadOf(payloadHash: string, salt: string, payload: string): boolean {
  try {
    return hashPayload(salt, JSON.parse(payload)) === payloadHash;
  } catch {
    return false;
  }
}
