import pinned from '../../assets/publishers/utgivare.json' with { type: 'json' };
import { SigillError } from '../../shared/domain/error.ts';
import { publisherKeySchema, type PublisherKey } from '../../shared/domain/rule-pack.ts';
import { keyFingerprint, readPublisherKey, type PinnedKey } from '../rules/signature.ts';
import type { Store } from '../store/store.ts';
import { proveSecondPerson, type SecondPerson } from '../vault/second-person.ts';
import type { Vault } from '../vault/session.ts';
import { addPublisherKeyDecision, listPublisherKeyDecisions } from './repository.ts';

const UNCHANGED = 'Vilka nycklar valvet litar på är oförändrat.';

/** The keys that packs may be signed with: those that the program brings, and what two persons have decided since. */
export function pinnedKeys(store: Store<'open'>): PinnedKey[] {
  const keys = new Map<string, PinnedKey>();
  for (const raw of pinned.keys as readonly unknown[]) {
    const key = publisherKeySchema.parse(raw);
    const fingerprint = keyFingerprint(key.publicKey);
    keys.set(fingerprint, { ...key, fingerprint, isRevoked: false });
  }
  for (const { fingerprint, publisher, name, publicKey, event } of listPublisherKeyDecisions(store)) {
    const isRevoked = event === 'revoked';
    keys.set(fingerprint, {
      format: 'sigill-utgivare/1',
      publisher,
      name,
      publicKey,
      fingerprint,
      isRevoked,
    });
  }
  return [...keys.values()];
}

/**
 * Trusts a publisher's key from now on, by decision of two persons who have compared its fingerprint with the publisher.
 * @param file as rules:sign writes it
 * @param second her passphrase is wiped before return
 * @returns the key
 * @throws SigillError `usage`; `policy` where the two are not two persons, or the key was revoked; `unlock` for a wrong
 *   passphrase. Nothing is changed.
 */
export async function trustKey(
  vault: Vault,
  file: Uint8Array,
  reason: string,
  second: SecondPerson,
): Promise<PinnedKey> {
  try {
    const key = readPublisherKey(file);
    const fingerprint = keyFingerprint(key.publicKey);
    const known = pinnedKeys(vault.requireRoom('open').store).find((one) => one.fingerprint === fingerprint);
    if (known?.isRevoked)
      throw new SigillError('policy', `Nyckeln är återkallad och kan inte tas i bruk igen. ${UNCHANGED}`);
    if (known) throw new SigillError('usage', 'Valvet litar redan på nyckeln.');
    await decide(vault, key, 'trusted', reason, second);
    return { ...key, fingerprint, isRevoked: false };
  } finally {
    second.passphrase.fill(0);
  }
}

/** Trusts a key no longer, by decision of two persons. What was taken by it stays. @throws SigillError as {@link trustKey} */
export async function revokeKey(
  vault: Vault,
  fingerprint: string,
  reason: string,
  second: SecondPerson,
): Promise<void> {
  try {
    const wanted = fingerprint.replace(/\s/g, '').toLowerCase();
    const key = pinnedKeys(vault.requireRoom('open').store).find((one) => one.fingerprint === wanted);
    if (!key || key.isRevoked)
      throw new SigillError(
        'usage',
        'Valvet litar inte på någon nyckel med det fingeravtrycket. Hela fingeravtrycket anges.',
      );
    await decide(vault, key, 'revoked', reason, second);
  } finally {
    second.passphrase.fill(0);
  }
}

async function decide(
  vault: Vault,
  { publisher, name, publicKey }: PublisherKey,
  event: 'trusted' | 'revoked',
  reason: string,
  second: SecondPerson,
): Promise<void> {
  const open = vault.requireRoom('open');
  if (reason.trim() === '') throw new SigillError('usage', 'Ange skälet till beslutet.', [], '--reason');
  const secondUser = await proveSecondPerson(vault, open, second, UNCHANGED);
  const decision = {
    fingerprint: keyFingerprint(publicKey),
    publisher,
    name,
    publicKey,
    event,
    reason: reason.trim(),
    first: open.actor.userId,
    second: secondUser,
    at: vault.now().toISOString(),
  };
  vault.transaction(open, () => {
    addPublisherKeyDecision(open.store, decision);
    vault.audit(open, `rules.key-${event}`, decision.fingerprint, {
      fingerprint: decision.fingerprint,
      publisher,
      reason: decision.reason,
      second: secondUser,
    });
  });
}
