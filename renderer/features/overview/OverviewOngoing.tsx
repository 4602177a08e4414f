import { Button } from '@midas-ds/components/button';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { POINTER_SENTENCE } from '../../../shared/domain/incident.ts';
import { STATE_NAME } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';

type Row = AnswerOf<'incidents.summaries'>['rows'][number];

/** More than a person overlooks; the list has the rest. */
const MOST_ROWS = 20;
const ONGOING = {
  search: '',
  state: 'ongoing',
  level: null,
  exercise: null,
  sort: 'newest',
  offset: 0,
  limit: MOST_ROWS,
} as const;

/** The incidents that are not closed, the newest first. */
export function OverviewOngoing() {
  const { data, error, isFirst } = useQuery('incidents.summaries', ONGOING);
  return (
    <section aria-labelledby="overview-ongoing">
      <Stack>
        <h2 id="overview-ongoing">{sv.overview.ongoing}</h2>
        <ErrorBanner error={error} />
        {isFirst && <Loading />}
        {data?.total === 0 && <Notice title={sv.overview.nothing}>{sv.overview.nothingHelp}</Notice>}
        {data && data.total > 0 && (
          <table>
            <thead>
              <tr>
                <th scope="col">{sv.overview.columns.incident}</th>
                <th scope="col">{sv.overview.columns.state}</th>
                <th scope="col">{sv.overview.columns.created}</th>
                <th scope="col">{sv.overview.columns.updated}</th>
                <th scope="col">
                  <span className="visually-hidden">{sv.overview.open}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <OngoingRow key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        )}
        {data && data.total > MOST_ROWS && <Muted>{sv.overview.ongoingMore(data.total - MOST_ROWS)}</Muted>}
      </Stack>
    </section>
  );
}

function OngoingRow({ row }: { readonly row: Row }) {
  const go = useApp((state) => state.go);
  const title = row.title ?? POINTER_SENTENCE;
  return (
    <tr>
      <th scope="row">
        {row.exercise && `${sv.incidents.exercise} `}
        {title}
      </th>
      <td>{STATE_NAME[row.state]}</td>
      <td>{formatDateTime(row.createdAt)}</td>
      <td>{formatDateTime(row.updatedAt)}</td>
      <td>
        <Button
          variant="secondary"
          size="medium"
          aria-label={`${sv.overview.open} ${title}, ${row.id}`}
          onPress={() => go({ screen: 'incident', incident: row.id })}
        >
          {sv.overview.open}
        </Button>
      </td>
    </tr>
  );
}
