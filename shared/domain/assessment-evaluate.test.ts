import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECONDS, type AssessmentAnswer, type Condition, type Threshold } from './assessment.ts';
import { assess, evaluate, questionsIn, type Truth } from './assessment-evaluate.ts';
import type { Assessment } from './rules.ts';

type Question = Assessment['questions'][number];

const QUESTIONS: readonly Question[] = [
  { id: 'a', text: 'A?', type: 'yes-no' },
  { id: 'b', text: 'B?', type: 'yes-no' },
  {
    id: 'val',
    text: 'Val?',
    type: 'choice',
    several: true,
    options: ['x', 'y', 'z'].map((code) => ({ code, name: code })),
  },
  { id: 'n', text: 'N?', type: 'number', unit: 'st' },
  { id: 'tid', text: 'Tid?', type: 'duration' },
  { id: 'del', text: 'Del?', type: 'percentage' },
  { id: 'kostnad', text: 'Kostnad?', type: 'money' },
  { id: 'omsattning', text: 'Omsättning?', type: 'money' },
];

const answerTo: Record<string, fc.Arbitrary<AssessmentAnswer>> = Object.fromEntries(
  QUESTIONS.map(({ id, type }) => {
    const value = fc.integer({ min: 0, max: 6 });
    const unknown = fc.constant<AssessmentAnswer>({ type: 'unknown' });
    const known: fc.Arbitrary<AssessmentAnswer> =
      type === 'yes-no'
        ? fc.constantFrom('ja', 'nej').map((answer) => ({ type, value: answer }))
        : type === 'choice'
          ? fc.subarray(['x', 'y', 'z'], { minLength: 1 }).map((codes) => ({ type, codes }))
          : type === 'duration'
            ? fc.record({ type: fc.constant(type), value, unit: fc.constantFrom('minut', 'timme') })
            : type === 'money'
              ? fc.record({ type: fc.constant(type), value, currency: fc.constantFrom('SEK', 'EUR') })
              : fc.record({ type: fc.constant(type), value });
    return [id, fc.oneof({ weight: 5, arbitrary: known }, { weight: 1, arbitrary: unknown })];
  }),
);

const answers: fc.Arbitrary<ReadonlyMap<string, AssessmentAnswer>> = fc
  .record(answerTo, { requiredKeys: [] })
  .map((some) => new Map(Object.entries(some as Record<string, AssessmentAnswer>)));

const small = fc.integer({ min: 0, max: 6 });
const limits = (units: readonly string[]): fc.Arbitrary<Threshold[]> =>
  fc.array(fc.record({ value: small, unit: fc.constantFrom(...units) }) as fc.Arbitrary<Threshold>, {
    minLength: 1,
    maxLength: 2,
  });
const comparing = (
  question: string,
  thresholds: fc.Arbitrary<readonly Threshold[]>,
): fc.Arbitrary<Condition> =>
  fc
    .tuple(fc.boolean(), thresholds)
    .map(([isOver, some]) => (isOver ? { question, over: some } : { question, from: some }));
const share: fc.Arbitrary<Threshold[]> = fc.constant([{ percent: 50, of: 'omsattning' }]);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    { question: 'a', is: 'ja' },
    { question: 'b', is: 'nej' },
    { question: 'val', is: 'x' },
    { question: 'val', is: 'z' },
  ),
  comparing('n', limits(['antal'])),
  comparing('tid', limits(['minut', 'timme'])),
  comparing('del', limits(['procent'])),
  comparing(
    'kostnad',
    fc.oneof(
      limits(['SEK', 'EUR']),
      share,
      fc.tuple(limits(['EUR']), share).map((two) => two.flat()),
    ),
  ),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
  const parts = fc.array(tie('condition'), { minLength: 1, maxLength: 3 });
  return {
    condition: fc.oneof(
      { maxDepth: 3 },
      leaf,
      parts.map((all) => ({ all })),
      parts.map((any) => ({ any })),
      fc.tuple(fc.integer({ min: 1, max: 3 }), parts).map(([needed, of]) => ({ atLeast: needed, of })),
      tie('condition').map((not) => ({ not })),
    ),
  };
});

/**
 * Another way to the same answer: every part is the set of truth values that it can still have, and these are counted
 * out by trying all combinations. Quantities are put in one unit by hand, and the lowest threshold is found by sorting.
 */
function bruteForce(one: Condition, given: ReadonlyMap<string, AssessmentAnswer>): Truth {
  const canBe = (part: Condition): boolean[] => {
    if ('not' in part) return canBe(part.not).map((value) => !value);
    if ('all' in part || 'any' in part || 'atLeast' in part) {
      const parts = 'all' in part ? part.all : 'any' in part ? part.any : part.of;
      const needed = 'all' in part ? parts.length : 'any' in part ? 1 : part.atLeast;
      let counts = new Set([0]);
      for (const each of parts)
        counts = new Set([...counts].flatMap((count) => canBe(each).map((value) => count + (value ? 1 : 0))));
      return [...new Set([...counts].map((count) => count >= needed))];
    }
    if ('criterion' in part) throw new TypeError('no criteria here');
    const answer = given.get(part.question);
    if (answer === undefined || answer.type === 'unknown') return [true, false];
    if ('is' in part) {
      if (answer.type === 'yes-no') return [answer.value === part.is];
      return answer.type === 'choice' ? [answer.codes.includes(part.is)] : [true, false];
    }
    if (answer.type === 'yes-no' || answer.type === 'choice') return [true, false];
    const amount = answer.type === 'duration' ? answer.value * SECONDS[answer.unit] : answer.value;
    const some = 'over' in part ? part.over : part.from;
    const known = some.flatMap((limit) => {
      if ('of' in limit) {
        const whole = given.get(limit.of);
        if (whole?.type !== 'money' || answer.type !== 'money' || whole.currency !== answer.currency)
          return [];
        return [(whole.value * limit.percent) / 100];
      }
      if (answer.type === 'duration') return [limit.value * SECONDS[limit.unit as keyof typeof SECONDS]];
      if (answer.type === 'money') return limit.unit === answer.currency ? [limit.value] : [];
      return [limit.value];
    });
    const [lowest = Number.POSITIVE_INFINITY] = known.sort((x, y) => x - y);
    if ('over' in part ? amount > lowest : amount >= lowest) return [true];
    return known.length === some.length ? [false] : [true, false];
  };
  const can = new Set(canBe(one));
  return can.size === 2 ? 'unknown' : can.has(true) ? 'met' : 'not-met';
}

describe('a condition', () => {
  it('comes to what a brute force over the values that its parts can have comes to', () => {
    const seen = new Set<Truth>();
    fc.assert(
      fc.property(condition, answers, (one, given) => {
        const truth = evaluate(one, given);
        seen.add(truth);
        expect(truth).toBe(bruteForce(one, given));
      }),
      { numRuns: 3000 },
    );
    expect(seen.size).toBe(3);
  });

  it('that is met, or is not, stays so whatever else is answered', () => {
    fc.assert(
      fc.property(condition, answers, answers, (one, more, fewer) => {
        const known = [...fewer].filter(([, answer]) => answer.type !== 'unknown');
        const less = new Map(known);
        const truth = evaluate(one, less);
        fc.pre(truth !== 'unknown');
        expect(evaluate(one, new Map([...more, ...known]))).toBe(truth);
      }),
      { numRuns: 3000 },
    );
  });
});

function assessmentOf(conditions: readonly Condition[]): Assessment {
  return {
    kind: 'assessment',
    id: 'PROV',
    name: 'Prov',
    validFrom: null,
    validTo: null,
    confidence: 'statute',
    sources: [{ reference: 'x', checked: '2026-11-22' }],
    regimes: ['CSL'],
    introduction: 'x',
    whenUnsure: 'Anmäl.',
    sensitive: false,
    questions: [...QUESTIONS],
    criteria: conditions.map((when, index) => ({
      id: `K${index}`,
      name: 'K',
      provision: '§',
      confidence: index === 0 ? 'statute' : 'unconfirmed',
      when,
    })),
    outcomes: [
      {
        id: 'ja',
        name: 'Ja',
        text: 'x',
        reportable: true,
        when: { any: conditions.map((_, index) => ({ criterion: `K${index}` })) },
      },
      { id: 'nej', name: 'Nej', text: 'x', reportable: false },
    ],
  };
}

describe('an assessment', () => {
  it('is settled, or names unanswered questions that may settle it', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), answers, (conditions, given) => {
        const result = assess(assessmentOf(conditions), given, '2026-11-22');
        expect(result.state === 'open').toBe(result.open.length > 0);
        expect(result.proposed === null).toBe(result.state === 'open');
        const looked = new Set(conditions.flatMap(questionsIn));
        expect(result.open.every((id) => looked.has(id))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('is settled when all that it names has been answered, in one currency', () => {
    const whole = fc.record(
      Object.fromEntries(
        Object.entries(answerTo).map(([id, one]) => [
          id,
          one
            .filter(({ type }) => type !== 'unknown')
            .map((answer) => (answer.type === 'money' ? { ...answer, currency: 'EUR' as const } : answer)),
        ]),
      ),
    );
    const inEuro = (one: Condition): boolean => !JSON.stringify(one).includes('SEK');
    fc.assert(
      fc.property(condition.filter(inEuro), whole, answers, (one, complete, some) => {
        const assessment = assessmentOf([one]);
        const begun = new Map([...some].filter(([, { type }]) => type !== 'money'));
        const asked = assess(assessment, begun, '2026-11-22').open;
        const filled = new Map([...begun, ...Object.entries(complete).filter(([id]) => asked.includes(id))]);
        // An answer may make another question matter; the loop ends, since each round answers at least one.
        for (let round = 0; round < QUESTIONS.length; round += 1)
          for (const id of assess(assessment, filled, '2026-11-22').open) {
            const answer = complete[id];
            if (answer) filled.set(id, answer);
          }
        expect(assess(assessment, filled, '2026-11-22').state).toBe('settled');
      }),
      { numRuns: 800 },
    );
  });

  const yes = { type: 'yes-no', value: 'ja' } as const;
  const no = { type: 'yes-no', value: 'nej' } as const;
  const two = assessmentOf([
    { question: 'a', is: 'ja' },
    { question: 'b', is: 'ja' },
  ]);
  const confidenceOf = (given: readonly (readonly [string, AssessmentAnswer])[]): unknown => {
    const { state, decidedBy, confidence } = assess(two, new Map(given), '2026-11-22');
    return { state, decidedBy, confidence };
  };

  it('is as certain as what it rests on: one that suffices, or all that had to be refuted', () => {
    expect(confidenceOf([['a', yes]])).toEqual({
      state: 'settled',
      decidedBy: ['K0'],
      confidence: 'statute',
    });
    expect(confidenceOf([['b', yes]])).toEqual({
      state: 'settled',
      decidedBy: ['K1'],
      confidence: 'unconfirmed',
    });
    expect(
      confidenceOf([
        ['a', yes],
        ['b', yes],
      ]),
    ).toMatchObject({ decidedBy: ['K0', 'K1'], confidence: 'statute' });
    expect(
      confidenceOf([
        ['a', no],
        ['b', no],
      ]),
    ).toMatchObject({ decidedBy: ['K0', 'K1'], confidence: 'unconfirmed' });
    expect(confidenceOf([['a', no]])).toEqual({ state: 'open', decidedBy: [], confidence: null });
    expect(
      confidenceOf([
        ['a', { type: 'unknown' }],
        ['b', no],
      ]),
    ).toMatchObject({ state: 'open' });
  });

  it('leaves out a criterion before the day it came into force', () => {
    const later = {
      ...two,
      criteria: two.criteria.map((one, i) => (i === 1 ? { ...one, validFrom: '2026-07-01' } : one)),
    };
    const given = new Map<string, AssessmentAnswer>([['a', no]]);
    expect(assess(later, given, '2026-06-30')).toMatchObject({ state: 'settled', proposed: 'nej' });
    expect(assess(later, given, '2026-07-01')).toMatchObject({ state: 'open', open: ['b'] });
  });

  it('tells the mildest outcome as certain where every possible one is reported', () => {
    const levels: Assessment = {
      ...two,
      outcomes: [
        { id: 'hog', name: 'x', text: 'x', reportable: true, when: { criterion: 'K0' } },
        { id: 'lag', name: 'x', text: 'x', reportable: true, when: { criterion: 'K1' } },
        { id: 'ingen', name: 'x', text: 'x', reportable: false },
      ],
    };
    expect(assess(levels, new Map([['b', yes]]), '2026-11-22')).toMatchObject({
      state: 'at-least',
      proposed: 'lag',
      possible: ['hog', 'lag'],
      open: ['a'],
    });
  });
});
