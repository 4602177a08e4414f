import { SigillError } from '../../shared/domain/error.ts';
import type { Carriage } from '../../shared/domain/packing.ts';
import type { Address, Recipient, RulePack } from '../../shared/domain/rules.ts';
import { swedishTime } from '../../shared/domain/swedish-time.ts';
import { addressStandings, type AddressStanding } from '../addresses/service.ts';
import { supervisorsOf } from '../deadlines/recipients.ts';
import { readDutySettings } from '../deadlines/settings.ts';
import { rulesInForce } from '../packs/for-incident.ts';
import type { Vault } from '../vault/session.ts';
import { requireForm } from './require-form.ts';

/** The address that a label is made for, and how far it can be trusted. */
export interface ChosenAddress {
  readonly recipient: Recipient;
  /** null where the recipient has none on record, and what is delivered by hand bears the name alone. */
  readonly id: string | null;
  readonly lines: readonly string[];
  readonly status: Address['status'];
  readonly note: string | null;
  readonly check: AddressStanding['check'];
}

/** Without the unit after the comma: a unit named for säkerhetsskydd tells what is inside. */
function nameOnEnvelope(recipient: Recipient, authority: string | null): string {
  return authority ?? recipient.name.split(',', 1)[0] ?? recipient.name;
}

const STATUS_ORDER = ['confirmed', 'unconfirmed', 'historical'];

/**
 * The address for a carriage: of those in force today the surest one, and among equals one that is meant for this
 * carriage. What a person has confirmed counts as confirmed, and what she has found wrong is not used at all. A person
 * who delivers by hand is told where by the recipient: without an address on record the name alone stands on the envelope.
 *
 * Where a recipient is reached is a matter of today and not of the day of the incident: the addresses are those of the rules in
 * force, which are also what somebody has asked about.
 * @param rules of the incident: which recipients the form has
 * @param today "2026-11-22"
 * @throws SigillError `usage` where no recipient of the form has a postal address that can be used
 */
export function chooseAddress(
  vault: Vault,
  rules: RulePack,
  formId: string,
  recipientId: string | null,
  carriage: Carriage,
  today: string,
): ChosenAddress {
  const ids = recipientId === null ? requireForm(rules, formId).recipients : [recipientId];
  const { recipients: known } = rulesInForce(vault, rules);
  const recipients = ids.map((id) => {
    const recipient = known.get(id) ?? rules.recipients.get(id);
    if (!recipient) {
      throw new SigillError('usage', `Mottagaren ${id} finns inte.`, [
        `Välj en av: ${[...rules.recipients.keys()].join(', ')}`,
      ]);
    }
    return recipient;
  });
  const standings = addressStandings(vault, rules);
  const byHand = carriage === 'personlig-leverans';
  const candidates = recipients.flatMap((recipient) =>
    recipient.addresses
      .filter(({ type }) => type === carriage || (type === 'post' && !byHand))
      .filter(({ validFrom, validTo }) => (validFrom ?? today) <= today && today <= (validTo ?? today))
      .flatMap((address) => {
        const standing = standings.find(
          (one) => one.recipient === recipient.id && one.address === address.id,
        );
        const status = standing?.status ?? address.status;
        return status === 'wrong' ? [] : [{ recipient, address, status, check: standing?.check ?? null }];
      }),
  );
  candidates.sort(
    (one, other) =>
      STATUS_ORDER.indexOf(one.status) - STATUS_ORDER.indexOf(other.status) ||
      Number(one.address.type === 'post') - Number(other.address.type === 'post'),
  );
  const [first] = candidates;
  if (first) {
    const { recipient, address, status, check } = first;
    return { recipient, id: address.id, lines: address.lines, status, note: address.note ?? null, check };
  }
  const [recipient] = recipients;
  if (byHand && recipient) {
    const note = 'Avlämningsställe saknas. Kom överens med mottagaren per telefon om plats och tid.';
    const lines = [nameOnEnvelope(recipient, authorityOf(vault, rules, recipient))];
    return { recipient, id: null, lines, status: 'unconfirmed', note, check: null };
  }
  throw new SigillError(
    'usage',
    `Ingen av formulärets mottagare har en adress för ${carriage} som går att använda. Välj en annan mottagare.`,
    [],
    '--recipient',
  );
}

/** The one authority that the recipient stands for, where that is known. */
function authorityOf(vault: Vault, rules: RulePack, { supervision }: Recipient): string | null {
  if (supervision === undefined) return null;
  const names = new Set(
    supervisorsOf(rules, supervision, readDutySettings(vault)).flatMap(
      ({ authority }) => authority?.name ?? [],
    ),
  );
  const [only] = names;
  return names.size === 1 && only !== undefined ? only : null;
}

/**
 * A label is printed to an address that somebody has confirmed, or with the reason why it is printed all the same
 * (domain §11 no 9).
 * @throws SigillError `policy`
 */
export function requireConfirmed(
  { recipient, id, status, lines }: ChosenAddress,
  reason: string | null,
): void {
  if (id === null || status === 'confirmed' || reason !== null) return;
  throw new SigillError(
    'policy',
    `Adressen till ${recipient.name} (${lines.join(', ')}) är ${STATUS_WORD[status]}. Fråga mottagaren på annan väg och ` +
      'anteckna svaret bland mottagarna, eller skriv skälet att skriva ut den ändå.',
    [],
    'recipient check, eller --address-reason',
  );
}

export const STATUS_WORD = {
  confirmed: 'bekräftad',
  unconfirmed: 'inte bekräftad',
  historical: 'historisk',
} as const;

/** "adress verifierad 2026-11-22 12.30 av Anna, per telefon"; null where nobody has. */
export function checkedWords({ check }: Pick<ChosenAddress, 'check'>): string | null {
  if (check === null) return null;
  return `Adress verifierad ${swedishTime(new Date(check.checkedAt))} av ${check.checkedBy}: ${check.checkedHow}`;
}
