/** The table in docs/performance.md, between two marks: what stands around it is written by hand. */

export interface Measured {
  readonly what: string;
  readonly value: string;
  readonly target: string;
  readonly isHeld: boolean | null;
}

/** Which of the page's tables. */
export type TableName = 'bench' | 'documents';

/** @throws Error where the marks are not in the text */
export function withTable(
  text: string,
  about: string,
  rows: readonly Measured[],
  name: TableName = 'bench',
): string {
  const [beginMark, endMark] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [begin, end] = [text.indexOf(beginMark), text.indexOf(endMark)];
  if (begin < 0 || end < begin) throw new Error('The marks of the table are not in docs/performance.md.');
  const heldOf = (isHeld: boolean | null): string => (isHeld === null ? '' : isHeld ? 'held' : 'MISSED');
  const lines = [
    '| What | Measured | Target | |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ({ what, value, target, isHeld }) => `| ${what} | ${value} | ${target} | ${heldOf(isHeld)} |`,
    ),
  ];
  return `${text.slice(0, begin)}${beginMark}\n\n${about}\n\n${lines.join('\n')}\n\n${text.slice(end)}`;
}
