import { expect, it } from 'vitest';
import { warnOfKey, type WarnedKey } from './key-warnings.ts';

const now = new Date('2026-11-22T12:00:00Z');
const key = (change: Partial<WarnedKey> = {}): WarnedKey => ({
  fingerprint: 'A',
  role: 'recipient',
  emails: ['cert@exempel.se'],
  expiresAt: null,
  verifiedAt: '2026-11-01T00:00:00.000Z',
  retiredAt: null,
  ...change,
});

it('nothing is said of a key that is alone for its address and has no end', () => {
  const other = key({ fingerprint: 'B', emails: ['annan@exempel.se'] });
  expect(warnOfKey(key(), [key(), other], now)).toEqual([]);
});

it('another key for the same address is a change of key; both are warned of, the new one most', () => {
  const fresh = key({ fingerprint: 'B', verifiedAt: null });
  const all = [key(), fresh];
  expect(warnOfKey(fresh, all, now)).toEqual([
    expect.stringMatching(/^Nyckeln är bytt: för cert@exempel\.se/),
  ]);
  expect(warnOfKey(key(), all, now)).toEqual([expect.stringMatching(/^Det finns en annan nyckel/)]);
  expect(warnOfKey(key({ retiredAt: 't' }), all, now)).toEqual([]);
  expect(warnOfKey(key(), [key(), key({ fingerprint: 'C', role: 'own' })], now)).toEqual([]);
});

it.each([
  ['2026-12-22T12:00:00.000Z', /^Nyckeln går ut 2026-12-22\. Be mottagaren/],
  ['2026-12-22T12:00:00.001Z', null],
  ['2026-11-22T12:00:00.000Z', /^Nyckeln gick ut 2026-11-22 och kan inte användas/],
])('an end at %s is warned of in its last thirty days', (expiresAt, expected) => {
  const said = warnOfKey(key({ expiresAt }), [], now);
  expect(said).toEqual(expected === null ? [] : [expect.stringMatching(expected)]);
});

it('the own key is to be made anew, not asked for', () => {
  const own = key({ role: 'own', verifiedAt: null, expiresAt: '2026-12-01T00:00:00.000Z' });
  expect(warnOfKey(own, [own], now)).toEqual([expect.stringMatching(/Ändra slutdatumet eller skapa en ny/)]);
});
