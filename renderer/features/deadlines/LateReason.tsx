import { Button } from '@midas-ds/components/button';
import { LATE_REASON } from '../../../shared/domain/form-answer.ts';
import { useApp } from '../../app/store.ts';
import { sv } from '../../text/sv.ts';
import styles from './DeadlineCard.module.css';
import type { Deadline } from './next-action.ts';

/** Where the law asks why a report comes late: that it does, and the way to where the reason is written. */
export function LateReason({ deadline, title }: { readonly deadline: Deadline; readonly title: string }) {
  const go = useApp((state) => state.go);
  const { lateReason, incident, step, state, wasLate, forms } = deadline;
  if (!lateReason) return null;
  const isLate = state === 'overdue' || wasLate;
  const text = sv.deadlines;
  const action = lateReason.isGiven ? text.changeReason : text.writeReason;
  return (
    <div className={styles.late}>
      <p>
        {isLate && <strong>{lateReason.isGiven ? text.lateGiven : text.lateMissing} </strong>}
        {text.lateAsks(lateReason.provision, lateReason.before)}
      </p>
      {forms.map((form) => (
        <Button
          key={form.id}
          variant="tertiary"
          size="medium"
          aria-label={text.actionOf(action, forms.length > 1 ? form.name : step.name, title)}
          onPress={() => go({ screen: 'report', incident: incident.id, form: form.id, field: LATE_REASON })}
        >
          {forms.length > 1 ? text.reasonIn(form.name, action) : action}
        </Button>
      ))}
    </div>
  );
}
