/**
 * True where who reads one passphrase has read the other: they differ in capitals, spaces, hidden signs or the form of a letter
 * alone. For telling two apart; a key is derived from the passphrase as it was typed, in NFKC.
 */
export function isAlike(one: string, other: string): boolean {
  const plain = (text: string): string =>
    text
      .normalize('NFKC')
      .replace(/[\p{Cf}\s]/gu, '')
      .toLocaleLowerCase('sv');
  return plain(one) === plain(other);
}
