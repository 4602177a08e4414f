import { expect, it } from 'vitest';
import { offsetOf } from './clock-offset.ts';

it('reads how many seconds the clock is ahead, and refuses what is no such number', () => {
  expect(offsetOf('right', 'vad som helst')).toBe(0);
  expect(offsetOf('ahead', ' 90 ')).toBe(90);
  expect(offsetOf('behind', '90')).toBe(-90);
  for (const written of ['', '-5', '1,5', '0', '86401', '1e3', 'nittio']) {
    expect(offsetOf('ahead', written), written).toBeNull();
  }
});
