import {
  CURRENCIES,
  DURATION_UNITS,
  type AssessmentQuestion,
  type Condition,
  type Threshold,
} from '../../shared/domain/assessment.ts';
import { questionsIn } from '../../shared/domain/assessment-evaluate.ts';
import type { Assessment } from '../../shared/domain/rules.ts';

interface Fault {
  readonly place: string;
  readonly fault: string;
}

/**
 * What the schema of an assessment cannot see: names that point at nothing, a question that nobody looks at, a threshold
 * in a unit that the answer never has, an outcome that no answer leads to.
 * @param codesOf the codes of a code list, or null where there is none; reports that itself
 */
export function findAssessmentFaults(
  assessment: Assessment,
  codesOf: (codeList: string, place: string) => readonly string[] | null,
): Fault[] {
  const { questions, criteria, outcomes, remarks = [] } = assessment;
  const faults: Fault[] = [];
  const say = (place: string, fault: string): void => void faults.push({ place, fault });
  const twice = (ids: readonly string[], what: string): void =>
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index) say('', `${what} "${id}" finns två gånger.`);
    });
  twice(
    questions.map(({ id }) => id),
    'frågan',
  );
  twice(
    criteria.map(({ id }) => id),
    'kriteriet',
  );
  twice(
    outcomes.map(({ id }) => id),
    'utfallet',
  );

  const byId = new Map(questions.map((question) => [question.id, question]));
  const codes = new Map(
    questions.map((question) => [question.id, codesOfQuestion(question, codesOf, say)] as const),
  );
  const checkQuestions = (condition: Condition, place: string): void => {
    for (const leaf of leavesOf(condition)) {
      if ('criterion' in leaf) {
        say(place, `kriteriet "${leaf.criterion}" får bara stå i ett utfall.`);
        continue;
      }
      const missing = questionsIn(leaf).filter((id) => !byId.has(id));
      for (const id of missing) say(place, `frågan "${id}" finns inte.`);
      const question = byId.get(leaf.question);
      if (!question || missing.length > 0) continue;
      const fault = leafFault(leaf, question, codes.get(question.id) ?? null, byId);
      if (fault !== null) say(place, fault);
    }
  };
  for (const { id, when, appliesWhen } of criteria) {
    checkQuestions(when, `kriteriet ${id}`);
    if (appliesWhen) checkQuestions(appliesWhen, `kriteriet ${id}`);
  }
  for (const { when } of remarks) checkQuestions(when, 'remarks');
  for (const { when } of [
    ...criteria.flatMap(({ when: own, appliesWhen }) => [own, appliesWhen]).map((when) => ({ when })),
    ...remarks,
  ])
    for (const fault of when ? countFaults(when) : []) say('', fault);

  const looked = new Set(
    criteria.flatMap(({ when, appliesWhen }) => [
      ...questionsIn(when),
      ...(appliesWhen ? questionsIn(appliesWhen) : []),
    ]),
  );
  for (const { id } of questions) if (!looked.has(id)) say('', `inget kriterium ser på frågan "${id}".`);
  return [...faults, ...outcomeFaults(assessment)];
}

function outcomeFaults({ outcomes, criteria }: Assessment): Fault[] {
  const faults: Fault[] = [];
  const known = new Set(criteria.map(({ id }) => id));
  const used = new Set<string>();
  outcomes.forEach(({ id, when }, index) => {
    const place = `utfallet ${id}`;
    const isLast = index === outcomes.length - 1;
    if (isLast !== (when === undefined))
      faults.push({ place, fault: 'det sista utfallet, och bara det, står utan villkor.' });
    for (const leaf of when ? leavesOf(when) : []) {
      if (!('criterion' in leaf)) faults.push({ place, fault: 'ett utfall ser bara på kriterier.' });
      else if (known.has(leaf.criterion)) used.add(leaf.criterion);
      else faults.push({ place, fault: `kriteriet "${leaf.criterion}" finns inte.` });
    }
    for (const fault of when ? countFaults(when) : []) faults.push({ place, fault });
  });
  for (const id of known)
    if (!used.has(id)) faults.push({ place: `kriteriet ${id}`, fault: 'inget utfall ser på det.' });
  return faults;
}

type Leaf = Extract<Condition, { question: string } | { criterion: string }>;

function leavesOf(condition: Condition): Leaf[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  if ('atLeast' in condition) return condition.of.flatMap(leavesOf);
  if ('not' in condition) return leavesOf(condition.not);
  return [condition];
}

function countFaults(condition: Condition): string[] {
  const parts =
    'all' in condition
      ? condition.all
      : 'any' in condition
        ? condition.any
        : 'atLeast' in condition
          ? condition.of
          : 'not' in condition
            ? [condition.not]
            : [];
  const own =
    'atLeast' in condition && condition.atLeast > condition.of.length
      ? [`minst ${condition.atLeast} av ${condition.of.length} kan aldrig vara uppfyllt.`]
      : [];
  return [...own, ...parts.flatMap(countFaults)];
}

function codesOfQuestion(
  question: AssessmentQuestion,
  codesOf: (codeList: string, place: string) => readonly string[] | null,
  say: (place: string, fault: string) => void,
): readonly string[] | null {
  if (question.type === 'yes-no') return ['ja', 'nej'];
  if (question.type !== 'choice') return null;
  const place = `frågan ${question.id}`;
  if ((question.options === undefined) === (question.codeList === undefined))
    say(place, 'ett val har antingen egna svar eller en kodlista.');
  if (question.options) return question.options.map(({ code }) => code);
  return question.codeList === undefined ? null : codesOf(question.codeList, place);
}

const UNITS: Readonly<Record<AssessmentQuestion['type'], readonly string[]>> = {
  'yes-no': [],
  choice: [],
  number: ['antal'],
  percentage: ['procent'],
  duration: DURATION_UNITS,
  money: CURRENCIES,
};

function leafFault(
  leaf: Exclude<Leaf, { criterion: string }>,
  question: AssessmentQuestion,
  codes: readonly string[] | null,
  byId: ReadonlyMap<string, AssessmentQuestion>,
): string | null {
  if ('is' in leaf) {
    if (UNITS[question.type].length > 0) return `frågan "${question.id}" besvaras inte med ett val.`;
    return codes && !codes.includes(leaf.is) ? `frågan "${question.id}" har inget svar "${leaf.is}".` : null;
  }
  const limits: readonly Threshold[] = 'over' in leaf ? leaf.over : leaf.from;
  for (const limit of limits) {
    if ('of' in limit) {
      if (byId.get(limit.of)?.type !== question.type)
        return `"${question.id}" och "${limit.of}" mäts inte i samma sak.`;
    } else if (!UNITS[question.type].includes(limit.unit)) {
      return `frågan "${question.id}" besvaras inte i ${limit.unit}.`;
    }
  }
  return null;
}
