import { describe, expect, it } from 'vitest';
import { answersNow, isTelling, questionGroups, resultNow, type View } from './answers.ts';

const yes = { type: 'yes-no', value: 'ja' } as const;
const no = { type: 'yes-no', value: 'nej' } as const;

const view: View = {
  assessment: {
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
    questions: [
      { id: 'a', text: 'A?', type: 'yes-no', telling: true, heading: 'Först' },
      { id: 'b', text: 'B?', type: 'yes-no' },
      { id: 'c', text: 'C?', type: 'yes-no', heading: 'Sedan' },
    ],
    criteria: [
      { id: 'A', name: 'A', provision: '§', confidence: 'statute', when: { question: 'a', is: 'ja' } },
      {
        id: 'B',
        name: 'B',
        provision: '§',
        confidence: 'statute',
        appliesWhen: { question: 'c', is: 'ja' },
        when: { question: 'b', is: 'ja' },
      },
    ],
    outcomes: [
      {
        id: 'ja',
        name: 'Ja',
        text: 'x',
        reportable: true,
        when: { any: [{ criterion: 'A' }, { criterion: 'B' }] },
      },
      { id: 'nej', name: 'Nej', text: 'x', reportable: false },
    ],
  },
  regime: 'CSL',
  regimeName: 'CSL',
  rule: { validFrom: null, validTo: null, digest: 'x' },
  date: '2026-11-22',
  answers: [
    { question: 'a', answer: no, marking: { level: 'oppen', basis: [] }, changedAt: '2026-11-22T10:00:00Z' },
  ],
  assumed: [{ question: 'c', answer: yes }],
  result: {
    criteria: [],
    possible: [],
    state: 'open',
    proposed: null,
    decidedBy: [],
    confidence: null,
    open: [],
    asked: [],
    remarks: [],
  },
  decisions: [],
};

describe('the form of an assessment', () => {
  it('counts what is written before what is saved, and that before the settings', () => {
    expect([...answersNow(view, { c: no })]).toEqual([
      ['c', no],
      ['a', no],
    ]);
    expect(resultNow(view, {})).toMatchObject({ state: 'open', open: ['b'] });
    expect(resultNow(view, { c: no })).toMatchObject({ proposed: 'nej', asked: ['a', 'c'] });
    expect(resultNow(view, { a: yes })).toMatchObject({ proposed: 'ja' });
  });

  it('is telling by any answer but no, to a question that is', () => {
    expect(isTelling(view, {})).toBe(false);
    expect(isTelling(view, { a: no, b: yes })).toBe(false);
    expect(isTelling(view, { a: yes })).toBe(true);
    expect(isTelling(view, { a: { type: 'unknown' } })).toBe(true);
  });

  it('keeps a question under its heading also where the one that bears it is not asked', () => {
    expect(
      questionGroups(view, ['b', 'c']).map(({ heading, questions }) => [
        heading,
        questions.map(({ id }) => id),
      ]),
    ).toEqual([
      ['Först', ['b']],
      ['Sedan', ['c']],
    ]);
  });
});
