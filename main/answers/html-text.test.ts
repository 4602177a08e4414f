import { describe, expect, it } from 'vitest';
import { saysMore, textOfHtml } from './html-text.ts';

describe('HTML as text', () => {
  it('is what a mail program shows, wherever in it that stands', async () => {
    expect(
      await textOfHtml('<style>p { color: red }</style><title>T</title><p>Ett</p><script>ond()</script>'),
    ).toBe('Ett');
    const outside =
      '<!doctype html><html><head></head>Före<body>I</body></html>Efter<!-->Synligt<!-- dolt --!>Sist';
    expect((await textOfHtml(outside)).split(/\s+/)).toEqual(['Före', 'I', 'Efter', 'Synligt', 'Sist']);
  });

  it('is read in a moment, whatever it is made of', async () => {
    const started = performance.now();
    for (const part of ['<style', '<body', '<!--', '<style></style', '<p><']) {
      await textOfHtml(part.repeat(100_000));
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('the HTML of a mail', () => {
  it.each([
    ['Hej! Ring 010-1.', 'Hej!\nRing\n010-1.'],
    ['', 'Bara text'],
    ['* Ett * Två (https://a.se/b) länk.', '- Ett\n- Två länk<https://a.se/b>.\n> Citat'],
    ['(mailto:a@b.se) a@b.se', 'a@b.se'],
    ['Hej då', 'Hej [cid:bild1] då'],
  ])('says nothing more than the text where only its look is another: %s', (html, text) => {
    expect(saysMore(html, text)).toBe(false);
  });

  it.each([
    ['Ring 010-2', 'Ring 010-1'],
    ['Betala inte', 'inte Betala'],
    ['(https://ond.se) länk', 'länk'],
    ['Hej', ''],
    ['Ja', 'Jaha'],
  ])('says more where a word, their order or where a link goes is another: %s', (html, text) => {
    expect(saysMore(html, text)).toBe(true);
  });
});
