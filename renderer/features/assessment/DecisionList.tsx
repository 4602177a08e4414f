import { OUTDATED_WORDS } from '../../../shared/domain/assessment-words.ts';
import { formatDateTime } from '../../app/format.ts';
import { Muted, Stack } from '../../components/Layout.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { ItemMarking } from '../incident/ItemMarking.tsx';
import styles from './Assessment.module.css';
import type { View } from './answers.ts';

const text = sv.assessment;
type Decision = View['decisions'][number];

/** The decision that counts, and those that it replaced. */
export function DecisionList({ incident, view }: { readonly incident: string; readonly view: View }) {
  const [current, ...earlier] = view.decisions;
  if (!current) return null;
  const item = { incident, kind: 'assessment', key: view.assessment.id } as const;
  return (
    <Stack>
      <h3>{text.current}</h3>
      {current.outdatedBy && <Notice kind="important">{OUTDATED_WORDS[current.outdatedBy]}</Notice>}
      <One decision={current} />
      <div>
        <ItemMarking item={item} name={text.decision} marking={current.marking} />
      </div>
      {earlier.length > 0 && (
        <>
          <h3>{text.earlier}</h3>
          <ol className={styles.questions}>
            {earlier.map((decision) => (
              <li key={decision.at}>
                <One decision={decision} />
                <MarkingBadge marking={decision.marking} isFull />
              </li>
            ))}
          </ol>
        </>
      )}
    </Stack>
  );
}

function One({ decision }: { readonly decision: Decision }) {
  const { decidedName, at, by, reason, proposedName, deviates, rule, assessment } = decision;
  return (
    <Stack gap="small">
      <p>
        <strong>{decidedName}</strong> · {text.decidedAt(formatDateTime(at), by)}
      </p>
      <p className={styles.text}>
        {text.reason}: {reason}
      </p>
      <Muted>
        {proposedName === null ? text.proposedNone : text.proposedWas(proposedName)}.{' '}
        {deviates && text.deviated}{' '}
        {text.ruleVersion(assessment, rule.validFrom ?? text.always, rule.digest.slice(0, 12))}
      </Muted>
    </Stack>
  );
}
