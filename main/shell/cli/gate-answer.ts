import { describeMarking } from '../../../shared/domain/marking.ts';
import type { Confidence } from '../../../shared/domain/rules.ts';
import { CHANNEL_NAME, CONFIDENCE_DOUBT, nameOrigin } from '../../../shared/domain/words.ts';
import type { ChannelDecision, GateAnswer } from '../../export/gate.ts';

const DECIDER = { anvandaren: 'användaren', sakerhetsskyddschefen: 'säkerhetsskyddschefen' } as const;

function verdictOf(answer: GateAnswer, decision: ChannelDecision | null): string {
  switch (answer.answer) {
    case 'allowed':
      return 'Tillåtet';
    case 'decision':
      return decision
        ? `Tillåtet efter beslut av ${decision.decidedBy}`
        : `Kräver beslut av ${DECIDER[answer.decider ?? 'anvandaren']}`;
    case 'refused':
      return answer.rule.absolute ? 'Avvisat, och inget beslut kan ändra det' : 'Avvisat';
  }
}

/**
 * The gate's answer, line by line: what, why, by which rule and how sure it is, what decides it, and what a decision
 * must find to be true. Quotes no fact.
 */
export function describeAnswer(answer: GateAnswer, decision: ChannelDecision | null = null): string {
  const { rule } = answer;
  const doubt = CONFIDENCE_DOUBT[rule.confidence as Confidence] ?? null;
  const lines = [
    `${verdictOf(answer, decision)}: ${CHANNEL_NAME[answer.channel]} (${answer.channel})`,
    `  ${rule.reason}`,
    ...(rule.provision === null ? [] : [`  ${rule.provision}`]),
    `  Avgörs av: ${nameOrigin(answer.decidedBy.origin)}, ${describeMarking(answer.decidedBy.marking)}`,
    ...(doubt === null ? [] : [`  ${doubt}`]),
    ...(decision && answer.answer === 'decision' ? [`  Beslut: ${decision.reason}`] : []),
    ...(answer.conditions.length > 0 ? ['  Villkor för beslutet:'] : []),
    ...answer.conditions.map((condition) => `  – ${condition}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
