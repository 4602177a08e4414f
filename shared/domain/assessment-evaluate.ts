import { SECONDS, type AssessmentAnswer, type Condition, type Threshold } from './assessment.ts';
import { CONFIDENCES, type Assessment, type Confidence } from './rules.ts';

/** Kleene's three values: what is not known is never taken for a no. */
export type Truth = 'met' | 'not-met' | 'unknown';
export type Answers = ReadonlyMap<string, AssessmentAnswer>;

export interface CriterionResult {
  readonly id: string;
  readonly state: Truth;
  /** False where it does not concern this incident by the answers given. */
  readonly applies: boolean;
}

export interface AssessmentResult {
  readonly criteria: readonly CriterionResult[];
  /** The outcomes that the answers leave possible, the most serious first. */
  readonly possible: readonly string[];
  /**
   * `settled`: one outcome is left. `at-least`: several are, and every one of them is reported, so the mildest is
   * certain. `open`: it cannot be told yet whether anything is to be reported.
   */
  readonly state: 'settled' | 'at-least' | 'open';
  readonly proposed: string | null;
  /** The criteria that the proposal rests on, and how certain they make it. */
  readonly decidedBy: readonly string[];
  readonly confidence: Confidence | null;
  /** Unanswered questions by which the answer may still change. */
  readonly open: readonly string[];
  /** The questions that concern this incident, in the order of the rule. */
  readonly asked: readonly string[];
  readonly remarks: readonly string[];
}

const AND = (states: readonly Truth[]): Truth =>
  states.includes('not-met') ? 'not-met' : states.includes('unknown') ? 'unknown' : 'met';
const OR = (states: readonly Truth[]): Truth =>
  states.includes('met') ? 'met' : states.includes('unknown') ? 'unknown' : 'not-met';
const NOT = (state: Truth): Truth => (state === 'met' ? 'not-met' : state === 'not-met' ? 'met' : 'unknown');

function atLeast(states: readonly Truth[], needed: number): Truth {
  const count = (state: Truth): number => states.filter((one) => one === state).length;
  if (count('met') >= needed) return 'met';
  return count('met') + count('unknown') >= needed ? 'unknown' : 'not-met';
}

/** A quantity in the smallest of its units, so that two can be compared; null for what is none. */
function measured(answer: AssessmentAnswer | undefined): { amount: number; unit: string } | null {
  switch (answer?.type) {
    case 'number':
      return { amount: answer.value, unit: 'antal' };
    case 'percentage':
      return { amount: answer.value, unit: 'procent' };
    case 'money':
      return { amount: answer.value, unit: answer.currency };
    case 'duration':
      return { amount: answer.value * SECONDS[answer.unit], unit: 'sekund' };
    default:
      return null;
  }
}

/** @returns the limit times a hundred, in the unit of the answer; null where it is not known, or in another unit */
function limitOf(limit: Threshold, unit: string, answers: Answers): number | null {
  if ('of' in limit) {
    const whole = measured(answers.get(limit.of));
    return whole?.unit === unit ? whole.amount * limit.percent : null;
  }
  if (limit.unit in SECONDS && unit === 'sekund')
    return limit.value * SECONDS[limit.unit as keyof typeof SECONDS] * 100;
  return limit.unit === unit ? limit.value * 100 : null;
}

/** The lowest of several thresholds: who is past one that is known is past the lowest, whatever the others are. */
function compare(
  condition: Extract<Condition, { question: string }>,
  limits: readonly Threshold[],
  isPast: (amount: number, limit: number) => boolean,
  answers: Answers,
): Truth {
  const given = measured(answers.get(condition.question));
  if (!given) return 'unknown';
  // A hundredfold on both sides: a share in percent is then exact for whole numbers.
  return OR(
    limits.map((one) => {
      const limit = limitOf(one, given.unit, answers);
      return limit === null ? 'unknown' : isPast(given.amount * 100, limit) ? 'met' : 'not-met';
    }),
  );
}

function isAnswer(answer: AssessmentAnswer | undefined, wanted: string): Truth {
  if (answer?.type === 'yes-no') return answer.value === wanted ? 'met' : 'not-met';
  if (answer?.type === 'choice') return answer.codes.includes(wanted) ? 'met' : 'not-met';
  return 'unknown';
}

/** @param criteria what the criteria came to, for a condition of an outcome */
export function evaluate(
  condition: Condition,
  answers: Answers,
  criteria: ReadonlyMap<string, Truth> = new Map(),
): Truth {
  const each = (some: readonly Condition[]): Truth[] => some.map((one) => evaluate(one, answers, criteria));
  if ('all' in condition) return AND(each(condition.all));
  if ('any' in condition) return OR(each(condition.any));
  if ('atLeast' in condition) return atLeast(each(condition.of), condition.atLeast);
  if ('not' in condition) return NOT(evaluate(condition.not, answers, criteria));
  // One that is not in force yet is not met.
  if ('criterion' in condition) return criteria.get(condition.criterion) ?? 'not-met';
  if ('is' in condition) return isAnswer(answers.get(condition.question), condition.is);
  return 'over' in condition
    ? compare(condition, condition.over, (amount, limit) => amount > limit, answers)
    : compare(condition, condition.from, (amount, limit) => amount >= limit, answers);
}

/** Every question that a condition looks at. */
export function questionsIn(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(questionsIn);
  if ('any' in condition) return condition.any.flatMap(questionsIn);
  if ('atLeast' in condition) return condition.of.flatMap(questionsIn);
  if ('not' in condition) return questionsIn(condition.not);
  if ('criterion' in condition) return [];
  const limits = 'over' in condition ? condition.over : 'from' in condition ? condition.from : [];
  return [condition.question, ...limits.flatMap((limit) => ('of' in limit ? [limit.of] : []))];
}

/** The questions that tell whether a criterion concerns the incident: the next one only where those before it are met. */
function gatesIn(condition: Condition, answers: Answers): string[] {
  if ('any' in condition) return condition.any.flatMap((part) => gatesIn(part, answers));
  if (!('all' in condition)) return questionsIn(condition);
  const stop = condition.all.findIndex((part) => evaluate(part, answers) !== 'met');
  return condition.all.slice(0, stop === -1 ? undefined : stop + 1).flatMap((part) => gatesIn(part, answers));
}

/** What a part of an outcome rests on: the criteria that made it what it is, and the best certainty that they give. */
interface Grounds {
  readonly criteria: readonly string[];
  readonly confidence: number;
}

function groundsOf(
  condition: Condition,
  state: Truth,
  truthOf: (condition: Condition) => Truth,
  rankOf: (criterion: string) => number,
): Grounds {
  if ('criterion' in condition)
    return { criteria: [condition.criterion], confidence: rankOf(condition.criterion) };
  if ('not' in condition) return groundsOf(condition.not, NOT(state), truthOf, rankOf);
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : partsOf(condition);
  const alike = parts
    .filter((part) => truthOf(part) === state)
    .map((part) => groundsOf(part, state, truthOf, rankOf));
  const ranks = alike.map(({ confidence }) => confidence).sort((one, other) => one - other);
  // How many of them had to be so: one for an `any` that is met, all for one that is not, and the other way round.
  const needed =
    'all' in condition
      ? state === 'met'
        ? parts.length
        : 1
      : 'any' in condition
        ? state === 'met'
          ? 1
          : parts.length
        : 'atLeast' in condition
          ? state === 'met'
            ? condition.atLeast
            : parts.length - condition.atLeast + 1
          : 0;
  return {
    criteria: [...new Set(alike.flatMap(({ criteria }) => criteria))],
    confidence: ranks[needed - 1] ?? 0,
  };
}

function partsOf(condition: Condition): readonly Condition[] {
  return 'of' in condition ? condition.of : [];
}

/** The criteria without which an outcome cannot be told yet. */
function unknownCriteria(condition: Condition, truthOf: (condition: Condition) => Truth): string[] {
  if (truthOf(condition) !== 'unknown') return [];
  if ('criterion' in condition) return [condition.criterion];
  if ('not' in condition) return unknownCriteria(condition.not, truthOf);
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : partsOf(condition);
  return parts.flatMap((part) => unknownCriteria(part, truthOf));
}

/** The unanswered questions that a condition that is unknown still waits for. */
function awaitedIn(condition: Condition, answers: Answers): string[] {
  if (evaluate(condition, answers) !== 'unknown') return [];
  if ('all' in condition) return condition.all.flatMap((part) => awaitedIn(part, answers));
  if ('any' in condition) return condition.any.flatMap((part) => awaitedIn(part, answers));
  if ('atLeast' in condition) return condition.of.flatMap((part) => awaitedIn(part, answers));
  if ('not' in condition) return awaitedIn(condition.not, answers);
  if ('criterion' in condition) return [];
  const named = questionsIn(condition);
  const unanswered = named.filter((id) => (answers.get(id)?.type ?? 'unknown') === 'unknown');
  // All answered, and yet unknown: they are in different currencies, and one of them has to be written anew.
  return unanswered.length > 0 ? unanswered : named;
}

/** The criteria of an assessment that are in force on a day. */
function criteriaAt(assessment: Assessment, date: string): Assessment['criteria'] {
  return assessment.criteria.filter(({ validFrom }) => validFrom === undefined || validFrom <= date);
}

/**
 * What the answers come to. Pure: the same answers on the same day always give the same.
 * More answers never turn what is met into what is not, nor the other way: only a changed answer does.
 * @param date the day of the incident, "2026-11-22": criteria that were not in force then do not count
 */
export function assess(assessment: Assessment, answers: Answers, date: string): AssessmentResult {
  const inForce = criteriaAt(assessment, date);
  const criteria = inForce.map(({ id, when, appliesWhen }) => {
    const applies = appliesWhen === undefined ? 'met' : evaluate(appliesWhen, answers);
    return { id, state: AND([applies, evaluate(when, answers)]), applies: applies !== 'not-met' };
  });
  const states = new Map(criteria.map(({ id, state }) => [id, state]));
  const truthOf = (condition: Condition): Truth => evaluate(condition, answers, states);
  const byId = new Map(inForce.map((criterion) => [criterion.id, criterion]));
  const rankOf = (id: string): number => CONFIDENCES.indexOf(byId.get(id)?.confidence ?? 'statute');

  const possible: Assessment['outcomes'][number][] = [];
  const passed: Condition[] = [];
  const waiting: Condition[] = [];
  for (const outcome of assessment.outcomes) {
    const truth = outcome.when === undefined ? 'met' : truthOf(outcome.when);
    if (truth === 'not-met' && outcome.when) passed.push(outcome.when);
    else possible.push(outcome);
    if (truth === 'met') break;
    if (truth === 'unknown' && outcome.when) waiting.push(outcome.when);
  }
  const last = possible.at(-1);
  const isSettled = possible.length === 1;
  const state = isSettled ? 'settled' : possible.every(({ reportable }) => reportable) ? 'at-least' : 'open';
  const proposed = state === 'open' ? undefined : last;
  const own = proposed?.when ? groundsOf(proposed.when, 'met', truthOf, rankOf) : null;
  const against = passed.map((condition) => groundsOf(condition, 'not-met', truthOf, rankOf));
  const grounds = own ? [own, ...(isSettled ? against : [])] : against;
  const decidedBy = (own ? own.criteria : against.flatMap((one) => one.criteria)).filter((id) =>
    byId.has(id),
  );
  const waited = waiting.flatMap((condition) => unknownCriteria(condition, truthOf));
  const open = new Set(
    inForce
      .filter(({ id }) => waited.includes(id))
      .flatMap(({ appliesWhen, when }) => [
        ...(appliesWhen ? awaitedIn(appliesWhen, answers) : []),
        ...awaitedIn(when, answers),
      ]),
  );
  const asked = new Set(
    inForce
      .filter((_, index) => criteria[index]?.applies)
      .flatMap(({ when }) => questionsIn(when))
      .concat(inForce.flatMap(({ appliesWhen }) => (appliesWhen ? gatesIn(appliesWhen, answers) : []))),
  );
  const inOrder = (some: ReadonlySet<string>): string[] =>
    assessment.questions.map(({ id }) => id).filter((id) => some.has(id));
  return {
    criteria,
    possible: possible.map(({ id }) => id),
    state,
    proposed: proposed?.id ?? null,
    decidedBy: [...new Set(decidedBy)],
    confidence: proposed
      ? (CONFIDENCES[Math.max(0, ...grounds.map(({ confidence }) => confidence))] ?? null)
      : null,
    // One that is not asked yet is asked when what comes before it is answered.
    open: inOrder(open).filter((id) => asked.has(id)),
    asked: inOrder(asked),
    remarks: (assessment.remarks ?? [])
      .filter(({ when }) => evaluate(when, answers) === 'met')
      .map(({ text }) => text),
  };
}
