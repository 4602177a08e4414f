/**
 * Characters that nobody sees where they stand. In a report of an incident they are how a name was made to look like another, or how
 * a text was made to run backwards: on paper and in text each is written out by its number.
 */

/** Only join signs or choose between their pictures, and are dropped where they do: between letters of other scripts. */
const JOINING =
  /[\ufe00-\ufe0f]|[\u200c\u200d](?=[^\p{Script=Latin}\p{Script=Common}]|\p{Extended_Pictographic})/gu;

/**
 * Controls, format and direction characters (soft hyphen, zero-width space, byte order mark), lone surrogates, private ones that each
 * machine shows in its own way, and fillers that are letters by name alone. Line ends are what they are.
 */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;
const EACH_HIDDEN = new RegExp(HIDDEN, 'gu');

export function isHidden(character: string): boolean {
  return HIDDEN.test(character);
}

/** Line ends as `\n`, tabs as spaces, joiners between signs dropped. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n')
    .replace(/\t/g, '    ')
    .replace(JOINING, '')
    .normalize('NFC');
}

/** `[U+4E2D]`: how a character that no font has, or that nobody sees, is written out. */
export function codePointWords(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}

export function showHidden(text: string): string {
  return text.replace(EACH_HIDDEN, codePointWords);
}
