import { SigillError } from '../../../shared/domain/error.ts';
import {
  isProtectedLevel,
  LEVEL_NAME,
  type Level,
  type ProtectedLevel,
} from '../../../shared/domain/marking.ts';

/** Signalskyddsgrader from the lowest up, each with the class it is approved for (domain.md §4.1, FRA's list). */
const GRADES = ['SG R', 'SG C', 'SG S', 'SG TS'] as const;
type Grade = (typeof GRADES)[number];

const GRADE_OF: Readonly<Record<ProtectedLevel, Grade>> = {
  'begransat-hemlig': 'SG R',
  konfidentiell: 'SG C',
  hemlig: 'SG S',
  'kvalificerat-hemlig': 'SG TS',
};

/** The lowest grade that may carry the level; null for levels without a säkerhetsskyddsklass. */
export function neededGrade(level: Level): Grade | null {
  return isProtectedLevel(level) ? GRADE_OF[level] : null;
}

/**
 * Reads the grade of the system to be used ("SG S", "sg s" or "S") and checks that it is enough for the level.
 * @throws SigillError `usage` for an unknown grade, `policy` for one that is too low.
 */
export function checkGrade(given: string, level: Level): Grade {
  const letters = given
    .toUpperCase()
    .replace(/^\s*SG\b/, '')
    .replace(/\s/g, '');
  const grade = GRADES.find((candidate) => candidate === `SG ${letters}`);
  if (!grade) {
    throw new SigillError('usage', `Okänd signalskyddsgrad. Ange en av ${GRADES.join(', ')}.`);
  }
  const needed = neededGrade(level);
  if (needed !== null && GRADES.indexOf(grade) < GRADES.indexOf(needed)) {
    throw new SigillError(
      'policy',
      `Signalskyddsgrad ${grade} räcker inte: ${LEVEL_NAME[level]} kräver lägst ${needed}.`,
    );
  }
  return grade;
}
