import { joinMarkings, type Level, type Marking } from '../../shared/domain/marking.ts';
import { usualProvisions } from '../../shared/domain/words.ts';
import type { ListedEntry } from './repository.ts';

type Marked = Pick<ListedEntry, 'details' | 'registeredLevel' | 'basis' | 'raisedTo'>;

function withProvisions({ level, basis }: Marking): Marking {
  return basis.length > 0 ? { level, basis } : { level, basis: usualProvisions(level) };
}

/** As a document was marked when it was registered: what came in has its class alone. */
export function registeredMarking({ details, registeredLevel, basis }: Marked): Marking {
  const made = details === null ? [] : [(JSON.parse(details) as { readonly marking: Marking }).marking];
  return withProvisions(joinMarkings([...made, { level: registeredLevel, basis }]));
}

/**
 * As it is marked now: as high as what it tells has been raised to since, by the provisions that it was raised by. Who decides of a
 * request for it follows from them (1 § OSF).
 */
export function entryMarking(entry: Marked): Marking {
  return joinMarkings([registeredMarking(entry), ...entry.raisedTo]);
}

/** Of a row that is kept apart: its class, and no word of what it tells. */
export function bareMarking(level: Level): Marking {
  return { level, basis: usualProvisions(level) };
}
