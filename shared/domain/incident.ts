import type { Marking } from './marking.ts';
import { POINTER_TEXT } from './standard-text.ts';

/** Random, tells nothing, and is also the neutral reference in mail subjects: `K7M2-9QXA-4D1F`. */
export type IncidentId = string & { readonly brand: 'IncidentId' };

export const ORGANISATION_KINDS = [
  'statlig-myndighet',
  'kommun',
  'region',
  'privat-nis2',
  'finansiell',
  'betrodd-tjanst',
  'frivillig',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

export const FACT_IDS = [
  'handelse',
  'handelseforlopp',
  'upptackt-hur',
  'parter',
  'brottsmisstanke',
  'polisanmalan',
  'stodbehov',
  'kategorier',
  'system',
  'omfattning',
  'konsekvenser',
  'paverkan-samhallsviktig',
  'gransoverskridande',
  'leverantor',
  'orsak',
  'angreppsindikatorer',
  'personuppgifter',
  'atgarder-vidtagna',
  'atgarder-planerade',
  'kvarstaende-risker',
  'kostnad',
  'lardomar',
  'godkannande',
  'skal-sen-rapport',
] as const;
export type FactId = (typeof FACT_IDS)[number];

export const TIME_IDS = [
  'occurred',
  'detected',
  'aware',
  'identified',
  'significant',
  'contained',
  'restored',
  'ended',
] as const;
export type TimeId = (typeof TIME_IDS)[number];

export const TIME_PRECISIONS = ['exact', 'hour', 'day', 'estimated'] as const;
export type TimePrecision = (typeof TIME_PRECISIONS)[number];

export const LOG_KINDS = [
  'upptackt',
  'bedomning',
  'beslut',
  'atgard',
  'kommunikation',
  'rapportering',
  'aterstallning',
  'ovrigt',
] as const;
export type LogKind = (typeof LOG_KINDS)[number];

export const INCIDENT_STATES = ['draft', 'active', 'closed'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** What a list can be narrowed to by state: one of them, or all that are not closed. */
export const LISTED_STATES = [...INCIDENT_STATES, 'ongoing'] as const;
export type ListedState = (typeof LISTED_STATES)[number];

/** The fixed sentence that stands in the open room where something lies in the protected one (domain §12.7). */
export const POINTER_SENTENCE = POINTER_TEXT;
export const WITHHELD_SENTENCE = 'Uppgiften har utelämnats ur denna version';

export interface Title {
  readonly text: string;
  readonly marking: Marking;
}
export interface Fact {
  readonly id: FactId;
  readonly text: string;
  readonly codes: readonly string[];
  readonly marking: Marking;
}
export interface IncidentTime {
  readonly id: TimeId;
  /** ISO 8601 with offset, as it was written. */
  readonly at: string;
  readonly precision: TimePrecision;
  readonly marking: Marking;
}
/** What only one form asks: its answer, for a field of a form. */
export interface FormAnswer {
  readonly form: string;
  readonly field: string;
  readonly text: string;
  readonly codes: readonly string[];
  readonly marking: Marking;
}
export interface LogEntry {
  /** Random: a running number would tell by its gaps how many entries lie in the other room. */
  readonly key: string;
  /** Position in this view of the log, from 1, in order of time. */
  readonly number: number;
  readonly at: string;
  readonly kind: LogKind;
  readonly text: string;
  readonly by: string | null;
  readonly marking: Marking;
}

/**
 * An incident as seen from the rooms that are open now; the open and the protected part meet only here, in memory.
 */
export interface Incident {
  readonly id: IncidentId;
  readonly organisationKind: OrganisationKind;
  readonly regimes: readonly string[];
  readonly exercise: boolean;
  readonly state: IncidentState;
  readonly createdAt: string;
  /** null where the title lies in a room that is locked. */
  readonly title: Title | null;
  readonly times: readonly IncidentTime[];
  readonly facts: readonly Fact[];
  /** What single forms ask and no fact answers. */
  readonly answers: readonly FormAnswer[];
  readonly log: readonly LogEntry[];
  /** True where the protected room holds a part of this incident. */
  readonly hasProtectedPart: boolean;
  /** True where that part is not in this view, because the room is locked. */
  readonly protectedPartHidden: boolean;
}

const swedishDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', dateStyle: 'short' });

/**
 * The day that decides which version of a rule is the right one, in Sweden: that of the first of these times that is
 * known, else the day when the incident was written.
 * @param times ISO 8601 with offset
 * @returns "2026-06-30"
 */
export function incidentDay(
  times: readonly { readonly id: TimeId; readonly at: string }[],
  createdAt: string,
): string {
  const first = (['aware', 'identified', 'detected', 'occurred'] as const)
    .map((id) => times.find((time) => time.id === id)?.at)
    .find((at) => at !== undefined);
  return swedishDay.format(new Date(first ?? createdAt));
}
