import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import { isProtectedLevel, type Level } from '../../../shared/domain/marking.ts';
import { LOWEST_PROTECTED } from '../../drafts/leaving.ts';
import { getDraft, listDrafts, removeDraft, saveDraft } from '../../drafts/service.ts';
import { getIncident } from '../../incidents/service.ts';
import { isTelling } from '../make-report.ts';
import type { AreaHandlers, CoreState } from './state.ts';

/** The form in "way:K7M2-9QXA-4D1F:sakpol-anmalan/full/email". */
const FORM_OF_WAY = /^way:[^:]+:([^/]+)\//;

/** What is written to send a form that tells by its name belongs where the expedition will be remembered. */
function levelOf(core: CoreState, subject: string, incident: string | null, level: Level): Level {
  const form = FORM_OF_WAY.exec(subject)?.[1];
  if (form === undefined || incident === null || isProtectedLevel(level)) return level;
  const vault = core.requireVault();
  const isParted = getIncident(vault, incident as IncidentId).hasProtectedPart;
  return isParted && isTelling(core.rules, form) ? LOWEST_PROTECTED : level;
}

export const draftsHandlers: AreaHandlers<'drafts'> = {
  put: ({ subject, incident, content, level }, { core }) =>
    saveDraft(core.requireVault(), {
      subject,
      incident: incident as IncidentId | null,
      content,
      level: levelOf(core, subject, incident, level),
    }),
  list: (_request, { core }) => listDrafts(core.requireVault()),
  get: ({ subject }, { core }) => getDraft(core.requireVault(), subject) as AnswerOf<'drafts.get'>,
  remove({ subject }, { core }) {
    removeDraft(core.requireVault(), subject);
    return null;
  },
};
