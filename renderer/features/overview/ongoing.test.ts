import { describe, expect, it } from 'vitest';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { OPEN_MARKING } from '../../../shared/domain/marking.ts';
import { ongoingOf, passedSince } from './ongoing.ts';

type Incident = AnswerOf<'incidents.list'>[number];

function incident(id: string, rest: Partial<Incident>): Incident {
  return {
    id,
    organisationKind: 'kommun',
    regimes: [],
    exercise: false,
    state: 'active',
    createdAt: '2026-11-22T03:00:00.000Z',
    title: null,
    times: [],
    facts: [],
    log: [],
    hasProtectedPart: false,
    protectedPartHidden: false,
    ...rest,
  };
}
const time = (id: 'aware' | 'detected', at: string) => ({
  id,
  at,
  precision: 'exact' as const,
  marking: OPEN_MARKING,
});

describe('what is going on', () => {
  it('counts from kännedom before detection, and leaves out what is closed', () => {
    const found = ongoingOf([
      incident('1', {
        times: [time('detected', '2026-11-22T01:00:00+01:00'), time('aware', '2026-11-22T02:30:00+01:00')],
      }),
      incident('2', { times: [time('detected', '2026-11-22T01:00:00+01:00')] }),
      incident('3', { state: 'closed' }),
      incident('4', {}),
    ]);
    expect(found.map(({ id, from }) => `${id} ${from}`)).toEqual(['2 detected', '1 aware', '4 created']);
  });

  it('counts whole days, hours and minutes', () => {
    expect(passedSince('2026-11-22T01:00:00+01:00', new Date('2026-11-23T02:05:59Z'))).toEqual({
      days: 1,
      hours: 2,
      minutes: 5,
    });
    expect(passedSince('2026-11-22T01:00:00Z', new Date('2026-11-21T01:00:00Z')).hours).toBe(0);
  });
});
