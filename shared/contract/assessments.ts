import { z } from 'zod';
import { answerSchema, assessmentDecisionSchema } from '../domain/assessment.ts';
import { OUTDATED_BY } from '../domain/assessment-words.ts';
import { assessmentSchema, CONFIDENCES } from '../domain/rules.ts';
import { draftSubject } from './drafts.ts';
import { operation } from './operation.ts';
import { incidentId, instant, level, marking, text } from './schemas.ts';

const result = z.strictObject({
  criteria: z.array(
    z.strictObject({ id: text, state: z.enum(['met', 'not-met', 'unknown']), applies: z.boolean() }),
  ),
  possible: z.array(text),
  state: z.enum(['settled', 'at-least', 'open']),
  proposed: text.nullable(),
  decidedBy: z.array(text),
  confidence: z.enum(CONFIDENCES).nullable(),
  open: z.array(text),
  asked: z.array(text),
  remarks: z.array(text),
});
const wanted = { level, basis: z.array(text) };
const which = { incident: incidentId, assessment: text };

/** Is the incident one that a regime asks to have reported? What decides it, and what was decided. */
export const assessmentsArea = {
  /** Those of the incident's regimes, as far as the open rooms tell. */
  ofIncident: operation({
    request: z.strictObject({ incident: incidentId }),
    answer: z.array(
      z.strictObject({
        assessment: assessmentSchema,
        regime: text,
        regimeName: text,
        rule: assessmentDecisionSchema.shape.rule,
        date: z.iso.date(),
        answers: z.array(
          z.strictObject({ question: text, answer: answerSchema, marking, changedAt: instant }),
        ),
        assumed: z.array(z.strictObject({ question: text, answer: answerSchema })),
        result,
        decisions: z.array(
          assessmentDecisionSchema.extend({ marking, outdatedBy: z.enum(OUTDATED_BY).nullable() }),
        ),
      }),
    ),
    room: 'any',
    changes: false,
  }),
  /** Each answer is a value of its own, with its marking and its history. */
  answer: operation({
    request: z.strictObject({
      ...which,
      answers: z.array(z.strictObject({ question: text, answer: answerSchema })).min(1),
      ...wanted,
    }),
    answer: z.null(),
    room: 'open',
    changes: true,
  }),
  decide: operation({
    request: z.strictObject({
      ...which,
      outcome: text,
      reason: text,
      ...wanted,
      setTime: z.boolean(),
      /** The draft that this was: it goes when this is stored. */
      draft: draftSubject.optional(),
    }),
    answer: z.strictObject({
      marking,
      steps: z.enum(['followed', 'unchanged', 'left']),
      timeSet: z.boolean(),
    }),
    room: 'open',
    changes: true,
  }),
} as const;
