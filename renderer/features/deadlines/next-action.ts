import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { nextActionOf } from '../../../shared/domain/incident-deadline.ts';
import type { Route } from '../../app/routes.ts';

export type Deadline = AnswerOf<'deadlines.overview'>['deadlines'][number];

export interface NextAction {
  readonly kind: 'call' | 'report' | 'incident';
  readonly route: Route;
}

/** Where the step is taken, as a place in the window. */
export function nextAction(deadline: Deadline): NextAction {
  const incident = deadline.incident.id;
  const next = nextActionOf(deadline);
  if (next.kind === 'report')
    return { kind: 'report', route: { screen: 'report', incident, form: next.form } };
  return { kind: next.kind, route: { screen: next.kind, incident } };
}
