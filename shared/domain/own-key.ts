/** For how many years an own key may be made to hold; without an end it is null. */
export const OWN_YEARS = [1, 2, 3, 5] as const;
export type OwnYears = (typeof OWN_YEARS)[number];

/**
 * What became of an own key that was read in from a file: it is new; it was in the vault, out of use, and is used again; it was the
 * one in use, and the file had something new of it; or nothing new.
 */
export const OWN_ARRIVALS = ['new', 'used-again', 'renewed', 'unchanged'] as const;
export type OwnArrival = (typeof OWN_ARRIVALS)[number];
