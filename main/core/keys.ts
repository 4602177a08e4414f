import { SigillError } from '../../shared/domain/error.ts';
import { REVOKED_BY_OWNER } from '../../shared/domain/key-distrust.ts';
import {
  readComparison,
  type KeyComparison,
  type WrittenComparison,
} from '../../shared/domain/key-comparison.ts';
import type { OwnArrival, OwnYears } from '../../shared/domain/own-key.ts';
import { writeOneFile } from './write-one-file.ts';
import { formatFingerprint } from '../keys/inspect.ts';
import type { TakenIn } from '../keys/take-in.ts';
import { createOwnKey, type OwnKey } from '../keys/own.ts';
import {
  distrustKey,
  endKey,
  findOwnKey,
  listKeys,
  listOwnSecrets,
  renewOwnKey,
  retireOwnKeys,
  saveKey,
  useOwnKeyAgain,
  verifyKey,
  type StoredKey,
} from '../keys/repository.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/session.ts';
import { runHere, type RunTask } from '../workers/tasks.ts';

/** A recipient's key as it stands in the vault after a file was read in. */
interface Imported {
  readonly verified: boolean;
  readonly stored: StoredKey;
  /**
   * Why the key, which was in the vault already, must not be encrypted to any more by what the file says; null where it may.
   * What the owner has said is kept all the same, and one that the owner has revoked is out of use.
   */
  readonly ended: string | null;
}

/**
 * Takes in a recipient's key. It can be used when two persons have compared its fingerprint with the recipient. A comparison
 * that was made before stays when another copy of the same key comes in, and the two copies are taken together. The
 * certificate that revokes a key in the vault is taken in as well.
 * @param written null where nobody has compared it now
 * @param run where the key is read: it comes from somebody else, and may be made to take long
 * @throws SigillError `usage` for a new key that cannot be used (expired, revoked, weak …), our own, or half a
 *   comparison
 */
export async function importRecipientKey(
  vault: Vault,
  bytes: Uint8Array,
  written: WrittenComparison | null,
  run: RunTask = runHere,
): Promise<Imported> {
  const open = vault.requireRoom('open');
  const comparison = written && readComparison(written);
  const now = vault.now();
  const at = now.toISOString();
  const known = listKeys(open.store)
    .filter(({ role }) => role === 'recipient')
    .map(({ armored }) => armored);
  const taken = await run('takeInKey', { key: bytes, known, at: now });
  if (taken.kind === 'ended') return endRecipientKey(vault, taken);
  const { inspected } = taken;
  const { fingerprint } = inspected;
  const own = findKey(open.store, fingerprint);
  if (own?.role === 'own') throw ownKey(own);
  vault.transaction(open, () => {
    saveKey(
      open.store,
      {
        fingerprint,
        role: 'recipient',
        userIds: inspected.userIds,
        emails: inspected.emails,
        algorithm: inspected.algorithm,
        createdAt: inspected.createdAt,
        expiresAt: inspected.expiresAt,
        armored: inspected.armored,
        ...storedComparison(comparison, at),
        addedAt: at,
        addedBy: open.actor.userId,
      },
      null,
    );
    vault.audit(open, 'key.imported', fingerprint, { fingerprint, comparison });
  });
  return imported(open.store, fingerprint, null);
}

function imported(store: Store<'open'>, fingerprint: string, ended: string | null): Imported {
  const stored = findKey(store, fingerprint);
  if (!stored) throw new TypeError('A key that was saved is not there.');
  return { verified: stored.verifiedAt !== null, stored, ended };
}

/** Keeps what the owner says last of a key, and takes one that is revoked out of use at once: nobody need decide that. */
function endRecipientKey(vault: Vault, taken: Extract<TakenIn, { kind: 'ended' }>): Imported {
  const open = vault.requireRoom('open');
  const { fingerprint, isRevoked, why } = taken;
  vault.transaction(open, () => {
    const before = findKey(open.store, fingerprint);
    endKey(open.store, taken);
    vault.audit(open, 'key.imported', fingerprint, { fingerprint, comparison: null, ended: why });
    if (!isRevoked || !before || before.distrustedAt !== null) return;
    const at = vault.now().toISOString();
    distrustKey(open.store, fingerprint, { at, by: open.actor.userId, reason: REVOKED_BY_OWNER });
    vault.audit(open, 'key.distrusted', fingerprint, { fingerprint, reason: REVOKED_BY_OWNER });
  });
  return imported(
    open.store,
    fingerprint,
    `${why} Kopian i valvet är bytt mot den här, och inget krypteras till nyckeln.`,
  );
}

type StoredComparison = Pick<
  StoredKey,
  'verifiedBy' | 'verifiedSecond' | 'verifiedPhone' | 'verifiedHow' | 'verifiedAt'
>;

function storedComparison(comparison: KeyComparison | null, at: string): StoredComparison {
  return {
    verifiedBy: comparison?.first ?? null,
    verifiedSecond: comparison?.second ?? null,
    verifiedPhone: comparison?.phone ?? null,
    verifiedHow: comparison?.note ?? null,
    verifiedAt: comparison && at,
  };
}

function ownKey({ fingerprint, retiredAt }: StoredKey): SigillError {
  const named = `Nyckeln ${formatFingerprint(fingerprint)} är er egen`;
  if (retiredAt === null) {
    return new SigillError('usage', `${named}. Allt som sänds krypteras redan också till den.`);
  }
  return new SigillError(
    'usage',
    `${named} och ur bruk: inget krypteras till den. Har ni den hemliga nyckeln i en fil: läs in filen som egen nyckel, så används den igen.`,
    [],
    'key import-own',
  );
}

/**
 * Takes note that two persons have compared the fingerprint of a key that is in the vault already. What was said before is
 * replaced; the audit keeps both.
 * @throws SigillError `usage` where there is no such key, it is our own, it can no longer be used, or it is not said who
 *   the two were and how they compared
 */
export async function verifyRecipientKey(
  vault: Vault,
  fingerprint: string,
  written: WrittenComparison,
  run: RunTask = runHere,
): Promise<void> {
  const open = vault.requireRoom('open');
  const comparison = readComparison(written);
  const key = findKey(open.store, fingerprint);
  if (!key) {
    throw new SigillError(
      'usage',
      `Det finns ingen nyckel med fingeravtrycket ${formatFingerprint(fingerprint)}. Läs in den först.`,
    );
  }
  if (key.role === 'own') throw ownKey(key);
  const now = vault.now();
  // It may have run out since it came in: then it is a new key that must be compared.
  await run('inspectKey', { key: key.armored, at: now });
  vault.transaction(open, () => {
    verifyKey(open.store, fingerprint, comparison, now.toISOString());
    vault.audit(open, 'key.verified', fingerprint, { fingerprint, comparison });
  });
}

function findKey(store: Store<'open'>, fingerprint: string): StoredKey | undefined {
  return listKeys(store).find((key) => key.fingerprint === fingerprint);
}

interface OwnKeyOrder {
  readonly name: string;
  readonly email: string | null;
  readonly years: OwnYears | null;
  readonly userId: string;
  readonly at: Date;
}

/** Brackets would be read as a comment or an address in a user id: "Region Syd (RS)" becomes "Region Syd RS". */
function userIdName(name: string): string {
  return name
    .replace(/[<>()]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function saveOwnKey(store: Store<'open'>, key: OwnKey, owner: OwnKeyOrder): void {
  const at = owner.at.toISOString();
  retireOwnKeys(store, at);
  saveKey(
    store,
    {
      fingerprint: key.fingerprint,
      role: 'own',
      userIds: [owner.email === null ? userIdName(owner.name) : `${userIdName(owner.name)} <${owner.email}>`],
      emails: owner.email === null ? [] : [owner.email],
      algorithm: 'Ed25519 / Curve25519',
      createdAt: key.createdAt,
      expiresAt: key.expiresAt,
      armored: key.armoredPublic,
      ...storedComparison(null, at),
      addedAt: at,
      addedBy: owner.userId,
    },
    key.armoredPrivate,
  );
}

async function makeOwnKey(owner: OwnKeyOrder, create: typeof createOwnKey = createOwnKey): Promise<OwnKey> {
  return create({
    name: userIdName(owner.name),
    email: owner.email,
    at: owner.at,
    years: owner.years,
  });
}

/** Makes the organisation's own key in a vault that is being created; the creation itself is what the audit tells. */
export async function storeOwnKey(store: Store<'open'>, owner: OwnKeyOrder): Promise<string> {
  const key = await makeOwnKey(owner);
  store.database.transaction(() => saveOwnKey(store, key, owner))();
  return key.fingerprint;
}

/**
 * Writes the organisation's own public key to a file, for those who are to write to it or check its signatures.
 * @param path absolute
 * @throws SigillError `usage` where there is none, or the name is taken
 */
export function exportOwnKey(vault: Vault, path: string): { fingerprint: string; path: string } {
  const open = vault.requireRoom('open');
  const own = requireOwnKey(open.store);
  const { fingerprint } = own;
  writeOneFile(path, Buffer.from(own.armored, 'utf8'), (_file, publish) =>
    vault.transaction(open, () => {
      vault.audit(open, 'key.own-exported', fingerprint, { fingerprint });
      publish();
    }),
  );
  return { fingerprint, path };
}

/** @throws SigillError `usage` where the organisation has no key of its own in use */
export function requireOwnKey(store: Store<'open'>): StoredKey {
  const own = listKeys(store).find((key) => key.role === 'own' && key.retiredAt === null);
  if (!own)
    throw new SigillError('usage', 'Det finns ingen egen nyckel. Skapa en först.', [], 'key create-own');
  return own;
}

/**
 * Replaces the own key. Those who hold the old one must be given the new one.
 * @param choice `email` null: the organisation's; `years` null: without an end
 */
export async function createOwn(
  vault: Vault,
  { email, years }: { readonly email: string | null; readonly years: OwnYears | null },
  run: RunTask = runHere,
): Promise<string> {
  const open = vault.requireRoom('open');
  const owner: OwnKeyOrder = {
    name: open.organisation.name,
    email: email ?? open.organisation.email,
    years,
    userId: open.actor.userId,
    at: vault.now(),
  };
  const key = await makeOwnKey(owner, (request) => run('createOwnKey', request));
  const { fingerprint } = key;
  vault.transaction(open, () => {
    saveOwnKey(open.store, key, owner);
    vault.audit(open, 'key.own-created', fingerprint, { fingerprint });
  });
  return fingerprint;
}

/**
 * Moves the end of the own key, so many years from now. Those who hold it must be given the new copy.
 * @param years null: without an end
 * @throws SigillError `usage` where there is no own key
 */
export async function extendOwn(
  vault: Vault,
  years: OwnYears | null,
  run: RunTask = runHere,
): Promise<{ fingerprint: string; expiresAt: string | null }> {
  const open = vault.requireRoom('open');
  const { fingerprint } = requireOwnKey(open.store);
  const { armoredPrivate } = requireOwnSecret(open.store);
  const key = await run('extendOwnKey', { armoredPrivate, at: vault.now(), years });
  vault.transaction(open, () => {
    renewOwnKey(open.store, fingerprint, key);
    vault.audit(open, 'key.own-extended', fingerprint, { fingerprint, expiresAt: key.expiresAt });
  });
  return { fingerprint, expiresAt: key.expiresAt };
}

/**
 * The sheet for the safe with the certificate that revokes the own key. Nothing is kept of it: it can be made again while the
 * vault can be opened, and is needed when it cannot.
 * @returns PDF
 * @throws SigillError `usage` where there is no own key
 */
export async function ownRevocationSheet(vault: Vault, run: RunTask = runHere): Promise<Uint8Array> {
  const open = vault.requireRoom('open');
  const { fingerprint, userIds, createdAt } = requireOwnKey(open.store);
  const { armoredPrivate } = requireOwnSecret(open.store);
  const about = { organisation: open.organisation.name, fingerprint, userIds, createdAt };
  const pdf = await run('revocationSheet', { ...about, armoredPrivate, at: vault.now() });
  vault.transaction(open, () => vault.audit(open, 'key.revocation-made', fingerprint, { fingerprint }));
  return pdf;
}

function requireOwnSecret(store: Store<'open'>): { armoredPrivate: string } {
  const own = findOwnKey(store);
  if (!own) throw new TypeError('An own key in use has no private part.');
  return own;
}

/** What the audit calls it. */
const ARRIVAL_ACTION = { new: 'imported', 'used-again': 'used-again', renewed: 'renewed' } as const;

/**
 * Takes in an own key from another program's file, and uses it from now on; the one before is retired and kept. It lies without its
 * passphrase in the open room's encrypted database. One that is in the vault already is taken together with the copy there: a
 * retired one is used again, and the one in use is renewed where the file says something new of it.
 * @throws SigillError `usage` for a key that cannot be used or is a recipient's in the vault; `unlock` for the wrong passphrase
 */
export async function importOwn(
  vault: Vault,
  file: Uint8Array,
  passphrase: string | null,
  run: RunTask = runHere,
): Promise<{ fingerprint: string; arrival: OwnArrival; expiresAt: string | null }> {
  const open = vault.requireRoom('open');
  const now = vault.now();
  const at = now.toISOString();
  const job = { file, passphrase, known: listOwnSecrets(open.store), at: now };
  const { inspected, armoredPrivate, hasNews } = await run('readOwnKeyFile', job);
  const { fingerprint, userIds, emails, algorithm, createdAt, expiresAt, armored } = inspected;
  const before = findKey(open.store, fingerprint);
  if (before?.role === 'recipient') {
    throw new SigillError(
      'usage',
      `Nyckeln ${formatFingerprint(fingerprint)} är inläst som en mottagares. Skapa en ny egen nyckel.`,
      [],
      'key create-own',
    );
  }
  const arrival = arrivalOf(before, hasNews);
  if (arrival === 'unchanged') return { fingerprint, arrival, expiresAt };
  const known = { fingerprint, userIds, emails, algorithm, createdAt, expiresAt, armored };
  vault.transaction(open, () => {
    if (arrival !== 'renewed') retireOwnKeys(open.store, at);
    if (before) useOwnKeyAgain(open.store, known, armoredPrivate);
    else {
      const added = { ...storedComparison(null, at), addedAt: at, addedBy: open.actor.userId };
      saveKey(open.store, { ...known, role: 'own', ...added }, armoredPrivate);
    }
    vault.audit(open, `key.own-${ARRIVAL_ACTION[arrival]}`, fingerprint, { fingerprint, expiresAt });
  });
  return { fingerprint, arrival, expiresAt };
}

function arrivalOf(before: StoredKey | undefined, hasNews: boolean): OwnArrival {
  if (!before) return 'new';
  if (before.retiredAt !== null) return 'used-again';
  return hasNews ? 'renewed' : 'unchanged';
}
