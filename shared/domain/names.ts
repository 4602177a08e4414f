/**
 * What a name or an address may be. The core refuses the rest; the window asks the same functions while it is written,
 * so that it is told where it is written. Each answers in Swedish, or null for what can be used.
 */

/** The longest line that fits on an envelope, in a mail header and in a key. */
export const LONGEST_LINE = 200;
const LONGEST_USER_NAME = 100;

/** The name under which the recovery key acts, so that its use is seen in the audit. */
export const RECOVERY_USER_NAME = 'Återställningsnyckel';

/** True for one visible line that is not too long. It goes into mail headers, where a line break would be another thing. */
export function isOneLine(text: string): boolean {
  const line = text.normalize('NFC').trim();
  return line.length <= LONGEST_LINE && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line);
}

/** The organisation's name stands on reports and labels, and without brackets in its OpenPGP key: it is one line that can be read. */
export function findOrganisationNameFault(name: string): string | null {
  const line = name.normalize('NFC').trim();
  if (line === '') return 'Ange organisationens namn.';
  if (line.length > LONGEST_LINE)
    return `Namnet får ha högst ${LONGEST_LINE} tecken; det har ${line.length}.`;
  return isOneLine(line) && !/\p{C}/u.test(line)
    ? null
    : 'Namnet har ett styrtecken eller ett dolt tecken. Skriv det på nytt för hand.';
}

/**
 * The form in which a user's name is stored and looked for: NFC, so that å is the same letter however it was typed, and
 * no space before, after or twice between. Capital and small letters are told apart.
 */
export function normalUserName(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/gu, ' ');
}

/** True for a text of two letters or figures at least: a full stop or a dash where something must be told tells nothing. */
export function saysSomething(text: string | null): boolean {
  return ((text ?? '').match(/[\p{L}\p{N}]/gu) ?? []).length >= 2;
}

/** True where two names read alike, however they were typed: compatible letters, spaces, hidden signs, capitals. */
export function isSameName(one: string, other: string): boolean {
  const plain = (name: string): string =>
    normalUserName(name.normalize('NFKC').replace(/\p{Cf}/gu, '')).toLocaleLowerCase('sv');
  return plain(one) === plain(other);
}

/**
 * True where two names may be one person's, as far as they tell: each part is the other's or its initial, "A. Andersson" and
 * "Anna Andersson", in whatever order, "Andersson, Anna", and so is a name of which the other has more: "Anna" and "Anna
 * Andersson".
 */
export function mayBeSameName(one: string, other: string): boolean {
  if (isSameName(one, other)) return true;
  const parts = (name: string): string[] =>
    normalUserName(name.normalize('NFKC').replace(/\p{Cf}/gu, ''))
      .toLocaleLowerCase('sv')
      .split(/[\s.,;]+/u)
      .filter((part) => part !== '');
  const [fewer, more] = [parts(one), parts(other)].sort((a, b) => a.length - b.length) as [
    string[],
    string[],
  ];
  const isPart = (part: string, of: string): boolean =>
    part === of || (part.length === 1 && of.startsWith(part)) || (of.length === 1 && part.startsWith(of));
  return fewer.length > 0 && areFound(fewer, more, isPart);
}

/** True where each part can be paired with one of its own among the others. */
function areFound(
  [part, ...rest]: readonly string[],
  others: readonly string[],
  isPart: (part: string, of: string) => boolean,
): boolean {
  if (part === undefined) return true;
  return others.some((of, index) => isPart(part, of) && areFound(rest, others.toSpliced(index, 1), isPart));
}

/** The name of a new user. It stands in the audit, in exports and in `vault.json`, so it is one line that can be read. */
export function findUserNameFault(name: string): string | null {
  const normal = normalUserName(name);
  if (normal === '') return 'Ange ett användarnamn.';
  if (normal === RECOVERY_USER_NAME)
    return 'Det namnet står för återställningskoden. Ange ett annat användarnamn.';
  if (normal.length > LONGEST_USER_NAME)
    return `Användarnamnet får ha högst ${LONGEST_USER_NAME} tecken; det har ${normal.length}.`;
  if (/\p{Script=Latin}/u.test(normal) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(normal))
    return 'Användarnamnet blandar latinska bokstäver med kyrilliska eller grekiska, som kan se likadana ut. Skriv det med ett slags bokstäver.';
  return /\p{C}/u.test(normal)
    ? 'Användarnamnet har ett styrtecken eller ett dolt tecken, som kan följa med en bild eller en kopia. Skriv det på nytt för hand.'
    : null;
}

/**
 * The plain addr-spec of RFC 5322 3.4.1: dot-atom, "@", domain, in ASCII. What it lets through can stand in a header
 * as it is: no white space, no comment, no quotation, no second address.
 */
export function isMailAddress(address: string): boolean {
  return (
    address.length <= 254 &&
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/.test(
      address,
    )
  );
}
