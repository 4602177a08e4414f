import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import { describeMarking } from '../../../shared/domain/marking.ts';
import { CONFIDENCES, type Confidence } from '../../../shared/domain/rules.ts';
import { CHANNEL_NAME, CONFIDENCE_DOUBT } from '../../../shared/domain/words.ts';
import { sv } from '../../text/sv.ts';
import styles from './GateTable.module.css';
import type { GateAnswer } from './ways.ts';

const ICON = { allowed: CircleCheck, decision: CircleAlert, refused: CircleX } as const;

function doubtOf(confidence: string): string | null {
  return (CONFIDENCES as readonly string[]).includes(confidence)
    ? CONFIDENCE_DOUBT[confidence as Confidence]
    : null;
}

/** What the gate answers for every channel, and why. */
export function GateTable({ gate }: { readonly gate: readonly GateAnswer[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{sv.dispatch.channel}</th>
          <th scope="col">{sv.dispatch.answer}</th>
          <th scope="col">{sv.dispatch.why}</th>
        </tr>
      </thead>
      <tbody>
        {gate.map((answer) => (
          <GateRow key={answer.channel} answer={answer} />
        ))}
      </tbody>
    </table>
  );
}

function GateRow({ answer }: { readonly answer: GateAnswer }) {
  const Icon = ICON[answer.answer];
  const { reason, provision, confidence, absolute } = answer.rule;
  const doubt = doubtOf(confidence);
  return (
    <tr>
      <th scope="row">{CHANNEL_NAME[answer.channel]}</th>
      <td className={styles.answer} data-answer={answer.answer}>
        <Icon size={18} aria-hidden="true" />
        <strong>{sv.dispatch.answers[answer.answer]}</strong>
      </td>
      <td>
        <p>
          {reason}
          {provision !== null && ` (${provision})`}
        </p>
        {absolute && <p>{sv.dispatch.absolute}</p>}
        {answer.answer !== 'allowed' && (
          <p className={styles.detail}>{sv.dispatch.byContent(describeMarking(answer.decidedBy.marking))}</p>
        )}
        {answer.answer === 'decision' && answer.decider && (
          <p className={styles.detail}>
            {sv.dispatch.deciders[answer.decider]}
            {answer.conditions.length > 0 && `. ${sv.dispatch.conditions}: ${answer.conditions.join(' ')}`}
          </p>
        )}
        {doubt !== null && <p className={styles.detail}>{doubt}</p>}
      </td>
    </tr>
  );
}
