import { CHANNEL_NAME, CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import { sv } from '../../text/sv.ts';
import styles from './DeadlineCard.module.css';
import type { Deadline } from './next-action.ts';

/** How the deadline was counted, and what the rule rests on; folded up until somebody asks. */
export function DeadlineDetails({ deadline }: { readonly deadline: Deadline }) {
  const { start, explanation, note, sources, recipients, channels, confidence } = deadline;
  const { ownTarget, postBy, supervisors } = deadline;
  const text = sv.deadlines;
  const doubt = text.sourceHelp[confidence];
  return (
    <details className={styles.details}>
      <summary aria-label={text.howOf(deadline.step.name)}>{text.how}</summary>
      <dl>
        <dt>{text.from}</dt>
        <dd>
          {start.label}
          {start.event !== 'none' && `: ${start.at === null ? text.notGiven : formatDateTime(start.at)}`}
          {start.earlier.map((at) => ` (${text.earlier(formatDateTime(at))})`).join('')}
        </dd>
        {(explanation.length > 0 || note !== null || doubt !== null) && (
          <>
            <dt>{text.rule}</dt>
            <dd>
              {[...explanation, ...(note === null ? [] : [note]), ...(doubt === null ? [] : [doubt])].join(
                ' ',
              )}
            </dd>
          </>
        )}
        {recipients.length > 0 && (
          <>
            <dt>{text.recipients}</dt>
            <dd>{recipients.map(({ name }) => name).join(', ')}</dd>
          </>
        )}
        {channels.length > 0 && (
          <>
            <dt>{text.channels}</dt>
            <dd>{channels.map((channel) => CHANNEL_NAME[channel]).join(', ')}</dd>
          </>
        )}
        {ownTarget && (
          <>
            <dt>{text.ownTargetLabel}</dt>
            <dd>{text.ownTargetHelp(ownTarget.hours, ownTarget.note)}</dd>
          </>
        )}
        {postBy && (
          <>
            <dt>{text.postBy}</dt>
            <dd>
              {text.postByHelp(postBy.date, postBy.channels.map((one) => CHANNEL_NAME[one]).join(', '))}
            </dd>
          </>
        )}
        {supervisors.length > 0 && (
          <>
            <dt>{text.supervision}</dt>
            <dd>
              {supervisors.map(({ group, authority, confidence: standing }) => (
                <div key={group}>
                  {authority ? text.supervisedBy(authority.name, group) : text.supervisedUnknown(group)}{' '}
                  <span className={styles.badge} data-confidence={standing}>
                    {text.source(CONFIDENCE_NAME[standing])}
                  </span>
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>{text.sources}</dt>
        <dd>
          <ul>
            {sources.map((source) => (
              <li key={source.reference}>{text.checked(source.reference, source.checked)}</li>
            ))}
          </ul>
        </dd>
      </dl>
    </details>
  );
}
