import type { Content } from 'pdfmake/interfaces.js';
import { factTable, type FactRow } from '../documents/parts.ts';
import { describeMarking } from '../../shared/domain/marking.ts';
import { CHANNEL_NAME } from '../../shared/domain/words.ts';
import { swedishTime } from '../../shared/domain/swedish-time.ts';
import type { Cleared } from './gate.ts';

const DECIDER = { anvandaren: 'användaren', sakerhetsskyddschefen: 'säkerhetsskyddschefen' } as const;

/** Words for the person who must trust the rule: only what is not the law's own text or an authority's is said. */
const CONFIDENCE: Readonly<Record<string, string>> = {
  secondary: 'Regeln är återgiven i andra hand. Jämför med gällande föreskrift.',
  unconfirmed: 'Regeln är inte bekräftad mot gällande föreskrift. Stäm av med säkerhetsskyddschefen.',
};

/** What the gate answered, and the recorded decision where one was needed: goes with every sheet that leaves. */
export function decisionContent(clearance: Cleared): Content {
  const { answer, decision } = clearance;
  const rows: FactRow[] = [
    ['Avgörande uppgift', describeMarking(answer.decidedBy.marking)],
    ['Regel', [answer.rule.reason, answer.rule.provision].filter((part) => part !== null).join('\n')],
  ];
  if (decision) {
    if (answer.decider !== null) rows.push(['Beslutas av', DECIDER[answer.decider]]);
    if (answer.conditions.length > 0) rows.push(['Villkor för beslutet', answer.conditions.join('\n')]);
    rows.push(
      ['Beslut och skäl', decision.reason],
      ['Beslutat av', `${decision.decidedBy}, ${swedishTime(new Date(decision.at))}`],
      ...(decision.secondBy ? [['Och av', decision.secondBy] satisfies FactRow] : []),
    );
  } else {
    rows.push(['Beslut', 'Tillåtet enligt kanaltabellen utan särskilt beslut.']);
  }
  const doubt = CONFIDENCE[answer.rule.confidence];
  if (doubt !== undefined) rows.push(['Osäker regel', { text: doubt, bold: true }]);
  return factTable(rows, `Prövning och beslut: ${CHANNEL_NAME[clearance.channel].toLowerCase()}`);
}
