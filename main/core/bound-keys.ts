import { SigillError } from '../../shared/domain/error.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { addressStandings } from '../addresses/service.ts';
import { formatFingerprint } from '../keys/inspect.ts';
import type { StoredKey } from '../keys/repository.ts';
import type { Vault } from '../vault/session.ts';
import { requireForm } from './make-report.ts';

/** An e-mail address of the rules, and the key that somebody has chosen for it. */
export interface BoundAddress {
  readonly recipient: string;
  readonly address: string;
  readonly fingerprint: string;
}

/** Every e-mail address that a key has been chosen for. */
export function allBindings(vault: Vault, rules: RulePack): BoundAddress[] {
  return addressStandings(vault, rules).flatMap(({ recipient, address, fingerprint, status }) => {
    const lines = rules.recipients.get(recipient)?.addresses.find(({ id }) => id === address)?.lines;
    const [line] = lines ?? [];
    if (fingerprint === null || line === undefined || status === 'wrong') return [];
    return [{ recipient, address: line, fingerprint }];
  });
}

/** Those of the recipients of a form. */
export function boundAddresses(vault: Vault, rules: RulePack, formId: string): BoundAddress[] {
  const { recipients } = requireForm(rules, formId);
  return allBindings(vault, rules).filter(({ recipient }) => recipients.includes(recipient));
}

/**
 * Where a letter to a key goes: the address that the key was chosen for, else the first one in the key itself.
 * @param bound of the form's recipients
 * @param all of every recipient
 * @throws SigillError `policy` where the key's own address is one that another key has been chosen for: then somebody may
 *   have made a key in the recipient's name
 */
export function mailAddress(
  key: Pick<StoredKey, 'fingerprint' | 'emails'>,
  bound: readonly BoundAddress[],
  all: readonly BoundAddress[],
): { readonly address: string | null; readonly remark: string | null } {
  const chosen = bound.find(({ fingerprint }) => fingerprint === key.fingerprint);
  if (chosen) return { address: chosen.address, remark: null };
  const [own = null] = key.emails;
  const other = all.find(({ address }) => address.toLowerCase() === own?.toLowerCase());
  if (other && other.fingerprint !== key.fingerprint) {
    throw new SigillError(
      'policy',
      `För ${other.address} är en annan nyckel vald: ${formatFingerprint(other.fingerprint)}. Fråga mottagaren vilken ` +
        'som gäller, och ändra valet under Mottagare och nycklar (recipient bind) om den är ny.',
    );
  }
  return {
    address: own,
    remark:
      'Nyckeln är inte vald för någon av formulärets mottagare. Brevet är ställt till adressen i nyckeln: kontrollera ' +
      `att det är rätt mottagare${own === null ? '' : ` (${own})`}.`,
  };
}
