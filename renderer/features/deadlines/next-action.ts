import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { Route } from '../../app/routes.ts';

export type Deadline = AnswerOf<'deadlines.overview'>['deadlines'][number];

export interface NextAction {
  readonly kind: 'call' | 'report' | 'incident';
  readonly route: Route;
}

/** The form that is read aloud, with the five questions: its screen is the call. */
const CALL_FORM = 'telefonnotifiering';

/** Where the step is taken: the call, the report with its form, or, where there is no form, the incident. */
export function nextAction({ incident, forms, channels, recipients }: Deadline): NextAction {
  const written = forms.filter(({ id }) => id !== CALL_FORM);
  const [form] = written;
  const isCall = forms.some(({ id }) => id === CALL_FORM);
  const toCert = recipients.some(({ id }) => id === 'cert-se');
  if (isCall || (!form && toCert && channels.includes('telefon')))
    return { kind: 'call', route: { screen: 'call', incident: incident.id } };
  if (form) return { kind: 'report', route: { screen: 'report', incident: incident.id, form: form.id } };
  return { kind: 'incident', route: { screen: 'incident', incident: incident.id } };
}
