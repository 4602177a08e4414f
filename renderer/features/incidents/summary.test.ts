import { describe, expect, it } from 'vitest';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { OPEN_MARKING } from '../../../shared/domain/marking.ts';
import { filterSummaries, summarise } from './summary.ts';

type Incident = AnswerOf<'incidents.list'>[number];

function incident(id: string, title: string | null, rest: Partial<Incident> = {}): Incident {
  return {
    id,
    organisationKind: 'kommun',
    regimes: [],
    exercise: false,
    state: 'active',
    createdAt: '2026-11-22T03:00:00.000Z',
    title: title === null ? null : { text: title, marking: OPEN_MARKING },
    times: [],
    facts: [],
    log: [],
    hasProtectedPart: title === null,
    protectedPartHidden: title === null,
    ...rest,
  };
}

const ALL = [
  incident('1111-1111-1111', 'Ådalens vattenverk', { createdAt: '2026-11-20T03:00:00.000Z' }),
  incident('2222-2222-2222', 'Zebrafiskens server', { state: 'closed' }),
  incident('3333-3333-3333', null, { createdAt: '2026-11-21T03:00:00.000Z' }),
].map(summarise);
const ids = (found: readonly { id: string }[]): string => found.map(({ id }) => id[0]).join('');

describe('the list of incidents', () => {
  it('shows the pointer sentence, and only that, where the title lies in a locked room', () => {
    expect(ALL[2]).toMatchObject({ isHidden: true, title: expect.stringContaining('särskild ordning') });
    expect(ALL[2]?.haystack).toBe('3333-3333-3333');
  });

  it('finds every word, in any case, with the letters of Swedish', () => {
    const find = (search: string) => ids(filterSummaries(ALL, { search, state: 'all', sort: 'newest' }));
    expect(find('ÅDALENS')).toBe('1');
    expect(find('server zebra')).toBe('2');
    expect(find('server ådalens')).toBe('');
    expect(find('3333')).toBe('3');
    expect(find('  ')).toBe('231');
  });

  it('filters by state and sorts by time, and by title in the order of the Swedish alphabet', () => {
    expect(ids(filterSummaries(ALL, { search: '', state: 'closed', sort: 'newest' }))).toBe('2');
    expect(ids(filterSummaries(ALL, { search: '', state: 'all', sort: 'oldest' }))).toBe('132');
    expect(ids(filterSummaries(ALL, { search: '', state: 'all', sort: 'title' }))).toBe('321');
  });

  it('stays quick with ten thousand', () => {
    const many = Array.from({ length: 10_000 }, (_unused, index) =>
      summarise(incident(`${index}`, `Incident ${index} i driften`)),
    );
    const begun = performance.now();
    expect(
      filterSummaries(many, { search: 'incident 99', state: 'all', sort: 'title' }).length,
    ).toBeGreaterThan(9);
    expect(performance.now() - begun).toBeLessThan(200);
  });
});
