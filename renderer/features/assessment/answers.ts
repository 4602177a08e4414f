import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { assess, type AssessmentResult } from '../../../shared/domain/assessment-evaluate.ts';
import type { AssessmentAnswer } from '../../../shared/domain/assessment.ts';

export type View = AnswerOf<'assessments.ofIncident'>[number];
export type Question = View['assessment']['questions'][number];
/** What is written in the form and not saved, by question. */
export type Written = Readonly<Record<string, AssessmentAnswer>>;

/** What counts now: what is written here, else what is saved, else what the settings say. */
export function answersNow(view: View, written: Written): ReadonlyMap<string, AssessmentAnswer> {
  const saved = [...view.assumed, ...view.answers].map(({ question, answer }) => [question, answer] as const);
  return new Map([...saved, ...Object.entries(written)]);
}

/** What the answers come to, also those that are not saved. */
export function resultNow(view: View, written: Written): AssessmentResult {
  return assess(view.assessment, answersNow(view, written), view.date);
}

/** Says by itself that the matter is one of säkerhetsskydd: then all that is written here is. */
export function isTelling({ assessment }: View, written: Written): boolean {
  return assessment.questions.some((question) => {
    const answer = written[question.id];
    if (question.type !== 'yes-no' || question.telling !== true || answer === undefined) return false;
    return !(answer.type === 'yes-no' && answer.value === 'nej');
  });
}

/** The questions that are shown, under their headings: a heading goes on until the next one. */
export function questionGroups(
  { assessment }: View,
  asked: readonly string[],
): { readonly heading: string | null; readonly questions: readonly Question[] }[] {
  const groups: { heading: string | null; questions: Question[] }[] = [];
  let heading: string | null = null;
  for (const question of assessment.questions) {
    heading = question.heading ?? heading;
    if (!asked.includes(question.id)) continue;
    const last = groups.at(-1);
    if (last && last.heading === heading) last.questions.push(question);
    else groups.push({ heading, questions: [question] });
  }
  return groups;
}
