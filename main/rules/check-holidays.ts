import type { HolidayCalendar } from '../../shared/domain/rules.ts';
import { dateOfHoliday } from './holiday-names.ts';

/**
 * Holes in the list of holidays: a year without a holiday that the other years have, a day twice, a day that is not the
 * one of its name. A limit that is
 * extended, or not, by a hole is wrong by days, and nobody sees it.
 */
export function findHolidayFaults(calendar: HolidayCalendar): { place: string; fault: string }[] {
  const faults: { place: string; fault: string }[] = [];
  const { firstYear, lastYear } = calendar;
  if (firstYear > lastYear) faults.push({ place: '', fault: `åren är omvända: ${firstYear}–${lastYear}.` });
  const seen = new Map<string, string>();
  const names = new Set<string>();
  for (const holiday of calendar.holidays) {
    const place = holiday.name;
    const report = (fault: string): void => void faults.push({ place, fault });
    if (names.has(holiday.name)) report('står två gånger.');
    names.add(holiday.name);
    const first = holiday.firstYear ?? firstYear;
    const last = holiday.lastYear ?? lastYear;
    if (first < firstYear || last > lastYear || first > last)
      report(`åren ${first}–${last} ligger inte inom listans ${firstYear}–${lastYear}.`);
    for (let year = first; year <= last; year += 1) {
      const count = holiday.dates.filter((date) => date.startsWith(`${year}-`)).length;
      if (count === 0) report(`saknas för år ${year}.`);
      else if (count > 1) report(`har fler än ett datum år ${year}.`);
    }
    for (const date of holiday.dates) {
      const year = Number(date.slice(0, 4));
      if (year < first || year > last) report(`${date} ligger utanför åren ${first}–${last}.`);
      const other = seen.get(date);
      if (other !== undefined) report(`${date} står redan vid ${other}.`);
      seen.set(date, holiday.name);
      const right = dateOfHoliday(holiday.name, year);
      if (right !== null && right !== date) report(`${date} är fel dag: år ${year} är det ${right}.`);
    }
  }
  return faults;
}
