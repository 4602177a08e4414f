import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import { getDraft, listDrafts, removeDraft, saveDraft } from '../../drafts/service.ts';
import type { AreaHandlers } from './state.ts';

export const draftsHandlers: AreaHandlers<'drafts'> = {
  put: ({ subject, incident, content, level }, { core }) =>
    saveDraft(core.requireVault(), { subject, incident: incident as IncidentId | null, content, level }),
  list: (_request, { core }) => listDrafts(core.requireVault()),
  get: ({ subject }, { core }) => getDraft(core.requireVault(), subject) as AnswerOf<'drafts.get'>,
  remove({ subject }, { core }) {
    removeDraft(core.requireVault(), subject);
    return null;
  },
};
