import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { ReportDocument } from '../shared/domain/report.ts';
import { longChronology, longReport } from '../main/testing/long-report.ts';

/**
 * Draws one report in a process of its own, so that its memory is its own, and says what it took as a line of JSON.
 * `--by plain`: with pdfmake and nothing of ours, the same words in the same columns and the same letters.
 */
const { values } = parseArgs({
  options: { by: { type: 'string' }, pages: { type: 'string' }, rows: { type: 'string' } },
});
const document =
  values.rows === undefined ? longReport(Number(values.pages)) : longChronology(Number(values.rows));

async function plain(report: ReportDocument): Promise<Uint8Array> {
  const { default: pdfmake } = await import('pdfmake');
  const resolve = createRequire(import.meta.url).resolve;
  const font = (cut: string): string =>
    resolve(`@expo-google-fonts/source-sans-3/${cut}/SourceSans3_${cut}.ttf`);
  pdfmake.setFonts({
    SourceSans3: {
      normal: font('400Regular'),
      bold: font('600SemiBold'),
      italics: font('400Regular_Italic'),
      bolditalics: font('600SemiBold_Italic'),
    },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => true);
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [68, 96, 68, 76],
    defaultStyle: { font: 'SourceSans3', fontSize: 10.5, lineHeight: 1.1 },
    version: '1.7',
    subset: 'PDF/A-2b',
    info: { creationDate: new Date(report.createdAt) },
    header: () => ({
      stack: [
        { text: 'HEMLIG', fontSize: 11.5, bold: true },
        { text: `Sekretess enligt ${report.marking.basis.join(' och ')}` },
        { text: `${report.organisation} · 2026-11-22 · ${report.reference}` },
      ],
      fontSize: 8,
      alignment: 'center',
      margin: [68, 20, 68, 0],
    }),
    footer: (page, count) => ({
      columns: [report.form.name, { text: 'HEMLIG', bold: true }, `Sida ${page} av ${count}`],
      fontSize: 8.5,
      margin: [68, 20, 68, 0],
    }),
    content: [
      { text: report.form.name, fontSize: 20, bold: true },
      ...report.sections.flatMap(({ title, fields }) => [
        { text: title, fontSize: 13, bold: true },
        {
          table: {
            widths: [138, 303],
            body: fields.map(({ label, parts }) => [
              { text: label, bold: true, fontSize: 10 },
              {
                stack: parts.flatMap((part) =>
                  part.withheld
                    ? []
                    : [
                        ...(part.label === null ? [] : [{ text: part.label, fontSize: 9 }]),
                        { text: part.text },
                        { text: `hemlig · ${part.marking.basis.join(', ')}`, fontSize: 8 },
                      ],
                ),
              },
            ]),
          },
        },
      ]),
    ],
  };
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
}

async function draw(report: ReportDocument): Promise<Uint8Array> {
  if (values.by === 'plain') return plain(report);
  const { renderReportPdf } = await import('../main/reports/pdf.ts');
  return renderReportPdf(report);
}

/**
 * The most that this process has held, in MB. What the system calls the greatest resident size may be that of the process
 * that started this one (Linux carries it over fork), so there the peak of this program's own memory is read.
 */
function peakMegabytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
  if (peak === undefined) throw new TypeError('The system does not tell the peak of the memory.');
  return Number(peak) / 1024;
}

// What is loaded once is not what is measured.
await draw(longReport(1));
const begun = performance.now();
const bytes = await draw(document);
const time = performance.now() - begun;
const pages = [
  ...Buffer.from(bytes)
    .toString('latin1')
    .matchAll(/\/Type \/Page\b(?!s)/g),
].length;
process.stdout.write(`${JSON.stringify({ time, memory: peakMegabytes(), pages, size: bytes.length })}\n`);
