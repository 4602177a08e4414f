import { ZxcvbnFactory, type MatchExtended, type UserInputsOptions } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { SigillError } from '../../shared/domain/error.ts';
import type { Room } from '../../shared/domain/room.ts';
import { normalPassphrase } from './key-derivation.ts';
import { swedishKeyboard } from './passphrase-keyboard.ts';
import { swedishPasswords, swedishWordMatcher, variants } from './passphrase-words.ts';

/**
 * Judges a passphrase by how many guesses an attacker needs who knows how people choose, not by which kinds of
 * characters it has (as NIST SP 800-63B advises: no composition rules, but a check against what is common).
 *
 * zxcvbn finds the patterns. Three things differ from its own verdict, and all three make the estimate lower:
 *  - zxcvbn adds 10 000^(parts − 1) for the number of parts, so that "Sommar2026Höst!" would count as 10^12 and be good
 *    enough for the protected room. Here only the product of the parts and their order count.
 *  - A passphrase is also judged without its separators: "sommar-höst-vinter" is no better than "sommarhöstvinter".
 *  - Only the first 72 characters are judged. What follows can make a passphrase better, never worse.
 */
interface PassphraseJudgement {
  readonly accepted: boolean;
  /** Power of ten of the guesses needed. */
  readonly guessesLog10: number;
  /** What to do instead, in Swedish; empty where the passphrase is accepted. */
  readonly advice: readonly string[];
}

const LEAST_CHARACTERS = 12;
const MOST_CHARACTERS = 1024;
const JUDGED_CHARACTERS = 72;
/** At a second of Argon2id a guess, 10^10 is three centuries of one machine and 10^12 three centuries of a hundred. */
const LEAST_GUESSES_LOG10: Readonly<Record<Room, number>> = { open: 10, protected: 12 };
const WORDS_TO_DRAW: Readonly<Record<Room, string>> = { open: 'fyra eller fem', protected: 'fem eller sex' };
/** Readings with letters for digits that zxcvbn tries. Each costs a search of its own, and the Swedish words have theirs. */
const LEET_READINGS = 3;

/** Between words: signs with letters on both sides. Between random characters that is seldom so. */
const BETWEEN_WORDS = /(?<=\p{L}{2})[\s\p{P}\p{S}]+(?=\p{L}{2})/gu;
const SPACE_OR_SIGN = /[\s\p{P}\p{S}]/gu;

/** @returns the verdict; never throws for what a person has typed. */
export function judgePassphrase(
  passphrase: string,
  room: Room,
  personal: readonly string[],
): PassphraseJudgement {
  let normal: string;
  try {
    normal = normalPassphrase(passphrase);
  } catch (error) {
    if (!(error instanceof SigillError)) throw error;
    return { accepted: false, guessesLog10: 0, advice: [error.message, howTo(room)] };
  }
  const characters = [...normal];
  if (characters.length > MOST_CHARACTERS) {
    const advice = `Lösenfrasen är längre än ${MOST_CHARACTERS} tecken. Korta den.`;
    return { accepted: false, guessesLog10: 0, advice: [advice] };
  }
  const { guessesLog10, patterns } = estimate(characters.slice(0, JUDGED_CHARACTERS).join(''), personal);
  const longEnough = characters.length >= LEAST_CHARACTERS;
  if (longEnough && guessesLog10 >= LEAST_GUESSES_LOG10[room]) {
    return { accepted: true, guessesLog10, advice: [] };
  }
  const advice = [...patterns].flatMap((pattern) => PATTERN_ADVICE[pattern] ?? []);
  if (!longEnough) {
    advice.unshift(`Använd minst ${LEAST_CHARACTERS} tecken. Lösenfrasen har ${characters.length}.`);
  }
  return { accepted: false, guessesLog10, advice: [...new Set([howTo(room), ...advice])] };
}

function howTo(room: Room): string {
  return (
    `Ta ${WORDS_TO_DRAW[room]} slumpvalda ord som inte hör ihop, med mellanslag mellan. ` +
    'Låt tärning eller ordbok välja: ett citat, en mening eller ord du själv kommer på är lättare att gissa.'
  );
}

const WEAK_WORD =
  'Undvik vanliga lösenord, tangentrader och ord som årstider, månader, namn, orter, lag och myndighetsord.';
const WEAK_DATE = 'Undvik årtal och datum: de prövas först.';

/** By zxcvbn's name of the pattern, or of the dictionary a pattern was found in. */
const PATTERN_ADVICE: Readonly<Record<string, string>> = {
  userInputs: 'Undvik organisationens namn och personers namn: den som vill in känner till dem.',
  svenskaLosenord: WEAK_WORD,
  'passwords-common': WEAK_WORD,
  wordSequence: 'Undvik uppräkningar som månader, veckodagar och räkneord.',
  swedishWord: 'Ett eller två ord ur ordboken räcker inte, inte heller med siffror i eller baklänges.',
  spatial: 'Undvik tangenter som ligger bredvid varandra.',
  repeat: 'Samma ord eller tecken flera gånger gör inte lösenfrasen starkare.',
  sequence: 'Undvik följder som abc och 123.',
  regex: WEAK_DATE,
  date: WEAK_DATE,
};

/** The parts of zxcvbn that its front door does not reach. Private there; the version is pinned and a test holds it. */
interface Zxcvbn {
  readonly options: { getUserInputsOptions(words: string[]): UserInputsOptions };
  readonly matching: { match(password: string, userInputs: UserInputsOptions): MatchExtended[] };
  readonly scoring: {
    mostGuessableMatchSequence(
      password: string,
      matches: MatchExtended[],
      withoutLengthTerm: boolean,
    ): { guessesLog10: number; sequence: readonly MatchExtended[] };
  };
}

let cachedZxcvbn: Zxcvbn | undefined;

function zxcvbn(): Zxcvbn {
  cachedZxcvbn ??= new ZxcvbnFactory(
    {
      dictionary: {
        'passwords-common': common['passwords-common'],
        svenskaLosenord: swedishPasswords(),
        'months-sv':
          'januari februari mars april maj juni juli augusti september oktober november december'.split(' '),
        'daysOfWeek-sv': 'måndag tisdag onsdag torsdag fredag lördag söndag'.split(' '),
        'seasons-sv': 'vinter vår sommar höst'.split(' '),
        'cardinalNumbers-sv': 'noll ett två tre fyra fem sex sju åtta nio tio elva tolv'.split(' '),
      },
      graphs: { ...adjacencyGraphs, swedish: swedishKeyboard() },
      l33tMaxSubstitutions: LEET_READINGS,
      maxLength: JUDGED_CHARACTERS,
    },
    { swedishWord: swedishWordMatcher },
  ) as unknown as Zxcvbn;
  return cachedZxcvbn;
}

interface Estimate {
  readonly guessesLog10: number;
  readonly patterns: ReadonlySet<string>;
}

function estimate(passphrase: string, personal: readonly string[]): Estimate {
  const words = personalWords(personal);
  const asTyped = estimateForm({ text: passphrase, breaks: [] }, words);
  const together = withoutSeparators(passphrase);
  if (together.text === passphrase || together.text === '') return asTyped;
  const withoutThem = estimateForm(together, words);
  return withoutThem.guessesLog10 < asTyped.guessesLog10 ? withoutThem : asTyped;
}

interface Form {
  readonly text: string;
  /** Where something was taken out: a word out of the dictionary does not reach across, or "kork skruv" is one word. */
  readonly breaks: readonly number[];
}

/** Takes out space, signs between words, and any sign that is used more than once. */
function withoutSeparators(passphrase: string): Form {
  const dropped = new Set<number>();
  const drop = (start: number, text: string): void => {
    for (let index = start; index < start + text.length; index += 1) dropped.add(index);
  };
  for (const { index, 0: text } of passphrase.matchAll(BETWEEN_WORDS)) drop(index, text);
  for (const { index, 0: text } of passphrase.matchAll(SPACE_OR_SIGN)) {
    if (text.trim() === '' || passphrase.indexOf(text) !== passphrase.lastIndexOf(text)) drop(index, text);
  }
  let text = '';
  const breaks: number[] = [];
  for (let index = 0; index < passphrase.length; index += 1) {
    if (!dropped.has(index)) text += passphrase.charAt(index);
    else if (breaks.at(-1) !== text.length) breaks.push(text.length);
  }
  return { text, breaks };
}

function estimateForm({ text, breaks }: Form, personal: string[]): Estimate {
  const { options, matching, scoring } = zxcvbn();
  const matches = matching
    .match(text, options.getUserInputsOptions(personal))
    .filter((match) => hasNumbers(match) && !reachesAcross(match, breaks));
  const { guessesLog10, sequence } = scoring.mostGuessableMatchSequence(text, matches, true);
  const patterns = new Set(
    sequence.map((match) =>
      match.pattern === 'dictionary' ? String(match['dictionaryName']) : match.pattern,
    ),
  );
  // Rounded, for the logarithm of 10^12 comes out a hair under twelve.
  return { guessesLog10: Math.round(guessesLog10 * 1e6) / 1e6, patterns };
}

function reachesAcross(match: MatchExtended, breaks: readonly number[]): boolean {
  return match.pattern === 'swedishWord' && breaks.some((place) => match.i < place && place <= match.j);
}

/**
 * zxcvbn looks words up in plain objects, so it "finds" `constructor` and `__proto__` in every dictionary, with a function
 * for a rank; the guesses of such a match are not a number, and would make the whole verdict none.
 */
function hasNumbers(match: MatchExtended): boolean {
  if (match.pattern === 'dictionary') return typeof match['rank'] === 'number';
  if (match.pattern === 'repeat') return Number.isFinite(match['baseGuesses']);
  return true;
}

/** Whole names, each word of them, and the initials. */
function personalWords(personal: readonly string[]): string[] {
  const names = personal.flatMap((name) => {
    const words = name.split(/[\s\p{P}]+/u).filter((word) => [...word].length >= 2);
    const initials = words.length > 1 ? words.map((word) => [...word][0] ?? '').join('') : '';
    return [name, ...words.filter((word) => [...word].length >= 3), initials];
  });
  return variants(names.filter((name) => [...name].length >= 2));
}
