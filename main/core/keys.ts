import { SigillError } from '../../shared/domain/error.ts';
import { inspectPublicKey, type InspectedKey } from '../keys/inspect.ts';
import { createOwnKey } from '../keys/own.ts';
import { retireOwnKeys, saveKey } from '../keys/repository.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/session.ts';

/**
 * Takes in a recipient's key. It can be used when somebody has verified it: who, and how.
 * @throws SigillError `usage` for a key that cannot be used (expired, revoked, weak …), or half a verification
 */
export async function importRecipientKey(
  vault: Vault,
  bytes: Uint8Array,
  verification: { readonly by: string | null; readonly how: string | null },
): Promise<{ inspected: InspectedKey; verified: boolean }> {
  const open = vault.requireRoom('open');
  const by = verification.by?.trim() || null;
  const how = verification.how?.trim() || null;
  if ((by === null) !== (how === null)) {
    throw new SigillError('usage', 'En verifiering anger både vem (--verified-by) och hur (--verified-how).');
  }
  const now = vault.now();
  const at = now.toISOString();
  const inspected = await inspectPublicKey(bytes, now);
  vault.transaction(open, () => {
    saveKey(
      open.store,
      {
        fingerprint: inspected.fingerprint,
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
    vault.audit(open, 'key.imported', inspected.fingerprint, { fingerprint: inspected.fingerprint, by, how });
  });
  return { inspected, verified: by !== null };
}

/** Makes the organisation's own key and stores it in the open room; to be called inside a transaction's turn or alone. */
export async function storeOwnKey(
  store: Store<'open'>,
  owner: { readonly name: string; readonly email: string | null; readonly userId: string; readonly at: Date },
): Promise<string> {
  const key = await createOwnKey({ name: owner.name, email: owner.email, at: owner.at });
  const at = owner.at.toISOString();
  store.database.transaction(() => {
    retireOwnKeys(store, at);
    saveKey(
      store,
      {
        fingerprint: key.fingerprint,
        role: 'own',
        userIds: [owner.name],
        emails: owner.email === null ? [] : [owner.email],
        algorithm: 'Ed25519 / Curve25519',
        createdAt: at,
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
  })();
  return key.fingerprint;
}

/** Replaces the own key. Those who hold the old one must be given the new one. */
export async function createOwn(vault: Vault, email: string | null): Promise<string> {
  const open = vault.requireRoom('open');
  const fingerprint = await storeOwnKey(open.store, {
    name: open.organisation.name,
    email: email ?? open.organisation.email,
    userId: open.actor.userId,
    at: vault.now(),
  });
  vault.transaction(open, () => vault.audit(open, 'key.own-created', fingerprint, { fingerprint }));
  return fingerprint;
}
