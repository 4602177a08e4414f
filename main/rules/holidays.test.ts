import { getHolidays } from 'swedish-holidays';
import { describe, expect, it } from 'vitest';
import type { HolidayCalendar } from '../../shared/domain/rules.ts';
import { findHolidayFaults } from './check-holidays.ts';
import { dateOfHoliday } from './holiday-names.ts';
import { loadRulePack } from './load.ts';

const { holidays } = loadRulePack();
const years = Array.from({ length: 21 }, (_, index) => 2020 + index);
const datesOf = (year: number, grounds: readonly string[]): string[] =>
  holidays.holidays
    .filter(({ ground }) => grounds.includes(ground))
    .flatMap(({ dates }) => dates.filter((date) => date.startsWith(`${year}-`)))
    .sort();

/** Easter Sunday by Meeus, Jones and Butcher: days from 1 January 1970. */
function easterDay(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1) / 86_400_000;
}

describe('the shipped holidays', () => {
  it('cover 2020–2040', () => {
    expect([holidays.firstYear, holidays.lastYear]).toEqual([2020, 2040]);
  });

  it.each(years)('are, for %d, the public holidays and the three eves of an independent source', (year) => {
    const eves = ['Midsommarafton', 'Julafton', 'Nyårsafton'];
    const day = (date: Date): string => date.toISOString().slice(0, 10);
    const other = getHolidays(year);
    const open = other.filter(({ isPublicHoliday }) => isPublicHoliday).map(({ date }) => day(date));
    expect(datesOf(year, ['SFS1989:253'])).toEqual(open.sort());
    const equal = other.filter(({ name }) => eves.includes(name)).map(({ date }) => day(date));
    expect(datesOf(year, ['SFS1930:173'])).toEqual(equal.sort());
    expect(equal).toHaveLength(3);
  });

  it.each(years)('follow Easter in %d', (year) => {
    const inDays = (name: string): number => {
      const dates = holidays.holidays.find((holiday) => holiday.name === name)?.dates ?? [];
      return Date.parse(dates.find((date) => date.startsWith(`${year}-`)) ?? '') / 86_400_000;
    };
    const easter = easterDay(year);
    expect(
      ['Långfredagen', 'Påskdagen', 'Annandag påsk', 'Kristi himmelsfärdsdag', 'Pingstdagen'].map(
        (name) => inDays(name) - easter,
      ),
    ).toEqual([-2, 0, 1, 39, 49]);
  });
});

it('Easter is found in every year that a list may cover', () => {
  for (let year = 1990; year <= 2200; year += 1)
    expect(Date.parse(dateOfHoliday('Påskdagen', year) ?? '') / 86_400_000).toBe(easterDay(year));
});

describe('a list of holidays', () => {
  const small: HolidayCalendar = {
    ...holidays,
    firstYear: 2020,
    lastYear: 2021,
    holidays: [{ name: 'Nyårsdagen', ground: 'SFS1989:253', dates: ['2020-01-01', '2021-01-01'] }],
  };
  const faultsOf = (dates: string[], more: Partial<HolidayCalendar['holidays'][number]> = {}): string[] =>
    findHolidayFaults({
      ...small,
      holidays: [...small.holidays, { name: 'Prov', ground: 'SFS1989:253', dates, ...more }],
    }).map(({ place, fault }) => `${place}: ${fault}`);

  it('is whole, or refused by name and year', () => {
    expect(faultsOf(['2020-05-01', '2021-05-01'])).toEqual([]);
    expect(faultsOf(['2021-05-01'], { firstYear: 2021 })).toEqual([]);
    expect(faultsOf(['2020-05-01'])).toEqual(['Prov: saknas för år 2021.']);
    expect(faultsOf(['2020-05-01', '2021-05-01', '2021-05-02'])).toEqual([
      'Prov: har fler än ett datum år 2021.',
    ]);
    expect(faultsOf(['2020-01-01', '2021-05-01'])).toEqual(['Prov: 2020-01-01 står redan vid Nyårsdagen.']);
    expect(faultsOf(['2020-05-01', '2021-05-01', '2022-05-01'])).toEqual([
      'Prov: 2022-05-01 ligger utanför åren 2020–2021.',
    ]);
    expect(faultsOf(['2020-05-01', '2021-05-01'], { name: 'Nyårsdagen' })).toEqual([
      'Nyårsdagen: står två gånger.',
      'Nyårsdagen: 2020-05-01 är fel dag: år 2020 är det 2020-01-01.',
      'Nyårsdagen: 2021-05-01 är fel dag: år 2021 är det 2021-01-01.',
    ]);
    expect(faultsOf(['2019-05-01'], { firstYear: 2019, lastYear: 2019 })).toEqual([
      'Prov: åren 2019–2019 ligger inte inom listans 2020–2021.',
    ]);
    expect(findHolidayFaults({ ...small, firstYear: 2022 })[0]?.fault).toContain('omvända');
  });
});
