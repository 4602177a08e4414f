import { z } from 'zod';
import type { Immutable } from './immutable.ts';

/**
 * The shape of an assessment: questions, criteria as a small logic over the answers, and the outcomes they lead to. It is
 * data like every rule (`assets/rules/thresholds/`); what it comes to is `assessment-evaluate.ts`.
 */

const id = z.string().regex(/^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/);
const text = z.string().min(1);

/** Currencies that thresholds stand in, and that losses are counted in here. No rate is known: they are never mixed. */
export const CURRENCIES = ['SEK', 'EUR'] as const;
export type Currency = (typeof CURRENCIES)[number];
export const DURATION_UNITS = ['sekund', 'minut', 'timme', 'dygn'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];
export const SECONDS: Readonly<Record<DurationUnit, number>> = {
  sekund: 1,
  minut: 60,
  timme: 3600,
  dygn: 86_400,
};

const questionBase = { id, text, help: text.optional(), heading: text.optional() };
const option = z.strictObject({ code: id, name: text });
const question = z.discriminatedUnion('type', [
  z.strictObject({
    ...questionBase,
    type: z.literal('yes-no'),
    /** Any answer but no tells by itself that the matter is one of säkerhetsskydd: it goes to the protected room. */
    telling: z.boolean().optional(),
  }),
  z.strictObject({
    ...questionBase,
    type: z.literal('choice'),
    several: z.boolean(),
    options: z.array(option).min(2).optional(),
    codeList: id.optional(),
    /** Where nobody has answered, what the settings say of the organisation is the answer. */
    fromOrganisation: z.literal('sectors').optional(),
  }),
  z.strictObject({ ...questionBase, type: z.literal('number'), unit: text }),
  z.strictObject({ ...questionBase, type: z.literal('percentage') }),
  z.strictObject({ ...questionBase, type: z.literal('duration') }),
  /** `currency`: that of the threshold, which the answer is asked for in; another can be chosen, and cannot be compared. */
  z.strictObject({ ...questionBase, type: z.literal('money'), currency: z.enum(CURRENCIES).optional() }),
]);
export type AssessmentQuestion = Immutable<z.infer<typeof question>>;

const amount = z.number().nonnegative();
const threshold = z.union([
  z.strictObject({ value: amount, unit: z.enum([...DURATION_UNITS, ...CURRENCIES, 'antal', 'procent']) }),
  /** A share of what another question of the same kind was answered with. */
  z.strictObject({ percent: z.number().positive(), of: id }),
]);
export type Threshold = Immutable<z.infer<typeof threshold>>;

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly atLeast: number; readonly of: readonly Condition[] }
  | { readonly not: Condition }
  /** A yes or no, or a choice that is among those made. */
  | { readonly question: string; readonly is: string }
  /** More than (`over`), or at least (`from`), the lowest of the thresholds. */
  | { readonly question: string; readonly over: readonly Threshold[] }
  | { readonly question: string; readonly from: readonly Threshold[] }
  /** Only in an outcome. */
  | { readonly criterion: string };

const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ atLeast: z.number().int().positive(), of: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ question: id, is: text }),
    z.strictObject({ question: id, over: z.array(threshold).min(1) }),
    z.strictObject({ question: id, from: z.array(threshold).min(1) }),
    z.strictObject({ criterion: id }),
  ]),
);

/** What an assessment has beside what every rule has. `confidence` is handed in, since rules.ts reads this file. */
export function assessmentShape<C extends z.ZodType, D extends z.ZodType>(confidence: C, date: D) {
  return {
    kind: z.literal('assessment'),
    regimes: z.array(id).min(1),
    introduction: text,
    /** What to do while it cannot be decided. */
    whenUnsure: text,
    /** Telling by its name: it is answered in the protected room only. */
    sensitive: z.boolean(),
    questions: z.array(question).min(1),
    criteria: z
      .array(
        z.strictObject({
          id,
          name: text,
          provision: text,
          confidence,
          note: text.optional(),
          /** Where this is not met, the criterion does not concern the incident, and its questions are not asked. */
          appliesWhen: conditionSchema.optional(),
          when: conditionSchema,
          validFrom: date.optional(),
        }),
      )
      .min(1),
    /** The most serious first. The last one has no condition: it is what is left. */
    outcomes: z
      .array(
        z.strictObject({
          id,
          name: text,
          text,
          /** Does the regime ask for its reports then? */
          reportable: z.boolean(),
          /** Steps of the regime that are not asked for, though the rest is. */
          leavesOut: z.array(id).optional(),
          when: conditionSchema.optional(),
        }),
      )
      .min(2),
    /** Said beside the answer where it is met: "manuell bedömning". */
    remarks: z.array(z.strictObject({ when: conditionSchema, text })).optional(),
    /** The time of the incident that a decision to report sets, where a deadline or a report asks for it. */
    decisionTime: z.literal('significant').optional(),
  };
}

/** What a person answered. `unknown` is an answer too: asked, and not known yet. */
export const answerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('unknown') }),
  z.strictObject({ type: z.literal('yes-no'), value: z.enum(['ja', 'nej']) }),
  z.strictObject({ type: z.literal('choice'), codes: z.array(z.string()).min(1) }),
  z.strictObject({ type: z.literal('number'), value: amount }),
  z.strictObject({ type: z.literal('percentage'), value: amount }),
  z.strictObject({ type: z.literal('duration'), value: amount, unit: z.enum(DURATION_UNITS) }),
  z.strictObject({ type: z.literal('money'), value: amount, currency: z.enum(CURRENCIES) }),
]);
export type AssessmentAnswer = Immutable<z.infer<typeof answerSchema>>;

/** A decision as it is stored: by which version of the rule, what was proposed, what was decided. */
export const assessmentDecisionSchema = z.strictObject({
  regime: z.string(),
  assessment: z.string(),
  rule: z.strictObject({
    validFrom: z.string().nullable(),
    validTo: z.string().nullable(),
    /** SHA-256 over the rule's canonical JSON. */
    digest: z.string(),
  }),
  /** The day of the incident that the version was chosen by. */
  date: z.string(),
  /** The outcome that the answers led to; null where they did not settle it. */
  proposed: z.string().nullable(),
  decided: z.string(),
  /** In words, so that it can be read also when the rule is gone. */
  proposedName: z.string().nullable(),
  decidedName: z.string(),
  reportable: z.boolean(),
  deviates: z.boolean(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});
export type AssessmentDecision = z.infer<typeof assessmentDecisionSchema>;

/** The key of the item that holds an answer. */
export function answerKey(assessment: string, questionId: string): string {
  return `${assessment}:${questionId}`;
}
