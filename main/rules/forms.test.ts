import { describe, expect, it } from 'vitest';
import type { FormField } from '../../shared/domain/rules.ts';
import { loadRulePack } from './load.ts';

const pack = loadRulePack();

function fieldsOf(id: string): readonly FormField[] {
  const form = pack.forms.get(id);
  if (!form) throw new TypeError(`No form ${id}.`);
  return form.sections.flatMap(({ fields }) => fields);
}
/** `*` behind what must be answered, as the lists of the domain have it. */
const asked = (id: string): string[] =>
  fieldsOf(id).map(({ label, required }) => `${label}${required ? '*' : ''}`);

/** Domain §3.4, in its order. What stands beside it in the form (our reference, the id of the step before) is ours. */
const DOMAIN: Readonly<Record<string, readonly string[]>> = {
  'csl-upplysning': [
    'Organisationsnamn*',
    'Organisationsnummer*',
    'Kontaktuppgifter*',
    'Pågår incidenten?*',
    'Händelseförlopp*',
    'När upptäcktes incidenten?*',
    'Hur upptäcktes incidenten?*',
    'Misstänks antagonistisk eller olaglig handling?*',
    'Har incidenten sitt ursprung hos leverantör?',
    'Påverkan på sektorsverksamheten*',
    'Konsekvenser eller riskerade konsekvenser*',
    'Gränsöverskridande konsekvenser',
  ],
  'csl-incidentanmalan': [
    'Uppdatering av upplysningen*',
    'När inträffade incidenten?*',
    'När upphörde incidenten (eller förväntas upphöra)?',
    'Orsaksbedömning*',
    'Systempåverkan*',
    'Angreppsindikatorer (IoC)',
    'Påverkan på skyddad information',
    'Vidtagna åtgärder*',
    'Kvarstående risker*',
  ],
  'csl-slutrapport': [
    'Slutlig konsekvensbedömning*',
    'Uppskattat antal berörda mottagare*',
    'Geografiskt område*',
    'Ekonomisk skada*',
    'Gränsöverskridande konsekvenser',
    'Påverkan på viktiga samhällsfunktioner*',
    'Detaljerad grundorsak*',
    'Tekniska åtgärder*',
    'Organisatoriska åtgärder*',
    'Åtgärder för att minimera konsekvenser*',
    'Åtgärder för att förhindra upprepning*',
    'Ledningens godkännande*',
  ],
  'csl-lagesrapport': [
    'Varför pågår incidenten fortfarande?*',
    'Uppskattad varaktighet*',
    'Fortsatt påverkan*',
    'Angreppsindikatorer (IoC)',
    'Plan för nästa uppdatering*',
  ],
  'stat-varning': [
    'Myndighetens namn*',
    'Kort beskrivning av händelsen*',
    'Bedömd påverkan*',
    'Kontaktuppgifter*',
  ],
};

/** Domain §3.6: the values as the published structure writes them. */
const ENUMS: Readonly<Record<string, string>> = {
  'DORA-RAPPORT':
    'initial_notification intermediate_report final_report major_incident_reclassified_as_non-major',
  'DORA-KRITERIER':
    'clients_financial_counterparts_and_transactions_affected geographical_spread data_losses critical_services_affected economic_impact reputational_impact duration_and_service_downtime',
  'DORA-UPPTACKT':
    'it_security staff internal_audit external_audit clients financial_counterparts third-party_provider attacker monitoring_systems authority_agency_law_enforcement_body other',
  'DORA-TYP': 'cybersecurity-related process_failure system_failure external_event payment-related other',
  'DORA-HOT':
    'social_engineering_including_phishing ddos identity_theft data_encryption_for_impact_including_ransomware resource_hijacking data_exfiltration_and_manipulation_including_identity_theft data_destruction defacement supply-chain_attack other',
  'DORA-MYNDIGHETER':
    'police_law_enforcement csirt data_protection_authority national_cybersecurity_agency none other',
  'DORA-GRUNDORSAK':
    'malicious_actions process_failure system_failure_malfunction human_error external_event',
  'NIS2-GRUNDORSAK': 'system-failures natural-phenomena human-errors malicious-actions third-party-failures',
};

describe('the shipped forms', () => {
  it.each(Object.entries(DOMAIN))('%s asks what domain §3.4 lists, in its order', (id, list) => {
    expect(asked(id).filter((label) => list.includes(label))).toEqual(list);
  });

  it('ask for the severity that article 23.4 wants and the secondary source leaves out', () => {
    const severity = fieldsOf('csl-incidentanmalan').find(({ id }) => id === 'allvarlighet');
    expect(severity).toMatchObject({ required: true, confidence: 'statute' });
  });

  it('number the questions of IMY as far as they are known', () => {
    const numbers = asked('imy-anmalan').flatMap((label) => /^(\d+)\./.exec(label)?.[1] ?? []);
    expect(numbers).toEqual(['3', '9', '13', '25', '26', '28', '30', '32', '34', '35']);
  });

  it('are there for every step of a regime that a report answers', () => {
    const without = [...pack.regimes.values()].flatMap(({ id, steps }) =>
      steps.filter(({ forms }) => forms.length === 0).map((step) => `${id} ${step.id}`),
    );
    // Old cases are only read, and the first contact with Säkerhetspolisen is a call without details.
    expect(without).toEqual(['NIS1 notifiering', 'NIS1 uppfoljning', 'SAK forsta-kontakt']);
  });

  it('take a code where they ask for one, and a fact that several forms share is asked as a fact', () => {
    for (const form of pack.forms.values()) {
      for (const field of form.sections.flatMap(({ fields }) => fields)) {
        const isCode = field.kind === 'code' || field.kind === 'codes';
        if (isCode) expect(pack.codeLists.has(field.codeList ?? ''), `${form.id} ${field.id}`).toBe(true);
      }
    }
  });
});

it.each(Object.entries(ENUMS))('%s has the values of its source word for word', (id, values) => {
  expect(pack.codeLists.get(id)?.codes.map(({ code }) => code)).toEqual(values.split(' '));
});
