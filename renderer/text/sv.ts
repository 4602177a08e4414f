import { auditText, helpText, keysText, settingsText, usersText } from './administration.ts';
import { answerText } from './answer.ts';
import { assessmentText } from './assessment.ts';
import { callText, newIncidentText } from './assess.ts';
import { calendarText, clockText, deadlinesText } from './deadlines.ts';
import { draftText } from './drafts.ts';
import { incidentText, incidentsText } from './incidents.ts';
import { overviewText } from './overview.ts';
import { registerText } from './register.ts';
import { paperText } from './paper.ts';
import { fieldsText, personalDataText, portalText, supplementText } from './portal.ts';
import { differenceText, dispatchText, expeditionText, reportText } from './reports.ts';
import { rulesText } from './rules.ts';
import { commonText, shellText } from './shell.ts';
import { createText, recoveryText, unlockText } from './vault.ts';

/** Every word that the window shows, one area each. Names of stored values come from shared/domain/words.ts. */
export const sv = {
  common: commonText,
  shell: shellText,
  unlock: unlockText,
  create: createText,
  recovery: recoveryText,
  incidents: incidentsText,
  incident: incidentText,
  draft: draftText,
  newIncident: newIncidentText,
  call: callText,
  report: reportText,
  dispatch: dispatchText,
  expedition: expeditionText,
  difference: differenceText,
  register: registerText,
  portal: portalText,
  fields: fieldsText,
  supplement: supplementText,
  personalData: personalDataText,
  answer: answerText,
  paper: paperText,
  keys: keysText,
  rules: rulesText,
  users: usersText,
  audit: auditText,
  settings: settingsText,
  help: helpText,
  overview: overviewText,
  deadlines: deadlinesText,
  clock: clockText,
  calendar: calendarText,
  assessment: assessmentText,
} as const;
