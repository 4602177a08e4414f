import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { DeadlineCard } from '../deadlines/DeadlineCard.tsx';
import { IncidentRulesNotice } from '../rules/IncidentRulesNotice.tsx';
import styles from '../deadlines/DeadlineCard.module.css';
import { useClockStatus } from '../deadlines/use-clock-status.ts';
import { useNow } from '../deadlines/use-now.ts';

/** Every step of the incident's regimes, also what is done and what does not apply. */
export function DeadlinesPart({ incident }: { readonly incident: string }) {
  const { data, error, isFirst } = useQuery('deadlines.ofIncident', { incident });
  const clock = useClockStatus();
  const all = data?.deadlines ?? [];
  const now = useNow(all.flatMap(({ due, event }) => (due && !event ? [due.at] : [])));
  return (
    <Stack>
      <ErrorBanner error={error} />
      <IncidentRulesNotice incident={incident} />
      {data?.unknown.map(({ regime }) => (
        <Notice key={regime} kind="important">
          {sv.deadlines.unknownRegime(incident, regime)}
        </Notice>
      ))}
      {!isFirst && !error && all.length === 0 && <Muted>{sv.deadlines.noRegimes}</Muted>}
      <ul className={styles.list}>
        {all.map((deadline) => (
          <DeadlineCard
            key={`${deadline.regime.id} ${deadline.step.id}`}
            deadline={deadline}
            now={now}
            isClockConfirmed={clock?.isConfirmed === true}
            showsIncident={false}
          />
        ))}
      </ul>
    </Stack>
  );
}
