import type { AssessmentAnswer } from '../../shared/domain/assessment.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { Assessment, RulePack } from '../../shared/domain/rules.ts';

/** @throws SigillError `usage` for an answer that its question does not take. Nothing is stored. */
export function requireFitting(
  rules: RulePack,
  question: Assessment['questions'][number],
  answer: AssessmentAnswer,
): void {
  const refuse = (why: string): never => {
    throw new SigillError(
      'usage',
      `Svaret på "${question.id}" går inte att använda: ${why}. Inget har sparats.`,
    );
  };
  if (answer.type === 'unknown') return;
  if (answer.type !== question.type) refuse('det är av fel slag');
  if (question.type === 'choice' && answer.type === 'choice') {
    const codes =
      question.options?.map(({ code }) => code) ??
      rules.codeLists.get(question.codeList ?? '')?.codes.map(({ code }) => code) ??
      [];
    const strange = answer.codes.filter((code) => !codes.includes(code));
    if (strange.length > 0) refuse(`${strange.join(', ')} finns inte bland valen`);
    if (!question.several && answer.codes.length > 1) refuse('bara ett val får göras');
    if (new Set(answer.codes).size < answer.codes.length) refuse('samma val står två gånger');
  }
}
