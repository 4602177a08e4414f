import { isSameName } from './names.ts';

/** Where a printer puts what it prints, against where it should: measured with a test sheet and set right on envelopes. */
export interface PrinterOffset {
  /** The organisation's own name for the printer. */
  readonly name: string;
  /** Millimetres to move what is printed to the right; negative: to the left. */
  readonly right: number;
  /** Millimetres to move it down; negative: up. */
  readonly down: number;
}

export const MOST_OFFSET = 20;
export const MOST_PRINTERS = 20;
const LONGEST_NAME = 60;

/** The formats that a test sheet can be made for, in millimetres as the printer takes them in, the long side first. */
export const TEST_FORMATS = {
  A4: { width: 210, height: 297, name: 'A4' },
  C4: { width: 324, height: 229, name: 'C4' },
  C5: { width: 229, height: 162, name: 'C5' },
  DL: { width: 220, height: 110, name: 'DL' },
  C6: { width: 162, height: 114, name: 'C6' },
} as const;
export type TestFormat = keyof typeof TEST_FORMATS;

/** The distance from the left and the upper edge that the cross of the test sheet shall have, in millimetres. */
export const TEST_DISTANCE = 30;

/** Why a list of printers cannot be kept, in Swedish, with what to do; null where it can. */
export function whyNotPrinters(printers: readonly PrinterOffset[]): string | null {
  if (printers.length > MOST_PRINTERS) return `Högst ${MOST_PRINTERS} skrivare kan anges. Ta bort någon.`;
  const names = printers.map(({ name }) => name.normalize('NFC').trim());
  if (names.some((name) => name === '' || name.length > LONGEST_NAME || /\p{Cc}/u.test(name))) {
    return `Ge varje skrivare ett namn med högst ${LONGEST_NAME} tecken.`;
  }
  const twice = names.find((name, index) => names.findIndex((other) => isSameName(other, name)) !== index);
  if (twice !== undefined) return `Två skrivare heter ${twice}. Ge dem olika namn.`;
  const isOff = printers.some(({ right, down }) =>
    [right, down].some((value) => !Number.isFinite(value) || Math.abs(value) > MOST_OFFSET),
  );
  return isOff ? `Förskjutningen anges i millimeter, från −${MOST_OFFSET} till ${MOST_OFFSET}.` : null;
}
