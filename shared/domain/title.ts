/**
 * The signs that turn the direction of writing (Unicode Standard Annex #9, 2.1–2.5), and mark it. A title is one line that
 * people decide by, in the window, on paper, in an address field and in a terminal: with such a sign in it, it reads as
 * another, and takes what stands beside it along. It is refused rather than made harmless in each of those places.
 */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/** True for a title that reads as it is written. */
export function readsAsWritten(title: string): boolean {
  return !TURNING.test(title);
}
