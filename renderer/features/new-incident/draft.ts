import { z } from 'zod';
import { ANSWERS, needsProtectedRoom, QUESTION_IDS } from '../../../shared/domain/decision-tree.ts';
import { isProtectedLevel, LEVELS, type Level } from '../../../shared/domain/marking.ts';

/** The subject of the one draft of a new incident that a person can have. */
export const NEW_INCIDENT = 'new-incident';

const detailsSchema = z.strictObject({
  title: z.string(),
  happened: z.string(),
  exercise: z.boolean(),
  detected: z.string(),
  aware: z.string(),
  identified: z.string(),
  marking: z.strictObject({ level: z.enum(LEVELS), basis: z.array(z.string()).readonly() }),
});
export type DetailsDraft = Readonly<z.output<typeof detailsSchema>>;

export const newIncidentSchema = z.strictObject({
  decisions: z
    .array(
      z.strictObject({
        question: z.enum(QUESTION_IDS),
        answer: z.enum(ANSWERS),
        reason: z.string(),
        at: z.string(),
      }),
    )
    .readonly(),
  /** null before the last question is answered. */
  details: detailsSchema.nullable(),
});
export type NewIncidentDraft = Readonly<z.output<typeof newIncidentSchema>>;
export const NO_INCIDENT: NewIncidentDraft = { decisions: [], details: null };

const OPEN: DetailsDraft['marking'] = { level: 'sekretess', basis: ['18 kap. 8 § OSL'] };
const PROTECTED: DetailsDraft['marking'] = { level: 'begransat-hemlig', basis: ['15 kap. 2 § OSL'] };

/** The marking that decides the room of the draft: an answer that points to the protected room is enough. */
export function levelOfNew({ decisions, details }: NewIncidentDraft): Level {
  if (needsProtectedRoom(decisions)) return PROTECTED.level;
  const level = details?.marking.level ?? 'oppen';
  return isProtectedLevel(level) ? OPEN.level : level;
}

/** @param now as it is written in the form */
export function newDetails(isProtected: boolean, now: string): DetailsDraft {
  return {
    title: '',
    happened: '',
    exercise: false,
    detected: '',
    aware: now,
    identified: '',
    marking: isProtected ? PROTECTED : OPEN,
  };
}

/** After an answer has been changed the marking may be one that can no longer be chosen. */
export function fitDetails(details: DetailsDraft, isProtected: boolean): DetailsDraft {
  if (isProtectedLevel(details.marking.level) === isProtected) return details;
  return { ...details, marking: isProtected ? PROTECTED : OPEN };
}
