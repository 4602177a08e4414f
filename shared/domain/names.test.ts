import { describe, expect, it } from 'vitest';
import { findOrganisationNameFault, findUserNameFault, isMailAddress, mayBeSameName } from './names.ts';

describe('the name of an organisation', () => {
  it.each([
    ['', 'Ange'],
    ['x'.repeat(201), 'högst 200 tecken; det har 201'],
    ['Kommunen\u202e', 'dolt tecken'],
    ['Kommunen\u200b', 'dolt tecken'],
    ['Två\nrader', 'styrtecken'],
  ])('%j: %s', (name, words) => expect(findOrganisationNameFault(name)).toContain(words));
  it('may be as long as an envelope takes', () =>
    expect(findOrganisationNameFault(` ${'å'.repeat(200)} `)).toBeNull());
  it('may have brackets: the key is made without them', () =>
    expect(findOrganisationNameFault('Kommunen (norr)')).toBeNull());
});

describe('the name of a user', () => {
  it.each([
    [' ', 'Ange'],
    ['x'.repeat(101), 'högst 100 tecken; det har 101'],
    ['Anna\u200bEk', 'dolt tecken'],
    ['Återställningsnyckel', 'annat användarnamn'],
    ['\u0410nna Andersson', 'kyrilliska'],
  ])('%j: %s', (name, words) => expect(findUserNameFault(name)).toContain(words));
  it.each([' Anna   Ek ', '\u0410\u043d\u043d\u0430'])('may be one line in one kind of letters: %j', (name) =>
    expect(findUserNameFault(name)).toBeNull(),
  );
});

describe('a mail address', () => {
  it.each(['cert@cert.se', 'rapport@it-incident.se', "o'neill+incident@sub.exempel.se", 'a@b'])(
    '%s',
    (address) => {
      expect(isMailAddress(address)).toBe(true);
    },
  );
  it.each([
    '',
    'a',
    '@b.se',
    'a@',
    'a b@c.se',
    'a@b.se\r\nBcc: c@d.se',
    'a@b.se, c@d.se',
    '<a@b.se>',
    '"a"@b.se',
    'å@b.se',
    'a@b..se',
    '.a@b.se',
    `${'a'.repeat(250)}@b.se`,
  ])('%j is not one', (address) => {
    expect(isMailAddress(address)).toBe(false);
  });
});

describe('two names', () => {
  it.each([
    ['Anna Andersson', 'anna  ANDERSSON'],
    ['A. Andersson', 'Anna Andersson'],
    ['A Andersson', 'Anna Andersson'],
    ['Anna', 'Anna Andersson'],
    ['Andersson', 'Anna Andersson'],
    ['AA', 'aa'],
    ['Andersson, Anna', 'Anna Andersson'],
    ['Andersson A.', 'Anna Andersson'],
  ])('%s may be %s', (one, other) => {
    expect([mayBeSameName(one, other), mayBeSameName(other, one)]).toEqual([true, true]);
  });
  it.each([
    ['Eva Andersson', 'Anna Andersson'],
    ['A. Ek', 'Anna Andersson'],
    ['Bo', 'Anna Andersson'],
    ['Andersson Anna Maria', 'Anna Persson Andersson'],
    ['', 'Anna Andersson'],
  ])('%s is not %s', (one, other) => {
    expect([mayBeSameName(one, other), mayBeSameName(other, one)]).toEqual([false, false]);
  });
});
