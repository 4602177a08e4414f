import { SigillError } from '../../shared/domain/error.ts';
import { writeOneFile } from './write-one-file.ts';
import { formatFingerprint, type InspectedKey } from '../keys/inspect.ts';
import { createOwnKey, type OwnKey } from '../keys/own.ts';
import { listKeys, retireOwnKeys, saveKey, verifyKey, type StoredKey } from '../keys/repository.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/session.ts';
import { runHere, type RunTask } from '../workers/tasks.ts';

/**
 * Takes in a recipient's key. It can be used when somebody has verified it: who, and how. A verification that was made
 * before stays when a newer copy of the same key comes in.
 * @param run where the key is read: it comes from somebody else, and may be made to take long
 * @returns what the key says of itself, and how it stands in the vault now
 * @throws SigillError `usage` for a key that cannot be used (expired, revoked, weak …), our own, or half a verification
 */
export async function importRecipientKey(
  vault: Vault,
  bytes: Uint8Array,
  verification: GivenVerification,
  run: RunTask = runHere,
): Promise<{ inspected: InspectedKey; verified: boolean; stored: StoredKey }> {
  const open = vault.requireRoom('open');
  const { by, how } = readVerification(verification);
  const now = vault.now();
  const at = now.toISOString();
  const inspected = await run('inspectKey', { key: bytes, at: now });
  const { fingerprint } = inspected;
  if (findKey(open.store, fingerprint)?.role === 'own') throw ownKey(fingerprint);
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
        verifiedBy: by,
        verifiedHow: how,
        verifiedAt: by === null ? null : at,
        addedAt: at,
        addedBy: open.actor.userId,
      },
      null,
    );
    vault.audit(open, 'key.imported', fingerprint, { fingerprint, by, how });
  });
  const stored = findKey(open.store, fingerprint);
  if (!stored) throw new TypeError('A key that was saved is not there.');
  return { inspected, verified: stored.verifiedAt !== null, stored };
}

interface GivenVerification {
  readonly by: string | null;
  readonly how: string | null;
}

/** @throws SigillError `usage` for half a verification */
function readVerification({ by, how }: GivenVerification): GivenVerification {
  const given = { by: by?.trim() || null, how: how?.trim() || null };
  if ((given.by === null) !== (given.how === null)) {
    throw new SigillError(
      'usage',
      'En verifiering anger både vem som jämförde och hur.',
      [],
      '--verified-by och --verified-how',
    );
  }
  return given;
}

function ownKey(fingerprint: string): SigillError {
  return new SigillError(
    'usage',
    `Nyckeln ${formatFingerprint(fingerprint)} är er egen. Allt som sänds krypteras redan också till den.`,
  );
}

/**
 * Takes note that somebody has compared the fingerprint of a key that is in the vault already. What was said before is
 * replaced; the audit keeps both.
 * @throws SigillError `usage` where there is no such key, it is our own, it can no longer be used, or it is not said both
 *   who compared it and how
 */
export async function verifyRecipientKey(
  vault: Vault,
  fingerprint: string,
  verification: GivenVerification,
  run: RunTask = runHere,
): Promise<void> {
  const open = vault.requireRoom('open');
  const { by, how } = readVerification(verification);
  if (by === null || how === null) {
    throw new SigillError('usage', 'Skriv vem som jämförde fingeravtrycket med mottagaren, och hur.');
  }
  const key = findKey(open.store, fingerprint);
  if (!key) {
    throw new SigillError(
      'usage',
      `Det finns ingen nyckel med fingeravtrycket ${formatFingerprint(fingerprint)}. Läs in den först.`,
    );
  }
  if (key.role === 'own') throw ownKey(fingerprint);
  const now = vault.now();
  // It may have run out since it came in: then it is a new key that must be compared.
  await run('inspectKey', { key: key.armored, at: now });
  vault.transaction(open, () => {
    verifyKey(open.store, fingerprint, { by, how, at: now.toISOString() });
    vault.audit(open, 'key.verified', fingerprint, { fingerprint, by, how });
  });
}

function findKey(store: Store<'open'>, fingerprint: string): StoredKey | undefined {
  return listKeys(store).find((key) => key.fingerprint === fingerprint);
}

interface OwnKeyOrder {
  readonly name: string;
  readonly email: string | null;
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
      expiresAt: null,
      armored: key.armoredPublic,
      verifiedBy: null,
      verifiedHow: null,
      verifiedAt: null,
      addedAt: at,
      addedBy: owner.userId,
    },
    key.armoredPrivate,
  );
}

async function makeOwnKey(owner: OwnKeyOrder, create: typeof createOwnKey = createOwnKey): Promise<OwnKey> {
  return create({ name: userIdName(owner.name), email: owner.email, at: owner.at });
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

/** Replaces the own key. Those who hold the old one must be given the new one. */
export async function createOwn(vault: Vault, email: string | null, run: RunTask = runHere): Promise<string> {
  const open = vault.requireRoom('open');
  const owner: OwnKeyOrder = {
    name: open.organisation.name,
    email: email ?? open.organisation.email,
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
 * Takes in an own key that was made in another program, and uses it from now on; the one before is retired and kept. It lies
 * without its passphrase in the open room's encrypted database.
 * @throws SigillError `usage` for a key that cannot be used or is in the vault already; `unlock` for the wrong passphrase
 */
export async function importOwn(
  vault: Vault,
  file: Uint8Array,
  passphrase: string | null,
  run: RunTask = runHere,
): Promise<string> {
  const open = vault.requireRoom('open');
  const now = vault.now();
  const at = now.toISOString();
  const { inspected, armoredPrivate } = await run('readOwnKeyFile', { file, passphrase, at: now });
  const { fingerprint, userIds, emails, algorithm, createdAt, expiresAt, armored } = inspected;
  if (findKey(open.store, fingerprint)) {
    throw new SigillError('usage', `Nyckeln ${formatFingerprint(fingerprint)} finns redan i valvet.`);
  }
  const unverified = { verifiedBy: null, verifiedHow: null, verifiedAt: null };
  const known = { fingerprint, userIds, emails, algorithm, createdAt, expiresAt, armored };
  vault.transaction(open, () => {
    retireOwnKeys(open.store, at);
    saveKey(
      open.store,
      { ...known, role: 'own', ...unverified, addedAt: at, addedBy: open.actor.userId },
      armoredPrivate,
    );
    vault.audit(open, 'key.own-imported', fingerprint, { fingerprint });
  });
  return fingerprint;
}
