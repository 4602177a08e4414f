import { describeElapsed } from '../../../shared/domain/deadline-words.ts';

const HOUR_MS = 3_600_000;

export interface Countdown {
  readonly isLate: boolean;
  /** "3 d 4 h", "2 h 10 min"; within the last hour "42 min 10 s". */
  readonly text: string;
}

/** How far it is to a point in time, or how long since. Between instants: midnight and the clock's changes do not show. */
export function countdownTo(due: string, now: Date): Countdown {
  const left = Date.parse(due) - now.getTime();
  const isLate = left <= 0;
  if (isLate || left >= HOUR_MS) return { isLate, text: describeElapsed(Math.abs(left)) };
  const seconds = Math.floor(left / 1000);
  return { isLate, text: `${Math.floor(seconds / 60)} min ${seconds % 60} s` };
}

/** Milliseconds until the countdowns say something else: a second in the last hour of any of them, else a minute. */
export function nextTick(dues: readonly string[], now: Date): number {
  const at = now.getTime();
  const isClose = dues.some((due) => {
    const left = Date.parse(due) - at;
    return left > 0 && left <= HOUR_MS + 60_000;
  });
  const step = isClose ? 1000 : 60_000;
  return step - (at % step);
}
