import { Button } from '@midas-ds/components/button';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import type { StepEventKind } from '../../../shared/domain/incident-deadline.ts';
import { POINTER_SENTENCE } from '../../../shared/domain/incident.ts';
import { CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { useApp } from '../../app/store.ts';
import { sv } from '../../text/sv.ts';
import { countdownTo } from './countdown.ts';
import styles from './DeadlineCard.module.css';
import { DeadlineDetails } from './DeadlineDetails.tsx';
import { nextAction, type Deadline } from './next-action.ts';
import { LateReason } from './LateReason.tsx';
import { RecordDialog } from './RecordDialog.tsx';
import { Standing } from './Standing.tsx';

interface DeadlineCardProps {
  readonly deadline: Deadline;
  readonly now: Date;
  readonly isClockConfirmed: boolean;
  /** Left out on the incident's own screen. */
  readonly showsIncident: boolean;
  /** Goes to the assessment of the regime; left out where it has none. */
  readonly onAssess?: (() => void) | undefined;
}

/** One step: how long is left, what is to be done, by which rule, and the way there. */
export function DeadlineCard({
  deadline,
  now,
  isClockConfirmed,
  showsIncident,
  onAssess,
}: DeadlineCardProps) {
  const { incident, regime, step, confidence } = deadline;
  const title = incident.title ?? POINTER_SENTENCE;
  const Heading = showsIncident ? 'h3' : 'h2';
  const isCounting = deadline.state === 'running' || deadline.state === 'overdue';
  return (
    <li className={styles.card} data-late={isCounting && isLate(deadline, now)}>
      <div className={styles.time}>
        <Standing deadline={deadline} now={now} />
        {isCounting && !isClockConfirmed && (
          <p className={styles.doubt}>
            <CircleAlert size={16} aria-hidden /> {sv.deadlines.clockUnconfirmed}
          </p>
        )}
      </div>
      <div className={styles.what}>
        <Heading className={styles.step}>{step.name}</Heading>
        {showsIncident && (
          <p>
            {incident.exercise && <strong>{sv.deadlines.exercise} </strong>}
            {title}
          </p>
        )}
        <p className={styles.regime}>
          {regime.name}{' '}
          {regime.isInternal && <span className={styles.badge}>{sv.deadlines.internalRoutine}</span>}
          {regime.isReadOnly && <span className={styles.badge}>{sv.deadlines.readOnly}</span>}
          {confidence === 'unconfirmed' && (
            <span className={styles.badge} data-confidence={confidence}>
              {sv.deadlines.unconfirmedRule}
            </span>
          )}
        </p>
        <p className={styles.rule}>
          {deadline.wording}{' '}
          <span className={styles.badge} data-confidence={confidence}>
            {sv.deadlines.source(CONFIDENCE_NAME[confidence])}
          </span>
        </p>
        <LateReason deadline={deadline} title={title} />
        <DeadlineDetails deadline={deadline} />
      </div>
      <Actions deadline={deadline} title={title} showsIncident={showsIncident} onAssess={onAssess} />
    </li>
  );
}

function isLate({ due, isProvisional }: Deadline, now: Date): boolean {
  return due !== null && !isProvisional && countdownTo(due.at, now).isLate;
}

function Actions({
  deadline,
  title,
  showsIncident,
  onAssess,
}: Pick<DeadlineCardProps, 'deadline' | 'showsIncident' | 'onAssess'> & { readonly title: string }) {
  const go = useApp((state) => state.go);
  const [recording, setRecording] = useState<StepEventKind | null>(null);
  const next = nextAction(deadline);
  const step = deadline.step.name;
  const text = sv.deadlines;
  const label = text.next[next.kind];
  const isSettled = deadline.event !== null;
  const isByRule = !isSettled && deadline.state === 'not-applicable';
  const canBeRequested = deadline.state === 'on-request';
  if (deadline.regime.isReadOnly) return null;
  const record = (event: StepEventKind, name: string) => (
    <Button
      variant={event === 'done' || event === 'requested' ? 'secondary' : 'tertiary'}
      size="medium"
      aria-label={text.actionOf(name, step, title)}
      onPress={() => setRecording(event)}
    >
      {name}
    </Button>
  );
  return (
    <div className={styles.actions}>
      {!isSettled && !isByRule && (showsIncident || next.kind !== 'incident') && (
        <Button size="medium" aria-label={text.nextOf(label, step, title)} onPress={() => go(next.route)}>
          {label}
        </Button>
      )}
      {canBeRequested && record('requested', text.request)}
      {isSettled ? record('reopened', text.reopen) : record('done', text.done)}
      {!isSettled && !isByRule && record('not-applicable', text.notApplicable)}
      {onAssess && !isSettled && !isByRule && (
        <Button
          variant="tertiary"
          size="medium"
          aria-label={sv.assessment.openOf(`${deadline.regime.name}, ${step}`)}
          onPress={onAssess}
        >
          {sv.assessment.open}
        </Button>
      )}
      {recording && <RecordDialog deadline={deadline} event={recording} onEnd={() => setRecording(null)} />}
    </div>
  );
}
