import type { FactId, IncidentState, LogKind, TimeId } from '../../shared/domain/incident.ts';
import type { FieldSource } from '../../shared/domain/rules.ts';

/**
 * The Swedish names that stand beside an answer where a field is answered from more than one source. They are ours,
 * not a form's: a form's own labels come from the rule files.
 */
export const FACT_LABEL: Readonly<Record<FactId, string>> = {
  handelse: 'Vad har hänt',
  handelseforlopp: 'Händelseförlopp',
  'upptackt-hur': 'Hur det upptäcktes',
  parter: 'Inblandade parter',
  brottsmisstanke: 'Brottsmisstanke',
  polisanmalan: 'Polisanmälan',
  stodbehov: 'Behov av stöd',
  kategorier: 'Kategorier',
  system: 'System',
  omfattning: 'Omfattning',
  konsekvenser: 'Konsekvenser',
  'paverkan-samhallsviktig': 'Påverkan på samhällsviktig verksamhet',
  gransoverskridande: 'Gränsöverskridande verkan',
  leverantor: 'Leverantör',
  orsak: 'Orsak',
  angreppsindikatorer: 'Angreppsindikatorer',
  personuppgifter: 'Personuppgifter',
  'atgarder-vidtagna': 'Vidtagna åtgärder',
  'atgarder-planerade': 'Planerade åtgärder',
  'kvarstaende-risker': 'Kvarstående risker',
  kostnad: 'Kostnad',
  lardomar: 'Lärdomar',
  godkannande: 'Godkännande',
};

export const TIME_LABEL: Readonly<Record<TimeId, string>> = {
  occurred: 'Inträffade',
  detected: 'Upptäcktes',
  aware: 'Kännedom',
  identified: 'Identifierades',
  significant: 'Bedömdes som betydande',
  contained: 'Avgränsades',
  restored: 'Åter i drift',
  ended: 'Upphörde',
};

export const LOG_KIND_NAME: Readonly<Record<LogKind, string>> = {
  upptackt: 'upptäckt',
  bedomning: 'bedömning',
  beslut: 'beslut',
  atgard: 'åtgärd',
  kommunikation: 'kommunikation',
  rapportering: 'rapportering',
  aterstallning: 'återställning',
  ovrigt: 'övrigt',
};

/** `draft` says that nobody has yet decided what the event is, which is not the same as that it is over. */
export const STATE_NAME: Readonly<Record<IncidentState, string>> = {
  draft: 'Under bedömning',
  active: 'Pågår',
  closed: 'Avslutad',
};

type OrganisationValue = Extract<FieldSource, { from: 'organisation' }>['value'];
export const ORGANISATION_LABEL: Readonly<Record<OrganisationValue, string>> = {
  name: 'Namn',
  number: 'Organisationsnummer',
  contact: 'Kontakt',
  phone: 'Telefon',
  hours: 'Bemanningstider',
  address: 'Adress',
};
