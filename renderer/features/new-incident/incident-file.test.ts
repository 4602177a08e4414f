import { describe, expect, it } from 'vitest';
import type { TreeDecision } from '../../../shared/domain/decision-tree.ts';
import { readIncidentFile } from '../../../shared/domain/incident-file.ts';
import { incidentFileOf, type Details } from './incident-file.ts';

const DECISIONS: TreeDecision[] = [
  { question: 'sakerhetskanslig', answer: 'osakert', reason: '', at: '2026-11-22T02:00:00.000Z' },
  {
    question: 'personuppgifter',
    answer: 'nej',
    reason: 'inga register berörs',
    at: '2026-11-22T02:01:00.000Z',
  },
];
const DETAILS: Details = {
  title: 'Obehörig åtkomst',
  happened: 'Ett konto har använts av fel person.',
  times: { aware: '2026-11-22T02:40:00+01:00' },
  level: 'begransat-hemlig',
  basis: ['15 kap. 2 § OSL'],
  exercise: false,
};
const context = { organisationKind: 'kommun', day: '2026-11-22' } as const;
const limits = {
  ceiling: 'hemlig',
  knownRegimes: new Set(['KOMMUN-RUTIN']),
  knownCodes: new Set<string>(),
} as const;

describe('the file that the wizard makes', () => {
  it('is read by the core, with every value marked as the person chose', () => {
    const read = readIncidentFile(incidentFileOf(DECISIONS, context, DETAILS, 'Anna'), limits);
    if (!read.ok) throw new Error(read.faults.join());
    const { title, facts, times, log } = read.draft;
    for (const { marking } of [title, ...facts, ...times, ...log])
      expect(marking.level).toBe('begransat-hemlig');
    expect(read.draft.regimes).toEqual(['KOMMUN-RUTIN']);
  });

  it('keeps who, when and why of a no, as a decision', () => {
    const read = readIncidentFile(incidentFileOf(DECISIONS, context, DETAILS, 'Anna'), limits);
    if (!read.ok) throw new Error(read.faults.join());
    expect(read.draft.log.map(({ kind }) => kind)).toEqual(['bedomning', 'beslut']);
    expect(read.draft.log[1]).toMatchObject({ by: 'Anna', at: '2026-11-22T02:01:00.000Z' });
    expect(read.draft.log[1]?.text).toContain('inga register berörs');
  });

  it('has the rules of the day of the incident, not of the day it is written', () => {
    const agency = { organisationKind: 'statlig-myndighet', day: '2026-11-22' } as const;
    const yes: TreeDecision[] = [
      { question: 'statlig', answer: 'ja', reason: '', at: '2026-11-22T02:00:00.000Z' },
    ];
    const regimes = (times: Details['times']): unknown =>
      (JSON.parse(incidentFileOf(yes, agency, { ...DETAILS, times }, 'Anna')) as { regimes: unknown })
        .regimes;
    expect(regimes({ aware: '2026-06-30T23:59:00+02:00' })).toEqual(['STAT-2020']);
    expect(regimes({ aware: '2026-07-01T00:01:00+02:00' })).toEqual(['STAT-2026']);
    // Nobody has written when it happened: today's.
    expect(regimes({})).toEqual(['STAT-2026']);
  });
});
