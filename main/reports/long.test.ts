import { describe, expect, it } from 'vitest';
import { fieldText } from '../../shared/domain/report.ts';
import { longChronology, longReport } from '../testing/long-report.ts';
import { inspectPdf, textOfPages } from '../testing/pdf.ts';
import { renderReportPdf } from './pdf.ts';

const STAMP = { copy: { number: 1, of: 2 }, designation: '2026-17/001:1/2', code: 'ABCD23EFGH45' };

describe('a report as long as they come', () => {
  it('of 200 pages is whole: every answer, and number, copy and marking on every page', async (context) => {
    const document = longReport(200);
    const bytes = await renderReportPdf(document, STAMP);
    const pages = textOfPages(context, bytes);
    expect(pages.length).toBeGreaterThanOrEqual(200);
    pages.forEach((page, index) => {
      expect(page).toContain(`Sida ${index + 1} av ${pages.length}`);
      expect(page.match(/HEMLIG/g)?.length).toBeGreaterThanOrEqual(2);
      expect(page).toContain('Sekretess enligt 15 kap. 2 § OSL och 18 kap. 8 § OSL');
      expect(page).toContain('Exemplar 1 av 2');
    });
    const text = pages.join('\n');
    const fields = document.sections.flatMap(({ fields: own }) => own);
    expect(fields.length).toBeGreaterThan(500);
    fields.forEach((_field, number) => expect(text).toMatch(new RegExp(`Åtgärd ${number} och dess`)));
    expect(inspectPdf(context, 'qpdf', bytes, ['--check'])).toContain('No syntax or stream encoding errors');
    expect(Buffer.compare(bytes, await renderReportPdf(document, STAMP))).toBe(0);
  });

  it('with a chronology of 1 000 rows loses none, parts none, and repeats what they belong to', async (context) => {
    const pages = textOfPages(context, await renderReportPdf(longChronology(1_000), STAMP));
    const rows = pages.flatMap((page) =>
      [...page.matchAll(/Rad (\d+)\./g)].map(([, number]) => Number(number)),
    );
    expect(rows).toEqual(Array.from({ length: 1_000 }, (_unused, index) => index + 1));
    const carrying = pages.filter((page) => /Rad \d+\./.test(page));
    expect(carrying.length).toBeGreaterThan(50);
    for (const page of carrying) {
      expect(page).toContain('Kronologi');
      const [stamped, told] = [page.match(/kl\. \d\d\.\d\d, åtgärd/g), page.match(/Rad \d+\./g)];
      // A row is whole on its page: as many times as texts, and never a row alone.
      expect(stamped?.length).toBe(told?.length);
      expect(told?.length).toBeGreaterThan(1);
    }
  });

  it('with rows of any length leaves none of their first lines alone at the foot of a page, nor a marking at its top', async (context) => {
    const bare: string[] = [];
    let broken = 0;
    // Most rows are short; among them some that go on for half a page and some for more than two.
    for (const long of [12, 13, 29, 61]) {
      const document = longChronology(400, (row) => (row % 17 === 5 ? long : row % 3));
      const pages = textOfPages(context, await renderReportPdf(document, STAMP));
      const rows = pages.flatMap((page) => [...page.matchAll(/Rad (\d+)\./g)].map(([, row]) => Number(row)));
      expect(rows).toEqual(Array.from({ length: 400 }, (_unused, index) => index + 1));
      const said = document.sections.flatMap(({ fields }) => fields.map(fieldText)).join(' ');
      const count = (text: string): number => text.match(/(Beslut|Ingen) /g)?.length ?? 0;
      expect(count(pages.join(' ').replace(/\s+/g, ' '))).toBe(count(said));
      for (const page of pages) {
        const lines = page.split('\n').map((line) => line.trim());
        const told = lines.slice(lines.indexOf('Kronologi') + 1).filter((line) => line !== '');
        const foot = told.findIndex((line) => line.includes('Sida '));
        const [first = '', ...rest] = told.slice(0, foot);
        if (first.startsWith('hemlig · ')) bare.push(first);
        if (/kl\. \d\d\.\d\d, åtgärd$/.test(rest.at(-1) ?? first)) bare.push(rest.at(-1) ?? first);
        if (!/kl\. \d\d\.\d\d, åtgärd$/.test(first)) broken++;
      }
    }
    expect(bare).toEqual([]);
    expect(broken).toBeGreaterThan(20);
  });

  it('with answers longer than half a page leaves no label alone at the foot of a page', async (context) => {
    const base = longReport(30);
    const sections = base.sections.map((section, at) => ({
      ...section,
      fields: section.fields.map((field, index) => ({
        ...field,
        parts: field.parts.map((part) => ({
          ...part,
          text: Array.from({ length: 3 + ((at + index) % 3) }, () => part.text).join(' '),
        })),
      })),
    }));
    const pages = textOfPages(context, await renderReportPdf({ ...base, sections }, STAMP));
    expect(pages.length).toBeGreaterThan(60);
    const last = pages.map((page) => {
      const lines = page.split('\n').map((line) => line.trim());
      const foot = lines.findIndex((line) => line.includes('Sida '));
      return lines.slice(0, foot).findLast((line) => line !== '') ?? '';
    });
    expect(last.filter((line) => /^(Åtgärd|Avsnitt) \d+/.test(line))).toEqual([]);
  });
});
