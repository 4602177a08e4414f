import { expect, it } from 'vitest';
import { warnOfKey, warnOfSender, whyNoLetter, type WarnedKey } from './key-warnings.ts';

const now = new Date('2026-11-22T12:00:00Z');
const key = (change: Partial<WarnedKey> = {}): WarnedKey => ({
  fingerprint: 'A',
  role: 'recipient',
  userIds: ['CERT <cert@exempel.se>'],
  emails: ['cert@exempel.se'],
  expiresAt: null,
  verifiedAt: '2026-11-01T00:00:00.000Z',
  distrustedAt: null,
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
  ['2026-12-22T12:00:00.000Z', /går ut 2026-12-22\. Be mottagaren/],
  ['2026-12-22T12:00:00.001Z', null],
  ['2026-11-22T12:00:00.000Z', /gick ut 2026-11-22 och kan inte användas/],
])('an end at %s is warned of in its last thirty days', (expiresAt, expected) => {
  const said = warnOfKey(key({ expiresAt }), [], now);
  expect(said).toEqual(expected === null ? [] : [expect.stringMatching(expected)]);
});

it('an end is told with whose key it is and how its fingerprint ends, also where many are told of together', () => {
  const ending = {
    expiresAt: '2026-12-01T00:00:00.000Z',
    fingerprint: 'EE84D815F940319AFC3C83C432597E922275C1C5',
  };
  expect(warnOfKey(key(ending), [], now)).toEqual([
    'Nyckeln för CERT <cert@exempel.se>, som slutar på 3259 7E92 2275 C1C5, går ut 2026-12-01. ' +
      'Be mottagaren om en förnyad nyckel.',
  ]);
  expect(warnOfKey(key({ ...ending, userIds: [] }), [], now)[0]).toMatch(
    /^Nyckeln för cert@exempel\.se, som/,
  );
  const own = { ...ending, role: 'own', userIds: ['Vi <vi@exempel.se>'] } as const;
  expect(warnOfKey(key(own), [], now)[0]).toMatch(/^Er egen nyckel Vi <vi@exempel\.se>, som slutar på/);
});

it('a key that is out of use is not warned of, and is no choice; one that comes in its place is a change', () => {
  const out = key({
    fingerprint: 'B',
    verifiedAt: null,
    distrustedAt: 't',
    expiresAt: '2026-12-01T00:00:00.000Z',
  });
  expect(warnOfKey(out, [key(), out], now)).toEqual([]);
  expect(warnOfKey(key(), [key(), out], now)).toEqual([]);
  const fresh = key({ verifiedAt: null });
  expect(warnOfKey(fresh, [fresh, out], now)).toEqual([expect.stringMatching(/^Nyckeln är bytt/)]);
});

it('the own key is to be made anew, not asked for', () => {
  const own = key({ role: 'own', verifiedAt: null, expiresAt: '2026-12-01T00:00:00.000Z' });
  expect(warnOfKey(own, [own], now)).toEqual([expect.stringMatching(/Ändra slutdatumet eller skapa en ny/)]);
});

it.each([
  [{}, null],
  [{ expiresAt: '2026-11-22T12:00:00.001Z' }, null],
  [{ expiresAt: '2026-11-22T12:00:00.000Z' }, /gick ut 2026-11-22\. Inget brev .* förnyade nyckel/],
  [{ verifiedAt: null }, /inte verifierad\. Inget brev/],
  [{ verifiedAt: null, distrustedAt: 't' }, /tagen ur bruk\. Inget brev .* annan nyckel/],
])('a chosen key with %j: what stands in the way of a letter', (change, expected) => {
  const said = whyNoLetter(key(change), now);
  if (expected === null) expect(said).toBeNull();
  else expect(said).toMatch(expected);
});

it.each([
  ['Vi@Exempel.se', ['vi@exempel.se', 'annan@exempel.se'], null],
  [null, ['vi@exempel.se'], null],
  [
    'vi@exempel.se',
    ['annan@exempel.se'],
    /avsändaren vi@exempel\.se, men er egen nyckel gäller annan@exempel\.se\./,
  ],
  ['vi@exempel.se', [], /er egen nyckel gäller ingen adress\./],
])('letters from %s with an own key of %j', (from, emails, expected) => {
  const own = key({ role: 'own', emails });
  const retired = key({ role: 'own', emails: ['vi@exempel.se'], retiredAt: 't' });
  const said = warnOfSender([key({ emails: ['vi@exempel.se'] }), retired, own], from);
  expect(said).toEqual(expected === null ? [] : [expect.stringMatching(expected)]);
  expect(warnOfSender([retired], from)).toEqual([]);
});
