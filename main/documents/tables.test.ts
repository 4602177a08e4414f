import { expect, it } from 'vitest';
import { factTable } from './parts.ts';
import { renderPdf } from './pdf.ts';
import { markedSection } from './sections.ts';
import { OPEN_MARKING } from '../../shared/domain/marking.ts';
import { textOfPages } from '../testing/pdf.ts';
import { renderListPdf } from '../register/list-pdf.ts';
import type { PaperList } from '../register/lists.ts';
import { sampleReport } from '../testing/report.ts';

const created = new Date('2026-11-22T13:05:00Z');

function listOf(rows: number): Promise<Uint8Array> {
  const list: PaperList = {
    kind: 'register',
    title: 'Register över handlingar',
    lead: '',
    columns: ['Datum', 'Beteckning', 'Vad'],
    widths: [15, 30, 55],
    rows: Array.from({ length: rows }, (_unused, index) => ({
      cells: ['2026-11-22', `RAD${index + 1}X`, 'Underrättelse om en händelse. '.repeat((index * 7) % 5)],
      marking: OPEN_MARKING,
    })),
    signatures: [],
  };
  return renderListPdf({ document: sampleReport('hemlig'), list });
}

it('a table repeats its head on every page, loses no row, and leaves none alone', async (context) => {
  let whole = 0;
  for (let rows = 18; rows <= 60; rows++) {
    const pages = textOfPages(context, await listOf(rows));
    const counts = pages.map((page) => (page.match(/RAD\d+X/g) ?? []).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows);
    for (const page of pages) expect(page).toMatch(/Datum +Beteckning +Vad/);
    expect(Math.min(...counts), `${rows} rader`).toBeGreaterThan(1);
    whole += pages.length;
  }
  expect(whole).toBeGreaterThan(60);
});

it('facts under a heading leave none alone either', async (context) => {
  for (let lines = 20; lines <= 44; lines++) {
    const before = Array.from({ length: lines }, () => 'Text');
    const facts = factTable(
      Array.from({ length: 6 }, (_unused, index) => [`Ledtext ${index}`, `VÄRDE${index}X`] as const),
      'Rubriken',
    );
    const marks = { marking: OPEN_MARKING, organisation: 'O', reference: 'R', draft: false, exercise: false };
    const bytes = await renderPdf(
      { content: [markedSection([...before, facts], marks)] },
      { title: 'P', created },
    );
    const counts = textOfPages(context, bytes).map((page) => (page.match(/VÄRDE\dX/g) ?? []).length);
    expect(
      counts.filter((count) => count === 1),
      `${lines} rader`,
    ).toEqual([]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6);
  }
});
