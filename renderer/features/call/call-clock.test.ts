import { expect, it } from 'vitest';
import { clockSchema, NO_CLOCK, secondsOf } from './call-clock.ts';

it('the clock of a call is told only where it has been started, and goes on from when it was', () => {
  expect(secondsOf(NO_CLOCK, 1_000_000)).toBe(null);
  expect(secondsOf({ begun: 1_000_000, before: null }, 1_065_900)).toBe(65);
  expect(secondsOf({ begun: 1_000_000, before: 10 }, 1_065_900)).toBe(75);
  expect(secondsOf({ begun: null, before: 75 }, 9_000_000)).toBe(75);
  // A clock that has been set back counts no time that was not there.
  expect(secondsOf({ begun: 1_000_000, before: 10 }, 900_000)).toBe(10);
  expect(clockSchema.safeParse({ begun: 'nu', before: 1 }).success).toBe(false);
});
