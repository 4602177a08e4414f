import { SigillError } from '../../shared/domain/error.ts';
import { formatFingerprint, inspectPublicKey, type InspectedKey } from '../keys/inspect.ts';
import { createOwnKey, type OwnKey } from '../keys/own.ts';
import { listKeys, retireOwnKeys, saveKey, type StoredKey } from '../keys/repository.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/session.ts';

/**
 * Takes in a recipient's key. It can be used when somebody has verified it: who, and how. A verification that was made
 * before stays when a newer copy of the same key comes in.
 * @returns what the key says of itself, and how it stands in the vault now
 * @throws SigillError `usage` for a key that cannot be used (expired, revoked, weak …), our own, or half a verification
 */
export async function importRecipientKey(
  vault: Vault,
  bytes: Uint8Array,
  verification: { readonly by: string | null; readonly how: string | null },
): Promise<{ inspected: InspectedKey; verified: boolean; stored: StoredKey }> {
  const open = vault.requireRoom('open');
  const by = verification.by?.trim() || null;
  const how = verification.how?.trim() || null;
  if ((by === null) !== (how === null)) {
    throw new SigillError('usage', 'En verifiering anger både vem (--verified-by) och hur (--verified-how).');
  }
  const now = vault.now();
  const at = now.toISOString();
  const inspected = await inspectPublicKey(bytes, now);
  const { fingerprint } = inspected;
  if (findKey(open.store, fingerprint)?.role === 'own') {
    throw new SigillError(
      'usage',
      `Nyckeln ${formatFingerprint(fingerprint)} är er egen. Allt som sänds krypteras redan också till den.`,
    );
  }
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

async function makeOwnKey(owner: OwnKeyOrder): Promise<OwnKey> {
  return createOwnKey({ name: userIdName(owner.name), email: owner.email, at: owner.at });
}

/** Makes the organisation's own key in a vault that is being created; the creation itself is what the audit tells. */
export async function storeOwnKey(store: Store<'open'>, owner: OwnKeyOrder): Promise<string> {
  const key = await makeOwnKey(owner);
  store.database.transaction(() => saveOwnKey(store, key, owner))();
  return key.fingerprint;
}

/** Replaces the own key. Those who hold the old one must be given the new one. */
export async function createOwn(vault: Vault, email: string | null): Promise<string> {
  const open = vault.requireRoom('open');
  const owner: OwnKeyOrder = {
    name: open.organisation.name,
    email: email ?? open.organisation.email,
    userId: open.actor.userId,
    at: vault.now(),
  };
  const key = await makeOwnKey(owner);
  const { fingerprint } = key;
  vault.transaction(open, () => {
    saveOwnKey(open.store, key, owner);
    vault.audit(open, 'key.own-created', fingerprint, { fingerprint });
  });
  return fingerprint;
}
