import { SigillError } from '../../shared/domain/error.ts';
import type { RecipientName } from '../../shared/domain/receivers.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { addressStandings, type AddressStanding } from '../addresses/service.ts';
import { formatFingerprint } from '../keys/inspect.ts';
import { listKeys, type StoredKey } from '../keys/repository.ts';
import { rulesInForce } from '../packs/for-incident.ts';
import type { Vault } from '../vault/session.ts';
import { STATUS_WORD } from './choose-address.ts';
import { requireForm } from './require-form.ts';

/** An e-mail address of the rules in force, how it stands, and the key that somebody has chosen for it. */
export interface MailAddress extends Pick<AddressStanding, 'status' | 'check'> {
  readonly recipient: string;
  readonly address: string;
  readonly fingerprint: string | null;
}

function mailAddresses(vault: Vault, rules: RulePack): MailAddress[] {
  const { recipients } = rulesInForce(vault, rules);
  return addressStandings(vault, rules).flatMap(({ recipient, address: id, ...standing }) => {
    const found = recipients.get(recipient)?.addresses.find((one) => one.id === id);
    const [address] = found?.lines ?? [];
    if (found?.type !== 'email' || address === undefined) return [];
    return [{ recipient, address, ...standing }];
  });
}

/** The keys that have been chosen for the recipients of a form, at addresses that nobody has found wrong. */
export function boundKeys(vault: Vault, rules: RulePack, formId: string): string[] {
  const { recipients } = requireForm(rules, formId);
  return mailAddresses(vault, rules).flatMap(({ recipient, fingerprint, status }) =>
    recipients.includes(recipient) && status !== 'wrong' && fingerprint !== null ? [fingerprint] : [],
  );
}

/** What the recipients of the rules in force are called, by their ids and by the keys that have been chosen for them. */
export function recipientNameOf(vault: Vault, rules: RulePack): RecipientName {
  const { recipients } = rulesInForce(vault, rules);
  const ofKey = new Map(
    mailAddresses(vault, rules).flatMap(({ recipient, fingerprint, status }) =>
      fingerprint === null || status === 'wrong' ? [] : [[fingerprint, recipient] as const],
    ),
  );
  return (idOrKey) => recipients.get(ofKey.get(idOrKey) ?? idOrKey)?.name ?? null;
}

/** Where a letter goes, and what is to be known before it does. */
export interface MailDestination {
  readonly address: string | null;
  readonly remarks: readonly string[];
}

/**
 * Where a letter to a key goes: the address that the key was chosen for, else the first one in the key itself. Where the address
 * is one of the rules it is told how it stands: an address that nobody has asked about may lead to somebody else.
 * @throws SigillError `policy` where the address has been found wrong; and where the key's own address is one that another key
 *   has been chosen for: then somebody may have made a key in the recipient's name
 */
export function mailDestination(
  vault: Vault,
  rules: RulePack,
  formId: string,
  key: Pick<StoredKey, 'fingerprint' | 'emails'>,
): MailDestination {
  const { recipients } = requireForm(rules, formId);
  const all = mailAddresses(vault, rules);
  const mine = all.filter(
    ({ recipient, fingerprint }) => recipients.includes(recipient) && fingerprint === key.fingerprint,
  );
  const bound = mine.find(({ status }) => status !== 'wrong') ?? mine[0];
  if (bound) return { address: bound.address, remarks: standingOf(bound) };
  const [own = null] = key.emails;
  const known = all.filter(({ address }) => address.toLowerCase() === own?.toLowerCase());
  const other = known.find(({ fingerprint }) => fingerprint !== null && fingerprint !== key.fingerprint);
  if (other?.fingerprint) {
    throw new SigillError(
      'policy',
      `För ${other.address} är en annan nyckel vald: ${formatFingerprint(other.fingerprint)}. Fråga mottagaren vilken ` +
        'som gäller, och ändra valet under Mottagare och nycklar (recipient bind) om den är ny.',
    );
  }
  const [named] = known;
  return {
    address: own,
    remarks: [
      'Nyckeln är inte vald för någon av formulärets mottagare. Brevet är ställt till adressen i nyckeln: kontrollera ' +
        `att det är rätt mottagare${own === null ? '' : ` (${own})`}.`,
      ...(named ? standingOf(named) : []),
    ],
  };
}

/** @throws SigillError `policy` for an address that has been found wrong */
function standingOf({ address, status, check }: MailAddress): string[] {
  if (status === 'confirmed') return [];
  if (status === 'wrong') {
    const who = check === null ? '' : ` (${check.checkedBy}: ${check.checkedHow})`;
    throw new SigillError(
      'policy',
      `Adressen ${address} är antecknad som fel${who} och används inte. Fråga mottagaren vart brevet ska, och anteckna ` +
        'svaret under Mottagare och nycklar (recipient check).',
    );
  }
  return [
    `Adressen ${address} är ${STATUS_WORD[status]}. Fråga mottagaren på annan väg innan brevet sänds, och anteckna svaret ` +
      'under Mottagare och nycklar.',
  ];
}

interface DescribedDestination extends MailDestination {
  readonly fingerprint: string;
  /** No letter can be made to it; `address` is null, and the remark says why. */
  readonly isRefused: boolean;
}

/** What is to be known of each key before a letter is made to it, for the window. */
export function describeDestinations(
  vault: Vault,
  rules: RulePack,
  formId: string,
  fingerprints: readonly string[],
): DescribedDestination[] {
  const keys = listKeys(vault.requireRoom('open').store);
  return fingerprints.flatMap((fingerprint): DescribedDestination[] => {
    const key = keys.find((one) => one.role === 'recipient' && one.fingerprint === fingerprint);
    if (!key) return [];
    try {
      const { address, remarks } = mailDestination(vault, rules, formId, key);
      return [{ fingerprint, address, remarks, isRefused: false }];
    } catch (error) {
      if (!(error instanceof SigillError) || error.kind !== 'policy') throw error;
      return [{ fingerprint, address: null, remarks: [error.message], isRefused: true }];
    }
  });
}
