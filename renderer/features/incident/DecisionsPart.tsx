import { Button } from '@midas-ds/components/button';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { nameOrigin } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { sv } from '../../text/sv.ts';
import styles from './Parts.module.css';

type Decision = AnswerOf<'incidents.decisions'>[number];

interface DecisionsPartProps {
  readonly incident: string;
  readonly onAssess: () => void;
}

/** What has been decided, by whom and why: in the log, about markings, about ways out. */
export function DecisionsPart({ incident, onAssess }: DecisionsPartProps) {
  const { data, error } = useQuery('incidents.decisions', { incident });
  if (error) return <ErrorBanner error={error} />;
  if (!data) return <Loading />;
  return (
    <Stack>
      <div>
        <Button variant="secondary" size="medium" onPress={onAssess}>
          {sv.assessment.open}
        </Button>
      </div>
      {data.length === 0 ? <Muted>{sv.incident.decisionsNone}</Muted> : <DecisionRows decisions={data} />}
    </Stack>
  );
}

function DecisionRows({ decisions }: { readonly decisions: readonly Decision[] }) {
  return (
    <ol className={styles.items}>
      {decisions.toReversed().map((decision, index) => (
        <li key={decisions.length - index}>
          <Stack gap="small">
            <div className={styles.logHead}>
              <strong>{formatDateTime(decision.at)}</strong>
              <span>{sv.incident.decisionKind[decision.kind]}</span>
              {decision.by.length > 0 && <span>{sv.incident.by(decision.by.join(' och '))}</span>}
            </div>
            <p className={styles.text}>{whatOf(decision)}</p>
            {decision.reason !== null && (
              <p className={styles.text}>
                {sv.common.reason}: {decision.reason}
              </p>
            )}
          </Stack>
        </li>
      ))}
    </ol>
  );
}

function whatOf({ text, item, way }: Decision): string {
  if (text !== null) return text;
  if (item !== null) return sv.incident.loweredOf(nameOrigin(`${item.kind}:${item.key}`));
  return sv.incident.dispatchedBy[way as keyof typeof sv.incident.dispatchedBy] ?? way ?? '';
}
