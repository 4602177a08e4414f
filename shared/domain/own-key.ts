/** For how many years an own key may be made to hold; without an end it is null. */
export const OWN_YEARS = [1, 2, 3, 5] as const;
export type OwnYears = (typeof OWN_YEARS)[number];
