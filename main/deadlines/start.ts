import { describeStart } from '../../shared/domain/deadline-words.ts';
import { stepKey, type DutySettings } from '../../shared/domain/duty-settings.ts';
import type { Deadline, DeadlineStart } from '../../shared/domain/incident-deadline.ts';
import type { Incident, TimeId } from '../../shared/domain/incident.ts';
import type { Regime, RegimeStep } from '../../shared/domain/rules.ts';
import type { StepEvent } from './repository.ts';

/** From what the time of a step runs, and what has been said of the steps before it. */

export type Done = Exclude<Deadline['event'], null>;

interface StartBasis {
  readonly incident: Incident;
  readonly events: readonly StepEvent[];
  readonly earlierTimes: (id: TimeId) => readonly string[];
  readonly settings: DutySettings;
}

/** What was said last of a step, where that settles it. */
export function latestOf(events: readonly StepEvent[], regime: string, step: string): Done | null {
  const last = events.findLast((event) => event.regime === regime && event.step === step);
  if (!last || last.event === 'reopened' || last.event === 'requested') return null;
  return { event: last.event, at: last.at, note: last.note, by: last.recordedBy };
}

/** When somebody asked for what is given on request, and until when; null where nobody has, or it was taken back. */
export function requestOf(
  events: readonly StepEvent[],
  regime: string,
  step: string,
): { readonly at: string; readonly due: string } | null {
  const said = events.filter((event) => event.regime === regime && event.step === step);
  const last = said.findLast(({ event }) => event === 'requested' || event === 'reopened');
  return last?.event === 'requested' && last.due !== null ? { at: last.at, due: last.due } : null;
}

export function isDone(events: readonly StepEvent[], regime: string, step: string): boolean {
  return latestOf(events, regime, step)?.event === 'done';
}

export function timeOf({ times }: Incident, id: TimeId): string | null {
  return times.find((time) => time.id === id)?.at ?? null;
}

/** The start that counts: the organisation's choice where the rules offer one, else that of the rule. */
export function startEventOf(regime: Regime, step: RegimeStep, settings: DutySettings): RegimeStep['start'] {
  const chosen = settings.starts[stepKey(regime.id, step.id)];
  return chosen !== undefined && step.startOptions?.includes(chosen) === true ? chosen : step.start;
}

/** @param event the start that counts, by {@link startEventOf} */
export function startOf(
  basis: StartBasis,
  regime: Regime,
  step: RegimeStep,
  event: RegimeStep['start'],
): DeadlineStart {
  const nameOf = (id: string): string => regime.steps.find((other) => other.id === id)?.name ?? id;
  const label = describeStart(event, nameOf);
  const [, awaited] = event.split(':');
  if (awaited !== undefined) return { event, label, ...submissionOf(basis.events, regime, step, awaited) };
  const time = basis.incident.times.find(({ id }) => id === event);
  if (!time) return { event, label, at: null, precision: null, earlier: [] };
  return { event, label, at: time.at, precision: time.precision, earlier: basis.earlierTimes(time.id) };
}

/** The sending that counts: the latest of the step that is awaited and of the one that makes the time run anew. */
function submissionOf(
  events: readonly StepEvent[],
  regime: Regime,
  { restartedBy }: RegimeStep,
  awaited: string,
): Pick<DeadlineStart, 'at' | 'precision' | 'earlier'> {
  const steps = [awaited, ...(restartedBy === undefined ? [] : [restartedBy])];
  const current = steps
    .map((id) => latestOf(events, regime.id, id))
    .filter((one) => one?.event === 'done')
    .map((one) => one?.at ?? '')
    .sort((one, other) => Date.parse(other) - Date.parse(one));
  const at = isDone(events, regime.id, awaited) ? (current[0] ?? null) : null;
  const said = events
    .filter((one) => one.regime === regime.id && steps.includes(one.step) && one.event === 'done')
    .map((one) => one.at);
  return {
    at,
    precision: at === null ? null : 'exact',
    earlier: [...new Set(said)].filter((one) => one !== at),
  };
}
