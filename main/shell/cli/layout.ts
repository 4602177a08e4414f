import { wrapLines } from '../../reports/wrap.ts';

/** Width of the screen in characters; null where the answer goes to a file or a program, which gets whole lines. */
export type Columns = number | null;

const WHOLE_LINE = Number.MAX_SAFE_INTEGER;
/** Where a wrapped line goes on: under the text, not under the dash or the warning before it. */
const HEAD = /^ *(?:– |OBS: )?/;
/** Narrower than this, a column is harder to read than a line that runs over. */
const NARROWEST = 16;

/**
 * Text as it goes to a person: control and direction characters made visible (a fact may come out of any file), and
 * lines wrapped between words on a screen of known width, each under its own beginning.
 */
export function fit(text: string, columns: Columns): string {
  return wrapLines(text, WHOLE_LINE)
    .flatMap((line) => fitLine(line, columns))
    .join('\n');
}

function fitLine(line: string, columns: Columns): string[] {
  if (columns === null || line.length <= columns) return [line];
  const head = HEAD.exec(line)?.[0] ?? '';
  const lines = wrapLines(line.slice(head.length), Math.max(columns - head.length, NARROWEST));
  return lines.map((part, index) => (index === 0 ? head : ' '.repeat(head.length)) + part);
}

/** A column-aligned table. The last column is wrapped under itself where the screen is too narrow. */
export function table(rows: readonly (readonly string[])[], columns: Columns = null): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
  const start = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const room = columns === null ? WHOLE_LINE : columns - start;
  return rows
    .map((row) => {
      const before = row.slice(0, -1).map((cell, index) => `${cell.padEnd(widths[index] ?? 0)}  `);
      const last = row.at(-1) ?? '';
      const lines = room < NARROWEST ? [last] : wrapLines(last, room);
      return lines
        .map((line, index) => `${((index === 0 ? before.join('') : ' '.repeat(start)) + line).trimEnd()}\n`)
        .join('');
    })
    .join('');
}

/** JSON that is safe to show: characters that steer a terminal or hide text are written as escapes. */
export function printableJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\p{Cf}\u2028\u2029]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
  return `${text}\n`;
}
