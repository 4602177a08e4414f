/**
 * What a person may write into a value. A sign that nothing can show, or that makes the rest read as something else, is
 * refused when it is written, rather than made harmless in every window, paper and terminal that shows the value.
 */

/** Control characters but line end and tab. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;
/**
 * The signs that turn the direction of writing (Unicode Standard Annex #9, 2.1–2.4). They hide what a file is named
 * (`gpj.exe` reads as `exe.jpg`), and take what stands beside them along.
 */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/u;
/** Those that only mark it (2.6). Windows puts them into dates and thumbprints that are copied: a text may have them. */
const TURNING_OR_MARK = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/** A title is one line in lists, on envelopes and in a mail's own headers inside. */
export const LONGEST_TITLE = 300;
/** Some hundred printed pages; with it, a draft of the value can still be kept (`MAX_DRAFT_CHARACTERS`). */
export const LONGEST_TEXT = 300_000;

/** What is wrong with a text: what it is, the sign by its number (`U+202E`), and where it stands, counted from 1. */
export type TextFault =
  | { readonly fault: 'too-long'; readonly length: number; readonly longest: number }
  | { readonly fault: 'control' | 'turning' | 'half'; readonly sign: string; readonly place: number };

/** @param kind a title is one line that people decide by: it may not even have signs that only mark a direction */
export function findTextFault(text: string, kind: 'title' | 'text'): TextFault | null {
  const longest = kind === 'title' ? LONGEST_TITLE : LONGEST_TEXT;
  if (text.length > longest) return { fault: 'too-long', length: text.length, longest };
  const turning = kind === 'title' ? TURNING_OR_MARK : TURNING;
  const refused = [
    ['control', kind === 'title' ? /\p{Cc}/u : CONTROL],
    ['turning', turning],
    // Half of a surrogate pair has no UTF-8.
    ['half', /\p{Cs}/u],
  ] as const;
  for (const [fault, pattern] of refused) {
    const at = pattern.exec(text);
    if (at) {
      const sign = `U+${at[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''}`;
      return { fault, sign, place: at.index + 1 };
    }
  }
  return null;
}

/** What is wrong, and what to do about it, in a sentence or two. */
export function describeTextFault(found: TextFault): string {
  switch (found.fault) {
    case 'too-long':
      return `Texten är för lång: ${String(found.length)} tecken, och högst ${String(found.longest)} får plats. Dela upp den.`;
    case 'control':
      return `Texten har ett styrtecken (${found.sign}, tecken ${String(found.place)}) som inget dokument kan visa. Ta bort det.`;
    case 'turning':
      return `Texten har ett dolt tecken (${found.sign}, tecken ${String(found.place)}) som vänder skrivriktningen, så att den läses som något annat. Ta bort det, eller skriv dess beteckning, [${found.sign}], om den hör till det som hände.`;
    case 'half':
      return `Texten har ett halvt tecken (${found.sign}, tecken ${String(found.place)}) som inte kan skrivas. Ta bort det.`;
  }
}
