import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, textOfContent } from './items.ts';

describe('the difference between two revisions', () => {
  it('shows what was taken away and what was added', () => {
    expect(difference('tre av fyra noder', 'två av fyra noder')).toEqual([
      { kind: 'removed', text: 'tre' },
      { kind: 'added', text: 'två' },
      { kind: 'same', text: ' av fyra noder' },
    ]);
    expect(difference('', 'nytt')).toEqual([{ kind: 'added', text: 'nytt' }]);
    expect(difference('samma', 'samma')).toEqual([{ kind: 'same', text: 'samma' }]);
  });

  it('always holds all of both', () => {
    const words = fc.array(fc.constantFrom('en', 'två', ' ', '\n', 'å')).map((list) => list.join(''));
    fc.assert(
      fc.property(words, words, (before, after) => {
        const parts = difference(before, after);
        const pick = (kind: string): string =>
          parts
            .filter((part) => part.kind === 'same' || part.kind === kind)
            .map(({ text }) => text)
            .join('');
        return pick('removed') === before && pick('added') === after;
      }),
    );
  });

  it('reads the text of any kind of value', () => {
    expect(textOfContent({ text: 'a', codes: ['x', 'y'] })).toBe('a\n[x; y]');
    expect(textOfContent({ at: '2026-11-22T03:00:00Z', precision: 'exact' })).toBe('2026-11-22T03:00:00Z');
    expect(textOfContent(null)).toBe('');
  });
});
