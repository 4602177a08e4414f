import { describe, expect, it } from 'vitest';
import * as registerWords from '../../../shared/domain/register.ts';
import * as words from '../../../shared/domain/words.ts';
import { sv } from '../../text/sv.ts';

const PAGES = Object.entries(
  import.meta.glob<string>('../../../docs/handbok/*.md', { query: '?raw', import: 'default', eager: true }),
);

/** Every fixed text in a tree of texts. What is put together at run time is not quoted in the handbook. */
function textsIn(tree: unknown): string[] {
  if (typeof tree === 'string') return [tree];
  return typeof tree === 'object' && tree !== null ? Object.values(tree).flatMap(textsIn) : [];
}

/** What the handbook says stands on the screen: bold that is not a sentence of its own. */
function quotedIn(page: string): string[] {
  const inText = page.replace(/^```.*?^```$/gms, '');
  return [...inText.matchAll(/\*\*([^*]+)\*\*/g)]
    .map(([, bold = '']) => bold.replace(/\s+/g, ' '))
    .filter((bold) => !/[.:]$/.test(bold));
}

describe('what the handbook says stands on the screen', () => {
  const known = new Set([...textsIn(sv), ...textsIn(words), ...textsIn(registerWords)]);

  it.each(PAGES)('%s: is written as it stands there', (_name, page) => {
    expect(quotedIn(page).filter((quoted) => !known.has(quoted))).toEqual([]);
  });

  it('is named in every chapter', () => {
    for (const [name, page] of PAGES) expect(quotedIn(page).length, name).toBeGreaterThan(2);
  });
});
