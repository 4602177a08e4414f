import type { FactId, IncidentState, LogKind, OrganisationKind, TimeId } from './incident.ts';
import type { DeadlineState } from './incident-deadline.ts';
import type { Level, Marking } from './marking.ts';
import type { Channel, Confidence, FieldSource } from './rules.ts';

/** Swedish names of values that are stored as ids, for whoever shows them: one wording everywhere. */
export const ORGANISATION_KIND_NAME: Readonly<Record<OrganisationKind, string>> = {
  'statlig-myndighet': 'Statlig myndighet',
  kommun: 'Kommun',
  region: 'Region',
  'privat-nis2': 'Privat verksamhet under NIS2',
  finansiell: 'Finansiellt företag',
  'betrodd-tjanst': 'Leverantör av betrodda tjänster',
  frivillig: 'Frivillig rapportör',
};

export const CHANNEL_NAME: Readonly<Record<Channel, string>> = {
  telefon: 'Öppen telefon',
  'epost-okrypterad': 'Okrypterad e-post',
  epost: 'OpenPGP-krypterad e-post',
  kurir: 'KURIR (filkrypto)',
  cyberportalen: 'Cyberportalen',
  portal: 'Annan myndighets e-tjänst',
  signalskydd: 'Signalskydd',
  rek: 'Rekommenderat brev',
  varde: 'Värdepost',
  'personlig-leverans': 'Personlig leverans',
  utskrift: 'Utskrift',
  arbetsstation: 'Arbetsstationen',
};

/** How far a rule can be trusted, said where it matters; null where the source is the law or the authority itself. */
export const CONFIDENCE_DOUBT: Readonly<Record<Confidence, string | null>> = {
  statute: null,
  official: null,
  secondary: 'Regeln är återgiven i andra hand. Jämför med gällande föreskrift.',
  unconfirmed: 'Regeln är inte bekräftad mot gällande föreskrift. Stäm av med säkerhetsskyddschefen.',
};

/** Where a rule comes from, in a word or two. */
export const CONFIDENCE_NAME: Readonly<Record<Confidence, string>> = {
  statute: 'lagtext',
  official: 'myndighetens sida',
  secondary: 'andrahandsuppgift',
  unconfirmed: 'obekräftad',
};

export const DEADLINE_STATE_NAME: Readonly<Record<DeadlineState, string>> = {
  running: 'Löper',
  overdue: 'Försenad',
  waiting: 'Väntar på starthändelse',
  'on-request': 'Vid behov eller på begäran',
  done: 'Klart',
  'not-applicable': 'Gäller inte',
};

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
  'skal-sen-rapport': 'Skäl till att rapporten är sen',
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
  email: 'E-post',
};

/** The provisions that incident reports most often rest on (domain §4.2), offered to be ticked. */
export const COMMON_PROVISIONS = [
  '15 kap. 2 § OSL',
  '18 kap. 8 § OSL',
  '18 kap. 8 b § OSL',
  '18 kap. 9 § OSL',
  '18 kap. 13 § OSL',
  '21 kap. 7 § OSL',
] as const;

/** The provision that is offered first when something is raised to a level; the person sees it and may change it. */
export function usualProvisions(level: Level): readonly string[] {
  if (level === 'oppen') return [];
  return [level === 'sekretess' ? '18 kap. 8 § OSL' : '15 kap. 2 § OSL'];
}

/** What anything is treated as before a person has judged it: an incident's usual sekretess, shown and free to change. */
export const UNJUDGED_MARKING: Marking = { level: 'sekretess', basis: usualProvisions('sekretess') };

/** `fact:system` → "System (system)": what a person calls it, and what she types to change it. */
export function nameOrigin(origin: string): string {
  const [kind, key = ''] = origin.split(':', 2);
  if (kind === 'fact') return `${(FACT_LABEL as Record<string, string>)[key] ?? key} (${key})`;
  if (kind === 'time') return `${(TIME_LABEL as Record<string, string>)[key] ?? key} (tid:${key})`;
  if (kind === 'deadline') return 'en frist';
  if (kind === 'answer') return 'ett svar i formuläret';
  if (kind === 'log') return 'en rad i händelseloggen';
  if (kind === 'title') return 'Rubriken (titel)';
  if (kind === 'assessment-answer') return `ett svar i bedömningen ${key}`;
  if (kind === 'assessment') return `beslutet i bedömningen ${key}`;
  if (kind === 'attachment') return `bilaga ${key}`;
  if (kind === 'organisation') return 'uppgifterna om organisationen';
  return 'handlingen som helhet';
}

/** What an expedition's version is called; `openLevel` is what a version with a limit lets through. */
export function versionName(version: string, openLevel: Level | null): string {
  if (version === 'full') return 'fullständig version';
  return openLevel === 'sekretess' ? 'begränsad version' : 'öppen version';
}
