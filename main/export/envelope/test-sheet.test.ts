import { expect, it } from 'vitest';
import { TEST_FORMATS } from '../../../shared/domain/printer.ts';
import { inspectPdf, textOfPages } from '../../testing/pdf.ts';
import { printerTest } from './test-sheet.ts';

const at = new Date('2026-11-22T13:05:00Z');

it.for(Object.values(TEST_FORMATS))(
  'is one page of the format that was chosen: $name',
  async (format, context) => {
    const bytes = await printerTest({ printer: null, format, at });
    expect(inspectPdf(context, 'qpdf', bytes, ['--check'])).toContain('No syntax or stream encoding errors');
    const pages = textOfPages(context, bytes);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain(`Provblad ${format.name}`);
    const [, width, height] =
      /Page size: +([\d.]+) x ([\d.]+)/.exec(inspectPdf(context, 'pdfinfo', bytes, [])) ?? [];
    expect([width, height].map((points) => Math.round((Number(points) / 72) * 25.4))).toEqual([
      format.width,
      format.height,
    ]);
  },
);

it('is moved by what the printer was found to do, and says so', async (context) => {
  const printer = { name: 'Plan 2', right: 2.5, down: -1 };
  const bytes = await printerTest({ printer, format: TEST_FORMATS.C5, at });
  expect(textOfPages(context, bytes)[0]).toContain('Plan 2: +2,5 mm åt höger, −1 mm nedåt');
  const plain = await printerTest({ printer: null, format: TEST_FORMATS.C5, at });
  expect(Buffer.compare(bytes, plain)).not.toBe(0);
});
