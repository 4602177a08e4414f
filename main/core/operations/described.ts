import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { Dispatched } from '../dispatch.ts';

/** What was made, as the window is told of it. */
export function described({
  id,
  document,
  clearances,
  files,
  remarks,
}: Dispatched): AnswerOf<'reports.byEmail'> {
  return {
    dispatch: id,
    marking: document.marking,
    answers: clearances.map(({ answer }) => answer),
    files,
    remarks,
  };
}
