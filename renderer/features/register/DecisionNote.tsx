import { CHANNEL_NAME, CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import { sv } from '../../text/sv.ts';
import type { Entry } from './entries.ts';

/** The decision that a document went its way by: who, when, why, and the rule that asked for it. */
export function DecisionNote({ decision }: { readonly decision: NonNullable<Entry['decision']> }) {
  const text = sv.paper;
  const at = formatDateTime(decision.at);
  const who =
    decision.secondBy === null
      ? text.decided(decision.decidedBy, at)
      : text.decidedTwo(decision.decidedBy, decision.secondBy, at);
  return (
    <details>
      <summary>{`${text.decisionBy}: ${who}`}</summary>
      <p>{`${text.decisionReason}: ${decision.reason}`}</p>
      {decision.rules.map(({ channel, reason, provision, confidence }) => (
        <p key={channel}>
          {`${text.decisionRule}: ${CHANNEL_NAME[channel]}. ${reason}${provision === null ? '' : ` (${provision})`} [${CONFIDENCE_NAME[confidence]}]`}
        </p>
      ))}
      <p>{`${text.decisionRecorded}: ${decision.recordedBy}`}</p>
    </details>
  );
}
