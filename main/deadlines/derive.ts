import { describeMoment, describePiece, describeStart } from '../../shared/domain/deadline-words.ts';
import {
  computeDeadline,
  lastPostingDay,
  stepFor,
  type ComputedDeadline,
  type DeadlineOptions,
  type Moment,
} from '../../shared/domain/deadline.ts';
import { LATE_REASON } from '../../shared/domain/form-answer.ts';
import { stepKey, type DutySettings } from '../../shared/domain/duty-settings.ts';
import type { Deadline, DeadlineStart, DeadlineState } from '../../shared/domain/incident-deadline.ts';
import { incidentDay, type Incident, type TimeId } from '../../shared/domain/incident.ts';
import type { Regime, RegimeStep, RulePack } from '../../shared/domain/rules.ts';
import { actOf, recipientsOf, supervisorsOf } from './recipients.ts';
import type { StepEvent } from './repository.ts';
import { keepShorter } from './same-duty.ts';
import { isDone, latestOf, requestOf, startEventOf, startOf, timeOf, type Done } from './start.ts';

/** What the deadlines of one incident are derived from. */
export interface DeadlineBasis {
  readonly incident: Incident;
  /** Of the regimes of the incident, in the order they were recorded; `recordedBy` is a name. */
  readonly events: readonly StepEvent[];
  /** What a time said before it was corrected, the oldest first. */
  readonly earlierTimes: (id: TimeId) => readonly string[];
  readonly rules: RulePack;
  readonly settings: DutySettings;
  readonly now: Date;
}

const HOUR_MS = 3_600_000;
const PRECISION_REMARK = {
  exact: null,
  hour: 'Starttiden är angiven på timmen.',
  day: 'Starttiden är angiven bara till dagen. Räkna med den tidigaste tid som är möjlig.',
  estimated: 'Starttiden är uppskattad. Räkna med den tidigaste tid som är möjlig.',
} as const;
/** When an incident is found out. "Skyndsamt" does not wait for somebody to write these, but for what comes later. */
const FINDING_OUT: readonly string[] = ['occurred', 'detected', 'aware', 'identified'];

/** Every step of every regime of an incident that the rules know, in the order of the rules. */
export function deriveDeadlines(basis: DeadlineBasis): Deadline[] {
  const { incident, rules } = basis;
  const found = incident.regimes.flatMap((id) => {
    const regime = rules.regimes.get(id);
    return regime ? regime.steps.map((step) => deriveStep(basis, regime, step)) : [];
  });
  return keepShorter(found, rules);
}

function deriveStep(basis: DeadlineBasis, regime: Regime, written: RegimeStep): Deadline {
  const { incident, rules, now, settings, events } = basis;
  const step = stepFor(written, incident.organisationKind);
  const nameOf = (id: string): string => regime.steps.find((other) => other.id === id)?.name ?? id;
  const event = latestOf(events, regime.id, step.id);
  const request = requestOf(events, regime.id, step.id);
  const startEvent = startEventOf(regime, step, settings);
  const start = startOf(basis, regime, step, startEvent);
  const computed = request === null ? compute(basis, step, start.at) : asRequested(request.due);
  const replaced = replacedBy(events, regime, step);
  const isAwaited = step.after !== undefined && !isDone(events, regime.id, step.after);
  const state = stateOf({ step, start, computed, event, isReplaced: replaced !== null, isAwaited, now });
  const due = isAwaited ? null : (computed?.due ?? null);
  const wasLate = event?.event === 'done' && due !== null && Date.parse(event.at) > Date.parse(due.at);
  const act = actOf(regime);
  return {
    incident: { id: incident.id, title: incident.title?.text ?? null, exercise: incident.exercise },
    regime: {
      id: regime.id,
      name: regime.name,
      isInternal: regime.internalRoutine === true,
      isReadOnly: regime.readOnly === true,
    },
    step: { id: step.id, name: step.name },
    state,
    start,
    limit: step.limit,
    due,
    extendedFrom: due === null ? null : (computed?.extendedFrom ?? null),
    target: due === null ? null : (computed?.target ?? null),
    isProvisional: due !== null && computed?.isProvisional === true,
    ownTarget: ownTargetOf(regime, step, start, settings),
    postBy: due === null ? null : postByOf(step, due, rules),
    lateReason: lateReasonOf(incident, step, state, wasLate),
    supervisors: act === null ? [] : supervisorsOf(rules, act, settings),
    explanation: [
      ...(replaced === null ? [] : [`${nameOf(replaced)} är lämnad i stället.`]),
      ...(isAwaited ? [`Blir aktuellt när ${nameOf(step.after ?? '')} är lämnad.`] : []),
      ...(request === null ? [] : [`Begärd ${describeMoment({ at: request.at, date: null })}.`]),
      ...(due === null ? [] : (computed?.pieces.map(describePiece) ?? [])),
      ...otherReadings(basis, regime, step, startEvent, nameOf),
      ...remarksOf(incident, regime, start),
    ],
    wording: step.wording,
    confidence: step.confidence,
    note: step.note ?? null,
    sources: regime.sources.map(({ reference, checked }) => ({ reference, checked })),
    forms: step.forms.map((id) => ({ id, name: rules.forms.get(id)?.name ?? id })),
    recipients: recipientsOf(rules, step, settings),
    channels: step.channels,
    event,
    wasLate,
  };
}

function compute(
  { incident, rules, settings }: DeadlineBasis,
  step: RegimeStep,
  start: string | null,
): ComputedDeadline | null {
  const options: DeadlineOptions = { hasNoonRule: settings.noonRule === 'applies' };
  const cap = step.noLaterThan ? timeOf(incident, step.noLaterThan.start) : null;
  return computeDeadline(step, { start, cap }, rules.holidays, options);
}

/** The time that whoever asked has set. */
function asRequested(due: string): ComputedDeadline {
  const moment: Moment = { at: due, date: null };
  return { due: moment, extendedFrom: null, target: moment, isProvisional: false, pieces: [] };
}

/** @returns the step that was sent in place of this one, or null */
function replacedBy(events: readonly StepEvent[], regime: Regime, step: RegimeStep): string | null {
  const pairs = [
    ...(step.insteadOf === undefined ? [] : [step.insteadOf]),
    ...regime.steps.filter(({ insteadOf }) => insteadOf === step.id).map(({ id }) => id),
  ];
  return pairs.find((id) => isDone(events, regime.id, id)) ?? null;
}

function stateOf(about: {
  readonly step: RegimeStep;
  readonly start: DeadlineStart;
  readonly computed: ComputedDeadline | null;
  readonly event: Done | null;
  readonly isReplaced: boolean;
  readonly isAwaited: boolean;
  readonly now: Date;
}): DeadlineState {
  const { step, computed, event, start } = about;
  if (event) return event.event;
  if (about.isReplaced) return 'not-applicable';
  if (about.isAwaited) return 'waiting';
  if (!computed && step.start === 'none') return 'on-request';
  if (!computed && step.limit === null)
    return start.at === null && !FINDING_OUT.includes(start.event) ? 'waiting' : 'running';
  if (!computed) return 'waiting';
  if (about.now.getTime() < Date.parse(computed.due.at)) return 'running';
  return computed.isProvisional ? 'waiting' : 'overdue';
}

function ownTargetOf(
  regime: Regime,
  { id, limit, ownTarget }: RegimeStep,
  start: DeadlineStart,
  settings: DutySettings,
): Deadline['ownTarget'] {
  const own = settings.targets[stepKey(regime.id, id)];
  const hours = own ?? ownTarget?.hours;
  if (limit !== null || hours === undefined) return null;
  const at = start.at === null ? null : new Date(Date.parse(start.at) + hours * HOUR_MS).toISOString();
  const note = own === undefined ? (ownTarget?.note ?? '') : 'Organisationens eget mål, inte en rättsregel.';
  return { hours, at, note };
}

/** For the slowest of the step's ways that are letters. */
function postByOf(step: RegimeStep, due: Moment, rules: RulePack): Deadline['postBy'] {
  const letters = rules.leadTimes.channels.filter(({ channel }) => step.channels.includes(channel));
  if (letters.length === 0) return null;
  const workdays = Math.max(...letters.map((letter) => letter.workdays));
  const date = lastPostingDay(due, workdays, rules.holidays);
  return date === null ? null : { date, channels: letters.map(({ channel }) => channel) };
}

function lateReasonOf(
  incident: Incident,
  { asksReasonWhenLate: asks, forms }: RegimeStep,
  state: DeadlineState,
  wasLate: boolean,
): Deadline['lateReason'] {
  const isLate = state === 'overdue' || wasLate;
  if (asks === undefined || !(isLate || (asks.before && state === 'running'))) return null;
  const isGiven =
    incident.facts.some(({ id, text }) => id === LATE_REASON && text.trim() !== '') ||
    incident.answers.some(
      ({ form, field, text }) => field === LATE_REASON && forms.includes(form) && text.trim() !== '',
    );
  return { ...asks, isGiven };
}

/** Where a source can be read in two ways: what the time would be by the other. */
function otherReadings(
  basis: DeadlineBasis,
  regime: Regime,
  step: RegimeStep,
  chosen: RegimeStep['start'],
  nameOf: (id: string) => string,
): string[] {
  if (step.startOptions === undefined) return [];
  return [step.start, ...step.startOptions]
    .filter((event) => event !== chosen)
    .map((event) => {
      const label = describeStart(event, nameOf);
      const other = compute(basis, step, startOf(basis, regime, step, event).at);
      const then = other === null ? '' : `: då senast ${describeMoment(other.due)}`;
      return `Källorna är inte eniga om starten. Den kan också vara ${label}${then}. Organisationen väljer under Inställningar.`;
    });
}

function remarksOf(incident: Incident, regime: Regime, start: DeadlineStart): string[] {
  const remarks: string[] = [];
  const precision = start.precision === null ? null : PRECISION_REMARK[start.precision];
  if (precision !== null) remarks.push(precision);
  if (start.at === null && start.event !== 'none' && incident.protectedPartHidden)
    remarks.push('Starttiden kan ligga i skyddade rummet, som är låst.');
  const day = incidentDay(incident.times, incident.createdAt);
  const { validFrom, validTo } = regime;
  if ((validFrom !== null && day < validFrom) || (validTo !== null && day > validTo))
    remarks.push(
      `Regelverket gäller ${validFrom === null ? 'till' : `från ${validFrom}`}${
        validTo === null ? '' : `${validFrom === null ? ' ' : ' till '}${validTo}`
      }, och incidenten är från ${day}.`,
    );
  return remarks;
}
