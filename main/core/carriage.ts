import type { ReportDocument } from '../../shared/domain/report.ts';
import { askGate, type GatePolicy } from '../export/gate.ts';

export const CARRIAGES = ['rek', 'varde', 'personlig-leverans'] as const;
export type Carriage = (typeof CARRIAGES)[number];

/**
 * The carriage for a kuvert i kuvert when nobody chose one: what the gate allows as it is comes before what needs a
 * decision. For klassat that gives personal delivery before post (domain §11 no 7).
 * @param decided true where a decision has been given, so that what needs one can be chosen
 */
export function chooseCarriage(document: ReportDocument, policy: GatePolicy, decided: boolean): Carriage {
  const answers = CARRIAGES.map((carriage) => ({
    carriage,
    answer: askGate(document, carriage, policy).answer,
  }));
  const allowed = answers.find(({ answer }) => answer === 'allowed');
  const decidable = decided ? answers.find(({ answer }) => answer === 'decision') : undefined;
  return (allowed ?? decidable ?? answers[0])?.carriage ?? 'rek';
}
