import { Button } from '@midas-ds/components/button';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { FACT_LABEL, TIME_LABEL } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import type { Route } from '../../app/routes.ts';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';

type Draft = AnswerOf<'drafts.list'>[number];

/** What the person has written and not saved, with a way to go on. Nothing stands here where there is none. */
export function OverviewDrafts() {
  const { data, error } = useQuery('drafts.list', null);
  const go = useApp((state) => state.go);
  if (error) return <ErrorBanner error={error} />;
  if (!data || data.length === 0) return null;
  return (
    <section aria-labelledby="overview-drafts">
      <Stack>
        <h2 id="overview-drafts">{sv.overview.drafts}</h2>
        <Muted>{sv.overview.draftsLead}</Muted>
        <table>
          <thead>
            <tr>
              <th scope="col">{sv.overview.draft}</th>
              <th scope="col">{sv.overview.columns.incident}</th>
              <th scope="col">{sv.overview.draftSaved}</th>
              <th scope="col">
                <span className="visually-hidden">{sv.overview.goOn}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((draft) => (
              <tr key={draft.subject}>
                <th scope="row">{nameOf(draft)}</th>
                <td>{draft.incident !== null && <code>{draft.incident}</code>}</td>
                <td>{formatDateTime(draft.savedAt)}</td>
                <td>
                  <Button
                    variant="secondary"
                    size="medium"
                    aria-label={`${sv.overview.goOn}: ${nameOf(draft)}, ${draft.incident ?? ''}`}
                    onPress={() => go(routeOf(draft))}
                  >
                    {sv.overview.goOn}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Stack>
    </section>
  );
}

/** What it is a draft of, in words. */
function nameOf({ subject }: Draft): string {
  const [kind = '', , key = ''] = subject.split(':');
  const names = sv.overview.draftKind;
  if (kind === 'fact') return names.fact((FACT_LABEL as Readonly<Record<string, string>>)[key] ?? key);
  if (kind === 'time') return names.time((TIME_LABEL as Readonly<Record<string, string>>)[key] ?? key);
  if (kind === 'assessment') return names.assessment(key);
  if (kind === 'answer') return names.answer;
  return names[kind as 'title' | 'log' | 'call' | 'portal' | 'new-incident'] ?? kind;
}

/** Where one goes on with it. */
function routeOf({ subject, incident }: Draft): Route {
  if (incident === null) return { screen: 'new-incident' };
  const [kind, , key = ''] = subject.split(':');
  // An answer is gone on with where its form is.
  if (kind === 'answer') return { screen: 'report', incident, form: key.split('/')[0] ?? null };
  // Where the copying goes on is chosen by what has not been handed in yet.
  if (kind === 'portal') return { screen: 'incident', incident };
  return subject.startsWith('call:')
    ? { screen: 'call', incident }
    : { screen: 'incident', incident, draft: subject };
}
