import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../shared/domain/report.ts';
import { buildReport } from './build.ts';
import { renderJson } from './json.ts';
import { CALL_FORM, readCase, request } from './sample.ts';
import { renderText } from './text.ts';
import { asItIs, wrapLines } from './wrap.ts';

const EXERCISE = readCase('ovning-sakerhetskanslig');
const KALIX = readCase('kalix-2021');

function pagesOf(text: string): string[][] {
  return text.split('\f').map((page) => page.replace(/\n$/, '').split('\n'));
}
function withText(text: string, draft = false): ReportDocument {
  const facts = KALIX.facts.map((fact) => (fact.id === 'handelseforlopp' ? { ...fact, text } : fact));
  return buildReport(request({ ...KALIX, facts }, { draft }));
}

describe('plain text for signalskydd', () => {
  it('carries class, marks, reference and number on every page', () => {
    const pages = pagesOf(renderText(buildReport(request(EXERCISE, { draft: true })), { linesPerPage: 30 }));
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      expect(page[0]?.trim()).toBe('BEGRÄNSAT HEMLIG');
      expect(page[1]?.trim()).toBe('UTKAST   ÖVNING ÖVNING ÖVNING');
      expect(page[2]).toContain('K7M2-9QXA-4D1F');
      expect(page[2]?.endsWith(`Sida ${index + 1} av ${pages.length}`)).toBe(true);
      expect(page.length).toBeLessThanOrEqual(30);
      expect(page.at(-1)).not.toBe('');
    }
  });

  it('says last how far the audit had come, where the report was sealed with a checkpoint', () => {
    const document = buildReport(request(KALIX));
    expect(renderText(document)).not.toContain('Kontrollpunkt');
    const sealed = { ...document, checkpoint: '27 rader, hash 3f9a12bc77aa0912' };
    const text = renderText(sealed);
    const about = text.slice(text.indexOf('OM DETTA DOKUMENT'));
    expect(about.replace(/\s+/g, ' ')).toContain(`Kontrollpunkt i spårbarheten: ${sealed.checkpoint}`);
  });

  it('has the note of 5 kap. 5 § OSL and 3 kap. 7 § SSF on the first page, and none on an open report', () => {
    const [first = []] = pagesOf(renderText(buildReport(request(EXERCISE))));
    const text = first.join('\n');
    expect(text).toContain('enligt 2 kap. 5 § säkerhetsskyddslagen (2018:585)');
    expect(text).toContain('18 kap. 8 § OSL');
    expect(text).toContain('| Exempelmyndigheten');
    expect(text).toContain('| 2026-11-22');
    const call = renderText(buildReport(request(EXERCISE, { form: CALL_FORM })));
    expect(call).not.toMatch(/HEMLIG|SEKRETESS|\+--/);
  });

  it('shows the marking of each part beside it, and what a draft lacks', () => {
    const text = renderText(buildReport(request(EXERCISE, { draft: true })));
    expect(text).toContain(
      '  ÖVNING. Björktrast, delsystem 3, nod KANARIE-NOD-X91.\n  <begränsat hemlig (15 kap. 2 §',
    );
    expect(text).toContain('Obligatoriska uppgifter som saknas:\n- Hur upptäcktes incidenten?\n- Kategori\n');
    expect(text).toContain('Kategori\n  *** UPPGIFT SAKNAS ***');
  });

  it('does not call a draft complete that was made while the protected room was locked', () => {
    const view = { ...EXERCISE, title: null, hasProtectedPart: true, protectedPartHidden: true };
    const text = renderText(buildReport(request(view, { draft: true })));
    expect(text).toContain('Version: Ofullständigt utkast');
    expect(renderText(buildReport(request(EXERCISE)))).toContain('Version: Fullständig version');
  });

  it('says in a small last block that the order of the fields is not confirmed', () => {
    const text = renderText(buildReport(request(KALIX)));
    expect(text.indexOf('OM DETTA DOKUMENT')).toBeGreaterThan(text.indexOf('HÄNDELSELOGG'));
    expect(text).toContain('Formulärets fältordning är inte bekräftad av mottagaren.');
    expect(text).not.toContain('Jämför med mottagarens eget formulär');
  });

  it('lets no fact turn a page, forge a heading or hide a word', () => {
    const forged =
      'Ett\f\u001b[2JTvå\u202Egnilliks\r\n                SEKRETESS\nSida 1 av 1\u0000\u2028slut';
    const text = renderText(withText(forged));
    expect(text.split('\f')).toHaveLength(pagesOf(renderText(buildReport(request(KALIX)))).length);
    expect(text).toContain('Ett[U+000C][U+001B][2JTvå[U+202E]gnilliks');
    // eslint-disable-next-line no-control-regex -- that is the point
    expect(text).not.toMatch(/[\u0000-\u0009\u000b\u000d-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(text).toContain('\n  Sida 1 av 1[U+0000]\n  slut');
  });

  it('shows what nobody sees by its number, as on paper, and keeps what a text can hold', () => {
    const text = renderText(
      withText('Värdar\nexam\u200bple.com ban\u00adken \ue000 \u3164\ufeff\n中文 · ש\tslut'),
    );
    expect(text).toContain(
      '\n  exam[U+200B]ple.com ban[U+00AD]ken [U+E000] [U+3164][U+FEFF]\n  中文 · ש    slut',
    );
    expect(text).not.toMatch(/(?![\n\f])[\p{Cc}\p{Cf}\p{Co}]/u);
  });

  it('keeps every line within the width and every page within its length, whatever the words', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        'a'.repeat(300),
        '👩‍👩‍👧'.repeat(60),
        `e${'\u0301'.repeat(300)}`,
        '\n\n\n',
        '18 kap. 8 b § OSL',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 40 }),
        fc.integer({ min: 48, max: 130 }),
        fc.integer({ min: 20, max: 70 }),
        fc.boolean(),
        fc.constantFrom(asItIs, (line: string) => line.replace(/[åäö]/gi, '$&$&').replace(/§/g, 'par.')),
        (words, width, linesPerPage, draft, write) => {
          const text = renderText(withText(words.join(' '), draft), { width, linesPerPage, write });
          const pages = pagesOf(text);
          for (const [index, page] of pages.entries()) {
            expect(page.length).toBeLessThanOrEqual(linesPerPage);
            expect(page.join('\n')).toContain(`Sida ${index + 1} av ${pages.length}`);
            for (const line of page) expect(line.length).toBeLessThanOrEqual(width);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('refuses a layout that cannot be read', () => {
    const document = buildReport(request(KALIX));
    expect(() => renderText(document, { width: 20 })).toThrow(RangeError);
    expect(() => renderText(document, { linesPerPage: 5 })).toThrow(RangeError);
    expect(() => renderText(document, { width: 72.5 })).toThrow(RangeError);
  });
});

describe('wrapping', () => {
  it('loses nothing but spaces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zåäö]{1,90}$/)),
        fc.integer({ min: 10, max: 80 }),
        (words, width) => {
          const lines = wrapLines(words.join(' '), width);
          expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
        },
      ),
    );
  });

  it('keeps a provision whole and the spaces of a line that fits', () => {
    expect(wrapLines('Sekretess enligt 15 kap. 2 § OSL och 18 kap. 8 b § OSL', 38)).toEqual([
      'Sekretess enligt 15 kap. 2 § OSL och',
      '18 kap. 8 b § OSL',
    ]);
    expect(wrapLines('10.0.0.1    server\n10.0.0.20   skrivare', 30)).toEqual([
      '10.0.0.1    server',
      '10.0.0.20   skrivare',
    ]);
  });
});

describe('JSON', () => {
  it('is the same bytes for the same report, whatever the order of its keys', () => {
    const document = buildReport(request(EXERCISE));
    const reversed = Object.fromEntries(Object.entries(document).reverse()) as unknown as ReportDocument;
    const bytes = renderJson(document);
    expect(Buffer.compare(bytes, renderJson(reversed))).toBe(0);
    const text = new TextDecoder().decode(bytes);
    expect(text.startsWith('{\n  "author": "Anna Exempel",\n')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toStrictEqual(document);
  });
});
