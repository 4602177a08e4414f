import { expect, it } from 'vitest';
import { renderPdf } from './pdf.ts';
import { textOfPages } from '../testing/pdf.ts';

const created = new Date('2026-11-22T13:05:00Z');

/** The lines of a text set in a column, with one letter more before it each time, so that every place comes at the line's end. */
async function linesOf(
  context: Parameters<typeof textOfPages>[0],
  text: string,
  width: number,
): Promise<string[]> {
  const content = Array.from({ length: 40 }, (_unused, index) => ({
    columns: [{ width, text: `${'m'.repeat(index + 1)} ${text}` }],
  }));
  const bytes = await renderPdf({ content }, { title: 'Prov', created });
  return textOfPages(context, bytes).flatMap((page) => page.split('\n'));
}

const count = (lines: readonly string[], text: string): number =>
  lines.filter((line) => line.includes(text)).length;

it.for(['18 kap. 8 b §', '3 a kap. 2 §', '2 kap. 4–6 §§', '2 kap.', '14 §'])(
  '%s stays on one line wherever it stands',
  async (provision, context) => {
    const lines = await linesOf(context, `${provision} gäller`, 220);
    expect(count(lines, provision)).toBe(40);
  },
);

it('a number with another word after it may be parted from it', async (context) => {
  const lines = await linesOf(context, '18 kapitel gäller', 220);
  expect(count(lines, '18 kapitel')).toBeLessThan(40);
});

it('a provision that is wider than its column is parted at a space, never in a number', async (context) => {
  const lines = await linesOf(context, '118 kap. 118 b § OSL', 40);
  expect(count(lines, '118')).toBe(80);
  expect(count(lines, 'kap.')).toBe(40);
  expect(count(lines, 'OSL')).toBe(40);
});
