import { SigillError } from '../../shared/domain/error.ts';
import { describeDistrust, readDistrustReason } from '../../shared/domain/key-distrust.ts';
import { formatFingerprint } from '../keys/inspect.ts';
import { distrustKey, listKeys } from '../keys/repository.ts';
import type { Vault } from '../vault/session.ts';

/**
 * Takes a recipient's key out of use, in the name of the user who is logged in: nothing is encrypted to it until two persons
 * have compared it anew. The key stays, so that what was signed with it and who it was sent to can be read. The comparison that
 * it had is kept with the reason.
 * @throws SigillError `usage` where there is no such key, it is our own, it is out of use already, or no reason is given
 */
export function distrustRecipientKey(
  vault: Vault,
  { fingerprint, reason: written }: { readonly fingerprint: string; readonly reason: string },
): void {
  const open = vault.requireRoom('open');
  const reason = readDistrustReason(written);
  const key = listKeys(open.store).find((one) => one.fingerprint === fingerprint);
  const named = `Nyckeln ${formatFingerprint(fingerprint)}`;
  if (!key) {
    throw new SigillError(
      'usage',
      `Det finns ingen nyckel med fingeravtrycket ${formatFingerprint(fingerprint)}. Hela fingeravtrycket anges.`,
    );
  }
  if (key.role === 'own') {
    throw new SigillError('usage', `${named} är er egen. Byt den mot en ny i stället.`, [], 'key create-own');
  }
  const before = describeDistrust(key);
  if (before !== null) throw new SigillError('usage', `${named} är redan ur bruk. ${before}.`);
  vault.transaction(open, () => {
    const by = open.actor.userId;
    distrustKey(open.store, fingerprint, { at: vault.now().toISOString(), by, reason });
    vault.audit(open, 'key.distrusted', fingerprint, { fingerprint, reason });
  });
}
