import { Button } from '@midas-ds/components/button';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { STATE_NAME } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { useClockStatus } from '../deadlines/use-clock-status.ts';
import { ClockPanel } from './ClockPanel.tsx';
import { ongoingOf, passedSince, type Ongoing } from './ongoing.ts';
import { OverviewDeadlines } from './OverviewDeadlines.tsx';

const MINUTE_MS = 60_000;

/** What is due, in order; whether the clock can be trusted; and what is going on. */
export function OverviewScreen() {
  const { data, error, isFirst } = useQuery('incidents.list', null);
  const go = useApp((state) => state.go);
  const canWrite = useApp((state) => isUnlocked(state.status, 'open'));
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  const ongoing = ongoingOf(data ?? []);
  const clock = useClockStatus();
  return (
    <Page
      title={sv.overview.title}
      lead={sv.overview.lead}
      actions={
        canWrite && (
          <Button size="medium" icon={Plus} onPress={() => go({ screen: 'new-incident' })}>
            {sv.incidents.new}
          </Button>
        )
      }
    >
      <OverviewDeadlines isClockConfirmed={clock?.isConfirmed === true} />
      {clock && <ClockPanel status={clock} />}
      <h2>{sv.overview.ongoing}</h2>
      <ErrorBanner error={error} />
      {isFirst && <Loading />}
      {!isFirst && ongoing.length === 0 && (
        <Notice title={sv.overview.nothing}>{sv.overview.nothingHelp}</Notice>
      )}
      {ongoing.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{sv.overview.columns.incident}</th>
              <th scope="col">{sv.overview.columns.state}</th>
              <th scope="col">{sv.overview.columns.from}</th>
              <th scope="col">{sv.overview.columns.passed}</th>
              <th scope="col">
                <span className="visually-hidden">{sv.overview.open}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {ongoing.slice(0, 50).map((one) => (
              <OngoingRow key={one.id} ongoing={one} now={now} />
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}

function OngoingRow({ ongoing, now }: { readonly ongoing: Ongoing; readonly now: Date }) {
  const go = useApp((state) => state.go);
  const { days, hours, minutes } = passedSince(ongoing.since, now);
  return (
    <tr>
      <th scope="row">
        {ongoing.exercise && `${sv.incidents.exercise} `}
        {ongoing.title}
      </th>
      <td>{STATE_NAME[ongoing.state]}</td>
      <td>
        {sv.overview.froms[ongoing.from]} {formatDateTime(ongoing.since)}
      </td>
      <td>{sv.overview.passed(days, hours, minutes)}</td>
      <td>
        <Button
          variant="secondary"
          size="medium"
          aria-label={`${sv.overview.open} ${ongoing.title}, ${ongoing.id}`}
          onPress={() => go({ screen: 'incident', incident: ongoing.id })}
        >
          {sv.overview.open}
        </Button>
      </td>
    </tr>
  );
}
