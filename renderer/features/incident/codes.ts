import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { FactId } from '../../../shared/domain/incident.ts';

export type CodeList = AnswerOf<'rules.codeLists'>[number];
type Form = AnswerOf<'reports.forms'>[number];

/** The code lists that some form answers by this fact, each once, in the order of the forms. */
export function codeListsOf(
  fact: FactId,
  forms: readonly Form[],
  lists: readonly CodeList[],
): readonly CodeList[] {
  const ids = forms
    .flatMap(({ sections }) => sections)
    .flatMap(({ fields }) => fields)
    .filter(({ sources }) => sources.some((source) => source.from === 'fact' && source.fact === fact))
    .flatMap(({ codeList }) => codeList ?? []);
  return [...new Set(ids)].flatMap((id) => lists.find((list) => list.id === id) ?? []);
}

/** Codes that stand in none of the lists: from another list, or from a rule pack that is no longer in use. */
export function otherCodes(codes: readonly string[], lists: readonly CodeList[]): readonly string[] {
  const known = new Set(lists.flatMap((list) => list.codes.map(({ code }) => code)));
  return [...new Set(codes)].filter((code) => !known.has(code));
}

/** The codes with one ticked or not; the others stay, in their order. */
export function withCode(codes: readonly string[], code: string, isTicked: boolean): readonly string[] {
  const rest = codes.filter((one) => one !== code);
  if (!isTicked) return rest;
  return codes.includes(code) ? codes : [...rest, code];
}
