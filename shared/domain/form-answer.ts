import type { FormField } from './rules.ts';

/**
 * The field of the reason where the law asks why a report comes late. Each report has a reason of its own, an answer of its
 * form; the fact of the same name stands for every report that has none.
 */
export const LATE_REASON = 'skal-sen-rapport';

/** What the receiver of a report calls it: given back by a portal, and kept as an answer of the report's form. */
export const RETURNED_ID = 'id-fran-mottagaren';

/** The list of a yes-no field, which needs not be named. */
export const YES_NO_LIST = 'JA-NEJ';
/** What it must hold; it may hold more. */
export const YES_NO_CODES = ['ja', 'nej'] as const;

/** @returns the id of the code list that a field is answered from, or null */
export function listOf({ kind, codeList }: Pick<FormField, 'kind' | 'codeList'>): string | null {
  return codeList ?? (kind === 'yes-no' ? YES_NO_LIST : null);
}

const NUMBER = /^-?\d{1,3}(?:[ \u00a0]?\d{3})*(?:[.,]\d+)?$|^-?\d+(?:[.,]\d+)?$/;
/** Local time as people write it in forms: `2026-11-25 14:30`, seconds and offset allowed. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?$/;

interface Written {
  readonly text: string;
  readonly codes: readonly string[];
}

function isDateTime(text: string): boolean {
  if (!DATE_TIME.test(text)) return false;
  const [day = ''] = text.split(/[T ]/);
  const time = Date.parse(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(time) &&
    new Date(time).toISOString().startsWith(day) &&
    !Number.isNaN(Date.parse(text.replace(' ', 'T')))
  );
}

/**
 * Why an answer does not fit its field, in Swedish, with what to do; null where it fits. An answer longer than the
 * receiver's field is stored all the same, since what is cut is the person's choice: see {@link overLength}.
 */
export function findAnswerFault(
  { kind, label }: Pick<FormField, 'kind' | 'label'>,
  written: Written,
): string | null {
  const text = written.text.trim();
  if (text === '' && written.codes.length === 0) return `Skriv ett svar på ”${label}”.`;
  if ((kind === 'yes-no' || kind === 'code') && written.codes.length > 1)
    return `Välj bara ett svar på ”${label}”.`;
  if ((kind === 'yes-no' || kind === 'code' || kind === 'codes') && written.codes.length === 0)
    return `Välj ett svar på ”${label}”.`;
  if (kind === 'number' && !NUMBER.test(text)) return `Skriv ”${label}” som ett tal, till exempel 1250.`;
  if (kind === 'date-time' && !isDateTime(text))
    return `Skriv ”${label}” som datum och tid, till exempel 2026-11-25 14:30.`;
  return null;
}

/** @returns by how many characters a text is longer than the receiver's field takes; 0 where it fits or nothing is known */
export function overLength({ maxLength }: Pick<FormField, 'maxLength'>, text: string): number {
  return maxLength === undefined ? 0 : Math.max(0, [...text].length - maxLength);
}
