import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { CalendarExport } from '../deadlines/CalendarExport.tsx';
import { DeadlineCard } from '../deadlines/DeadlineCard.tsx';
import { IncidentRulesNotice } from '../rules/IncidentRulesNotice.tsx';
import styles from '../deadlines/DeadlineCard.module.css';
import { useClockStatus } from '../deadlines/use-clock-status.ts';
import { useNow } from '../deadlines/use-now.ts';

interface DeadlinesPartProps {
  readonly incident: string;
  /** A part lies in the locked room. */
  readonly isHidden: boolean;
  readonly onAssess: (regime: string) => void;
}

/** Every step of the incident's regimes, also what is done and what does not apply. */
export function DeadlinesPart({ incident, isHidden, onAssess }: DeadlinesPartProps) {
  const { data, error, isFirst } = useQuery('deadlines.ofIncident', { incident });
  const assessments = useQuery('assessments.ofIncident', { incident }).data ?? [];
  const assessed = new Set(assessments.map(({ regime }) => regime));
  const clock = useClockStatus();
  const all = data?.deadlines ?? [];
  const now = useNow(all.flatMap(({ due, event }) => (due && !event ? [due.at] : [])));
  return (
    <Stack>
      <ErrorBanner error={error} />
      {isHidden && <Notice kind="important">{sv.incident.hiddenDeadlines}</Notice>}
      <IncidentRulesNotice incident={incident} />
      {data?.unknown.map(({ regime }) => (
        <Notice key={regime} kind="important">
          {sv.deadlines.unknownRegime(incident, regime)}
        </Notice>
      ))}
      {!isFirst && !error && all.length === 0 && <Muted>{sv.deadlines.noRegimes}</Muted>}
      {all.some(({ due, ownTarget }) => due !== null || ownTarget !== null) && (
        <Row>
          <CalendarExport incident={incident} />
        </Row>
      )}
      <ul className={styles.list}>
        {all.map((deadline) => (
          <DeadlineCard
            key={`${deadline.regime.id} ${deadline.step.id}`}
            deadline={deadline}
            now={now}
            isClockConfirmed={clock?.isConfirmed === true}
            showsIncident={false}
            onAssess={assessed.has(deadline.regime.id) ? () => onAssess(deadline.regime.id) : undefined}
          />
        ))}
      </ul>
    </Stack>
  );
}
