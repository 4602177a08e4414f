import { SigillError } from '../../shared/domain/error.ts';
import type { Organisation } from '../../shared/domain/report.ts';
import {
  findOrganisationNameFault,
  isMailAddress,
  isOneLine,
  LONGEST_LINE,
} from '../../shared/domain/names.ts';
import { writeSetting } from '../vault/repository.ts';
import type { Vault } from '../vault/session.ts';

const MOST_ADDRESS_LINES = 8;

/**
 * What a person has written of the organisation, in the form that is stored: each value one visible line, an empty one
 * none at all. It goes on envelopes and into mail headers, where a line break would be something else than a line break.
 * @throws SigillError `usage` with one line per fault
 */
export function cleanOrganisation<T extends Partial<Organisation>>(given: T): T {
  const faults: string[] = [];
  const clean = (name: string, text: string): string => {
    const line = text.normalize('NFC').trim();
    if (!isOneLine(line)) {
      faults.push(`${name}: ska vara en rad med högst ${LONGEST_LINE} tecken`);
    }
    return line;
  };
  const optional = (name: string, text: string | null | undefined): string | null | undefined =>
    typeof text === 'string' ? clean(name, text) || null : text;

  const name = given.name?.normalize('NFC').trim();
  const nameFault = name === undefined ? null : findOrganisationNameFault(name);
  if (nameFault !== null) faults.push(`organisationens namn: ${nameFault}`);
  const address = given.address?.map((line) => clean('postadress', line)).filter((line) => line !== '');
  if (address && address.length > MOST_ADDRESS_LINES) {
    faults.push(`postadress: högst ${MOST_ADDRESS_LINES} rader får plats på ett kuvert`);
  }
  const email = optional('e-post', given.email);
  if (typeof email === 'string') faults.push(...mailFaults(email));
  const cleaned = {
    name,
    number: optional('organisationsnummer', given.number),
    contact: optional('kontakt', given.contact),
    phone: optional('telefon', given.phone),
    hours: optional('bemanningstider', given.hours),
    address,
    email,
  };
  if (faults.length > 0) {
    throw new SigillError('usage', 'Uppgifterna om organisationen går inte att använda:', faults);
  }
  return { ...given, ...onlyGiven(cleaned) };
}

/** An address on reports is to be answered from outside: a name on the own network is none. */
function mailFaults(email: string): string[] {
  if (/[^ -~]/u.test(email))
    return ['e-post: har andra tecken än a–z; skriv adressen utan å, ä och ö, så som andra kan svara på den'];
  if (!isMailAddress(email)) return ['e-post: är inte en adress (namn@exempel.se)'];
  return email.slice(email.indexOf('@')).includes('.')
    ? []
    : ['e-post: har ingen toppdomän efter @ (namn@exempel.se)'];
}

function onlyGiven(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/**
 * Changes what is known of the organisation, in both rooms, so that either can make its reports alone.
 * @throws SigillError `usage` for values that cannot be used; `unlock` where one of the rooms is locked
 */
export function changeOrganisation(vault: Vault, change: Partial<Organisation>): Organisation {
  const open = vault.requireRoom('open');
  vault.requireRoom('protected');
  const clean = cleanOrganisation(change);
  for (const unlocked of vault.unlockedRooms()) {
    const organisation: Organisation = { ...unlocked.organisation, ...clean };
    vault.transaction(unlocked, () => {
      writeSetting(unlocked.store, 'organisation', JSON.stringify(organisation));
      vault.audit(unlocked, 'organisation.changed', null, { fields: Object.keys(clean) });
    });
  }
  return { ...open.organisation, ...clean };
}
