import { z } from 'zod';

/** The clock of a call, as it is kept in the draft. */
export const clockSchema = z.strictObject({
  /** When it was last started, in milliseconds since 1970; null while it stands still. */
  begun: z.number().nullable(),
  /** Seconds that were counted before that; null where it has never been started. */
  before: z.number().int().nonnegative().nullable(),
});
export type CallClock = Readonly<z.output<typeof clockSchema>>;
export const NO_CLOCK: CallClock = { begun: null, before: null };

/**
 * By the clock of the computer, not by ticks that may be late.
 * @param now milliseconds since 1970
 * @returns null where nobody has measured
 */
export function secondsOf({ begun, before }: CallClock, now: number): number | null {
  if (begun === null) return before;
  return (before ?? 0) + Math.max(0, Math.floor((now - begun) / 1000));
}

export const started = (clock: CallClock, now: number): CallClock => ({ ...clock, begun: now });
export const stopped = (clock: CallClock, now: number): CallClock => ({
  begun: null,
  before: secondsOf(clock, now),
});
