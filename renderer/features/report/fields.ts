import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { FactId, TimeId } from '../../../shared/domain/incident.ts';
import type { ReportField } from '../../../shared/domain/report.ts';

type FormField = AnswerOf<'reports.forms'>[number]['sections'][number]['fields'][number];

/** What is opened to answer a field. */
export type FieldEditor =
  { readonly kind: 'fact'; readonly id: FactId } | { readonly kind: 'time'; readonly id: TimeId };

/** How a field stands: `missing` is asked for and not there, `empty` may be left, `byHand` is filled in on paper. */
export type FieldState = 'answered' | 'missing' | 'empty' | 'byHand';

/** @returns the first value of the incident that answers the field; null where it is answered elsewhere, or by hand */
export function editorOf({ sources }: Pick<FormField, 'sources'>): FieldEditor | null {
  for (const source of sources) {
    if (source.from === 'fact') return { kind: 'fact', id: source.fact };
    if (source.from === 'time') return { kind: 'time', id: source.time };
  }
  return null;
}

export function stateOf({
  parts,
  missing,
  blank,
}: Pick<ReportField, 'parts' | 'missing' | 'blank'>): FieldState {
  if (missing) return 'missing';
  if (parts.length > 0) return 'answered';
  return blank ? 'byHand' : 'empty';
}
