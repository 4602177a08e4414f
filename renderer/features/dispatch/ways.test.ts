import { describe, expect, it } from 'vitest';
import { answerOfWay, isSameDecision, type GateAnswer } from './ways.ts';

function gate(answers: Readonly<Record<string, GateAnswer['answer']>>): GateAnswer[] {
  return Object.entries(answers).map(([channel, answer]) => ({
    channel: channel as GateAnswer['channel'],
    answer,
    decidedBy: { origin: 'document', marking: { level: 'oppen', basis: [] } },
    rule: { contentClass: 'x', reason: 'y', provision: null, confidence: 'statute', absolute: false },
    decider: null,
    conditions: [],
    takesTwo: false,
  }));
}

describe('what the gate says of a way out', () => {
  it('is the hardest of what the way rests on: a kuvert is also paper', () => {
    const answers = gate({ varde: 'allowed', utskrift: 'decision', rek: 'refused', epost: 'refused' });
    expect(answerOfWay('envelope', 'varde', answers).answer).toBe('decision');
    expect(answerOfWay('envelope', 'rek', answers).answer).toBe('refused');
    expect(answerOfWay('email', null, answers).answer).toBe('refused');
  });

  it('is the easiest carriage where none is chosen', () => {
    const answers = gate({
      rek: 'refused',
      varde: 'decision',
      'personlig-leverans': 'allowed',
      utskrift: 'allowed',
    });
    expect(answerOfWay('envelope', null, answers).answer).toBe('allowed');
  });

  it('is refused where the gate said nothing', () => {
    expect(answerOfWay('signalskydd', null, []).answer).toBe('refused');
  });
});

describe('the decision of a way out', () => {
  it('is another where the way asks by another channel, or another one decides', () => {
    const answers = gate({
      rek: 'refused',
      varde: 'decision',
      'personlig-leverans': 'allowed',
      utskrift: 'decision',
    });
    const of = (carriage: Parameters<typeof answerOfWay>[1], from = answers) =>
      answerOfWay('envelope', carriage, from);
    expect(isSameDecision(of(null), of('personlig-leverans'))).toBe(true);
    expect(isSameDecision(of(null), of('varde'))).toBe(false);
    const chief = answers.map((one) => ({ ...one, decider: 'sakerhetsskyddschefen' as const }));
    expect(isSameDecision(of('varde'), of('varde', chief))).toBe(false);
  });
});
