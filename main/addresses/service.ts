import { SigillError } from '../../shared/domain/error.ts';
import type { Address, Recipient, RulePack } from '../../shared/domain/rules.ts';
import { formatFingerprint } from '../keys/inspect.ts';
import { listKeys } from '../keys/repository.ts';
import { requireCompared } from '../keys/require-compared.ts';
import { rulesInForce } from '../packs/for-incident.ts';
import type { Vault } from '../vault/session.ts';
import {
  addAddressCheck,
  addKeyBinding,
  listAddressChecks,
  listKeyBindings,
  type AddressCheck,
} from './repository.ts';

/** How an address stands: as the rules say, unless a person has asked the recipient since. */
export interface AddressStanding {
  readonly recipient: string;
  readonly address: string;
  readonly status: Address['status'] | 'wrong';
  /** Who asked, how and when; null where nobody has, or the address has been changed in the rules since. */
  readonly check: Pick<AddressCheck, 'outcome' | 'checkedAt' | 'checkedBy' | 'checkedHow'> | null;
  /** The key for it, where it is an e-mail address and somebody has chosen one. */
  readonly fingerprint: string | null;
}

/** How every address of the rules stands. Needs the open room. */
export function addressStandings(vault: Vault, rules: RulePack): AddressStanding[] {
  const { store } = vault.requireRoom('open');
  const checks = listAddressChecks(store);
  const bindings = listKeyBindings(store);
  return [...rulesInForce(vault, rules).recipients.values()].flatMap((recipient) =>
    recipient.addresses.map((address) => {
      const isThis = (one: { recipient: string; address: string }): boolean =>
        one.recipient === recipient.id && one.address === address.id;
      const found = checks.find(isThis);
      const check = found && sameLines(found.lines, address.lines) ? found : null;
      return {
        recipient: recipient.id,
        address: address.id,
        status: check === null ? address.status : check.outcome,
        check: check && {
          outcome: check.outcome,
          checkedAt: check.checkedAt,
          checkedBy: check.checkedBy,
          checkedHow: check.checkedHow,
        },
        fingerprint: bindings.find(isThis)?.fingerprint ?? null,
      };
    }),
  );
}

function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

const LONGEST_NOTE = 500;
/** How far ahead of the clock it may have been: the clock may be slow, a wrong year may not pass. */
const AHEAD_MS = 60 * 60_000;

/** An older answer tells nothing of today, and an older year is most often a mistyped one. */
const LONGEST_AGO_MS = 366 * 24 * 60 * 60_000;

export interface AddressCheckOrder {
  readonly recipient: string;
  readonly address: string;
  readonly outcome: AddressCheck['outcome'];
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly by: string;
  readonly how: string;
}

/**
 * Takes note that somebody has asked the recipient about an address, by another way, and what the answer was.
 * @throws SigillError `usage` where there is no such address, it is not said who asked and how, or the time lies ahead or more than a year back
 */
export function checkAddress(vault: Vault, rules: RulePack, order: AddressCheckOrder): void {
  const open = vault.requireRoom('open');
  const { address } = requireAddress(rulesInForce(vault, rules), order.recipient, order.address);
  const checkedBy = words(order.by, 'vem som frågade mottagaren');
  const checkedHow = words(order.how, 'hur adressen bekräftades, till exempel per telefon');
  const time = Date.parse(order.at);
  if (Number.isNaN(time)) throw new SigillError('usage', 'Tiden går inte att läsa.');
  if (time > vault.now().getTime() + AHEAD_MS)
    throw new SigillError('usage', 'Tiden ligger i framtiden. Kontrollera datumet. Inget har antecknats.');
  if (vault.now().getTime() - time > LONGEST_AGO_MS)
    throw new SigillError(
      'usage',
      'Svaret är äldre än ett år och säger inte hur det är nu. Fråga mottagaren igen. Inget har antecknats.',
    );
  vault.transaction(open, () => {
    addAddressCheck(open.store, {
      recipient: order.recipient,
      address: order.address,
      lines: address.lines,
      outcome: order.outcome,
      checkedAt: order.at,
      checkedBy,
      checkedHow,
      recordedAt: vault.now().toISOString(),
      recordedBy: open.actor.userId,
    });
    vault.audit(open, 'address.checked', `${order.recipient}/${order.address}`, {
      recipient: order.recipient,
      address: order.address,
      lines: address.lines,
      outcome: order.outcome,
      at: order.at,
      by: checkedBy,
      how: checkedHow,
    });
  });
}

/**
 * Chooses the key for an e-mail address of the rules, or none.
 * @param fingerprint of a key that somebody has verified; null: no key any more
 * @param reason how the recipient has said that this key is for this address
 * @throws SigillError `usage` where there is no such address or key, or no reason; `policy` for a key that nobody has verified, or that is
 *   taken out of use
 */
export function bindKey(
  vault: Vault,
  rules: RulePack,
  order: {
    readonly recipient: string;
    readonly address: string;
    readonly fingerprint: string | null;
    readonly reason: string;
  },
): void {
  const open = vault.requireRoom('open');
  const { address } = requireAddress(rulesInForce(vault, rules), order.recipient, order.address);
  if (address.type !== 'email') throw new SigillError('usage', 'En nyckel hör till en e-postadress.');
  const reason = words(order.reason, 'hur mottagaren har sagt att nyckeln gäller adressen');
  const fingerprint = order.fingerprint?.replace(/\s/g, '').toUpperCase() ?? null;
  if (fingerprint !== null) {
    const key = listKeys(open.store).find(
      (one) => one.role === 'recipient' && one.fingerprint === fingerprint,
    );
    if (!key)
      throw new SigillError(
        'usage',
        `Det finns ingen nyckel med fingeravtrycket ${formatFingerprint(fingerprint)}.`,
      );
    requireCompared(key);
  }
  vault.transaction(open, () => {
    addKeyBinding(open.store, {
      recipient: order.recipient,
      address: order.address,
      fingerprint,
      reason,
      recordedAt: vault.now().toISOString(),
      recordedBy: open.actor.userId,
    });
    vault.audit(open, 'key.bound', `${order.recipient}/${order.address}`, {
      recipient: order.recipient,
      address: order.address,
      fingerprint,
      reason,
    });
  });
}

/** @throws SigillError `usage` with what there is */
function requireAddress(
  rules: RulePack,
  recipientId: string,
  addressId: string,
): { recipient: Recipient; address: Address } {
  const recipient = rules.recipients.get(recipientId);
  const address = recipient?.addresses.find(({ id }) => id === addressId);
  if (recipient && address) return { recipient, address };
  throw new SigillError('usage', `Mottagaren ${recipientId} har ingen adress ${addressId}.`, [
    ...(recipient?.addresses.map(({ id }) => id) ?? [...rules.recipients.keys()]),
  ]);
}

/** @throws SigillError `usage` for what is empty or too long */
function words(text: string, what: string): string {
  const said = text.normalize('NFC').trim();
  if (said === '') throw new SigillError('usage', `Skriv ${what}.`);
  if (said.length > LONGEST_NOTE)
    throw new SigillError('usage', `Texten är för lång: högst ${LONGEST_NOTE} tecken.`);
  return said;
}
