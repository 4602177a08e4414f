import { describePiece, describeStart } from '../../shared/domain/deadline-words.ts';
import { computeDeadline, type ComputedDeadline } from '../../shared/domain/deadline.ts';
import type { Deadline, DeadlineStart, DeadlineState } from '../../shared/domain/incident-deadline.ts';
import { incidentDay } from '../../shared/domain/incident-day.ts';
import type { Incident, TimeId } from '../../shared/domain/incident.ts';
import type { Regime, RegimeStep, RulePack } from '../../shared/domain/rules.ts';
import type { StepEvent } from './repository.ts';

/** What the deadlines of one incident are derived from. */
export interface DeadlineBasis {
  readonly incident: Incident;
  /** Of the regimes of the incident, in the order they were recorded; `recordedBy` is a name. */
  readonly events: readonly StepEvent[];
  /** What a time said before it was corrected, the oldest first. */
  readonly earlierTimes: (id: TimeId) => readonly string[];
  readonly rules: RulePack;
  readonly now: Date;
}

type Done = Exclude<Deadline['event'], null>;

const PRECISION_REMARK = {
  exact: null,
  hour: 'Starttiden är angiven på timmen.',
  day: 'Starttiden är angiven bara till dagen. Räkna med den tidigaste tid som är möjlig.',
  estimated: 'Starttiden är uppskattad. Räkna med den tidigaste tid som är möjlig.',
} as const;

/** Every step of every regime of an incident that the rules know, in the order of the rules. */
export function deriveDeadlines(basis: DeadlineBasis): Deadline[] {
  const { incident, rules } = basis;
  return incident.regimes.flatMap((id) => {
    const regime = rules.regimes.get(id);
    return regime ? regime.steps.map((step) => deriveStep(basis, regime, step)) : [];
  });
}

function deriveStep(basis: DeadlineBasis, regime: Regime, step: RegimeStep): Deadline {
  const { incident, rules, now } = basis;
  const nameOf = (id: string): string => regime.steps.find((other) => other.id === id)?.name ?? id;
  const event = latestOf(basis.events, regime.id, step.id);
  const start = startOf(basis, regime, step, nameOf);
  const computed = computeDeadline(
    step,
    { start: start.at, cap: step.noLaterThan ? timeOf(incident, step.noLaterThan.start) : null },
    rules.holidays,
  );
  const replaced = replacedBy(basis, regime, step);
  const isAwaited = step.after !== undefined && !isDone(basis, regime.id, step.after);
  const state = stateOf({ step, start, computed, event, isReplaced: replaced !== null, isAwaited, now });
  const due = isAwaited ? null : (computed?.due ?? null);
  return {
    incident: { id: incident.id, title: incident.title?.text ?? null, exercise: incident.exercise },
    regime: { id: regime.id, name: regime.name },
    step: { id: step.id, name: step.name },
    state,
    start,
    limit: step.limit,
    due,
    extendedFrom: due === null ? null : (computed?.extendedFrom ?? null),
    target: due === null ? null : (computed?.target ?? null),
    isProvisional: due !== null && computed?.isProvisional === true,
    explanation: [
      ...(replaced === null ? [] : [`${nameOf(replaced)} är lämnad i stället.`]),
      ...(isAwaited ? [`Blir aktuellt när ${nameOf(step.after ?? '')} är lämnad.`] : []),
      ...(due === null ? [] : (computed?.pieces.map(describePiece) ?? [])),
      ...remarksOf(incident, regime, start),
    ],
    wording: step.wording,
    confidence: step.confidence,
    note: step.note ?? null,
    sources: regime.sources.map(({ reference, checked }) => ({ reference, checked })),
    forms: step.forms.map((id) => ({ id, name: rules.forms.get(id)?.name ?? id })),
    recipients: step.recipients.map((id) => ({ id, name: rules.recipients.get(id)?.name ?? id })),
    channels: step.channels,
    event,
    wasLate: event?.event === 'done' && due !== null && Date.parse(event.at) > Date.parse(due.at),
  };
}

function latestOf(events: readonly StepEvent[], regime: string, step: string): Done | null {
  const last = events.findLast((event) => event.regime === regime && event.step === step);
  if (!last || last.event === 'reopened') return null;
  return { event: last.event, at: last.at, note: last.note, by: last.recordedBy };
}

function isDone({ events }: DeadlineBasis, regime: string, step: string): boolean {
  return latestOf(events, regime, step)?.event === 'done';
}

/** @returns the step that was sent in place of this one, or null */
function replacedBy(basis: DeadlineBasis, regime: Regime, step: RegimeStep): string | null {
  const pairs = [
    ...(step.insteadOf === undefined ? [] : [step.insteadOf]),
    ...regime.steps.filter(({ insteadOf }) => insteadOf === step.id).map(({ id }) => id),
  ];
  return pairs.find((id) => isDone(basis, regime.id, id)) ?? null;
}

function timeOf({ times }: Incident, id: TimeId): string | null {
  return times.find((time) => time.id === id)?.at ?? null;
}

function startOf(
  basis: DeadlineBasis,
  regime: Regime,
  { start }: RegimeStep,
  nameOf: (id: string) => string,
): DeadlineStart {
  const label = describeStart(start, nameOf);
  const [, awaited] = start.split(':');
  if (awaited !== undefined) {
    const sent = basis.events.filter(
      (event) => event.regime === regime.id && event.step === awaited && event.event === 'done',
    );
    const event = latestOf(basis.events, regime.id, awaited);
    const at = event?.event === 'done' ? event.at : null;
    const earlier = [...new Set(sent.map((one) => one.at))].filter((one) => one !== at);
    return { event: start, label, at, precision: at === null ? null : 'exact', earlier };
  }
  const time = basis.incident.times.find(({ id }) => id === start);
  if (!time) return { event: start, label, at: null, precision: null, earlier: [] };
  return {
    event: start,
    label,
    at: time.at,
    precision: time.precision,
    earlier: basis.earlierTimes(time.id),
  };
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
  const { step, computed, event } = about;
  if (event) return event.event;
  if (about.isReplaced) return 'not-applicable';
  if (about.isAwaited) return 'waiting';
  if (step.start === 'none') return 'on-request';
  // "Skyndsamt" does not wait for somebody to write when it began, but what follows a report waits for the report.
  if (step.limit === null) return step.start.includes(':') && about.start.at === null ? 'waiting' : 'running';
  if (!computed) return 'waiting';
  if (about.now.getTime() < Date.parse(computed.due.at)) return 'running';
  return computed.isProvisional ? 'waiting' : 'overdue';
}

function remarksOf(incident: Incident, regime: Regime, start: DeadlineStart): string[] {
  const remarks: string[] = [];
  const precision = start.precision === null ? null : PRECISION_REMARK[start.precision];
  if (precision !== null) remarks.push(precision);
  if (start.at === null && start.event !== 'none' && incident.protectedPartHidden)
    remarks.push('Starttiden kan ligga i skyddade rummet, som är låst.');
  const day = incidentDay(incident);
  const { validFrom, validTo } = regime;
  if ((validFrom !== null && day < validFrom) || (validTo !== null && day > validTo))
    remarks.push(
      `Regelverket gäller ${validFrom === null ? 'till' : `från ${validFrom}`}${
        validTo === null ? '' : `${validFrom === null ? ' ' : ' till '}${validTo}`
      }, och incidenten är från ${day}.`,
    );
  return remarks;
}
