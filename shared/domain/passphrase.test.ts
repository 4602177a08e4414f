import { expect, it } from 'vitest';
import { isAlike } from './passphrase.ts';

it.each([
  ['korrekt häst batteri', ' korrekt häst  batteri '],
  ['korrekt häst batteri', 'Korrekt Häst Batteri'],
  ['korrekt häst batteri', 'korrekt ha\u0308st batteri'],
  ['korrekt häst batteri', 'korrekt\u00a0häst\u200b batteri'],
])('%j and %j are read as one', (one, other) => expect(isAlike(one, other)).toBe(true));

it('two that differ in a letter are two', () =>
  expect(isAlike('korrekt häst batteri', 'korrekt hast batteri')).toBe(false));
