import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { IncidentState } from '../../../shared/domain/incident.ts';
import { POINTER_SENTENCE } from '../../../shared/domain/incident.ts';
import { joinMarkings, type Marking } from '../../../shared/domain/marking.ts';
import { compareSwedish } from '../../app/format.ts';

type Incident = AnswerOf<'incidents.list'>[number];

/** What a row of the list shows and is found by. */
export interface Summary {
  readonly id: string;
  /** The title, or the pointer sentence where it lies in a locked room. */
  readonly title: string;
  readonly isHidden: boolean;
  readonly hasHiddenPart: boolean;
  readonly exercise: boolean;
  readonly state: IncidentState;
  readonly createdAt: string;
  readonly marking: Marking;
  /** Lower case, all that a search looks in. */
  readonly haystack: string;
}

export type SortOrder = 'newest' | 'oldest' | 'title';

export interface ListFilter {
  readonly search: string;
  readonly state: IncidentState | 'all';
  readonly sort: SortOrder;
}

/** What the list knows of an incident: nothing but what the open rooms hold. */
export function summarise(incident: Incident): Summary {
  const { id, title, facts, log, times, state, createdAt, exercise, protectedPartHidden } = incident;
  const parts = [...(title ? [title] : []), ...facts, ...log];
  return {
    id,
    title: title?.text ?? POINTER_SENTENCE,
    isHidden: title === null,
    hasHiddenPart: protectedPartHidden,
    exercise,
    state,
    createdAt,
    marking: joinMarkings([...parts, ...times].map(({ marking }) => marking)),
    haystack: [id, ...parts.map(({ text }) => text)].join('\n').toLocaleLowerCase('sv'),
  };
}

/** Every word of the search must be somewhere in the incident. */
export function filterSummaries(all: readonly Summary[], { search, state, sort }: ListFilter): Summary[] {
  const words = search.toLocaleLowerCase('sv').split(/\s+/).filter(Boolean);
  const found = all.filter(
    (summary) =>
      (state === 'all' || summary.state === state) && words.every((word) => summary.haystack.includes(word)),
  );
  const byTime = (one: Summary, other: Summary): number => (one.createdAt < other.createdAt ? -1 : 1);
  if (sort === 'oldest') return found.sort(byTime);
  if (sort === 'newest') return found.sort((one, other) => byTime(other, one));
  return found.sort((one, other) => compareSwedish(one.title, other.title));
}
