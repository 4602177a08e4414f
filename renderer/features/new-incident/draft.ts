import { z } from 'zod';
import {
  ANSWERS,
  draftNeedsProtectedRoom,
  QUESTION_IDS,
  type QuestionId,
  type WrittenAnswer,
} from '../../../shared/domain/decision-tree.ts';
import { isProtectedLevel, LEVELS, type Level } from '../../../shared/domain/marking.ts';
import { UNJUDGED_MARKING } from '../../../shared/domain/words.ts';

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

const writtenSchema = z.strictObject({ answer: z.enum(ANSWERS).nullable(), reason: z.string() });
const NOTHING_WRITTEN: WrittenAnswer = { answer: null, reason: '' };

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
  /**
   * What stands in the form of each question that has been shown, decided or not: what is half answered survives a lock,
   * and the way back empties nothing.
   */
  written: z.partialRecord(z.enum(QUESTION_IDS), writtenSchema).default({}),
  /** null before the last question is answered. */
  details: detailsSchema.nullable(),
});
export type NewIncidentDraft = Readonly<z.output<typeof newIncidentSchema>>;
export const NO_INCIDENT: NewIncidentDraft = { decisions: [], written: {}, details: null };

const PROTECTED: DetailsDraft['marking'] = { level: 'begransat-hemlig', basis: ['15 kap. 2 § OSL'] };

/** What stands in the form of that question. */
export function writtenOf({ written }: NewIncidentDraft, question: QuestionId): WrittenAnswer {
  return written[question] ?? NOTHING_WRITTEN;
}

/** The draft with what now stands in the form of that question. */
export function write(
  { written }: NewIncidentDraft,
  question: QuestionId,
  part: Partial<WrittenAnswer>,
): Pick<NewIncidentDraft, 'written'> {
  return { written: { ...written, [question]: { ...NOTHING_WRITTEN, ...written[question], ...part } } };
}

/** True where something that has been chosen, decided or only marked in the form, belongs in the protected room. */
export function belongsInProtectedRoom({ decisions, written }: NewIncidentDraft): boolean {
  return draftNeedsProtectedRoom(decisions, written);
}

/** The marking that decides the room of the draft: an answer that points to the protected room is enough. */
export function levelOfNew(draft: NewIncidentDraft): Level {
  const { details } = draft;
  if (belongsInProtectedRoom(draft)) return PROTECTED.level;
  const level = details?.marking.level ?? 'oppen';
  return isProtectedLevel(level) ? UNJUDGED_MARKING.level : level;
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
    marking: isProtected ? PROTECTED : UNJUDGED_MARKING,
  };
}

/** After an answer has been changed the marking may be one that can no longer be chosen. */
export function fitDetails(details: DetailsDraft, isProtected: boolean): DetailsDraft {
  if (isProtectedLevel(details.marking.level) === isProtected) return details;
  return { ...details, marking: isProtected ? PROTECTED : UNJUDGED_MARKING };
}
