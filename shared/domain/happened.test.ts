import { describe, expect, it } from 'vitest';
import { happenedFault } from './happened.ts';

const NOW = new Date('2026-11-24T12:30:00Z');

describe('a time that lies ahead', () => {
  it.each([
    ['2026-11-24T12:30:00Z', 'exact', false],
    ['2026-11-24T13:34:00+01:00', 'exact', false],
    ['2026-11-24T12:36:00Z', 'exact', true],
    ['2026-11-24T12:36:00Z', 'estimated', true],
    ['2099-01-01T00:00:00Z', 'exact', true],
    // Midnight in Sweden is 23 by the world's clock in winter.
    ['2026-11-24T22:59:00Z', 'day', false],
    ['2026-11-24T23:00:00Z', 'day', true],
    ['2026-11-24T12:59:00Z', 'hour', false],
    ['2026-11-24T13:00:00Z', 'hour', true],
  ] as const)('%s, %s: %s', (at, precision, ahead) => {
    expect(happenedFault(at, precision, NOW)).toBe(ahead ? 'ahead' : null);
  });
});

describe('a time before there were computers', () => {
  it.each([
    ['1970-01-01T00:00:00+01:00', null],
    ['1969-12-31T23:59:00+01:00', 'too-early'],
    ['0226-11-24T12:00:00+01:00', 'too-early'],
  ] as const)('%s: %s', (at, fault) => {
    expect(happenedFault(at, 'exact', NOW)).toBe(fault);
  });
});
