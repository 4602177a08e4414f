import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import { clockStatus, confirmClock } from '../../clock/clock.ts';
import { incidentDeadlines, overviewDeadlines, recordStep, type Deadlines } from '../../deadlines/service.ts';
import { exportCalendar } from '../export-calendar.ts';
import type { AreaHandlers } from './state.ts';

function described({ deadlines, unknown, unreadable }: Deadlines): AnswerOf<'deadlines.ofIncident'> {
  return { deadlines, unknown, unreadable };
}

export const deadlinesHandlers: AreaHandlers<'deadlines'> = {
  async overview(_request, { core, signal }) {
    const { counts, ...found } = await overviewDeadlines(core.requireVault(), core.rules, { signal });
    return { ...described(found), counts };
  },
  ofIncident: ({ incident }, { core }) =>
    described(incidentDeadlines(core.requireVault(), core.rules, incident as IncidentId)),
  async exportCalendar({ incident, out, decision }, { core }) {
    const incidentId = incident as IncidentId | null;
    const { remarks, ...written } = await exportCalendar(core.requireVault(), core.rules, {
      incidentId,
      out,
      decision,
    });
    return { ...written, remarks: [...remarks] };
  },
  record({ incident, ...rest }, { core }) {
    recordStep(core.requireVault(), core.rules, { ...rest, incident: incident as IncidentId });
    return null;
  },
};

export const clockHandlers: AreaHandlers<'clock'> = {
  status: (_request, { core }) => clockStatus(core.requireVault(), core.clock),
  confirm: (said, { core }) => confirmClock(core.requireVault(), core.clock, said),
};
