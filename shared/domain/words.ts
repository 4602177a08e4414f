import type { OrganisationKind } from './incident.ts';
import type { Channel, Confidence } from './rules.ts';

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
