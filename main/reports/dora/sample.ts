import type { Incident, IncidentId } from '../../../shared/domain/incident.ts';
import { OPEN_MARKING } from '../../../shared/domain/marking.ts';
import type { Organisation, ReportDocument, ReportVersion } from '../../../shared/domain/report.ts';
import type { Form, RulePack } from '../../../shared/domain/rules.ts';
import { buildReport } from '../build.ts';

/** A financial entity and an incident of its, for the tests of this folder. */
const ORGANISATION: Organisation = {
  name: 'Provbanken AB',
  kind: 'finansiell',
  number: '556000-0000',
  contact: 'Driftsäkerhet',
  phone: '010-123 45 67',
  hours: null,
  address: [],
  email: 'driftsakerhet@provbanken.se',
};

/** By the id of the field: text, or the codes that are chosen. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

export const ANSWERS: Answers = {
  lei: '5493001KJTIIGC8Y1R12',
  foretagstyp: ['credit_institution'],
  omfattade: 'Provfonder AB; 5493001KJTIIGC8Y2R03\nProvkort AB; 5493001KJTIIGC8Y3R91',
  'kontakt-2': 'Bo Ek',
  'kontakt-2-epost': 'bo.ek@provbanken.se',
  'kontakt-2-telefon': '+46 10 765 43 21',
  moderforetag: 'Provgruppen AB',
  'moderforetag-lei': '5493001KJTIIGC8Y4R82',
  valuta: ['SEK'],
  kriterier: [
    'geographical_spread',
    'data_losses',
    'reputational_impact',
    'economic_impact',
    'critical_services_affected',
  ],
  medlemsstater: ['SE', 'FI'],
  'upptackt-hur': ['monitoring_systems'],
  kontinuitet: ['ja'],
  ovrigt: 'Ärendet följs dagligen.',
  'kunder-antal': '12 500',
  'kunder-andel': '8,5',
  'relevanta-kunder': ['nej'],
  'transaktioner-varde': '1250000,50',
  siffror: ['estimates_for_clients_affected'],
  anseende: ['the_major_ict-related_incident_has_been_reflected_in_the_media'],
  'anseende-beskrivning': 'Två tidningar har skrivit.',
  varaktighet: '1:06:30',
  avbrott: '0:12:00',
  'tid-uppgift': ['estimates'],
  medlemsstatspaverkan: ['clients'],
  dataforlust: ['availability', 'integrity'],
  'dataforlust-beskrivning': 'Kundregistret låstes.',
  'kritiska-tjanster': 'Kortbetalningar.',
  typ: ['cybersecurity-related', 'other'],
  'typ-annan': 'Utpressning.',
  hot: ['data_encryption_for_impact_including_ransomware', 'other'],
  'hot-annat': 'Okänd teknik.',
  funktioner: 'Betalningar.',
  'infrastruktur-berord': ['okänt'],
  'kunders-intresse': ['ja'],
  'andra-myndigheter': ['police_law_enforcement', 'other'],
  'andra-myndigheter-annan': 'MCF.',
  tillfalliga: ['ja'],
  grundorsak: ['malicious_actions'],
  'grundorsak-detaljerad': ['malicious_actions_fraudulent_actions'],
  'grundorsak-ytterligare': ['backup_and_restore', 'logging'],
  'orsak-atgardad': '2026-11-22 12:00',
  'losning-mot-plan': 'En dag senare än planerat.',
  'kostnad-brutto': '1 750 000',
  atervunnet: '0',
  aterkommande: ['ja'],
  'aterkommande-beskrivning': 'Samma växel stod still i juli.',
  'aterkommande-tid': '2026-07-01T08:00:00+02:00',
  'omklassad-tid': '2026-11-23 09:00',
  skal: 'Färre kunder än först bedömt.',
};

const FACTS = {
  handelseforlopp: 'Filservrar krypterades.',
  leverantor: 'Ingen leverantör.',
  system: 'Kortväxeln.',
  'atgarder-vidtagna': 'Återställt från kopia.',
  angreppsindikatorer: 'Inga kända.',
  orsak: 'Gammal programvara.',
  kostnad: 'Driftstopp och återställning.',
} as const;
const TIMES = { occurred: '03', detected: '05', significant: '07', restored: '15', ended: '20' } as const;

/** An incident with these answers to one of the DORA forms. */
export function incidentWith(formId: string, answers: Answers, change: Partial<Incident> = {}): Incident {
  const kind = {
    'dora-initial': 'initial_notification',
    'dora-intermediate': 'intermediate_report',
    'dora-final': 'final_report',
    'dora-omklassning': 'major_incident_reclassified_as_non-major',
  }[formId];
  return {
    id: 'K7M2-9QXA-4D1F' as IncidentId,
    organisationKind: 'finansiell',
    regimes: ['DORA'],
    exercise: false,
    state: 'active',
    createdAt: '2026-11-22T08:00:00Z',
    title: { text: 'Krypterade filservrar', marking: OPEN_MARKING },
    times: Object.entries(TIMES).map(([id, hour]) => ({
      id: id as keyof typeof TIMES,
      at: `2026-11-20T${hour}:30:00+01:00`,
      precision: 'exact',
      marking: OPEN_MARKING,
    })),
    facts: Object.entries(FACTS).map(([id, text]) => ({
      id: id as keyof typeof FACTS,
      text,
      codes: [],
      marking: OPEN_MARKING,
    })),
    answers: Object.entries({ ...(kind === undefined ? {} : { rapportslag: [kind] }), ...answers }).map(
      ([field, value]) => ({
        form: formId,
        field,
        text: typeof value === 'string' ? value : '',
        codes: typeof value === 'string' ? [] : value,
        marking: OPEN_MARKING,
      }),
    ),
    log: [],
    hasProtectedPart: false,
    protectedPartHidden: false,
    ...change,
  };
}

/** The document that a form makes of an incident. */
export function documentOf(
  form: Form,
  incident: Incident,
  rules: RulePack,
  version: ReportVersion = 'full',
  organisation: Partial<Organisation> = {},
): ReportDocument {
  return buildReport({
    form,
    incident,
    organisation: { ...ORGANISATION, ...organisation },
    version,
    author: 'Anna Åberg',
    createdAt: '2026-11-25T08:00:00Z',
    draft: false,
    codeLists: rules.codeLists,
    sensitiveRegimes: new Set(),
  });
}
