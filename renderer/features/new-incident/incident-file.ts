import {
  contextOf,
  DECISION_TREE_VERSION,
  needsReason,
  regimesOf,
  type TreeContext,
  type TreeDecision,
} from '../../../shared/domain/decision-tree.ts';
import { INCIDENT_FILE_FORMAT } from '../../../shared/domain/incident-file.ts';
import type { TimeId } from '../../../shared/domain/incident.ts';
import type { Level } from '../../../shared/domain/marking.ts';
import { sv } from '../../text/sv.ts';

export interface Details {
  readonly title: string;
  readonly happened: string;
  /** ISO with offset, for those that are known. */
  readonly times: Readonly<Partial<Record<TimeId, string>>>;
  readonly level: Level;
  readonly basis: readonly string[];
  readonly exercise: boolean;
}

/** The rules of the day of the incident: what has been written of its times decides, not the day it is written. */
export function on(context: TreeContext, times: Details['times']): TreeContext {
  const given = Object.entries(times).map(([id, at]) => ({ id: id as TimeId, at }));
  return given.length === 0 ? context : contextOf(context.organisationKind, given, new Date());
}

/**
 * The incident as a file in the format that the core reads: what is known now, and every answer of the tree as a row in
 * the log, with who and when. A no is a decision; the rest is an assessment.
 */
export function incidentFileOf(
  decisions: readonly TreeDecision[],
  context: TreeContext,
  details: Details,
  by: string,
): string {
  const { level, basis, title, happened, times, exercise } = details;
  const marked = { marking: level, ...(basis.length > 0 ? { basis } : {}) };
  const { questions, answers, logLine, reasonLine } = sv.newIncident;
  return JSON.stringify({
    format: INCIDENT_FILE_FORMAT,
    exercise,
    organisationKind: context.organisationKind,
    regimes: regimesOf(decisions, on(context, times)),
    title: { text: title, ...marked },
    times: Object.fromEntries(
      Object.entries(times).map(([id, at]) => [id, { at, precision: 'exact', marking: level }]),
    ),
    facts: happened.trim() === '' ? [] : [{ id: 'handelse', text: happened, ...marked }],
    log: decisions.map(({ question, answer, reason, at }) => ({
      at,
      kind: needsReason(answer) ? 'beslut' : 'bedomning',
      text: logLine(
        questions[question].question,
        answers[answer],
        reason.trim() === '' ? '' : reasonLine(reason.trim()),
        DECISION_TREE_VERSION,
      ),
      by,
      ...marked,
    })),
  });
}
