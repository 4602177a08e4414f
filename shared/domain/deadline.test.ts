import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRulePack } from '../../main/rules/load.ts';
import { describeMoment, describePiece } from './deadline-words.ts';
import {
  computeDeadline,
  lastPostingDay,
  stepFor,
  type DeadlineOptions,
  type DeadlineRule,
} from './deadline.ts';
import { ORGANISATION_KINDS } from './incident.ts';
import { LONGEST_LIMIT } from './rules.ts';

const { holidays } = loadRulePack();

const hours = (amount: number, workdayRule: DeadlineRule['workdayRule'] = 'none'): DeadlineRule => ({
  limit: { amount, unit: 'hour' },
  workdayRule,
});
const days = (amount: number, unit: 'week' | 'month'): DeadlineRule => ({
  limit: { amount, unit },
  workdayRule: 'SFS1930:173',
});
const initial: DeadlineRule = {
  ...hours(4, 'DORA-noon-not-excluded'),
  noLaterThan: { start: 'aware', amount: 24, unit: 'hour' },
};

function due(rule: DeadlineRule, start: string, options?: DeadlineOptions): string | undefined {
  const found = computeDeadline(rule, { start }, holidays, options);
  return found?.due.date ?? found?.due.at;
}
const utc = (written: string): string => new Date(written).toISOString().replace('.000Z', 'Z');

describe('the vectors of domain §12.2', () => {
  it('1: 6 h over the start of summer time', () => {
    expect(due(hours(6), '2026-03-28T22:00:00+01:00')).toBe(utc('2026-03-29T05:00:00+02:00'));
  });
  it('2: 24 h over its end', () => {
    expect(due(hours(24), '2026-10-24T14:00:00+02:00')).toBe(utc('2026-10-25T13:00:00+01:00'));
  });
  it('3: 72 h over its end', () => {
    expect(due(hours(72), '2026-10-23T09:00:00+02:00')).toBe(utc('2026-10-26T08:00:00+01:00'));
  });
  it('4: 72 h over Christmas are not extended', () => {
    expect(due(hours(72), '2026-12-23T16:00:00+01:00')).toBe(utc('2026-12-26T16:00:00+01:00'));
  });
  it('5: 4 weeks to midsommarafton', () => {
    const found = computeDeadline(days(4, 'week'), { start: '2026-05-22T09:00:00+02:00' }, holidays);
    expect(found).toMatchObject({ due: { date: '2026-06-22' }, extendedFrom: { date: '2026-06-19' } });
    expect(found && describeMoment(found.due)).toBe('måndag 2026-06-22');
  });
  it('6: 1 month, short month and Saturday; the target is the Friday', () => {
    const found = computeDeadline(days(1, 'month'), { start: '2026-01-31T09:00:00+01:00' }, holidays);
    expect(found).toMatchObject({
      due: { date: '2026-03-02' },
      extendedFrom: { date: '2026-02-28' },
      target: { date: '2026-02-27' },
    });
  });
  it('7: 1 month to julafton', () => {
    expect(due(days(1, 'month'), '2026-11-24T09:00:00+01:00')).toBe('2026-12-28');
  });
  it('8: 4 weeks to nyårsafton', () => {
    expect(due(days(4, 'week'), '2026-12-03T09:00:00+01:00')).toBe('2027-01-04');
  });
  it('9: the noon rule, for one that is not excluded', () => {
    const rule = hours(72, 'DORA-noon-not-excluded');
    const found = computeDeadline(rule, { start: '2026-11-05T10:00:00+01:00' }, holidays, {
      hasNoonRule: true,
    });
    expect(found?.due).toEqual({ at: utc('2026-11-09T12:00:00+01:00'), date: null });
    expect(found?.extendedFrom?.at).toBe(utc('2026-11-08T10:00:00+01:00'));
    expect(found?.target.at).toBe(utc('2026-11-08T10:00:00+01:00'));
  });
  it('10: the noon rule, for a credit institution, and where nobody has said', () => {
    const rule = hours(72, 'DORA-noon-not-excluded');
    for (const options of [{ hasNoonRule: false }, {}])
      expect(due(rule, '2026-11-05T10:00:00+01:00', options)).toBe(utc('2026-11-08T10:00:00+01:00'));
  });
  it('11: the first DORA report: the earlier of two limits, unless classified after the other one', () => {
    const first = (start: string | null, cap: string | null) =>
      computeDeadline(initial, { start, cap }, holidays);
    const aware = '2026-11-03T08:00:00+01:00';
    expect(first('2026-11-03T09:00:00+01:00', aware)?.due.at).toBe(utc('2026-11-03T13:00:00+01:00'));
    expect(first('2026-11-05T09:00:00+01:00', aware)?.due.at).toBe(utc('2026-11-05T13:00:00+01:00'));
    expect(first('2026-11-04T06:00:00+01:00', aware)?.due.at).toBe(utc('2026-11-04T08:00:00+01:00'));
    expect(first(null, aware)).toMatchObject({
      due: { at: utc('2026-11-04T08:00:00+01:00') },
      isProvisional: true,
    });
    expect(first('2026-11-03T09:00:00+01:00', null)?.due.at).toBe(utc('2026-11-03T13:00:00+01:00'));
    expect(first(null, null)).toBeNull();
  });
  it('12: 6 h over midnight', () => {
    expect(due(hours(6), '2026-11-22T23:10:00+01:00')).toBe(utc('2026-11-23T05:10:00+01:00'));
  });
});

describe('a deadline', () => {
  it('of whole days ends with the day, also on the days of 23 and 25 hours', () => {
    const end = (start: string) => computeDeadline(days(1, 'week'), { start }, holidays)?.due;
    expect(end('2026-10-19T12:00:00+02:00')).toEqual({
      at: utc('2026-10-27T00:00:00+01:00'),
      date: '2026-10-26',
    });
    const rule: DeadlineRule = { ...days(1, 'week'), workdayRule: 'none' };
    expect(computeDeadline(rule, { start: '2026-03-22T12:00:00+01:00' }, holidays)?.due).toEqual({
      at: utc('2026-03-30T00:00:00+02:00'),
      date: '2026-03-29',
    });
  });

  it('of whole days begins on the Swedish day, wherever the start was written', () => {
    expect(due(days(1, 'week'), '2026-11-22T23:30:00Z')).toBe('2026-11-30');
    expect(due(days(1, 'week'), '2026-11-23T00:30:00+01:00')).toBe('2026-11-30');
  });

  it('aims at thirty days where the month is longer', () => {
    const found = computeDeadline(days(1, 'month'), { start: '2026-07-13T09:00:00+02:00' }, holidays);
    expect(found).toMatchObject({ due: { date: '2026-08-13' }, target: { date: '2026-08-12' } });
  });

  it('of a month by the noon rule is moved to noon, and not by an eve', () => {
    const rule: DeadlineRule = { limit: { amount: 1, unit: 'month' }, workdayRule: 'DORA-noon' };
    expect(due(rule, '2026-10-08T15:00:00+02:00')).toBe(utc('2026-11-09T12:00:00+01:00'));
    expect(due(rule, '2026-11-24T15:00:00+01:00')).toBe('2026-12-24');
    expect(due(rule, '2026-11-25T15:00:00+01:00')).toBe(utc('2026-12-28T12:00:00+01:00'));
  });

  it('is not extended where the holidays are not known, and says so', () => {
    const found = computeDeadline(days(4, 'week'), { start: '2040-12-10T09:00:00+01:00' }, holidays);
    expect(found).toMatchObject({ due: { date: '2041-01-07' }, extendedFrom: null });
    expect(found?.pieces.map(describePiece).join(' ')).toContain('Helgdagarna för 2041 finns inte');
    // The extension itself would lead into the year that is not known.
    const over = computeDeadline(days(4, 'week'), { start: '2040-12-03T09:00:00+01:00' }, holidays);
    expect(over?.due.date).toBe('2040-12-31');
    expect(over?.pieces.at(-1)).toEqual({ kind: 'holidays-unknown', year: 2041 });
  });

  it('is none without a limit or without a start, and refuses what is no time', () => {
    expect(
      computeDeadline({ limit: null, workdayRule: 'none' }, { start: '2026-01-01T00:00:00Z' }, holidays),
    ).toBeNull();
    expect(computeDeadline(hours(6), { start: null }, holidays)).toBeNull();
    for (const start of ['2026-11-22', 'i går', '2026-11-22T10:00:00', ''])
      expect(() => computeDeadline(hours(6), { start }, holidays)).toThrow(RangeError);
  });

  it('tells how it was counted, in Swedish', () => {
    const found = computeDeadline(days(1, 'month'), { start: '2026-01-31T09:00:00+01:00' }, holidays);
    expect(found?.pieces.map(describePiece)).toEqual([
      '1 månad från starten: lördag 2026-02-28.',
      'Månaden saknar det datumet; dess sista dag gäller (lag (1930:173) 1 §): 2026-02-28.',
      'Lördag 2026-02-28 är ingen vardag (lördag): nästa vardag gäller enligt lag (1930:173) 2 §: måndag 2026-03-02.',
    ]);
  });
});

/** The same by other means: the offset that Intl gives, days counted one by one, Easter by Gauss's way. */
describe('an independent count, over random starts 2020–2040', () => {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Stockholm',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  /** "2026-11-22 03:00:00" in Sweden. */
  const local = (ms: number): string => {
    const [date = '', time = ''] = clock.format(ms).split(', ');
    return `${date.split('/').reverse().join('-')} ${time}`;
  };
  const localDay = (ms: number): string => local(ms).slice(0, 10);
  const DAY = 86_400_000;
  const addDays = (date: string, count: number): string =>
    new Date(Date.parse(`${date}T12:00:00Z`) + count * DAY).toISOString().slice(0, 10);
  /** The first instant at which it is that time in Sweden, sought among all offsets. */
  const instantOf = (date: string, time: string): number => {
    const found = [2, 1].map((offset) => Date.parse(`${date}T${time}Z`) - offset * 3_600_000);
    return found.find((ms) => local(ms) === `${date} ${time}`) ?? Number.NaN;
  };
  const easter = (year: number): string => {
    const a = year % 19;
    const d = (19 * a + 24) % 30;
    const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
    const day = 22 + d + e;
    return addDays(`${year}-03-01`, (day === 57 ? 50 : d === 28 && e === 6 && a > 10 ? day - 7 : day) - 1);
  };
  const isFree = (date: string, withEves: boolean): boolean => {
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    const short = date.slice(5);
    if (weekday === 0 || weekday === 6) return true;
    if (['01-01', '01-06', '05-01', '06-06', '12-25', '12-26'].includes(short)) return true;
    const fromEaster = Math.round((Date.parse(date) - Date.parse(easter(Number(date.slice(0, 4))))) / DAY);
    if ([-2, 0, 1, 39, 49].includes(fromEaster)) return true;
    // Midsommardagen and alla helgons dag are Saturdays.
    return (
      withEves &&
      (['12-24', '12-31'].includes(short) || (weekday === 5 && short >= '06-19' && short <= '06-25'))
    );
  };
  const nextFreeOf = (date: string, withEves: boolean): string => {
    let day = date;
    while (isFree(day, withEves)) day = addDays(day, 1);
    return day;
  };

  const start = fc
    .integer({
      min: Date.parse('2020-01-01T00:00:00Z') / 60_000,
      max: Date.parse('2040-10-01T00:00:00Z') / 60_000,
    })
    .map((minutes) => minutes * 60_000);
  const iso = (ms: number): string => new Date(ms).toISOString();

  it('of hours is elapsed time', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 200 }), (at, amount) => {
        const found = computeDeadline(hours(amount), { start: iso(at) }, holidays);
        expect(Date.parse(found?.due.at ?? '') - at).toBe(amount * 3_600_000);
      }),
    );
  });

  it('of weeks is the same weekday, moved past days of rest, to the end of the day', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 8 }), (at, amount) => {
        const last = addDays(localDay(at), 7 * amount);
        const expected = nextFreeOf(last, true);
        const found = computeDeadline(days(amount, 'week'), { start: iso(at) }, holidays);
        expect(found?.due.date).toBe(expected);
        expect(found?.extendedFrom?.date ?? last).toBe(last);
        expect(Date.parse(found?.due.at ?? '')).toBe(instantOf(addDays(expected, 1), '00:00:00'));
      }),
      { numRuns: 1000 },
    );
  });

  it('of months is the same date or the last of the month, moved past days of rest', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 2 }), (at, amount) => {
        const [year = 0, month = 0, day = 0] = localDay(at).split('-').map(Number);
        const length = new Date(Date.UTC(year, month - 1 + amount + 1, 0)).getUTCDate();
        const last = new Date(Date.UTC(year, month - 1 + amount, Math.min(day, length)))
          .toISOString()
          .slice(0, 10);
        const found = computeDeadline(days(amount, 'month'), { start: iso(at) }, holidays);
        expect(found?.due.date).toBe(nextFreeOf(last, true));
        const target = found?.target.date ?? '';
        expect(isFree(target, true)).toBe(false);
        expect(target <= last && target <= addDays(localDay(at), 30 * amount)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('by the noon rule is noon of the next working day, where it falls on a day of rest', () => {
    fc.assert(
      fc.property(start, (at) => {
        const end = at + 72 * 3_600_000;
        const day = localDay(end);
        const expected = isFree(day, false) ? instantOf(nextFreeOf(day, false), '12:00:00') : end;
        const found = computeDeadline(hours(72, 'DORA-noon'), { start: iso(at) }, holidays);
        expect(Date.parse(found?.due.at ?? '')).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('by the noon rule that does not reach everybody is moved only for those who have said that it reaches them', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 100 }), fc.option(fc.boolean()), (at, amount, hasRule) => {
        const end = at + amount * 3_600_000;
        const day = localDay(end);
        const isMoved = hasRule === true && isFree(day, false);
        const expected = isMoved ? instantOf(nextFreeOf(day, false), '12:00:00') : end;
        const options = hasRule === null ? {} : { hasNoonRule: hasRule };
        const rule = hours(amount, 'DORA-noon-not-excluded');
        const found = computeDeadline(rule, { start: iso(at) }, holidays, options);
        expect(Date.parse(found?.due.at ?? '')).toBe(expected);
        expect(found?.extendedFrom === null).toBe(!isMoved);
        // Whoever aims at the target is in time whether or not the rule reaches her.
        expect(Date.parse(found?.target.at ?? '')).toBe(end);
      }),
      { numRuns: 1000 },
    );
  });

  it('of months by the noon rule is the end of the day, or noon of the next working day', () => {
    const rule: DeadlineRule = { limit: { amount: 1, unit: 'month' }, workdayRule: 'DORA-noon' };
    fc.assert(
      fc.property(start, (at) => {
        const [year = 0, month = 0, date = 0] = localDay(at).split('-').map(Number);
        const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
        const last = new Date(Date.UTC(year, month, Math.min(date, length))).toISOString().slice(0, 10);
        const expected = isFree(last, false)
          ? instantOf(nextFreeOf(last, false), '12:00:00')
          : instantOf(addDays(last, 1), '00:00:00');
        const found = computeDeadline(rule, { start: iso(at) }, holidays);
        expect(Date.parse(found?.due.at ?? '')).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('with a cap is the earlier of the two, unless the start came after it; and the cap alone before there is a start', () => {
    const after = fc.option(fc.integer({ min: -600, max: 6000 }));
    fc.assert(
      fc.property(
        start,
        after,
        fc.integer({ min: 1, max: 48 }),
        fc.integer({ min: 1, max: 72 }),
        (aware, minutes, own, cap) => {
          const rule: DeadlineRule = {
            ...hours(own),
            noLaterThan: { start: 'aware', amount: cap, unit: 'hour' },
          };
          const begun = minutes === null ? null : aware + minutes * 60_000;
          const capAt = aware + cap * 3_600_000;
          const ownAt = begun === null ? Infinity : begun + own * 3_600_000;
          const expected = begun !== null && begun > capAt ? ownAt : Math.min(ownAt, capAt);
          const found = computeDeadline(
            rule,
            { start: begun === null ? null : iso(begun), cap: iso(aware) },
            holidays,
          );
          expect(Date.parse(found?.due.at ?? '')).toBe(expected);
          expect(found?.isProvisional).toBe(begun === null);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('of a step with overrides is that of the first one that fits, and else the step’s own', () => {
    const kind = fc.constantFrom(...ORGANISATION_KINDS);
    const override = fc.record({ kind, amount: fc.integer({ min: 1, max: 100 }) });
    const [written] = loadRulePack().regimes.get('CSL')?.steps ?? [];
    if (!written) throw new Error('no step');
    fc.assert(
      fc.property(start, kind, fc.array(override, { minLength: 1, maxLength: 4 }), (at, mine, given) => {
        const overrides = given.map((one) => ({
          when: { organisationKind: one.kind },
          limit: { amount: one.amount, unit: 'hour' as const },
          wording: `${one.amount} timmar`,
        }));
        const fitting = given.filter((one) => one.kind === mine)[0];
        const step = stepFor({ ...written, overrides }, mine);
        const amount = fitting?.amount ?? 24;
        const found = computeDeadline(step, { start: iso(at) }, holidays);
        expect(Date.parse(found?.due.at ?? '') - at).toBe(amount * 3_600_000);
        expect(step.wording).toBe(fitting ? `${amount} timmar` : written.wording);
      }),
    );
  });

  it('that is reached by post leaves as many working days as the post takes', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 5 }), (at, workdays) => {
        const due = computeDeadline(days(4, 'week'), { start: iso(at) }, holidays)?.due;
        if (!due || due.date === null) throw new Error('no day');
        const posted = lastPostingDay(due, workdays, holidays);
        if (posted === null) return;
        // Counted forwards, day by day: the letter is there on the day itself, and not before.
        let day = posted;
        for (let left = workdays; left > 0;) {
          day = addDays(day, 1);
          if (!isFree(day, true)) left -= 1;
        }
        expect(day).toBe(due.date);
        expect(isFree(posted, true)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the longest limit that a rule can have', () => {
  it.each(['hour', 'week', 'month'] as const)('in %ss comes out as a date', (unit) => {
    const rule: DeadlineRule = {
      limit: { amount: LONGEST_LIMIT[unit], unit },
      workdayRule: unit === 'hour' ? 'none' : 'SFS1930:173',
    };
    expect(due(rule, '2026-05-22T09:00:00+02:00')).toMatch(/^2036-05-/);
  });
});
