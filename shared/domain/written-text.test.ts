import { describe, expect, it } from 'vitest';
import { describeTextFault, findTextFault, LONGEST_TEXT, LONGEST_TITLE } from './written-text.ts';

describe('what a title may hold', () => {
  it.each([
    ['\u202e', 'turning'],
    ['\u2066', 'turning'],
    ['\u200f', 'turning'],
    ['\u061c', 'turning'],
    ['\n', 'control'],
    ['\u0000', 'control'],
    ['\ud800', 'half'],
  ])('is not %j', (sign, fault) => {
    expect(findTextFault(`Intrång ${sign}fdp.exe`, 'title')).toMatchObject({ fault, place: 9 });
  });

  it('is any script, in one line that is not too long', () => {
    expect(findTextFault('Intrång – أمن المعلومات, אבטחה, 👩‍💻', 'title')).toBeNull();
    expect(findTextFault('x'.repeat(LONGEST_TITLE), 'title')).toBeNull();
    expect(findTextFault('x'.repeat(LONGEST_TITLE + 1), 'title')).toEqual({
      fault: 'too-long',
      length: LONGEST_TITLE + 1,
      longest: LONGEST_TITLE,
    });
  });
});

describe('what a text may hold', () => {
  it('is lines, tabs, and what Windows puts into a copied date', () => {
    expect(findTextFault('Rad ett\n\tRad två \u200e2026\u200e-11\u200e-26', 'text')).toBeNull();
    expect(findTextFault('x'.repeat(LONGEST_TEXT), 'text')).toBeNull();
  });

  it.each([
    ['\u202e', /dolt tecken \(U\+202E, tecken 8\).*\[U\+202E\]/],
    ['\u0000', /styrtecken \(U\+0000, tecken 8\).*Ta bort det/],
    ['\u009b', /styrtecken \(U\+009B/],
    ['\udc00', /halvt tecken \(U\+DC00/],
  ])('is not %j, and the words say where and what to do', (sign, words) => {
    const found = findTextFault(`Filen: ${sign}gpj.exe`, 'text');
    expect(found && describeTextFault(found)).toMatch(words);
  });

  it('is not longer than a draft of it can be kept', () => {
    const found = findTextFault('x'.repeat(LONGEST_TEXT + 1), 'text');
    expect(found && describeTextFault(found)).toBe(
      'Texten är för lång: 300001 tecken, och högst 300000 får plats. Dela upp den.',
    );
  });
});
