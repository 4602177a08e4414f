import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { CalendarExport } from '../deadlines/CalendarExport.tsx';
import { DeadlineCard } from '../deadlines/DeadlineCard.tsx';
import styles from '../deadlines/DeadlineCard.module.css';
import type { Deadline } from '../deadlines/next-action.ts';
import { useNow } from '../deadlines/use-now.ts';

/** More cards than a person reads; the rest stand on their incidents. */
const MOST_CARDS = 30;

/** What is due in all incidents, the most urgent first. */
export function OverviewDeadlines({ isClockConfirmed }: { readonly isClockConfirmed: boolean }) {
  const { data, error, isFirst } = useQuery('deadlines.overview', null);
  const all = data?.deadlines ?? [];
  const now = useNow(all.flatMap(({ due }) => (due ? [due.at] : [])));
  const urgent = all.filter(({ state }) => state !== 'waiting');
  const waiting = all.filter(({ state }) => state === 'waiting');
  return (
    <section aria-labelledby="overview-deadlines">
      <Stack>
        <Row>
          <h2 id="overview-deadlines">{sv.deadlines.title}</h2>
          {urgent.length > 0 && <CalendarExport incident={null} />}
        </Row>
        <ErrorBanner error={error} />
        {isFirst && <Loading />}
        {!isFirst && !error && urgent.length === 0 && (
          <Notice title={sv.deadlines.none}>{sv.deadlines.noneHelp}</Notice>
        )}
        {data?.unknown.map(({ incident, regime }) => (
          <Notice key={`${incident} ${regime}`} kind="important">
            {sv.deadlines.unknownRegime(incident, regime)}
          </Notice>
        ))}
        {data?.unreadable.map(({ incident, reason }) => (
          <Notice key={incident} kind="warning">
            {sv.deadlines.unreadableRules(incident, reason)}
          </Notice>
        ))}
        <ul className={styles.list}>
          {urgent.slice(0, MOST_CARDS).map((deadline) => (
            <DeadlineCard
              key={keyOf(deadline)}
              deadline={deadline}
              now={now}
              isClockConfirmed={isClockConfirmed}
              showsIncident
            />
          ))}
        </ul>
        {data && data.counts.urgent > MOST_CARDS && (
          <Muted>{sv.deadlines.more(data.counts.urgent - MOST_CARDS)}</Muted>
        )}
        {waiting.length > 0 && (
          <details>
            <summary>
              {sv.deadlines.waitingTitle} ({data?.counts.waiting})
            </summary>
            <ul className={styles.list}>
              {waiting.slice(0, MOST_CARDS).map((deadline) => (
                <DeadlineCard
                  key={keyOf(deadline)}
                  deadline={deadline}
                  now={now}
                  isClockConfirmed={isClockConfirmed}
                  showsIncident
                />
              ))}
            </ul>
            {(data?.counts.waiting ?? 0) > MOST_CARDS && (
              <Muted>{sv.deadlines.more((data?.counts.waiting ?? 0) - MOST_CARDS)}</Muted>
            )}
          </details>
        )}
      </Stack>
    </section>
  );
}

function keyOf({ incident, regime, step }: Deadline): string {
  return `${incident.id} ${regime.id} ${step.id}`;
}
