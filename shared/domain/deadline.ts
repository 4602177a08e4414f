import { Temporal } from 'temporal-polyfill';
import type { OrganisationKind } from './incident.ts';
import type { HolidayCalendar, RegimeStep, WorkdayRule } from './rules.ts';

/**
 * When a step is due: pure arithmetic over a start, a rule and the list of holidays. Hours are elapsed time, through
 * nights, holidays and the changes of the clock. Weeks and months are days of the Swedish calendar (lag (1930:173) 1 §),
 * whatever the computer's own zone is.
 */

export const DEADLINE_ZONE = 'Europe/Stockholm';
/** "En månad" is a calendar month. Some count thirty days instead; to aim at, the earlier of the two. */
const MONTH_IN_DAYS = 30;

/** A point in time, or a whole day that ends at `at`. */
export interface Moment {
  /** UTC, ISO 8601. Of a whole day: the end of it, that is the midnight after. */
  readonly at: string;
  /** The day, where it is the whole day that counts: "2026-06-22". */
  readonly date: string | null;
}

/** What led to the result, in order. The words stand in deadline-words.ts. */
export type Piece =
  | {
      readonly kind: 'counted';
      readonly amount: number;
      readonly unit: 'hour' | 'week' | 'month';
      readonly to: Moment;
    }
  /** The month lacks the date: its last day counts. */
  | { readonly kind: 'short-month'; readonly date: string }
  /** The other limit comes first. */
  | { readonly kind: 'capped'; readonly amount: number; readonly to: Moment }
  /** The start is not known yet; until it is, the other limit is what there is to keep to. */
  | { readonly kind: 'provisional'; readonly amount: number; readonly to: Moment }
  /** The start came after the other limit had passed. */
  | { readonly kind: 'cap-passed'; readonly amount: number }
  | {
      readonly kind: 'extended';
      readonly rule: WorkdayRule;
      readonly from: Moment;
      readonly why: string;
      readonly to: Moment;
    }
  | { readonly kind: 'not-extended'; readonly why: string }
  | { readonly kind: 'holidays-unknown'; readonly year: number };

export interface ComputedDeadline {
  readonly due: Moment;
  /** Where it would have been without an extension; null where there is none. */
  readonly extendedFrom: Moment | null;
  /** To aim at: the last working day that needs neither an extension nor a generous reading of "month". */
  readonly target: Moment;
  /** The step's own start is not known; this is the limit that runs from the other one. */
  readonly isProvisional: boolean;
  readonly pieces: readonly Piece[];
}

export type DeadlineRule = Pick<RegimeStep, 'limit' | 'noLaterThan' | 'workdayRule'>;

/** @returns the step as it is for one kind of organisation: with the limit, and the words, of the override that fits it */
export function stepFor(step: RegimeStep, organisationKind: OrganisationKind): RegimeStep {
  const override = step.overrides?.find(({ when }) => when.organisationKind === organisationKind);
  return override ? { ...step, limit: override.limit, wording: override.wording } : step;
}

export interface DeadlineStarts {
  /** What the limit runs from, ISO 8601 with offset; null where it has not happened. */
  readonly start: string | null;
  /** What `noLaterThan` runs from. */
  readonly cap?: string | null;
}

export interface DeadlineOptions {
  /** True where the organisation is known not to be excluded from the noon rule. Not known: the earlier time. */
  readonly hasNoonRule?: boolean;
}

/**
 * @returns null where nothing runs: the step has no limit ("skyndsamt"), or its start has not happened
 * @throws RangeError for a start that is no point in time
 */
export function computeDeadline(
  { limit, noLaterThan, workdayRule }: DeadlineRule,
  starts: DeadlineStarts,
  calendar: HolidayCalendar,
  options: DeadlineOptions = {},
): ComputedDeadline | null {
  if (limit === null) return null;
  const start = starts.start === null ? null : Temporal.Instant.from(starts.start);
  const cap =
    noLaterThan && typeof starts.cap === 'string'
      ? Temporal.Instant.from(starts.cap).add({ hours: noLaterThan.amount })
      : null;
  const capAmount = noLaterThan?.amount ?? 0;
  if (limit.unit === 'hour') {
    const hours = hourLimit(start, limit.amount, cap, capAmount);
    if (!hours) return null;
    return atInstant(hours, workdayRule, calendar, options);
  }
  return start === null ? null : atDayEnd(start, limit.amount, limit.unit, workdayRule, calendar);
}

interface Hours {
  readonly end: Temporal.Instant;
  readonly isProvisional: boolean;
  readonly pieces: readonly Piece[];
}

function hourLimit(
  start: Temporal.Instant | null,
  amount: number,
  cap: Temporal.Instant | null,
  capAmount: number,
): Hours | null {
  if (start === null) {
    if (cap === null) return null;
    return {
      end: cap,
      isProvisional: true,
      pieces: [{ kind: 'provisional', amount: capAmount, to: pointOf(cap) }],
    };
  }
  const own = start.add({ hours: amount });
  const counted: Piece = { kind: 'counted', amount, unit: 'hour', to: pointOf(own) };
  const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
    Temporal.Instant.compare(one, other) < 0;
  if (cap !== null && isBefore(cap, start))
    return { end: own, isProvisional: false, pieces: [counted, { kind: 'cap-passed', amount: capAmount }] };
  if (cap !== null && isBefore(cap, own)) {
    const capped: Piece = { kind: 'capped', amount: capAmount, to: pointOf(cap) };
    return { end: cap, isProvisional: false, pieces: [counted, capped] };
  }
  return { end: own, isProvisional: false, pieces: [counted] };
}

function atInstant(
  { end, isProvisional, pieces }: Hours,
  rule: WorkdayRule,
  calendar: HolidayCalendar,
  { hasNoonRule = false }: DeadlineOptions,
): ComputedDeadline {
  const due = pointOf(end);
  const unchanged = { due, extendedFrom: null, target: due, isProvisional };
  const isNoon = rule === 'DORA-noon' || rule === 'DORA-noon-not-excluded';
  if (!isNoon) return { ...unchanged, pieces };
  const date = end.toZonedDateTimeISO(DEADLINE_ZONE).toPlainDate();
  const rest = restOf(date, rule, calendar);
  if (rest === null) return { ...unchanged, pieces };
  if (rest === 'unknown') return { ...unchanged, pieces: [...pieces, unknownYear(date.year)] };
  if (rule === 'DORA-noon-not-excluded' && !hasNoonRule)
    return { ...unchanged, pieces: [...pieces, { kind: 'not-extended', why: rest }] };
  const next = nextWorkday(date, rule, calendar);
  if (next === null) return { ...unchanged, pieces: [...pieces, unknownYear(date.year + 1)] };
  const to = noonOf(next);
  return {
    due: to,
    extendedFrom: due,
    target: due,
    isProvisional,
    pieces: [...pieces, { kind: 'extended', rule, from: due, why: rest, to }],
  };
}

function atDayEnd(
  start: Temporal.Instant,
  amount: number,
  unit: 'week' | 'month',
  rule: WorkdayRule,
  calendar: HolidayCalendar,
): ComputedDeadline {
  const first = start.toZonedDateTimeISO(DEADLINE_ZONE).toPlainDate();
  // The same weekday, or the same date of the month; where the month lacks it, its last day: lag (1930:173) 1 §.
  const last = first.add(unit === 'week' ? { weeks: amount } : { months: amount });
  const day = wholeDay(last);
  const pieces: Piece[] = [{ kind: 'counted', amount, unit, to: day }];
  if (unit === 'month' && last.day !== first.day) pieces.push({ kind: 'short-month', date: last.toString() });
  const target = wholeDay(targetOf(first, last, amount, unit, calendar));
  const unchanged = { due: day, extendedFrom: null, target, isProvisional: false };
  if (rule === 'none') return { ...unchanged, pieces };
  const rest = restOf(last, rule, calendar);
  if (rest === null) return { ...unchanged, pieces };
  if (rest === 'unknown') return { ...unchanged, pieces: [...pieces, unknownYear(last.year)] };
  const next = nextWorkday(last, rule, calendar);
  if (next === null) return { ...unchanged, pieces: [...pieces, unknownYear(last.year + 1)] };
  const to = rule === 'SFS1930:173' ? wholeDay(next) : noonOf(next);
  return {
    due: to,
    extendedFrom: day,
    target,
    isProvisional: false,
    pieces: [...pieces, { kind: 'extended', rule, from: day, why: rest, to }],
  };
}

/** The last working day not after the day itself, nor after thirty days for each month. */
function targetOf(
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  amount: number,
  unit: 'week' | 'month',
  calendar: HolidayCalendar,
): Temporal.PlainDate {
  const byDays = first.add({ days: amount * MONTH_IN_DAYS });
  let day = unit === 'month' && Temporal.PlainDate.compare(byDays, last) < 0 ? byDays : last;
  while (isRest(restOf(day, 'SFS1930:173', calendar)) && Temporal.PlainDate.compare(day, first) > 0)
    day = day.subtract({ days: 1 });
  return day;
}

/**
 * The last day to post something that takes a number of working days, so that it has come when it is due. Counted back
 * from the last working day that is not after the deadline.
 * @returns "2026-06-17", or null where the list of holidays does not reach
 */
export function lastPostingDay(due: Moment, workdays: number, calendar: HolidayCalendar): string | null {
  const isWorkday = (day: Temporal.PlainDate): boolean | null => {
    const rest = restOf(day, 'SFS1930:173', calendar);
    return rest === 'unknown' ? null : rest === null;
  };
  let day =
    due.date === null
      ? Temporal.Instant.from(due.at).toZonedDateTimeISO(DEADLINE_ZONE).toPlainDate()
      : Temporal.PlainDate.from(due.date);
  for (let left = workdays; ; day = day.subtract({ days: 1 })) {
    const isWork = isWorkday(day);
    if (isWork === null) return null;
    if (!isWork) continue;
    if (left === 0) return day.toString();
    left -= 1;
  }
}

type Rest = string | null;

const isRest = (rest: Rest): boolean => rest !== null && rest !== 'unknown';

const listed = new WeakMap<HolidayCalendar, ReadonlyMap<string, { name: string; isHoliday: boolean }>>();

function daysOf(calendar: HolidayCalendar): ReadonlyMap<string, { name: string; isHoliday: boolean }> {
  let days = listed.get(calendar);
  if (!days) {
    days = new Map(
      calendar.holidays.flatMap(({ name, ground, dates }) =>
        dates.map((date) => [date, { name, isHoliday: ground === 'SFS1989:253' }] as const),
      ),
    );
    listed.set(calendar, days);
  }
  return days;
}

/**
 * @returns what makes the day one of rest by that rule, null where it is a working day, or "unknown" where the list of
 *   holidays does not reach
 */
function restOf(date: Temporal.PlainDate, rule: WorkdayRule, calendar: HolidayCalendar): Rest {
  if (date.year < calendar.firstYear || date.year > calendar.lastYear) return 'unknown';
  const day = daysOf(calendar).get(date.toString());
  // The eves are no bank holidays by any text that has been read: the noon rule does not count them.
  if (day && (day.isHoliday || rule === 'SFS1930:173')) return day.name;
  if (date.dayOfWeek === 7) return 'söndag';
  return date.dayOfWeek === 6 ? 'lördag' : null;
}

/** @returns null where the list of holidays ends before one is found */
function nextWorkday(
  date: Temporal.PlainDate,
  rule: WorkdayRule,
  calendar: HolidayCalendar,
): Temporal.PlainDate | null {
  let next = date.add({ days: 1 });
  for (;;) {
    const rest = restOf(next, rule, calendar);
    if (rest === 'unknown') return null;
    if (rest === null) return next;
    next = next.add({ days: 1 });
  }
}

const unknownYear = (year: number): Piece => ({ kind: 'holidays-unknown', year });
const pointOf = (instant: Temporal.Instant): Moment => ({ at: instant.toString(), date: null });
const noonOf = (date: Temporal.PlainDate): Moment =>
  pointOf(date.toZonedDateTime({ timeZone: DEADLINE_ZONE, plainTime: '12:00' }).toInstant());

function wholeDay(date: Temporal.PlainDate): Moment {
  const end = date.add({ days: 1 }).toZonedDateTime(DEADLINE_ZONE).toInstant();
  return { at: end.toString(), date: date.toString() };
}
