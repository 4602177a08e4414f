import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import {
  findLastSent,
  listAwaiting,
  listExpeditions,
  recordEvent,
  type Expedition,
} from '../../dispatches/service.ts';
import { settleDraft } from '../../drafts/service.ts';
import { getIncident } from '../../incidents/service.ts';
import { compareReports } from '../../reports/difference.ts';
import { withoutAddedSections } from '../../reports/added-sections.ts';
import { makeReport } from '../make-report.ts';
import { orderOf } from './order.ts';
import type { AreaHandlers } from './state.ts';

type Shown = AnswerOf<'reports.recordEvent'>;

export function shown({ incidentId, ...expedition }: Expedition): Shown {
  return { incident: incidentId, ...expedition };
}

/** What became of what was sent, and what has changed since: a part of the reports' area. */
export const dispatchHandlers: Pick<AreaHandlers<'reports'>, 'dispatches' | 'recordEvent' | 'difference'> = {
  dispatches({ incident }, { core }) {
    const vault = core.requireVault();
    const found = incident === null ? listAwaiting(vault) : listExpeditions(vault, incident as IncidentId);
    return found.map(shown);
  },
  recordEvent({ dispatch, event, at, note }, { core }) {
    const vault = core.requireVault();
    const told = recordEvent(vault, dispatch, event, at, note);
    // Nobody copies from a sheet that has been withdrawn.
    if (event === 'withdrawn') settleDraft(vault, `portal:${told.incidentId}:${dispatch}`, 'open');
    return shown(told);
  },
  difference(request, { core }) {
    const vault = core.requireVault();
    // A draft, so that it can be compared also while something is missing or hidden.
    const order = { ...orderOf(request), draft: true, isSupplement: false };
    const { version, openLevel } = makeReport(vault, core.rules, order);
    const last = findLastSent(vault, order.incidentId, { form: order.formId, version, openLevel });
    const nothing = { hiddenFields: 0, sections: [] };
    if (!last) return { last: null, state: 'never-sent', ...nothing };
    const expedition = shown(last.expedition);
    if (!last.document) return { last: expedition, state: 'hidden', ...nothing };
    // In the same dress as it was sent: that something is masked is no change of what was told.
    const now = makeReport(vault, core.rules, { ...order, mask: expedition.details.masked === true });
    const { protectedPartHidden } = getIncident(vault, order.incidentId);
    return {
      last: expedition,
      state: 'compared',
      ...compareReports(withoutAddedSections(last.document), now, protectedPartHidden),
    };
  },
};
