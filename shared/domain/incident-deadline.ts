import type { ComputedDeadline, Moment } from './deadline.ts';
import type { TimePrecision } from './incident.ts';
import type { Channel, Confidence, RegimeStep } from './rules.ts';
import type { Supervisor } from './supervision.ts';

/** The steps of an incident's regimes, with where each one stands. */

/** `requested`: somebody has asked for what is only given on request, and has set a time. */
export const STEP_EVENTS = ['done', 'not-applicable', 'reopened', 'requested'] as const;
export type StepEventKind = (typeof STEP_EVENTS)[number];

/**
 * `waiting`: what it runs from has not happened, or is not written; `on-request`: asked for when somebody asks, or when
 * there is cause. `running` without `due` is "skyndsamt".
 */
export const DEADLINE_STATES = [
  'running',
  'overdue',
  'waiting',
  'on-request',
  'done',
  'not-applicable',
] as const;
export type DeadlineState = (typeof DEADLINE_STATES)[number];

export interface DeadlineStart {
  readonly event: RegimeStep['start'];
  /** In Swedish: "Kännedom", "Incidentanmälan lämnad". */
  readonly label: string;
  readonly at: string | null;
  readonly precision: TimePrecision | null;
  /** What it said before it was corrected, the oldest first. */
  readonly earlier: readonly string[];
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Deadline {
  readonly incident: { readonly id: string; readonly title: string | null; readonly exercise: boolean };
  readonly regime: Named & {
    /** A routine that somebody has set up, and no law. */
    readonly isInternal: boolean;
    /** Ended: shown so that old cases can be read, and nothing is recorded of it. */
    readonly isReadOnly: boolean;
  };
  readonly step: Named;
  readonly state: DeadlineState;
  readonly start: DeadlineStart;
  readonly limit: RegimeStep['limit'];
  readonly due: Moment | null;
  readonly extendedFrom: Moment | null;
  readonly target: Moment | null;
  readonly isProvisional: ComputedDeadline['isProvisional'];
  /** The organisation's own aim where the law has no limit; never law. `at` is null where the start is not known. */
  readonly ownTarget: { readonly hours: number; readonly at: string | null; readonly note: string } | null;
  /** The last day to post it, for what may go by letter; see the lead times of the rules. */
  readonly postBy: { readonly date: string; readonly channels: readonly Channel[] } | null;
  /** Where the law asks why a report comes late: by which provision, before or with the report, and if it is written. */
  readonly lateReason: {
    readonly provision: string;
    readonly before: boolean;
    readonly isGiven: boolean;
  } | null;
  /** Who supervises the organisation by the act that the regime belongs to. */
  readonly supervisors: readonly Supervisor[];
  /** How it was counted, and what to know of it, one sentence each. */
  readonly explanation: readonly string[];
  readonly wording: string;
  readonly confidence: Confidence;
  readonly note: string | null;
  readonly sources: readonly { readonly reference: string; readonly checked: string }[];
  readonly forms: readonly Named[];
  readonly recipients: readonly Named[];
  readonly channels: readonly Channel[];
  /** What was said of it last; null where nothing was, or where it was reopened. */
  readonly event: {
    readonly event: Exclude<StepEventKind, 'reopened' | 'requested'>;
    readonly at: string;
    readonly note: string | null;
    readonly by: string;
  } | null;
  /** Done, and after it was due. */
  readonly wasLate: boolean;
}

/** The form that is read aloud, with the five questions. */
const CALL_FORM = 'telefonnotifiering';

/** Where a step is taken: the call, the report with its form, or, where there is no form, the incident. */
export type NextAction =
  { readonly kind: 'call' | 'incident' } | { readonly kind: 'report'; readonly form: string };

/** @returns what to do next for a step */
export function nextActionOf({
  forms,
  channels,
  recipients,
}: Pick<Deadline, 'forms' | 'channels' | 'recipients'>): NextAction {
  const form = forms.find(({ id }) => id !== CALL_FORM);
  const isCall = forms.some(({ id }) => id === CALL_FORM);
  const toCert = recipients.some(({ id }) => id === 'cert-se');
  if (isCall || (!form && toCert && channels.includes('telefon'))) return { kind: 'call' };
  return form ? { kind: 'report', form: form.id } : { kind: 'incident' };
}
