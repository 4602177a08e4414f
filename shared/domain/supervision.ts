import type { Confidence, SupervisionTable } from './rules.ts';
import type { County, SupervisionAct } from './supervision-schema.ts';

/** Which authority supervises an organisation: pure look-ups in the two tables of the rules. */

export const COUNTY_NAME: Readonly<Record<County, string>> = {
  blekinge: 'Blekinge län',
  dalarna: 'Dalarnas län',
  gotland: 'Gotlands län',
  gavleborg: 'Gävleborgs län',
  halland: 'Hallands län',
  jamtland: 'Jämtlands län',
  jonkoping: 'Jönköpings län',
  kalmar: 'Kalmar län',
  kronoberg: 'Kronobergs län',
  norrbotten: 'Norrbottens län',
  skane: 'Skåne län',
  stockholm: 'Stockholms län',
  sodermanland: 'Södermanlands län',
  uppsala: 'Uppsala län',
  varmland: 'Värmlands län',
  vasterbotten: 'Västerbottens län',
  vasternorrland: 'Västernorrlands län',
  vastmanland: 'Västmanlands län',
  'vastra-gotaland': 'Västra Götalands län',
  orebro: 'Örebro län',
  ostergotland: 'Östergötlands län',
};

export const ACT_NAME: Readonly<Record<SupervisionAct, string>> = {
  CSL: 'cybersäkerhetslagen',
  SSF: 'säkerhetsskyddsförordningen',
};

export interface Supervisor {
  readonly act: SupervisionAct;
  /** The sector or kind of activity that was asked for, by its Swedish name. */
  readonly group: string;
  /** null where the table goes by county and no county is given. */
  readonly authority: { readonly id: string; readonly name: string } | null;
  readonly provision: string;
  /** How far the table can be trusted. */
  readonly confidence: Confidence;
}

/**
 * @param group id of a group in the table
 * @param county null where it is not known
 * @returns null for a group that the table does not have
 */
export function supervisorOf(
  table: SupervisionTable,
  group: string,
  county: County | null,
): Supervisor | null {
  const found = table.groups.find(({ id }) => id === group);
  if (!found) return null;
  const authorityId =
    found.by.kind === 'authority'
      ? found.by.authority
      : (table.counties.find((entry) => entry.county === county)?.authority ?? null);
  const authority = table.authorities.find(({ id }) => id === authorityId) ?? null;
  return {
    act: table.act,
    group: found.name,
    authority: authority && { id: authority.id, name: authority.name },
    provision: found.provision,
    confidence: table.confidence,
  };
}

/** Recipients that a group tells as well: those of Försvarsmakten's area tell it, beside Säkerhetspolisen. */
export function alsoReportsTo(table: SupervisionTable, group: string | null): readonly string[] {
  return table.groups.find(({ id }) => id === group)?.alsoReportTo ?? [];
}

/** Recipients that only some groups tell. */
export function conditionalRecipients(table: SupervisionTable): ReadonlySet<string> {
  return new Set(table.groups.flatMap(({ alsoReportTo = [] }) => alsoReportTo));
}
