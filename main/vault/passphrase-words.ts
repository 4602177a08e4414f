import { MatcherBaseClass, type Match, type Matcher, type MatchOptions } from '@zxcvbn-ts/core';
import { dictionary as common } from '@zxcvbn-ts/language-common';
import dictionarySv from 'dictionary-sv';
import { readFileSync } from 'node:fs';

/**
 * What a word out of the big dictionaries is worth: 6^5 / 2, what zxcvbn gives a word of a diceware list.
 *
 * `dictionary-sv` is in alphabetical order, so a word's place in it says nothing; and of its 150 000 words a person
 * thinks of the few thousand common ones. Every word therefore costs the same, as if it had been drawn with five dice,
 * and four of them come to about 10^15 whichever they are.
 */
const WORD_GUESSES = 6 ** 5 / 2;
/** A word of three letters is guessed sooner letter by letter. */
const LEAST_WORD = 4;
/** Endings a noun, adjective or verb takes in Swedish, and the joints of compounds. The .dic file has stems only. */
const ENDINGS =
  'a ad ade ades ande ar are ares aren arens arna arnas ars as ast aste at ats d de den dens des des et ets e en ens ens er erna ernas ers es n na nas ns or orna ornas ors r s st ste t te tes ts'.split(
    ' ',
  );
/** Any ending, or none: a common word has about eight forms. */
const ENDING_GUESSES = 8;
/** Read backwards, or with letters changed for digits and signs. */
const DISGUISE_GUESSES = 4;

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** å and ä as a, ö as o, é as e: how Swedish is typed on a foreign keyboard. */
function withoutDiacritics(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}

interface WordList {
  readonly words: ReadonlySet<string>;
  readonly longest: number;
}

let cachedWords: WordList | undefined;

/** Swedish stems and the 7776 English words of the EFF diceware list, built the first time somebody asks. */
function wordList(): WordList {
  if (cachedWords) return cachedWords;
  const words = new Set<string>();
  const add = (word: string): void => {
    if (word.length < LEAST_WORD) return;
    words.add(word);
    if (/[^a-z]/.test(word)) words.add(withoutDiacritics(word));
  };
  const text = new TextDecoder().decode(dictionarySv.dic).normalize('NFKC').toLowerCase();
  for (const line of text.split('\n')) {
    // Hunspell: word, then a slash and flags. A hyphen at the edge marks a part of compounds.
    const slash = line.indexOf('/');
    const word = (slash < 0 ? line : line.slice(0, slash)).trim();
    if (/^-?\p{L}+-?$/u.test(word)) add(word.replaceAll('-', ''));
  }
  for (const word of common['diceware-common']) add(String(word));
  let longest = 0;
  for (const word of words) longest = Math.max(longest, word.length);
  cachedWords = { words, longest };
  return cachedWords;
}

interface WordMatch extends Match {
  wordGuesses: number;
}

/** Finds words of the big dictionaries, with Swedish endings, backwards, and in one plain reading of 4 for a. */
class SwedishWordMatching extends MatcherBaseClass {
  override match({ password }: MatchOptions): WordMatch[] {
    const plain = lowerCase(password);
    const read = Array.from(plain, (character) => LEET[character] ?? character).join('');
    const backwards = [...read].reverse().join('');
    const matches = [
      ...findWords(password, plain, 1),
      ...(read === plain ? [] : findWords(password, read, DISGUISE_GUESSES)),
    ];
    for (const match of findWords(password, backwards, DISGUISE_GUESSES)) {
      const i = password.length - 1 - match.j;
      const j = password.length - 1 - match.i;
      matches.push({ ...match, i, j, token: password.slice(i, j + 1) });
    }
    return matches;
  }
}

/** Lower case of the same length, so that places keep: İ alone would become two. */
function lowerCase(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const lower = text.charAt(index).toLowerCase();
    return lower.length === 1 ? lower : text.charAt(index);
  }).join('');
}

function findWords(password: string, text: string, factor: number): WordMatch[] {
  const { words, longest } = wordList();
  const matches: WordMatch[] = [];
  const push = (i: number, end: number, guesses: number): void => {
    matches.push({
      pattern: 'swedishWord',
      i,
      j: end - 1,
      token: password.slice(i, end),
      wordGuesses: guesses * factor,
    });
  };
  for (let i = 0; i + LEAST_WORD <= text.length; i += 1) {
    for (let end = i + LEAST_WORD; end <= Math.min(text.length, i + longest); end += 1) {
      if (!words.has(text.slice(i, end))) continue;
      push(i, end, WORD_GUESSES);
      for (const ending of ENDINGS) {
        if (text.startsWith(ending, end)) push(i, end + ending.length, WORD_GUESSES * ENDING_GUESSES);
      }
    }
  }
  return matches;
}

export const swedishWordMatcher: Matcher = {
  Matching: SwedishWordMatching,
  scoring: (match) => (match as WordMatch).wordGuesses,
  feedback: () => null,
};

/** Swedish passwords and the words they are made of, by rank: `assets/wordlists/svenska-losenord.txt`. */
export function swedishPasswords(): string[] {
  const file = new URL('../../assets/wordlists/svenska-losenord.txt', import.meta.url);
  const lines = readFileSync(file, 'utf8').normalize('NFKC').split(/\r?\n/);
  return variants(lines.filter((line) => line !== '' && !line.startsWith('#')));
}

/** Each phrase as it stands, written together, and both without diacritics, in the order of the phrases. */
export function variants(phrases: readonly string[]): string[] {
  const all = phrases.flatMap((phrase) => {
    const lower = phrase.normalize('NFKC').toLowerCase();
    const together = lower.replace(/[\s\p{P}]+/gu, '');
    return [lower, together, withoutDiacritics(lower), withoutDiacritics(together)];
  });
  return [...new Set(all)].filter((phrase) => phrase !== '');
}
