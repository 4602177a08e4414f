/**
 * What in a text names or reaches one person, and can be told by its shape alone: a number of identity with a date that
 * can be and a check digit that is right, an e-mail address, a telephone number. Names cannot.
 */

export const PERSONAL_DATA_KINDS = ['personnummer', 'samordningsnummer', 'e-post', 'telefon'] as const;
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number];

/** In Swedish, as a reader is told what was found. */
export const PERSONAL_DATA_NAME: Readonly<Record<PersonalDataKind, string>> = {
  personnummer: 'personnummer',
  samordningsnummer: 'samordningsnummer',
  'e-post': 'e-postadress',
  telefon: 'telefonnummer',
};

export interface PersonalDataHit {
  readonly kind: PersonalDataKind;
  /** Places in the text in UTF-16 units, as `slice` takes them. */
  readonly start: number;
  readonly end: number;
}

const HYPHEN = '\\-\u2010\u2011\u2012\u2013\u2212';
const SPACE = ' \u00a0\u2009\u202f';
/**
 * No letter or digit beside it, and none on the other side of a joining sign: a reference, a hash, a file's name, a
 * diary number or a longer run of digits goes on there.
 */
const BEFORE = `(?<![\\p{L}\\p{N}_])(?<![\\p{L}\\p{N}_][${HYPHEN}+.])`;
/** A letter s that ends the word is a genitive: 811228-9874s konto. */
const AFTER = `(?!(?!s(?![\\p{L}\\p{N}_@]))[\\p{L}\\p{N}_@])(?![${HYPHEN}+][\\p{L}\\p{N}_])(?!\\.[\\p{Ll}\\p{N}_])(?!:\\p{N})`;
/** A telephone number in one run may not be a piece of an address or a diary number either: it has no check digit. */
const BEFORE_RUN = '(?<![/\\\\=#])';

/** Marks too: an ö that was copied out of a PDF may be an o and its two dots. */
const EMAIL =
  /(?<![\p{L}\p{M}\p{N}._%+'-])[\p{L}\p{M}\p{N}._%+'-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,62})(?:\.[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,62}))*\.\p{L}[\p{L}\p{M}]{1,62}/gu;

const IDENTITY_JOINED = new RegExp(
  `${BEFORE}(\\d{6}|\\d{8})[${SPACE}]?([${HYPHEN}+])[${SPACE}\\n]?(\\d{4})${AFTER}`,
  'gu',
);
const IDENTITY_RUN = new RegExp(`${BEFORE}(\\d{6}|\\d{8})()(\\d{4})${AFTER}`, 'gu');
/** Not among other groups of digits: there it is a fingerprint, an account or a key. */
const IDENTITY_SPACED = new RegExp(
  `${BEFORE}(?<!\\p{N}[${SPACE}])(\\d{6}|\\d{8})([${SPACE}\\t])(\\d{4})${AFTER}(?![${SPACE}]\\p{N})`,
  'gu',
);

/** 1981 12 28 9874 and 1981-12-28-9874; a date in hyphens with a space after it is followed by a time of day. */
const IDENTITY_GROUPED = new RegExp(
  `${BEFORE}(?<!\\p{N}[${SPACE}])((?:\\d{2})?\\d{2}[${SPACE}]\\d{2}[${SPACE}]\\d{2}|(?:\\d{2})?\\d{2}[${HYPHEN}]\\d{2}[${HYPHEN}]\\d{2}(?=[${HYPHEN}]))` +
    `([${SPACE}${HYPHEN}+])(\\d{4})${AFTER}(?![${SPACE}]\\p{N})`,
  'gu',
);

/** 1981-12-28 9874; what may be a time of day is one, unless the day lies before what logs there are. */
const IDENTITY_DATED = new RegExp(
  `${BEFORE}((?:\\d{2})?\\d{2}[${HYPHEN}]\\d{2}[${HYPHEN}]\\d{2})([${SPACE}])` +
    `((?:(?<=(?:19\\d{2}|200\\d)[${HYPHEN}]\\d{2}[${HYPHEN}]\\d{2}.)|(?!(?:[01]\\d|2[0-3])[0-5]\\d))\\d{4})${AFTER}`,
  'gu',
);

/** Groups of digits after the first, each whole. */
const GROUPS = `(?:[${SPACE}${HYPHEN}]\\d{2,4}(?!\\p{N})){0,5}`;
const SHORT_GROUPS = `(?:[${SPACE}]\\d{2,3}(?!\\p{N})){1,4}`;
const ONE_GROUP = `[${SPACE}]\\d{6,8}(?!\\p{N})`;
/** Not among other groups of digits, nor a time (kl 08 30 12 00); a time of day may stand before it. */
const ALONE = `(?:(?<=\\d[:.]\\d{2}[${SPACE}])|(?<!\\p{N}[${SPACE}:]))(?<!\\bkl\\.?[${SPACE}]?)`;
/** 08-123 45 67, 0701-23 45 67, (08) 123 45 67: the area code is set off. */
const PHONE_JOINED = new RegExp(
  `${BEFORE}\\(?(0[1-9]\\d{0,2})\\)?[${SPACE}]?[${HYPHEN}/][${SPACE}]?\\d{2,8}(?!\\p{N})${GROUPS}`,
  'gu',
);
const PHONE_SPACED = new RegExp(
  `${BEFORE}${ALONE}\\(?(0[1-9]\\d{0,2})\\)?(?:${ONE_GROUP}|${SHORT_GROUPS})(?![${SPACE}]\\d{4})`,
  'gu',
);
const PHONE_RUN = new RegExp(`${BEFORE}${BEFORE_RUN}${ALONE}(0[1-9])\\d{7,8}${AFTER}`, 'gu');
/** 070.123.45.67; a date has four digits last, and an address of the net begins with no nought. */
const PHONE_DOTTED = new RegExp(`${BEFORE}${BEFORE_RUN}(0[1-9]\\d{0,2})(?:\\.\\d{2,3}){3,4}${AFTER}`, 'gu');
/** Sweden and the countries that are called most, as they stand in one run after 00. */
const NEAR = '46|45|47|358|354|37[0-2]|48|49|44|31|32|33|39|34|41|43|353';
/** Between groups abroad: a stroke only before a long one, for two numbers are parted by it too. */
const ABROAD = `(?:[${SPACE}${HYPHEN}.]|/(?=\\d{5}))`;
/**
 * +46 8 123 45 67, (+46) 70 123 45 67, 0046-8-123 45 67, +44 (0)20 7946 0958, +33.1.23.45.67.89; after 00 the country code is
 * set off, or one that is near.
 */
const PHONE_ABROAD = new RegExp(
  `${BEFORE}(?:\\+[1-9]\\d{0,14}|\\(\\+[1-9]\\d{0,2}\\)|00(?:${NEAR})\\d{0,10}|00[1-9]\\d{0,2}(?=[${SPACE}${HYPHEN}]))(?!\\p{N})` +
    `(?:[${SPACE}]?\\(\\d{1,4}\\)[${SPACE}]?\\d{1,9}(?!\\p{N}))?(?:${ABROAD}\\d{1,9}(?!\\p{N})){0,6}`,
  'gu',
);

/**
 * Eight groups or more of four hexadecimal digits, as a fingerprint is read aloud (an OpenPGP one has ten, RFC 9580 5.5.4): three
 * of them may look like a number, and none of it is one.
 */
const FINGERPRINT = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:[0-9A-Fa-f]{4}[${SPACE}]{1,2}){7,}[0-9A-Fa-f]{4}(?![\\p{L}\\p{N}])`,
  'gu',
);

const AT_END = new RegExp(`^${AFTER}`, 'u');

/** The check digit of modulus 10: every other digit counts twice, from the second last on. */
function hasCheckDigit(tenDigits: string): boolean {
  let sum = 0;
  for (let place = 0; place < tenDigits.length; place += 1) {
    const digit = Number(tenDigits[place]) * (place % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

const COORDINATION_DAYS = 60;

/** @returns null where the digits are no day that has been or can be, or the check digit is another */
function identityKind(birth: string, last: string): 'personnummer' | 'samordningsnummer' | null {
  const short = birth.slice(-6);
  if (!hasCheckDigit(short + last)) return null;
  const century = birth.length === 8 ? birth.slice(0, 2) : null;
  if (century !== null && !['18', '19', '20'].includes(century)) return null;
  // Without a century every fourth year may be a leap year.
  const year = Number((century ?? '20') + short.slice(0, 2));
  const month = Number(short.slice(2, 4));
  const written = Number(short.slice(4, 6));
  const isCoordination = written > COORDINATION_DAYS;
  const day = isCoordination ? written - COORDINATION_DAYS : written;
  if (month < 1 || month > 12 || day < 1) return null;
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > daysInMonth) return null;
  return isCoordination ? 'samordningsnummer' : 'personnummer';
}

function identityHits(text: string): PersonalDataHit[] {
  return [IDENTITY_JOINED, IDENTITY_RUN, IDENTITY_SPACED, IDENTITY_GROUPED, IDENTITY_DATED].flatMap(
    (pattern) =>
      [...text.matchAll(pattern)].flatMap((match) => {
        const kind = identityKind((match[1] ?? '').replace(/\D/gu, ''), match[3] ?? '');
        return kind === null ? [] : [{ kind, start: match.index, end: match.index + match[0].length }];
      }),
  );
}

function countDigits(text: string): number {
  return text.replace(/\D/g, '').length;
}

const LAST_GROUP = new RegExp(`[${SPACE}${HYPHEN}./]\\d+$`, 'u');

/**
 * The longest beginning, cut between groups, that has no more digits than a number can have: what follows is another
 * number, a date or a sum.
 * @returns null where no cut gives a number
 */
function trimmed(found: string, least: number, most: number): string | null {
  let kept = found;
  while (countDigits(kept) > most) {
    const shorter = kept.replace(LAST_GROUP, '');
    if (shorter === kept) return null;
    kept = shorter;
  }
  return countDigits(kept) < least ? null : kept;
}

/** 08-12-2026 and 08/12 2026. */
const DATE = /^08\D\d{2}\D(?:19|20)\d{2}/u;

/** 08 is the only area code of two digits, and its numbers the only ones of eight digits in all. */
function nationalLimits(area: string): readonly [least: number, most: number] | null {
  if (area.length === 2) return area === '08' ? [8, 10] : null;
  return [9, 10];
}

function phoneHits(text: string): PersonalDataHit[] {
  const hits: PersonalDataHit[] = [];
  const seek = (pattern: RegExp, limitsOf: (area: string) => readonly [number, number] | null): void => {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const limits = limitsOf(match[1] ?? '');
      const kept = limits && trimmed(match[0], ...limits);
      const end = match.index + (kept?.length ?? 0);
      if (kept !== null && !DATE.test(kept) && AT_END.test(text.slice(end, end + 2))) {
        hits.push({ kind: 'telefon', start: match.index, end });
        // What was cut off may be a number of its own.
        pattern.lastIndex = end;
      }
    }
  };
  seek(PHONE_JOINED, nationalLimits);
  seek(PHONE_SPACED, nationalLimits);
  seek(PHONE_DOTTED, nationalLimits);
  seek(PHONE_RUN, () => [9, 10]);
  // E.164: at most fifteen digits. A national prefix in brackets is not one of them.
  seek(PHONE_ABROAD, () => [9, 17]);
  return hits;
}

function emailHits(text: string): PersonalDataHit[] {
  return [...text.matchAll(EMAIL)].map(({ index, 0: found }) => ({
    kind: 'e-post',
    start: index,
    end: index + found.length,
  }));
}

/**
 * Finds personal data in a text, in the order of the text and never one in another. A number of ten digits that can be
 * both is a number of identity.
 *
 * Personnummer: ten or twelve digits, with hyphen, plus, space or nothing before the last four. Samordningsnummer: the
 * same with sixty added to the day. By common descriptions (secondary); Skatteverket's own has not been read.
 */
export function findPersonalData(text: string): PersonalDataHit[] {
  const isTaken = new Uint8Array(text.length);
  for (const { index, 0: found } of text.matchAll(FINGERPRINT)) isTaken.fill(1, index, index + found.length);
  const kept = [...emailHits(text), ...identityHits(text), ...phoneHits(text)].filter(({ start, end }) => {
    if (isTaken.subarray(start, end).includes(1)) return false;
    isTaken.fill(1, start, end);
    return true;
  });
  return kept.sort((one, other) => one.start - other.start);
}

/** What stands in the place of a hit: the same for all of a kind, so that it tells nothing of what stood there. */
function maskOf(kind: PersonalDataKind): string {
  return `[${PERSONAL_DATA_NAME[kind]}]`;
}

/**
 * Puts a fixed word in the place of every hit that `isMeant`, until none is left: what one hit hid may be another.
 * @param isMeant given the hit and the words of it; every one unless told
 */
export function maskPersonalData(
  text: string,
  isMeant: (hit: PersonalDataHit, words: string) => boolean = () => true,
): string {
  let masked = text;
  for (;;) {
    const before = masked;
    const hits = findPersonalData(before).filter((hit) => isMeant(hit, before.slice(hit.start, hit.end)));
    if (hits.length === 0) return masked;
    const pieces = hits.map(
      ({ kind, start }, index) => before.slice(hits[index - 1]?.end ?? 0, start) + maskOf(kind),
    );
    masked = pieces.join('') + before.slice(hits.at(-1)?.end);
  }
}
