import { CARRIAGES, type Carriage } from '../../shared/domain/packing.ts';
import { isProtectedLevel } from '../../shared/domain/marking.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import { askGate, type GatePolicy } from '../export/gate.ts';

/** For klassat: by hand before by post, and by REK only where somebody has chosen it (domain §11 no 7). */
const FOR_CLASSIFIED: readonly Carriage[] = ['personlig-leverans', 'varde'];

/**
 * The carriage for a kuvert i kuvert when nobody chose one: what the gate allows as it is comes before what needs a
 * decision.
 * @param decided true where a decision has been given, so that what needs one can be chosen
 */
export function chooseCarriage(document: ReportDocument, policy: GatePolicy, decided: boolean): Carriage {
  const carriages = isProtectedLevel(document.marking.level) ? FOR_CLASSIFIED : CARRIAGES;
  const answers = carriages.map((carriage) => ({
    carriage,
    answer: askGate(document, carriage, policy).answer,
  }));
  const allowed = answers.find(({ answer }) => answer === 'allowed');
  const decidable = decided ? answers.find(({ answer }) => answer === 'decision') : undefined;
  return (allowed ?? decidable ?? answers[0])?.carriage ?? 'rek';
}
