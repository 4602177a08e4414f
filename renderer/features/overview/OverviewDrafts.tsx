import { Button } from '@midas-ds/components/button';
import { formatDateTime } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { nameOfDraft, routeOfDraft } from './drafts.ts';

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
                <th scope="row">{nameOfDraft(draft)}</th>
                <td>{draft.incident !== null && <code>{draft.incident}</code>}</td>
                <td>{formatDateTime(draft.savedAt)}</td>
                <td>
                  <Button
                    variant="secondary"
                    size="medium"
                    aria-label={`${sv.overview.goOn}: ${nameOfDraft(draft)}, ${draft.incident ?? ''}`}
                    onPress={() => go(routeOfDraft(draft))}
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
