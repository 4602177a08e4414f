import type { ItemReference } from '../incidents/repository.ts';

/** What a draft of a value is called; null for a row of the log that has been written. */
export function subjectOf({ incidentId, kind, key }: ItemReference): string | null {
  if (kind === 'log') return null;
  // The answers and the decision of an assessment are written in one form.
  if (kind === 'assessment-answer') return `assessment:${incidentId}:${key.split(':')[0] ?? ''}`;
  return kind === 'title' ? `title:${incidentId}` : `${kind}:${incidentId}:${key}`;
}
