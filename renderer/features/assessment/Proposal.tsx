import { describeProposal, TRUTH_NAME } from '../../../shared/domain/assessment-words.ts';
import type { AssessmentResult } from '../../../shared/domain/assessment-evaluate.ts';
import { CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { ConfidenceBadge } from '../../components/ConfidenceBadge.tsx';
import { Muted } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import styles from './Assessment.module.css';
import type { View } from './answers.ts';

const text = sv.assessment;
/** More than these nobody reads: the questions stand beside. */
const MOST_OPEN = 5;

/** What the answers come to now, what decides it and how certain that is; else which answers are missing. */
export function Proposal({ view, result }: { readonly view: View; readonly result: AssessmentResult }) {
  const { assessment } = view;
  const outcome = assessment.outcomes.find(({ id }) => id === result.proposed);
  const decisive = assessment.criteria.filter(({ id }) => result.decidedBy.includes(id));
  const open = assessment.questions.filter(({ id }) => result.open.includes(id));
  return (
    <section className={styles.proposal} aria-labelledby="assessment-proposal">
      <h3 id="assessment-proposal">{text.proposal}</h3>
      <p className={styles.answer} role="status">
        {describeProposal(assessment, result)}
      </p>
      {outcome && <p>{outcome.text}</p>}
      {result.confidence !== null && <Muted>{text.confidence(CONFIDENCE_NAME[result.confidence])}</Muted>}
      {result.state !== 'settled' && <Notice title={text.unsure}>{assessment.whenUnsure}</Notice>}
      {result.remarks.map((remark) => (
        <Notice key={remark} kind="important">
          {remark}
        </Notice>
      ))}
      {open.length > 0 && (
        <>
          <p>{text.openQuestions}</p>
          <ul className={styles.list}>
            {open.slice(0, MOST_OPEN).map(({ id, text: words }) => (
              <li key={id}>{words}</li>
            ))}
            {open.length > MOST_OPEN && <li>{text.moreOpen(open.length - MOST_OPEN)}</li>}
          </ul>
        </>
      )}
      {decisive.length > 0 && (
        <>
          <p>{text.because}</p>
          <ul className={styles.list}>
            {decisive.map(({ id, name, provision, confidence, note }) => (
              <li key={id}>
                {name}: {TRUTH_NAME[result.criteria.find((one) => one.id === id)?.state ?? 'unknown']}.{' '}
                {provision}. <ConfidenceBadge confidence={confidence} />
                {note !== undefined && <Muted>{note}</Muted>}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
