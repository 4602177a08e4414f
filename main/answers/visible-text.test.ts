import { describe, expect, it } from 'vitest';
import { oneLine, visible } from './visible-text.ts';

describe('text that a stranger has written', () => {
  it('keeps lines, tabs, letters of any language and pictographs that are put together', () => {
    const text =
      'Räksmörgås\t1\nдоклад 報告\n\u{1f469}\u{1f3fd}\u200d\u{1f4bb} \u2764\ufe0f\u200d\u{1f525} 1\ufe0f\u20e3';
    expect(visible(text)).toBe(text);
    expect(visible('a\r\nb\rc')).toBe('a\nb\nc');
  });

  it('leaves out what has no look: where a word may be broken, and marks of the byte order', () => {
    expect(visible('\ufeffmjuk\u00adbindestreck, 1\u200b234\u2060 kr, a\u200cb\u034f')).toBe(
      'mjukbindestreck, 1234 kr, ab',
    );
    // A joiner or a choice of look that stands by no pictograph joins and chooses nothing.
    expect(visible('a\u200db\ufe0fc\ufe00 \u200d\u{1f525}\u200d')).toBe('abc \u{1f525}');
  });

  it.each([
    '\u202e',
    '\u2066',
    '\u200f',
    '\u061c',
    '\u2028',
    '\u0000',
    '\u0085',
    '\u3164',
    '\u{e0041}',
    '\u{e0101}',
  ])('shows that there is something where it would turn around or hide: %j', (character) => {
    expect(visible(`a${character}b`)).toBe('a\uFFFDb');
  });

  it('in one line begins no line of its own, and is no longer than a line', () => {
    expect(oneLine(' Svar\n\tx ')).toBe('Svar x');
    expect(oneLine('a'.repeat(501))).toHaveLength(500);
  });
});
