import type { IncidentId } from '../../shared/domain/incident.ts';
import type { StepEventKind } from '../../shared/domain/incident-deadline.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { listStepEvents } from '../deadlines/repository.ts';
import { recordStep, roomOfRegime } from '../deadlines/service.ts';
import { getIncident } from '../incidents/service.ts';
import { rulesForIncident } from '../packs/for-incident.ts';
import type { Vault } from '../vault/session.ts';

/** What stands beside a step; it says where the reason is, and not what it was. By it the step is found again. */
const BY_DECISION = 'Enligt beslut, se Bedömning.';

export interface DecisionToFollow {
  readonly incident: IncidentId;
  readonly regime: string;
  /** Where the decision lies. */
  readonly room: Room;
  /** The steps that do not apply by it. */
  readonly skipped: readonly string[] | 'all';
  readonly at: string;
}

/**
 * Marks the steps of a regime that do not apply by a decision, and takes back what an earlier decision marked. What a
 * person has said of a step by herself is left alone. Nothing is written where the decision lies in the protected room
 * and the regime in the open one: that a step does not apply would tell there what was decided here.
 * @returns `left` for the latter
 */
export function followDecision(
  vault: Vault,
  rules: RulePack,
  { incident, regime, room, skipped, at }: DecisionToFollow,
): 'followed' | 'unchanged' | 'left' {
  const unlocked = roomOfRegime(vault, incident, regime);
  const forIncident = rulesForIncident(vault, rules, getIncident(vault, incident));
  const steps = forIncident.regimes.get(regime)?.steps ?? [];
  if (!unlocked) return 'unchanged';
  const events = listStepEvents(unlocked.store, incident).filter((event) => event.regime === regime);
  const lastOf = (id: string): StepEventKind | undefined => events.findLast(({ step }) => step === id)?.event;
  const isReported = steps.some(({ id, reclassifies }) => reclassifies !== true && lastOf(id) === 'done');
  const changes = steps.flatMap(({ id, reclassifies }): { step: string; event: StepEventKind }[] => {
    const last = events.findLast(({ step }) => step === id);
    // That the incident is none after all is to be told to those who have been told that it was.
    const isSkipped = skipped === 'all' ? !(reclassifies === true && isReported) : skipped.includes(id);
    const isOurs = last?.event === 'not-applicable' && last.note === BY_DECISION;
    const isFree = last === undefined || last.event === 'reopened';
    if (isSkipped && isFree) return [{ step: id, event: 'not-applicable' }];
    return !isSkipped && isOurs ? [{ step: id, event: 'reopened' }] : [];
  });
  if (changes.length === 0) return 'unchanged';
  if (room === 'protected' && unlocked.room === 'open') return 'left';
  for (const change of changes)
    recordStep(vault, rules, { incident, regime, ...change, at, note: BY_DECISION });
  return 'followed';
}
