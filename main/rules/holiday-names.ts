/**
 * When a holiday is, by its name: lag (1989:253) 1 § and lag (1930:173) 2 §, and for Easter the calendar of the church.
 * The list of the pack is what counts; this is what it is held against, so that a date cannot slip by a day unseen.
 */
type Rule =
  /** Days from Easter Sunday. */
  | { readonly easter: number }
  /** The date; with a weekday (5 Friday, 6 Saturday), that one in the seven days from it. */
  | { readonly month: number; readonly day: number; readonly weekday?: number };

const RULES: Readonly<Record<string, Rule>> = {
  Nyårsdagen: { month: 1, day: 1 },
  'Trettondedag jul': { month: 1, day: 6 },
  Långfredagen: { easter: -2 },
  Påskdagen: { easter: 0 },
  'Annandag påsk': { easter: 1 },
  'Kristi himmelsfärdsdag': { easter: 39 },
  Pingstdagen: { easter: 49 },
  'Första maj': { month: 5, day: 1 },
  'Sveriges nationaldag': { month: 6, day: 6 },
  Midsommarafton: { weekday: 5, month: 6, day: 19 },
  Midsommardagen: { weekday: 6, month: 6, day: 20 },
  'Alla helgons dag': { weekday: 6, month: 10, day: 31 },
  Julafton: { month: 12, day: 24 },
  Juldagen: { month: 12, day: 25 },
  'Annandag jul': { month: 12, day: 26 },
  Nyårsafton: { month: 12, day: 31 },
};
const DAY_MS = 86_400_000;

/** @returns the date, "2027-03-26"; null for a name whose date no law that has been read gives */
export function dateOfHoliday(name: string, year: number): string | null {
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (!rule) return null;
  if ('easter' in rule) return dayOf(easterSunday(year) + rule.easter * DAY_MS);
  const first = Date.UTC(year, rule.month - 1, rule.day);
  const { weekday } = rule;
  return dayOf(
    weekday === undefined ? first : first + ((weekday - new Date(first).getUTCDay() + 7) % 7) * DAY_MS,
  );
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Gauss's computus for the Gregorian calendar, with the corrections that hold for every century. */
function easterSunday(year: number): number {
  const century = Math.floor(year / 100);
  const skipped = century - Math.floor(century / 4);
  const golden = year % 19;
  const moon = (19 * golden + skipped - Math.floor((8 * century + 13) / 25) + 15) % 30;
  const full = moon === 29 || (moon === 28 && golden > 10) ? moon - 1 : moon;
  // Full moon counts from 21 March; Easter is the Sunday after it.
  const paschal = Date.UTC(year, 2, 21 + full);
  return paschal + (7 - new Date(paschal).getUTCDay()) * DAY_MS;
}
