import type { RequestOf } from '../../../shared/contract/contract.ts';

/** The three versions a person chooses between; "begränsad" is an open version that lets sekretess through. */
export type VersionChoice = 'full' | 'open' | 'limited';

export type Order = RequestOf<'reports.gate'>;

/** What is asked of the core for a choice of version. */
export function orderOf(incident: string, form: string, choice: VersionChoice, draft: boolean): Order {
  const version = choice === 'full' ? 'full' : 'open';
  const openLevel = choice === 'full' ? null : choice === 'limited' ? 'sekretess' : 'oppen';
  return { incident, form, version, openLevel, draft };
}
