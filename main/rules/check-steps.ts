import { canHaveTarget } from '../../shared/domain/duty-settings.ts';
import type { Regime } from '../../shared/domain/rules.ts';

/** How the steps of a regime hang together: what runs from what, and what is asked for when. */
export function findStepFaults(regime: Regime): { place: string; fault: string }[] {
  const faults: { place: string; fault: string }[] = [];
  // A step can only refer to one that stands before it, so no two can wait for each other.
  const earlier = new Set<string>();
  for (const step of regime.steps) {
    const report = (fault: string): void => void faults.push({ place: `steget ${step.id}`, fault });
    if (step.limit !== null && step.start === 'none') report('fristen har ingen starthändelse.');
    const [, awaited] = step.start.split(':');
    if (awaited !== undefined && !earlier.has(awaited))
      report(`väntar på steget "${awaited}", som inte står före det.`);
    for (const key of ['insteadOf', 'after', 'restartedBy'] as const) {
      const other = step[key];
      if (other !== undefined && !earlier.has(other))
        report(`${key} är steget "${other}", som inte står före det.`);
    }
    if (step.noLaterThan && step.limit?.unit !== 'hour')
      report('noLaterThan går bara ihop med en frist i timmar.');
    if (step.workdayRule === 'SFS1930:173' && step.limit?.unit === 'hour')
      report('söndagsregeln gäller inte frister i timmar.');
    if (step.workdayRule !== 'none' && step.limit === null)
      report('workdayRule står vid ett steg som inte har någon frist.');
    if (step.restartedBy !== undefined && awaited === undefined)
      report('restartedBy går bara ihop med en start som väntar på ett annat steg.');
    if (step.startOptions && step.limit === null)
      report('startOptions står vid ett steg som inte har någon frist.');
    if (step.startOptions?.some((option) => option === step.start))
      report('startOptions upprepar starthändelsen.');
    if (step.ownTarget && !canHaveTarget(step))
      report('ownTarget står vid ett steg som har en frist, eller ingen start.');
    if (step.asksReasonWhenLate && step.limit === null)
      report('asksReasonWhenLate står vid ett steg som inte har någon frist.');
    for (const { when } of step.overrides ?? []) {
      if (!regime.organisationKinds.includes(when.organisationKind))
        report(`overrides gäller ${when.organisationKind}, som regelverket inte är till för.`);
      if (step.limit === null) report('overrides står vid ett steg som inte har någon frist.');
    }
    if (step.overrides && step.overrides.some((one) => one.limit.unit !== step.limit?.unit))
      report('overrides räknas i ett annat mått än fristen.');
    earlier.add(step.id);
  }
  return faults;
}
