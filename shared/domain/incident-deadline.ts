import type { ComputedDeadline, Moment } from './deadline.ts';
import type { TimePrecision } from './incident.ts';
import type { Channel, Confidence, RegimeStep } from './rules.ts';

/** The steps of an incident's regimes, with where each one stands. */

export const STEP_EVENTS = ['done', 'not-applicable', 'reopened'] as const;
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
  readonly regime: Named;
  readonly step: Named;
  readonly state: DeadlineState;
  readonly start: DeadlineStart;
  readonly limit: RegimeStep['limit'];
  readonly due: Moment | null;
  readonly extendedFrom: Moment | null;
  readonly target: Moment | null;
  readonly isProvisional: ComputedDeadline['isProvisional'];
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
    readonly event: Exclude<StepEventKind, 'reopened'>;
    readonly at: string;
    readonly note: string | null;
    readonly by: string;
  } | null;
  /** Done, and after it was due. */
  readonly wasLate: boolean;
}
