import { describe, expect, it } from 'vitest';
import { fit, printableJson, table } from './layout.ts';

describe('text for a screen', () => {
  it('is wrapped between words and goes on under its own beginning', () => {
    expect(fit('  – ett två tre fyra fem sex sju åtta nio tio\n', 30)).toBe(
      '  – ett två tre fyra fem sex\n    sju åtta nio tio\n',
    );
    expect(fit('OBS: ett två tre fyra fem sex sju åtta\n', 30)).toBe(
      'OBS: ett två tre fyra fem sex\n     sju åtta\n',
    );
  });

  it('is left whole where nobody knows how wide the screen is, for a program reads it', () => {
    const line = 'ord '.repeat(100).trim();
    expect(fit(`${line}\n`, null)).toBe(`${line}\n`);
  });

  it('shows characters that would steer the terminal instead of sending them', () => {
    const shown = fit('före\u001b[2Jefter \u009b31m \u202egnälkab\n', 80);
    expect(shown).toBe('före[U+001B][2Jefter [U+009B]31m [U+202E]gnälkab\n');
  });
});

describe('a table', () => {
  it('wraps its last column under itself and never moves the others', () => {
    const rows = [
      ['A1', 'kort', 'en lång cell som inte får plats på raden'],
      ['B22', 'x', 'kort'],
    ];
    expect(table(rows, 40)).toBe(
      'A1   kort  en lång cell som inte får\n           plats på raden\nB22  x     kort\n',
    );
  });

  it('keeps each row on one line where it goes to a program', () => {
    expect(table([['a', 'ord '.repeat(60).trim()]]).trimEnd()).not.toContain('\n');
  });
});

describe('JSON', () => {
  it('is the same value with steering and hidden characters as escapes', () => {
    const value = { text: 'a\u009b31m\u202e\u{e0041}\u00adö' };
    const text = printableJson(value);
    expect(text).not.toMatch(/[\u007f-\u009f\p{Cf}]/u);
    expect(JSON.parse(text)).toEqual(value);
  });
});
