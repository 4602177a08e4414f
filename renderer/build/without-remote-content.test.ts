import { describe, expect, it } from 'vitest';
import { findFetchable, stripRemoteFonts, takeOutPictures } from './without-remote-content.ts';

describe('what the built window could fetch', () => {
  it('drops a typeface from the network and keeps one of our own', () => {
    const css =
      '@font-face{font-family:Inter;src:url(https://cdn.example/inter.woff2)}a{color:red}@font-face{src:url(./inter.woff2)}';
    expect(stripRemoteFonts(css)).toBe('a{color:red}@font-face{src:url(./inter.woff2)}');
  });

  it('finds what a style sheet, a page and a script would load', () => {
    expect(findFetchable('a.css', 'b{background:url("https://x.se/a.png")}')).toEqual(['https://x.se/a.png']);
    expect(findFetchable('a.css', '@import "//x.se/a.css";')).toEqual(['//x.se/a.css']);
    expect(findFetchable('a.html', '<script src="https://x.se/a.js"></script>')).toEqual([
      'https://x.se/a.js',
    ]);
    expect(findFetchable('a.js', 'import("https://x.se/a.js")')).toEqual(['https://x.se/a.js']);
    expect(findFetchable('a.js', 'new Worker(`https://x.se/w.js`)')).toEqual(['https://x.se/w.js']);
  });

  it('knows a name from an address', () => {
    expect(findFetchable('a.js', 'createElementNS("http://www.w3.org/2000/svg","svg")')).toEqual([]);
    expect(findFetchable('a.js', 'Error("see https://react.dev/errors/1")')).toEqual([]);
    expect(findFetchable('a.css', 'a{background:url(data:image/svg+xml;base64,AA)}')).toEqual([]);
  });

  it('has its pictures in files, which the policy loads, and not in data: URLs, which it does not', () => {
    const picture = '<svg xmlns="http://www.w3.org/2000/svg"/>';
    const base64 = Buffer.from(picture).toString('base64');
    const { css, pictures } = takeOutPictures(
      `a{b:url(data:image/svg+xml;base64,${base64})}c{d:url('data:image/svg+xml,${encodeURIComponent(picture)}')}`,
    );
    expect(pictures).toHaveLength(1);
    expect(pictures[0]?.source).toBe(picture);
    expect(css).toBe(`a{b:url("./${pictures[0]?.name}")}c{d:url("./${pictures[0]?.name}")}`);
  });
});
