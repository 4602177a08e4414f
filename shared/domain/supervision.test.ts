import { describe, expect, it } from 'vitest';
import { loadRulePack } from '../../main/rules/load.ts';
import type { SupervisionTable } from './rules.ts';
import { COUNTIES, type SupervisionAct } from './supervision-schema.ts';
import { alsoReportsTo, COUNTY_NAME, supervisorOf } from './supervision.ts';

const { supervision } = loadRulePack();
function tableOf(act: SupervisionAct): SupervisionTable {
  const table = supervision.get(act);
  if (!table) throw new Error(`no table for ${act}`);
  return table;
}

// domain §2.4 (10–15 §§ cybersäkerhetsförordningen) and §2.9 (8 kap. 1 § säkerhetsskyddsförordningen): county, CSL, SSF.
const BY_COUNTY = `
  blekinge        skane           skane
  dalarna         orebro          stockholm
  gotland         stockholm       stockholm
  gavleborg       orebro          stockholm
  halland         vastra-gotaland vastra-gotaland
  jamtland        norrbotten      norrbotten
  jonkoping       ostergotland    vastra-gotaland
  kalmar          ostergotland    skane
  kronoberg       skane           skane
  norrbotten      norrbotten      norrbotten
  skane           skane           skane
  stockholm       stockholm       stockholm
  sodermanland    orebro          stockholm
  uppsala         orebro          stockholm
  varmland        orebro          stockholm
  vasterbotten    norrbotten      norrbotten
  vasternorrland  norrbotten      norrbotten
  vastmanland     orebro          stockholm
  vastra-gotaland vastra-gotaland vastra-gotaland
  orebro          orebro          stockholm
  ostergotland    ostergotland    vastra-gotaland
`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/) as [(typeof COUNTIES)[number], string, string]);

describe('the supervisory authority of a county', () => {
  it('stands in the test for all twenty-one', () => {
    expect(BY_COUNTY.map(([county]) => county).sort()).toEqual([...COUNTIES].sort());
    expect(Object.keys(COUNTY_NAME)).toHaveLength(21);
  });

  it.each(BY_COUNTY)('%s: Länsstyrelsen %s by CSL, %s by SSF', (county, csl, ssf) => {
    expect(supervisorOf(tableOf('CSL'), 'offentlig-forvaltning', county)?.authority?.id).toBe(
      `lansstyrelsen-${csl}`,
    );
    expect(supervisorOf(tableOf('SSF'), 'kommuner-regioner-ovriga', county)?.authority?.id).toBe(
      `lansstyrelsen-${ssf}`,
    );
  });

  it('is six by one act and four by the other', () => {
    const count = (act: SupervisionAct): number =>
      new Set(tableOf(act).counties.map((one) => one.authority)).size;
    expect([count('CSL'), count('SSF')]).toEqual([6, 4]);
  });

  it('is not known where the county is not', () => {
    expect(supervisorOf(tableOf('CSL'), 'forskning', null)).toMatchObject({
      group: 'Forskning',
      authority: null,
    });
    expect(supervisorOf(tableOf('CSL'), 'finns-inte', 'skane')).toBeNull();
  });
});

describe('the supervisory authority of a sector', () => {
  it.each([
    ['energi', 'Statens energimyndighet'],
    ['transporter', 'Transportstyrelsen'],
    ['motorfordon', 'Transportstyrelsen'],
    ['andra-transportmedel', 'Transportstyrelsen'],
    ['bank', 'Finansinspektionen'],
    ['finansmarknad', 'Finansinspektionen'],
    ['vardgivare', 'Inspektionen för vård och omsorg (IVO)'],
    ['halso-och-sjukvard', 'Läkemedelsverket'],
    ['medicinteknik', 'Läkemedelsverket'],
    ['avloppsvatten', 'Livsmedelsverket'],
    ['dricksvatten', 'Livsmedelsverket'],
    ['livsmedel', 'Livsmedelsverket'],
    ['digital-infrastruktur', 'Post- och telestyrelsen (PTS)'],
    ['digitala-leverantorer', 'Post- och telestyrelsen (PTS)'],
    ['ikt-tjanster', 'Post- och telestyrelsen (PTS)'],
    ['post-och-bud', 'Post- och telestyrelsen (PTS)'],
    ['rymden', 'Post- och telestyrelsen (PTS)'],
    ['lansstyrelser', 'Post- och telestyrelsen (PTS)'],
    ['domannamn', 'Post- och telestyrelsen (PTS)'],
  ])('%s: %s, whatever the county', (group, name) => {
    for (const county of [null, 'skane', 'norrbotten'] as const)
      expect(supervisorOf(tableOf('CSL'), group, county)?.authority?.name).toBe(name);
  });

  it('goes by county for the rest', () => {
    const byCounty = tableOf('CSL').groups.filter(({ by }) => by.kind === 'county');
    expect(byCounty.map(({ id }) => id).sort()).toEqual(
      [
        ...['avfall', 'forskning', 'offentlig-forvaltning', 'kemikalier', 'datorer-elektronik-optik'],
        ...['elapparatur', 'ovriga-maskiner', 'utbildningsanordnare', 'beredskapsmyndigheter'],
      ].sort(),
    );
  });
});

it('Försvarsmakten is told as well by those of its area, and by nobody else', () => {
  const ssf = tableOf('SSF');
  expect(alsoReportsTo(ssf, 'forsvarsmakten')).toEqual(['forsvarsmakten']);
  for (const { id } of ssf.groups.filter((group) => group.id !== 'forsvarsmakten'))
    expect(alsoReportsTo(ssf, id), id).toEqual([]);
  expect(alsoReportsTo(ssf, null)).toEqual([]);
  expect(supervisorOf(ssf, 'forsvarsmakten', null)?.authority?.name).toBe('Försvarsmakten');
});
