import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { FACT_LABEL, TIME_LABEL } from '../../../shared/domain/words.ts';
import type { Route } from '../../app/routes.ts';
import { sv } from '../../text/sv.ts';

type Draft = Pick<AnswerOf<'drafts.list'>[number], 'subject' | 'incident'>;

/** What it is a draft of, in words. */
export function nameOfDraft({ subject }: Draft): string {
  const [kind = '', , key = ''] = subject.split(':');
  const names = sv.overview.draftKind;
  if (kind === 'fact') return names.fact((FACT_LABEL as Readonly<Record<string, string>>)[key] ?? key);
  if (kind === 'time') return names.time((TIME_LABEL as Readonly<Record<string, string>>)[key] ?? key);
  if (kind === 'assessment') return names.assessment(key);
  const fixed: Readonly<Record<string, unknown>> = names;
  return typeof fixed[kind] === 'string' ? fixed[kind] : kind;
}

/** Where one goes on with it. */
export function routeOfDraft({ subject, incident }: Draft): Route {
  const [kind = '', , key = ''] = subject.split(':');
  if (incident === null) {
    if (['organisation', 'duties', 'printers'].includes(kind)) return { screen: 'settings' };
    if (['incoming', 'words', 'move', 'medium', 'inventory', 'list'].includes(kind))
      return { screen: 'register' };
    if (kind === 'pack') return { screen: 'rules' };
    if (kind === 'clock') return { screen: 'overview' };
    return kind === 'new-incident' ? { screen: 'new-incident' } : { screen: 'keys' };
  }
  const [first = '', second = ''] = key.split('/');
  // An answer is gone on with where its form is.
  if (kind === 'answer') return { screen: 'report', incident, form: first };
  if (kind === 'way') {
    const version = second === 'open' || second === 'limited' ? second : 'full';
    return { screen: 'dispatch', incident, form: first, version, draft: subject };
  }
  if (kind === 'print') return { screen: 'report', incident, form: first };
  // Where the copying goes on is chosen by what has not been handed in yet.
  if (kind === 'portal') return { screen: 'incident', incident };
  return kind === 'call' ? { screen: 'call', incident } : { screen: 'incident', incident, draft: subject };
}
