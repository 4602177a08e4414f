import { describe, expect, it } from 'vitest';
import { readInline, readMarkdown, withoutTerminal } from './markdown.ts';

const PAGES = Object.entries(
  import.meta.glob<string>('../../../docs/handbok/*.md', { query: '?raw', import: 'default', eager: true }),
);

describe('the handbook as the window reads it', () => {
  it('reads headings, paragraphs over several lines, lists, tables and code', () => {
    const page =
      '# Rubrik\n\nEn rad\noch en till.\n\n1. Ett\n   forts\n2. Två\n\n| A | B |\n| --- | --- |\n| x | `y` |\n\n```\n# inte rubrik\n```\n';
    expect(readMarkdown(page).map(({ kind }) => kind)).toEqual([
      'heading',
      'paragraph',
      'list',
      'table',
      'code',
    ]);
    expect(readMarkdown(page)[1]).toMatchObject({ content: [{ text: 'En rad och en till.' }] });
    expect(readMarkdown(page)[2]).toMatchObject({
      isOrdered: true,
      items: [[{ text: 'Ett forts' }], [{ text: 'Två' }]],
    });
  });

  it('takes HTML for the text that it is', () => {
    expect(readInline('<img src=x onerror=y> **fet** [nästa](02.md)')).toEqual([
      { kind: 'text', text: '<img src=x onerror=y> ' },
      { kind: 'strong', text: 'fet' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'nästa', to: '02.md' },
    ]);
  });

  it('drops what only holds in the terminal: parts, and columns of tables', () => {
    const page =
      'Före\n\n<!-- terminal -->\n\n## I terminalen\n\n<!-- /terminal -->\n\n| A | B <!-- terminal --> | C |\n| --- | --- | --- |\n| a | `b` | c |\n\nEfter | x\n';
    const shown = withoutTerminal(page);
    expect(shown).not.toMatch(/terminal|B|`b`/);
    expect(readMarkdown(shown)).toMatchObject([
      { kind: 'paragraph' },
      { kind: 'table', head: [[{ text: 'A' }], [{ text: 'C' }]], rows: [[[{ text: 'a' }], [{ text: 'c' }]]] },
      { content: [{ text: 'Efter | x' }] },
    ]);
    expect(() => withoutTerminal('<!-- terminal -->\n')).toThrow('not ended');
    expect(() => withoutTerminal('<!-- /terminal -->\n')).toThrow('Unpaired');
  });

  it('shows no command and no heading of the terminal on any page', () => {
    for (const [name, page] of PAGES) {
      const shown = withoutTerminal(page);
      expect(shown, name).not.toMatch(/^#+ I terminalen|sigill -- |<!--|\*I terminalen\*/m);
    }
  });

  it('reads every page that there is, and loses no word of it', () => {
    const letters = (text: string): string => text.replace(/\]\([^)]*\)/g, '').replace(/[^\p{L}]/gu, '');
    expect(PAGES.length).toBeGreaterThan(5);
    for (const [name, page] of PAGES) {
      const text = JSON.stringify(readMarkdown(page), (key, value: unknown) =>
        key === 'to' || key === 'kind' ? undefined : value,
      );
      const shown = [...text.matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
        .map(([, part]) => JSON.parse(`"${part}"`) as string)
        .join('');
      expect(letters(shown), name).toBe(letters(page.replace(/```\w*$/gm, '```')));
    }
  });
});
