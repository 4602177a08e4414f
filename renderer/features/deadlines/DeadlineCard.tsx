import { Button } from '@midas-ds/components/button';
import { AlarmClock, CircleAlert, Zap } from 'lucide-react';
import { useState } from 'react';
import { describeElapsed, describeMoment } from '../../../shared/domain/deadline-words.ts';
import type { StepEventKind } from '../../../shared/domain/incident-deadline.ts';
import { POINTER_SENTENCE } from '../../../shared/domain/incident.ts';
import { CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { sv } from '../../text/sv.ts';
import { countdownTo } from './countdown.ts';
import styles from './DeadlineCard.module.css';
import { DeadlineDetails } from './DeadlineDetails.tsx';
import { nextAction, type Deadline } from './next-action.ts';
import { RecordDialog } from './RecordDialog.tsx';

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
        <p className={styles.regime}>{regime.name}</p>
        <p className={styles.rule}>
          {deadline.wording}{' '}
          <span className={styles.badge} data-confidence={confidence}>
            {sv.deadlines.source(CONFIDENCE_NAME[confidence])}
          </span>
        </p>
        <DeadlineDetails deadline={deadline} />
      </div>
      <Actions deadline={deadline} title={title} showsIncident={showsIncident} onAssess={onAssess} />
    </li>
  );
}

function isLate({ due, isProvisional }: Deadline, now: Date): boolean {
  return due !== null && !isProvisional && countdownTo(due.at, now).isLate;
}

/** Not a live region: what changes each minute is read when somebody goes there. */
function Standing({ deadline, now }: { readonly deadline: Deadline; readonly now: Date }) {
  const { state, due, target, extendedFrom, start, event, wasLate, isProvisional } = deadline;
  const text = sv.deadlines;
  if (event) {
    const at = formatDateTime(event.at);
    return (
      <>
        <p className={styles.settled}>
          {event.event === 'done' ? text.doneAt(at, event.by) : text.notApplicableAt(at, event.by)}
        </p>
        {wasLate && <p className={styles.doubt}>{text.wasLate}</p>}
        {event.note !== null && <p>{event.note}</p>}
      </>
    );
  }
  if (state === 'not-applicable') return <p className={styles.settled}>{text.notApplicableByRule}</p>;
  if (state === 'on-request') return <p className={styles.settled}>{text.onRequest}</p>;
  if (state === 'waiting') {
    return (
      <p className={styles.settled}>
        {isProvisional ? text.provisionalPassed : text.waitingFor(start.label)}
      </p>
    );
  }
  if (due === null) {
    const passed = start.at === null ? null : describeElapsed(now.getTime() - Date.parse(start.at));
    return (
      <>
        <p className={styles.number}>
          <Zap size={22} aria-hidden /> {text.asap}
        </p>
        <p>{passed === null ? text.elapsedUnknown : text.elapsed(passed)}</p>
      </>
    );
  }
  const countdown = countdownTo(due.at, now);
  const isPast = countdown.isLate && isProvisional;
  return (
    <>
      <p className={styles.number} role="timer">
        {countdown.isLate && <AlarmClock size={22} aria-hidden />}{' '}
        {isPast
          ? text.provisionalPassed
          : countdown.isLate
            ? text.late(countdown.text)
            : text.left(countdown.text)}
      </p>
      <p>{text.latest(describeMoment(due))}</p>
      {extendedFrom && <p className={styles.small}>{text.extendedFrom(describeMoment(extendedFrom))}</p>}
      {target && target.at !== due.at && (
        <p className={styles.small}>{text.target(describeMoment(target))}</p>
      )}
      {isProvisional && <p className={styles.small}>{text.provisional}</p>}
    </>
  );
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
  const record = (event: StepEventKind, name: string) => (
    <Button
      variant={event === 'done' ? 'secondary' : 'tertiary'}
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
