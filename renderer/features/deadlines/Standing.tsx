import { AlarmClock, Zap } from 'lucide-react';
import { describeElapsed, describeMoment } from '../../../shared/domain/deadline-words.ts';
import { formatDateTime } from '../../app/format.ts';
import { sv } from '../../text/sv.ts';
import { countdownTo } from './countdown.ts';
import styles from './DeadlineCard.module.css';
import type { Deadline } from './next-action.ts';

/** Not a live region: what changes each minute is read when somebody goes there. */
export function Standing({ deadline, now }: { readonly deadline: Deadline; readonly now: Date }) {
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
        <OwnTarget deadline={deadline} now={now} />
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

/** What the organisation aims at where the law has no limit: never called late, for it is no law. */
function OwnTarget({ deadline: { ownTarget }, now }: { readonly deadline: Deadline; readonly now: Date }) {
  if (!ownTarget) return null;
  if (ownTarget.at === null)
    return <p className={styles.small}>{sv.deadlines.ownTargetUnknown(ownTarget.hours)}</p>;
  const moment = describeMoment({ at: ownTarget.at, date: null });
  const isPassed = Date.parse(ownTarget.at) <= now.getTime();
  return (
    <p className={styles.small}>
      {isPassed ? sv.deadlines.ownTargetPassed(moment) : sv.deadlines.ownTarget(moment)}
    </p>
  );
}
