/** The table in docs/performance.md, between two marks: what stands around it is written by hand. */

export interface Measured {
  readonly what: string;
  readonly value: string;
  readonly target: string;
  readonly isHeld: boolean | null;
}

const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/** @throws Error where the marks are not in the text */
export function withTable(text: string, about: string, rows: readonly Measured[]): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('The marks of the table are not in docs/performance.md.');
  const heldOf = (isHeld: boolean | null): string => (isHeld === null ? '' : isHeld ? 'held' : 'MISSED');
  const lines = [
    '| What | Measured | Target | |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ({ what, value, target, isHeld }) => `| ${what} | ${value} | ${target} | ${heldOf(isHeld)} |`,
    ),
  ];
  return `${text.slice(0, begin)}${BEGIN}\n\n${about}\n\n${lines.join('\n')}\n\n${text.slice(end)}`;
}
