import { describe, expect, it } from 'vitest';
import { findAnswerFault, listOf, overLength } from './form-answer.ts';
import type { FieldKind } from './rules.ts';

const fault = (kind: FieldKind | undefined, text: string, codes: readonly string[] = []): string | null =>
  findAnswerFault({ kind, label: 'Fältet' }, { text, codes });

describe('an answer', () => {
  it.each<readonly [FieldKind | undefined, string, readonly string[]]>([
    [undefined, 'vad som helst', []],
    ['long-text', 'rad\nrad', []],
    ['number', '1250', []],
    ['number', '1 250,5', []],
    ['date-time', '2026-11-25 14:30', []],
    ['date-time', '2026-11-25', []],
    ['date-time', '2026-11-25T14:30:00+01:00', []],
    ['yes-no', '', ['okänt']],
    ['code', 'med ord', ['red']],
    ['codes', '', ['a', 'b']],
  ])('fits its field (%s: %s)', (kind, text, codes) => {
    expect(fault(kind, text, codes)).toBeNull();
  });

  it.each<readonly [FieldKind | undefined, string, readonly string[], RegExp]>([
    [undefined, '  ', [], /Skriv ett svar/],
    ['number', 'många', [], /som ett tal/],
    ['number', '12 50', [], /som ett tal/],
    ['date-time', '2026-02-30 10:00', [], /datum och tid/],
    ['date-time', '2026-11-25 25:00', [], /datum och tid/],
    ['date-time', 'i går', [], /datum och tid/],
    ['yes-no', 'ja', [], /Välj ett svar/],
    ['yes-no', '', ['ja', 'nej'], /bara ett/],
    ['code', '', ['a', 'b'], /bara ett/],
    ['codes', 'ord', [], /Välj ett svar/],
  ])('that does not fit is told in words (%s: %s)', (kind, text, codes, words) => {
    expect(fault(kind, text, codes)).toMatch(words);
  });

  it('is measured in characters as people count them', () => {
    expect(overLength({ maxLength: 3 }, 'SEK')).toBe(0);
    expect(overLength({ maxLength: 3 }, 'ÅÄÖ😀')).toBe(1);
    expect(overLength({}, 'x'.repeat(9000))).toBe(0);
  });
});

it('a yes-no field has its list without naming it', () => {
  expect(listOf({ kind: 'yes-no' })).toBe('JA-NEJ');
  expect(listOf({ kind: 'codes', codeList: 'DORA-TYP' })).toBe('DORA-TYP');
  expect(listOf({ kind: 'text' })).toBeNull();
});
