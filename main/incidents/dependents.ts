import type { ItemReference } from './repository.ts';

/**
 * The value that tells of another one, and must therefore never lie in an opener room than it: the decision of an
 * assessment rests on its answers.
 * @returns null where nothing does
 */
export function dependentOf({ incidentId, kind, key }: ItemReference): ItemReference | null {
  if (kind !== 'assessment-answer') return null;
  return { incidentId, kind: 'assessment', key: key.split(':', 1)[0] ?? '' };
}
