import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Room } from '../../shared/domain/room.ts';

/**
 * The audit chain: each entry holds the hash of the one before it and is signed by the user who acted, so that an entry
 * cannot be changed, moved or taken out of the middle without every later hash and signature giving it away (a linear
 * hash chain; Crosby and Wallach, USENIX Security 2009, on what it can and cannot prove).
 *
 * The chain holds hashes of payloads, never payloads: a payload stays in the room of its marking, and may be weeded out
 * (gallring) while the proof that it was there stays. A payload is hashed with a random salt, so that a guess at what a
 * short payload said cannot be checked against the chain.
 */
export interface ChainIdentity {
  readonly vaultId: string;
  readonly room: Room;
}

export interface AuditEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  /** User id. */
  readonly actor: string;
  readonly action: string;
  readonly object: string | null;
  readonly payloadHash: string;
  /** Hash of the entry before; of the first: 64 zeros. */
  readonly previousHash: string;
  /** SHA-256, hex, of the canonical JSON of all the above with vault and room. */
  readonly hash: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** A user's signing key as it stands in the list of users: `publicKey` is SPKI DER in base64. */
export interface AuditKey {
  readonly id: string;
  readonly name: string;
  readonly publicKey: string;
}

export interface ChainFault {
  /** The entry the fault is in, or null for the chain as a whole. */
  readonly seq: number | null;
  /** Swedish, one line. */
  readonly text: string;
}

export interface ChainVerdict {
  /** What cannot come about by honest use. */
  readonly faults: readonly ChainFault[];
  /** What is worth a look: a clock that was set back. */
  readonly remarks: readonly ChainFault[];
}

export const FIRST_PREVIOUS_HASH = '0'.repeat(64);
const ENTRY_DOMAIN = 'sigill-audit/1\n';
/** SHA-256 in hex, in the one way Sigill writes it. */
export const HASH = /^[0-9a-f]{64}$/;
const ACTION = /^[a-z][\w.:-]{0,79}$/i;
/** Ids and short references. No control characters, so that an entry is one line wherever it is shown. */
const REFERENCE = /^[^\p{C}]{1,200}$/u;

/** Canonical JSON (RFC 8785). @throws TypeError for what is not plain JSON */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only plain JSON can be hashed.');
  return text;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** @param payload JSON value, the same that is stored beside the chain */
export function hashPayload(salt: string, payload: unknown): string {
  return sha256(canonicalJson({ salt, payload }));
}

export function signText(text: string, key: KeyObject): string {
  return sign(null, Buffer.from(text, 'utf8'), key).toString('base64');
}

/** True for a signature that is whole, in the one way base64 writes it, and by that key. */
export function isSignedBy(text: string, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return bytes.toString('base64') === signature && verify(null, Buffer.from(text, 'utf8'), key, bytes);
}

/** @returns the Ed25519 keys by user id; a key that cannot be read is left out, and its signatures are then unknown. */
export function readKeys(keys: Iterable<AuditKey>): Map<string, KeyObject> {
  const byUser = new Map<string, KeyObject>();
  for (const { id, publicKey } of keys) {
    try {
      const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
      if (key.asymmetricKeyType === 'ed25519') byUser.set(id, key);
    } catch {
      // Reported where it matters: at each entry that is signed with it.
    }
  }
  return byUser;
}

/** What an entry is before it is hashed and signed. */
interface EntryContent {
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly object: string | null;
  readonly payloadHash: string;
}

/**
 * Makes the entry that follows `previous` (null: the first).
 * @throws TypeError for content that does not belong in a chain: a programming error, for nothing of it is typed by people
 */
export function makeEntry(
  identity: ChainIdentity,
  previous: Pick<AuditEntry, 'seq' | 'hash'> | null,
  content: EntryContent,
  signingKey: KeyObject,
): AuditEntry {
  const { at, actor, action, object, payloadHash } = content;
  if (!ACTION.test(action)) throw new TypeError(`Not a name of an action: ${action}`);
  if (!REFERENCE.test(actor)) throw new TypeError('An actor is a user id.');
  if (object !== null && !REFERENCE.test(object)) throw new TypeError('An object is an id.');
  if (!HASH.test(payloadHash)) throw new TypeError('A payload hash is SHA-256 in hex.');
  const unsigned = {
    seq: (previous?.seq ?? 0) + 1,
    at: at.toISOString(),
    actor,
    action,
    object,
    payloadHash,
    previousHash: previous?.hash ?? FIRST_PREVIOUS_HASH,
  };
  const hash = hashEntry(identity, unsigned);
  return { ...unsigned, hash, signature: signText(ENTRY_DOMAIN + hash, signingKey) };
}

function hashEntry(identity: ChainIdentity, entry: Omit<AuditEntry, 'hash' | 'signature'>): string {
  const { seq, at, actor, action, object, payloadHash, previousHash } = entry;
  const { vaultId, room } = identity;
  return sha256(canonicalJson({ seq, at, actor, action, object, payloadHash, previousHash, vaultId, room }));
}

/** True for the one way Sigill writes an instant. */
export function isInstant(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

/**
 * Verifies a whole chain, in the order it is stored. A fault does not end the walk: what follows is checked against what
 * stands there, so that one changed entry gives one or two faults and not a thousand.
 */
export function verifyChain(
  identity: ChainIdentity,
  entries: Iterable<AuditEntry>,
  keys: Iterable<AuditKey>,
): ChainVerdict {
  const faults: ChainFault[] = [];
  const remarks: ChainFault[] = [];
  const known = readKeys(keys);
  let previous: AuditEntry | null = null;
  for (const entry of entries) {
    const { seq } = entry;
    const report = (text: string): number => faults.push({ seq, text });
    const expectedSeq = (previous?.seq ?? 0) + 1;
    if (seq !== expectedSeq) report(`rad ${expectedSeq} saknas: nästa rad har nummer ${seq}`);
    if (entry.previousHash !== (previous?.hash ?? FIRST_PREVIOUS_HASH)) {
      report(`rad ${seq} hänger inte ihop med raden före`);
    }
    if (hashEntry(identity, entry) !== entry.hash) report(`rad ${seq} har ändrats: fel kontrollsumma`);
    const key = known.get(entry.actor);
    if (!key) report(`rad ${seq} är signerad av en okänd användare`);
    else if (!isSignedBy(ENTRY_DOMAIN + entry.hash, entry.signature, key)) {
      report(`rad ${seq} har fel signatur`);
    }
    if (!isInstant(entry.at)) report(`rad ${seq} har en tid som inte går att läsa`);
    else if (previous && entry.at < previous.at) {
      remarks.push({ seq, text: `rad ${seq} har en tidigare tid än raden före: klockan har ställts om` });
    }
    previous = entry;
  }
  return { faults, remarks };
}
