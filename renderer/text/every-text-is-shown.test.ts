import { expect, it } from 'vitest';
import { sv } from './sv.ts';

/** All that the window is made of but the texts themselves. */
const SOURCES = Object.values(
  import.meta.glob<string>(['../**/*.{ts,tsx}', '!../text/**', '!../**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).join('\n');

/**
 * @returns the paths of texts that nothing in the source asks for: neither by their name, nor by the name of the object
 *   they stand in together with a key that is looked up
 */
function unused(texts: object, source: string, path: readonly string[] = []): string[] {
  return Object.entries(texts).flatMap(([key, value]) => {
    const here = [...path, key];
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    // One of several, chosen by a code: sv.keys.addressType[address.type], or all of them at once.
    const isLookedUp = isObject && new RegExp(`\\b${key}(?:\\[|\\)|,|;| \\})`).test(source);
    if (isLookedUp) return [];
    if (isObject) return unused(value as object, source, here);
    return new RegExp(`\\b${key}\\b`).test(source) ? [] : [here.join('.')];
  });
}

it('every text of the window is shown somewhere in it', () => {
  expect(SOURCES.length).toBeGreaterThan(100_000);
  expect(unused(sv, SOURCES)).toEqual([]);
});

it('a text that nothing asks for is found', () => {
  const texts = { one: { shown: 'a', dead: 'b', chosen: { x: 'c' } }, two: { list: ['d'] } };
  expect(unused(texts, 'sv.one.shown + sv.one.chosen[code] + sv.two.list')).toEqual(['one.dead']);
});
