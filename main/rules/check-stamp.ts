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

/** Of letters against white paper, as WCAG 2.2 asks for text (1.4.3). */
const LEAST_CONTRAST = 4.5;
/** Words of a class, whatever their ending and whatever stands before them: "oklassificerad" is one too. */
const CLASS_WORDS = /hemlig|konfidentiell|kvalificera|klassificera|(?<!\p{L})öpp(en|et|na)(?!\p{L})/iu;
/** "Sekretess" is a class by itself, and the beginning of what tells the provision. */
const SECRECY_WORDS = /sekretess/iu;
/** What turns the line above or under it into its opposite. */
const DENYING = /(?<!\p{L})(inte|ej|icke|aldrig|upphävd|hävd|upphört?|ogiltig|makulera(d|t)?)(?!\p{L})/iu;

/**
 * @returns what is wrong with a stamp, in Swedish: parts that law asks for, blanks that nobody can fill in, height, a colour that is not
 *   seen, and words that contradict the class
 */
export function findStampFaults(layout: StampLayout): Fault[] {
  return [
    ...findPale(layout.colour),
    ...(['first', 'following'] as const).flatMap((place) => findContradictions(place, layout[place])),
    ...layout.decides.flatMap(({ who }, index) => denials(`decides[${index}].who`, who)),
    ...findMissing('first', layout.first),
    ...findMissing('following', layout.following),
    ...MARKED.filter((level) => heightOf(layout.following, level) > MOST_HEIGHT).map((level) => ({
      place: 'following',
      fault: `raderna för ${LEVEL_NAME[level]} är tillsammans högre än ${MOST_HEIGHT} punkter och får inte plats över texten.`,
    })),
  ];
}

/** Relative luminance by WCAG, 0 for black and 1 for white. */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function findPale(colour: string): Fault[] {
  const contrast = 1.05 / (luminanceOf(colour) + 0.05);
  if (contrast >= LEAST_CONTRAST) return [];
  // Cut and not rounded: 4.48 is no 4.5.
  const shown = (Math.floor(contrast * 10) / 10).toLocaleString('sv-SE');
  return [
    {
      place: 'colour',
      fault: `kontrasten mot vitt papper är ${shown}:1 och ska vara minst 4,5:1. Välj en mörkare färg.`,
    },
  ];
}

/** The class stands alone on its line, and no other line names one or takes it back. */
function findContradictions(place: 'first' | 'following', lines: readonly StampLine[]): Fault[] {
  return lines.flatMap(({ text }, index) => {
    const at = `${place}[${index}].text`;
    const blanks = stampBlanksOf(text);
    if (blanks.includes('klass')) {
      return text.trim() === '{klass}'
        ? []
        : [
            {
              place: at,
              fault: 'raden med {klass} får inte innehålla något annat. Skriv resten på en egen rad.',
            },
          ];
    }
    const own = text.replace(/\{[^{}]*\}/g, ' ');
    const isSecrecy = SECRECY_WORDS.test(own) && !blanks.includes('bestammelse');
    return [...denials(at, own), ...(isSecrecy ? [namesClass(at)] : [])];
  });
}

function denials(place: string, text: string): Fault[] {
  const words = text.normalize('NFKC');
  const denying = DENYING.exec(words)?.[0];
  return [
    ...(CLASS_WORDS.test(words) ? [namesClass(place)] : []),
    ...(denying === undefined
      ? []
      : [{ place, fault: `”${denying}” kan säga emot klassen. Stryk eller skriv om raden.` }]),
  ];
}

function namesClass(place: string): Fault {
  return { place, fault: 'fast text får inte nämna en klass: den står i {klass}. Stryk ordet.' };
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
