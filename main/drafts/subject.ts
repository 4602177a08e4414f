import type { ItemReference } from '../incidents/repository.ts';

/** What a draft of a value is called; null for a row of the log that has been written. */
export function subjectOf({ incidentId, kind, key }: ItemReference): string | null {
  if (kind === 'log') return null;
  return kind === 'title' ? `title:${incidentId}` : `${kind}:${incidentId}:${key}`;
}
