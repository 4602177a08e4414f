import { InvalidArgumentError, type Command } from 'commander';
import type { AssessmentQuestion } from '../../../../shared/domain/assessment.ts';
import {
  OUTDATED_WORDS,
  answerPattern,
  codeNames,
  describeAnswer,
  describeProposal,
  readAnswer,
  TRUTH_NAME,
} from '../../../../shared/domain/assessment-words.ts';
import { describeMoment } from '../../../../shared/domain/deadline-words.ts';
import { SigillError } from '../../../../shared/domain/error.ts';
import { describeMarking, type Level } from '../../../../shared/domain/marking.ts';
import type { RulePack } from '../../../../shared/domain/rules.ts';
import { CONFIDENCE_NAME } from '../../../../shared/domain/words.ts';
import {
  answerAssessment,
  assessmentsOf,
  decideAssessment,
  requireAssessment,
  type AssessmentView,
  type DecisionOutcome,
  type NewAnswer,
} from '../../../assessments/service.ts';
import { wantedMarking } from '../../../incidents/marking.ts';
import { requireIncidentId, withVault, type Context, type VaultOptions } from '../context.ts';
import { readTextFile } from '../input-file.ts';
import { levelOption, unlockOptions } from '../options.ts';
import type { Run } from '../terminal.ts';

interface AssessOptions extends VaultOptions {
  readonly incident: string;
  readonly regime?: string;
  readonly assessment?: string;
  readonly answersFile?: string;
  readonly decide?: string;
  readonly reasonFile?: string;
  readonly level?: Level;
  readonly basis?: string[];
  readonly setTime?: boolean;
}

/** Is it to be reported? What is written comes from a file: a command stays in the shell's history. */
export function addAssessCommand(program: Command, context: Context, run: Run): void {
  unlockOptions(
    program
      .command('assess')
      .description('bedömning: ska incidenten rapporteras? Visa, svara, besluta')
      .requiredOption('--incident <id>', 'incidentens beteckning')
      .option('--regime <id>', 'bara det regelverket')
      .option('--assessment <id>', 'bara den bedömningen; behövs för att svara och besluta', requireName),
  )
    .option('--answers-file <fil>', 'fil med ett svar per rad: fråga = svar')
    .option('--decide <utfall>', 'besluta; utfallens id står i visningen')
    .option('--reason-file <fil>', 'fil med skälet till beslutet')
    .addOption(levelOption('--level <nivå>', 'märkning för det som skrivs'))
    .option('--basis <bestämmelse...>', 'bestämmelser bakom märkningen')
    .option('--set-time', 'sätt tidpunkten Bedömdes som betydande, om den saknas')
    .action((options: AssessOptions) =>
      run(async () => {
        const id = requireIncidentId(options.incident);
        const written = readWritten(options);
        return withVault(context, options, written ? ['open'] : [], (vault, rules) => {
          // First: what is asked for wrongly stores nothing.
          requireRegime(rules, options.regime);
          let outcome: DecisionOutcome | null = null;
          if (written) {
            const marking = wantedMarking(vault, written.level, options.basis ?? []);
            const { assessment } = requireAssessment(vault, rules, id, written.assessment);
            if (written.answers !== null) {
              const answers = readAnswers(assessment.questions, written.answers);
              answerAssessment(vault, rules, id, assessment.id, answers, marking);
            }
            if (written.decision !== null) {
              outcome = decideAssessment(vault, rules, id, assessment.id, {
                outcome: written.decision.outcome,
                reason: written.decision.reason,
                marking,
                setTime: options.setTime === true,
              });
            }
          }
          const views = assessmentsOf(vault, rules, id)
            .filter(({ regime }) => options.regime === undefined || regime === options.regime)
            .filter(
              ({ assessment }) => options.assessment === undefined || assessment.id === options.assessment,
            );
          return {
            text:
              views.length === 0
                ? 'Ingen bedömning hör till incidentens regelverk.\n'
                : views.map((view) => describe(view, rules)).join('\n'),
            json: {
              incident: id,
              assessments: views.map(withoutRule),
              ...(outcome ? { decision: outcome } : {}),
            },
            remarks: remarksOf(outcome),
          };
        });
      }),
    );
}

function requireName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('saknar namn');
  return text.trim();
}

interface Written {
  readonly assessment: string;
  readonly level: Level;
  readonly answers: string | null;
  readonly decision: { readonly outcome: string; readonly reason: string } | null;
}

/** @throws SigillError `usage` where something is to be written and not all that it takes is given */
function readWritten(options: AssessOptions): Written | null {
  const { answersFile, decide, reasonFile, assessment, level } = options;
  if (answersFile === undefined && decide === undefined) {
    if (reasonFile !== undefined || options.setTime)
      throw new SigillError('usage', '--reason-file och --set-time hör till ett beslut (--decide).');
    return null;
  }
  if (assessment === undefined || level === undefined) {
    throw new SigillError('usage', 'Ange vilken bedömning (--assessment) och märkning (--level) det gäller.');
  }
  if (decide !== undefined && reasonFile === undefined)
    throw new SigillError('usage', 'Ett beslut ska ha ett skäl (--reason-file).');
  return {
    assessment,
    level,
    answers: answersFile === undefined ? null : readTextFile(answersFile, '--answers-file'),
    decision:
      decide === undefined || reasonFile === undefined
        ? null
        : { outcome: decide, reason: readTextFile(reasonFile, '--reason-file') },
  };
}

/** One answer on each line; empty lines and what begins with # are left. The faults do not quote what was answered. */
function readAnswers(questions: readonly AssessmentQuestion[], text: string): NewAnswer[] {
  const faults: string[] = [];
  const answers = text.split('\n').flatMap((line, index): NewAnswer[] => {
    if (line.trim() === '' || line.trim().startsWith('#')) return [];
    const [name = '', ...rest] = line.split('=');
    const question = questions.find(({ id }) => id === name.trim().toLowerCase());
    const answer = question ? readAnswer(question, rest.join('=')) : null;
    if (question && answer) return [{ question: question.id, answer }];
    faults.push(
      question
        ? `rad ${index + 1}, ${question.id}: skrivs som ${answerPattern(question)}`
        : `rad ${index + 1}: det finns ingen sådan fråga`,
    );
    return [];
  });
  if (faults.length === 0 && answers.length === 0) faults.push('filen har inget svar');
  if (faults.length > 0)
    throw new SigillError('usage', 'Svaren går inte att läsa (--answers-file). Inget har sparats.', faults);
  return answers;
}

function remarksOf(outcome: DecisionOutcome | null): string[] {
  if (outcome === null) return [];
  return [
    'Beslutet är sparat.',
    ...(outcome.steps === 'followed' ? ['Regelverkets steg följer beslutet, se sigill deadlines.'] : []),
    ...(outcome.steps === 'left'
      ? [
          'Beslutet ligger i skyddade rummet och regelverket i det öppna. Stegen är inte ändrade, eftersom de då skulle berätta om beslutet.',
        ]
      : []),
    ...(outcome.timeSet ? ['Tidpunkten Bedömdes som betydande är satt.'] : []),
  ];
}

/** The rule itself is in the pack; what a program needs of it is its names. */
function withoutRule({ assessment, ...view }: AssessmentView): object {
  const { id, name, confidence, note, outcomes, questions } = assessment;
  return {
    ...view,
    assessment: {
      id,
      name,
      confidence,
      note: note ?? null,
      outcomes: outcomes.map((outcome) => ({
        id: outcome.id,
        name: outcome.name,
        reportable: outcome.reportable,
      })),
      questions: questions.map((question) => ({ id: question.id, type: question.type, text: question.text })),
    },
  };
}

function describe(view: AssessmentView, rules: RulePack): string {
  const { assessment, result, answers, assumed, decisions } = view;
  const codeLists = [...rules.codeLists.values()];
  const answerOf = (question: AssessmentQuestion): string => {
    const given = answers.find((one) => one.question === question.id);
    const names = codeNames(question, codeLists);
    if (given) {
      const note = given.marking.level === 'oppen' ? '' : ` [${describeMarking(given.marking)}]`;
      return describeAnswer(question, given.answer, names) + note;
    }
    const guess = assumed.find((one) => one.question === question.id);
    return guess ? `${describeAnswer(question, guess.answer, names)} (ur inställningarna)` : '–';
  };
  const asked = assessment.questions.filter(({ id }) => result.asked.includes(id));
  const decisive = assessment.criteria.filter(({ id }) => result.decidedBy.includes(id));
  const [decision] = decisions;
  const lines = [
    `${assessment.id}  ${assessment.name} (${rules.regimes.get(view.regime)?.name ?? view.regime})`,
    `  ${assessment.introduction}`,
    ...(assessment.note === undefined ? [] : [`  Obs: ${assessment.note}`]),
    ...asked.map((question) => `  ${question.id}: ${question.text} ${answerOf(question)}`),
    `  ${describeProposal(assessment, result)}`,
    ...(result.confidence === null ? [] : [`  Tillförlitlighet: ${CONFIDENCE_NAME[result.confidence]}`]),
    ...decisive.map(
      ({ id, name, provision, confidence }) =>
        `  – ${name}: ${TRUTH_NAME[result.criteria.find((one) => one.id === id)?.state ?? 'unknown']} ` +
        `(${provision}; ${CONFIDENCE_NAME[confidence]})`,
    ),
    ...(result.open.length === 0 ? [] : [`  Kan ändra svaret: ${result.open.join(', ')}`]),
    ...(result.state === 'settled' ? [] : [`  ${assessment.whenUnsure}`]),
    ...result.remarks.map((remark) => `  ${remark}`),
    `  Utfall: ${assessment.outcomes.map(({ id }) => id).join(', ')}`,
    ...(decision
      ? [
          `  Beslutat ${describeMoment({ at: decision.at, date: null })} av ${decision.by}: ${decision.decidedName}` +
            `${decision.deviates ? `, till skillnad från förslaget (${decision.proposedName ?? 'inte avgjort'})` : ''}`,
          `  Skäl: ${decision.reason}`,
          ...(decision.outdatedBy ? [`  ${OUTDATED_WORDS[decision.outdatedBy]}`] : []),
        ]
      : ['  Inget beslut.']),
  ];
  return `${lines.join('\n')}\n`;
}

/** A mistyped name would look like a regime with nothing to assess. */
function requireRegime(rules: RulePack, id: string | undefined): void {
  if (id === undefined || rules.regimes.has(id)) return;
  throw new SigillError(
    'usage',
    `Det finns inget regelverk ${id}. Välj ett av ${[...rules.regimes.keys()].join(', ')}.`,
    [],
    '--regime',
  );
}
