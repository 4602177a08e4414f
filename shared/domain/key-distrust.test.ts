import { expect, it } from 'vitest';
import { describeDistrust, LONGEST_DISTRUST_REASON, readDistrustReason } from './key-distrust.ts';

it('a reason is one line, and there must be one', () => {
  expect(readDistrustReason(' Mottagaren  ringde:\n kortet är borta ')).toBe(
    'Mottagaren ringde: kortet är borta',
  );
  for (const written of ['', ' \n', 'x'.repeat(LONGEST_DISTRUST_REASON + 1)]) {
    expect(() => readDistrustReason(written)).toThrow(expect.objectContaining({ kind: 'usage' }));
  }
});

it('is told with when, by whom and why; nothing is told of a key in use', () => {
  const distrustedAt = '2026-11-22T13:10:00.000Z';
  const key = { distrustedAt, distrustedBy: 'Anna Ek', distrustReason: 'kortet är borta' };
  expect(describeDistrust(key)).toBe('Tagen ur bruk 2026-11-22 14:10 av Anna Ek: kortet är borta');
  expect(describeDistrust({ distrustedAt: null, distrustedBy: null, distrustReason: null })).toBeNull();
});
