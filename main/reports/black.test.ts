import { describe, expect, it } from 'vitest';
import { makeMarking } from '../../shared/domain/marking.ts';
import { inspectPdf, textOfPages } from '../testing/pdf.ts';
import { operatorsOf } from '../testing/pdf-operators.ts';
import { buildReport } from './build.ts';
import { renderReportPdf } from './pdf.ts';
import { readCase, request } from './sample.ts';

/** An exercise with every kind of thing that has a colour: stamp, draft, gaps, lists, code points, a QR. */
const exercise = readCase('ovning-sakerhetskanslig');
const document = buildReport(
  request(
    {
      ...exercise,
      facts: exercise.facts.map((fact) => ({
        ...fact,
        text: `${fact.text} 中 ⚠`,
        codes: ['a', 'b'],
        marking: makeMarking('kvalificerat-hemlig', ['15 kap. 2 § OSL', '18 kap. 8 § OSL']),
      })),
    },
    { draft: true },
  ),
);
const stamp = { copy: { number: 1, of: 2 }, designation: '2026-17/001:1/2', code: 'ABCDEFGH2345' };

describe('a report for kryfax', () => {
  it('has no colour, no grey, no filled surface, no picture, and nothing under 10 points', async () => {
    const pages = await operatorsOf(await renderReportPdf(document, stamp, { isBlack: true }));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect([...page.colours]).toEqual(['#000000']);
      expect(page.fills).toBe(0);
      expect(page.images).toBe(0);
      expect(page.sizes.size).toBeGreaterThan(2);
      expect(Math.min(...page.sizes)).toBeGreaterThanOrEqual(10);
    }
  });

  it('would be found out: the same report in colour has all of these', async () => {
    const pages = await operatorsOf(await renderReportPdf(document, stamp));
    expect(pages.every(({ colours }) => colours.has('#c00000'))).toBe(true);
    expect(pages[0]?.fills).toBeGreaterThan(100);
    expect(Math.min(...(pages[0]?.sizes ?? []))).toBeLessThan(10);
  });

  it('says all that the report says, with every mark on every page, and is as sound a file', async (context) => {
    const black = await renderReportPdf(document, stamp, { isBlack: true });
    const pages = textOfPages(context, black);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('KVALIFICERAT HEMLIG');
      expect(page).toContain('Exemplar 1 av 2');
      expect(page).toMatch(/UTKAST +· +ÖVNING ÖVNING ÖVNING/);
      expect(page).toContain(`Sida ${index + 1} av ${pages.length}`);
    }
    // What is parted at a line's end is parted elsewhere in the other.
    const dense = (text: string): string => text.replace(/[-\s]/g, '');
    const said = dense(inspectPdf(context, 'pdftotext', black, [], ['-']));
    const parts = document.sections.flatMap(({ fields }) => fields.flatMap((field) => field.parts));
    const words = parts.flatMap(({ text }) => text.replace('中', '[U+4E2D]').split(/\s+/));
    expect(words.length).toBeGreaterThan(60);
    expect(words.filter((word) => !said.includes(dense(word)))).toEqual([]);
    expect(inspectPdf(context, 'qpdf', black, ['--check'])).toContain('No syntax or stream encoding errors');
  });
});
