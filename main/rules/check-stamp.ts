import { LEVEL_NAME, LEVELS } from '../../shared/domain/marking.ts';
import {
  STAMP_BLANKS,
  stampBlanksOf,
  type MarkedLevel,
  type StampBlank,
  type StampLayout,
  type StampLine,
} from '../../shared/domain/stamp-layout.ts';

interface Fault {
  readonly place: string;
  readonly fault: string;
}

const MARKED = LEVELS.filter((level): level is MarkedLevel => level !== 'oppen');

/** What the note must hold, for which levels, and by what rule. */
const REQUIRED: readonly {
  readonly blank: StampBlank;
  readonly levels: readonly MarkedLevel[];
  readonly rule: string;
}[] = [
  { blank: 'klass', levels: MARKED, rule: '3 kap. 7 § säkerhetsskyddsförordningen' },
  { blank: 'bestammelse', levels: MARKED, rule: '5 kap. 5 § OSL p. 1' },
  { blank: 'datum', levels: MARKED, rule: '5 kap. 5 § OSL p. 2' },
  { blank: 'organisation', levels: MARKED, rule: '5 kap. 5 § OSL p. 3' },
  { blank: 'provas-av', levels: ['kvalificerat-hemlig'], rule: '5 kap. 5 § andra stycket OSL' },
  {
    blank: 'exemplar',
    levels: ['konfidentiell', 'hemlig', 'kvalificerat-hemlig'],
    rule: 'exemplarhantering från konfidentiell',
  },
];

/** Height of a line of letters, for one point of their size. */
const LINE_HEIGHT = 1.26;
/** Points that the smaller stamp may take: what does not fit above the text is left out by the engine without a word. */
const MOST_HEIGHT = 48;

/** @returns what is wrong with a stamp, in Swedish: parts that law asks for, blanks that nobody can fill in, height */
export function findStampFaults(layout: StampLayout): Fault[] {
  return [
    ...findMissing('first', layout.first),
    ...findMissing('following', layout.following),
    ...MARKED.filter((level) => heightOf(layout.following, level) > MOST_HEIGHT).map((level) => ({
      place: 'following',
      fault: `raderna för ${LEVEL_NAME[level]} är tillsammans högre än ${MOST_HEIGHT} punkter och får inte plats över texten.`,
    })),
  ];
}

function linesFor(lines: readonly StampLine[], level: MarkedLevel): StampLine[] {
  return lines.filter(({ levels }) => levels === undefined || levels.includes(level));
}

function heightOf(lines: readonly StampLine[], level: MarkedLevel): number {
  return linesFor(lines, level).reduce((sum, { size }) => sum + size * LINE_HEIGHT, 0);
}

function findMissing(place: string, lines: readonly StampLine[]): Fault[] {
  const unknown = lines
    .flatMap(({ text }) => stampBlanksOf(text))
    .filter((name) => !(STAMP_BLANKS as readonly string[]).includes(name))
    .map((name) => ({ place, fault: `{${name}} kan inte fyllas i.` }));
  const missing = REQUIRED.flatMap(({ blank, levels, rule }) => {
    const without = levels.filter(
      (level) => !linesFor(lines, level).some(({ text }) => stampBlanksOf(text).includes(blank)),
    );
    if (without.length === 0) return [];
    const names = without.map((level) => LEVEL_NAME[level]).join(', ');
    return [{ place, fault: `{${blank}} saknas för ${names} (${rule}).` }];
  });
  return [...unknown, ...missing];
}
