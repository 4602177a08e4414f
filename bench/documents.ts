import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measured } from './table.ts';

/** How long a report takes to draw and how much memory, against pdfmake alone with the same words. */

interface Drawn {
  /** Milliseconds for the one document, fonts and code being there already. */
  readonly time: number;
  /** The most that the process ever held, in MB. */
  readonly memory: number;
  readonly pages: number;
}

const SCRIPT = fileURLToPath(new URL('./draw-once.ts', import.meta.url));
/** How much more than pdfmake alone it may take. */
const RATIO = 1.3;
const CASES: readonly (readonly [name: string, words: readonly string[]])[] = [
  ['1 page', ['--pages', '1']],
  ['10 pages', ['--pages', '10']],
  ['200 pages', ['--pages', '200']],
  ['Chronology of 1 000 rows', ['--rows', '1000']],
];

function drawOnce(by: 'sigill' | 'plain', words: readonly string[]): Drawn {
  const said = execFileSync(process.execPath, [SCRIPT, '--by', by, ...words], { encoding: 'utf8' });
  return JSON.parse(said) as Drawn;
}

/** The run that was least disturbed by what else the machine does. */
function least(runs: readonly Drawn[]): Drawn {
  const [first] = runs;
  if (!first) throw new TypeError('At least one run.');
  const smallest = (of: (drawn: Drawn) => number): number => Math.min(...runs.map(of));
  return { time: smallest(({ time }) => time), memory: smallest(({ memory }) => memory), pages: first.pages };
}

/** Each run in a process of its own, ours and the other by turns. @param runs of each case */
export function measureDocuments(runs: number): Measured[] {
  return CASES.flatMap(([name, words]) => {
    const [ours, plain]: [Drawn[], Drawn[]] = [[], []];
    for (let run = 0; run < runs; run += 1) {
      ours.push(drawOnce('sigill', words));
      plain.push(drawOnce('plain', words));
    }
    return rowsOf(name, least(ours), least(plain));
  });
}

/** @param name of the case */
export function rowsOf(name: string, ours: Drawn, plain: Drawn): Measured[] {
  const row = (what: string, unit: string, mine: number, other: number): Measured => ({
    what: `${name} (${ours.pages} drawn, ${plain.pages} plain): ${what}`,
    value: `${Math.round(mine)} ${unit}, plain ${Math.round(other)} ${unit}: ${(mine / other).toFixed(2)}`,
    target: `ratio ${RATIO}`,
    isHeld: mine / other <= RATIO,
  });
  return [row('time', 'ms', ours.time, plain.time), row('memory', 'MB', ours.memory, plain.memory)];
}
