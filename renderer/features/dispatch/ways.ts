import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { Channel } from '../../../shared/domain/rules.ts';

export type GateAnswer = AnswerOf<'reports.gate'>[number];
export type WayId = 'email' | 'signalskydd' | 'envelope';

export const CARRIAGES = ['rek', 'varde', 'personlig-leverans'] as const;
export type Carriage = (typeof CARRIAGES)[number];

/** The channels whose answers a way out rests on. A kuvert is also paper. */
function channelsOf(way: WayId, carriage: Carriage | null): readonly Channel[] {
  if (way === 'email') return ['epost'];
  if (way === 'signalskydd') return ['signalskydd'];
  return carriage === null ? [] : [carriage, 'utskrift'];
}

export interface WayAnswer {
  readonly answer: GateAnswer['answer'];
  /** The answers that it rests on, for those that are not a plain yes. */
  readonly because: readonly GateAnswer[];
}

const RANK = { allowed: 0, decision: 1, refused: 2 } as const;

/** The hardest answer of those that the way rests on: what the window shows before it asks the core, which asks again. */
export function answerOfWay(way: WayId, carriage: Carriage | null, gate: readonly GateAnswer[]): WayAnswer {
  if (way === 'envelope' && carriage === null) {
    // Among equals by hand comes first, as the core chooses for klassat: its conditions are those that are shown.
    const each = CARRIAGES.toReversed().map((one) => answerOfWay(way, one, gate));
    return each.reduce((best, one) => (RANK[one.answer] < RANK[best.answer] ? one : best));
  }
  const answers = gate.filter(({ channel }) => channelsOf(way, carriage).includes(channel));
  const hardest = answers.reduce<GateAnswer['answer']>(
    (now, { answer }) => (RANK[answer] > RANK[now] ? answer : now),
    answers.length === 0 ? 'refused' : 'allowed',
  );
  return { answer: hardest, because: answers.filter(({ answer }) => answer !== 'allowed') };
}

/** True where two choices ask for the same decision: by the same channels, and whose it is. */
export function isSameDecision({ because: one }: WayAnswer, { because: other }: WayAnswer): boolean {
  const wordsOf = (answers: readonly GateAnswer[]): string =>
    answers.map(({ channel, answer, decider }) => `${channel} ${answer} ${decider ?? ''}`).join('; ');
  return wordsOf(one) === wordsOf(other);
}
