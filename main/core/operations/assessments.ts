import type { IncidentId } from '../../../shared/domain/incident.ts';
import { roomOf } from '../../../shared/domain/room.ts';
import { answerAssessment, assessmentsOf, decideAssessment } from '../../assessments/service.ts';
import { settleDraft } from '../../drafts/service.ts';
import { wantedMarking } from '../../incidents/marking.ts';
import type { AreaHandlers } from './state.ts';

export const assessmentsHandlers: AreaHandlers<'assessments'> = {
  ofIncident: ({ incident }, { core }) =>
    assessmentsOf(core.requireVault(), core.rules, incident as IncidentId).map((view) => ({
      ...view,
      regimeName: core.rules.regimes.get(view.regime)?.name ?? view.regime,
    })),
  answer({ incident, assessment, answers, level, basis }, { core }) {
    const vault = core.requireVault();
    const marking = wantedMarking(vault, level, basis);
    answerAssessment(vault, core.rules, incident as IncidentId, assessment, answers, marking);
    return null;
  },
  decide({ incident, assessment, outcome, reason, level, basis, setTime, draft }, { core }) {
    const vault = core.requireVault();
    const decided = decideAssessment(vault, core.rules, incident as IncidentId, assessment, {
      outcome,
      reason,
      marking: wantedMarking(vault, level, basis),
      setTime,
    });
    if (draft !== undefined) settleDraft(vault, draft, roomOf(decided.marking.level));
    return decided;
  },
};
