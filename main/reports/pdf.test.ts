import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../shared/domain/incident.ts';
import { makeMarking } from '../../shared/domain/marking.ts';
import { requireTool } from '../testing/tools.ts';
import { buildReport } from './build.ts';
import { documentDigest } from './digest.ts';
import { renderReportPdf, type ReportStamp } from './pdf.ts';
import { CALL_FORM, readCase, request } from './sample.ts';

const EXERCISE = readCase('ovning-sakerhetskanslig');
const pdftotext = requireTool('pdftotext');

describe.skipIf(pdftotext === null)('the report as PDF', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sigill-report-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function pagesOf(incident: Incident, changes: Parameters<typeof request>[1], stamp?: ReportStamp) {
    const path = join(folder, 'report.pdf');
    writeFileSync(path, await renderReportPdf(buildReport(request(incident, changes)), stamp));
    const text = execFileSync(pdftotext ?? '', ['-layout', path, '-'], { encoding: 'utf8' });
    return text.split('\f').slice(0, -1);
  }

  it('carries class, marks, reference and number on every page, and the digest on the last', async () => {
    const pages = await pagesOf(EXERCISE, { draft: true });
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, page] of pages.entries()) {
      expect(page.match(/BEGRÄNSAT HEMLIG/g)?.length).toBeGreaterThanOrEqual(2);
      expect(page).toContain('UTKAST');
      expect(page).toContain('ÖVNING ÖVNING ÖVNING');
      expect(page).toContain('K7M2-9QXA-4D1F');
      expect(page).toContain(`Sida ${index + 1} av ${pages.length}`);
    }
    const digest = documentDigest(buildReport(request(EXERCISE, { draft: true })));
    expect(pages.at(-1)).toContain(digest);
    expect(pages.at(-1)).toContain('Formulärets fältordning är inte bekräftad av mottagaren.');
  });

  it('shows the marking beside each part, what is missing, and what is to be filled in', async () => {
    const text = (await pagesOf(EXERCISE, { draft: true })).join('\n');
    expect(text).toMatch(/nod KANARIE-NOD-X91\.\n\s+begränsat hemlig · 15 kap\. 2 § OSL, 18 kap\. 8 § OSL/);
    expect(text).toContain('Obligatoriska uppgifter som saknas i utkastet');
    expect(text.match(/Uppgift saknas/g)).toHaveLength(2);
    expect(text).toContain('Lämnas av CERT-SE vid notifieringen.');
  });

  it('puts the copy, the designation and the decider of the register on the stamp', async () => {
    const facts = EXERCISE.facts.map((fact) => ({
      ...fact,
      marking: makeMarking('kvalificerat-hemlig', ['15 kap. 2 § OSL']),
    }));
    const stamp = {
      copy: { number: 2, of: 3 },
      designation: '2026-17/001',
      decidedBy: 'chefen för Försvarsdepartementet',
    };
    const pages = await pagesOf({ ...EXERCISE, facts }, {}, stamp);
    expect(pages[0]).toContain('Beteckning: 2026-17/001');
    expect(pages[0]).toContain('Prövas av chefen för Försvarsdepartementet');
    for (const page of pages) expect(page).toContain('Exemplar 2 av 3');
  });

  it('prints no class on an open line’s form', async () => {
    const text = (await pagesOf(EXERCISE, { form: CALL_FORM })).join('\n');
    expect(text).not.toMatch(/hemlig|sekretess/i);
    expect(text.match(/Jag kan inte lämna fler uppgifter på öppen telefonlinje\./g)).toHaveLength(3);
  });

  it('loses nothing of long answers: not words, lines, hashes or log entries', async () => {
    const words = Array.from({ length: 2500 }, (_, index) => `ord${index}x`);
    const rows = Array.from({ length: 150 }, (_, index) => `rad${index}x`);
    const log = Array.from({ length: 60 }, (_, index) => ({
      key: `k${index}`,
      number: index + 1,
      at: new Date(1_700_000_000_000 + index * 3_600_000).toISOString(),
      kind: 'atgard' as const,
      text: `steg${index}x ${'och sedan vidare '.repeat(index % 9)}`,
      by: null,
      marking: makeMarking('hemlig', ['15 kap. 2 § OSL']),
    }));
    const answers: Partial<Record<string, string>> = {
      handelseforlopp: words.join(' '),
      omfattning: rows.join('\n'),
      system: `${'W'.repeat(2500)}SLUT1`,
      konsekvenser: 'e3b0c44298fc1c149afbf4c8996fb924'.repeat(8),
    };
    const facts = EXERCISE.facts.map((fact) => ({ ...fact, text: answers[fact.id] ?? fact.text }));
    const text = (await pagesOf({ ...EXERCISE, facts, log }, {})).join('\n');
    const joined = text.replace(/\s+/g, '');
    const expected = [...words, ...rows, ...log.map((_, index) => `steg${index}x`)];
    expect(expected.filter((word) => !joined.includes(word))).toEqual([]);
    expect(joined).toContain('SLUT1');
    expect(text.match(/W/g)).toHaveLength(2500);
    expect(joined).toContain('e3b0c44298fc1c149afbf4c8996fb924'.repeat(8));
  });
});

describe('the PDF’s bytes', () => {
  it('are the same for the same report', async () => {
    const document = buildReport(request(EXERCISE));
    expect(Buffer.compare(await renderReportPdf(document), await renderReportPdf(document))).toBe(0);
  });
});
