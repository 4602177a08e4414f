import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../shared/domain/rules.ts';
import { findAssessmentFaults } from './check-assessments.ts';
import { loadRulePack } from './load.ts';

function first<T>(some: readonly T[]): T {
  const [one] = some;
  if (one === undefined) throw new TypeError('There is none.');
  return one;
}

describe('the check of an assessment', () => {
  const faultsOf = (change: (draft: Record<string, unknown>) => void): string[] => {
    const draft = JSON.parse(JSON.stringify(loadRulePack().assessments.get('GDPR-RISK'))) as Record<
      string,
      unknown
    >;
    change(draft);
    return findAssessmentFaults(draft as unknown as Assessment, () => null).map(({ fault }) => fault);
  };
  interface Draft {
    questions: { id: string; text: string; type: string }[];
    criteria: { id: string; when: unknown }[];
    outcomes: { id: string; when?: unknown }[];
  }
  it.each([
    [
      'a dead question',
      (one: Draft) => one.criteria.forEach((criterion) => (criterion.when = { question: 'x', is: 'ja' })),
      'frågan "x" finns inte',
    ],
    [
      'an answer that is not there',
      (one: Draft) => (first(one.criteria).when = { question: 'personuppgifter', is: 'kanske' }),
      'inget svar "kanske"',
    ],
    [
      'a threshold where nothing is measured',
      (one: Draft) =>
        (first(one.criteria).when = { question: 'personuppgifter', over: [{ value: 1, unit: 'timme' }] }),
      'besvaras inte i timme',
    ],
    [
      'a question that nobody looks at',
      (one: Draft) => one.questions.push({ id: 'extra', text: 'x', type: 'yes-no' }),
      'inget kriterium ser på frågan "extra"',
    ],
    [
      'a dead criterion',
      (one: Draft) => (first(one.outcomes).when = { criterion: 'X' }),
      'kriteriet "X" finns inte',
    ],
    ['a last outcome with a condition', (one: Draft) => one.outcomes.pop(), 'det sista utfallet'],
    [
      'a count that cannot be',
      (one: Draft) =>
        (first(one.outcomes).when = {
          atLeast: 3,
          of: [{ criterion: 'HOG-RISK' }, { criterion: 'INCIDENT' }],
        }),
      'kan aldrig vara uppfyllt',
    ],
    ['two of the same name', (one: Draft) => one.outcomes.unshift(first(one.outcomes)), 'finns två gånger'],
  ] as const)('finds %s', (_name, change, fault) => {
    expect(faultsOf(() => undefined)).toEqual([]);
    expect(faultsOf((draft) => change(draft as unknown as Draft)).join('\n')).toContain(fault);
  });
});
