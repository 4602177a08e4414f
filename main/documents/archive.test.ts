import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { DOCUMENT_KINDS } from '../testing/document-kinds.ts';
import { inspectPdf } from '../testing/pdf.ts';
import { requireTool } from '../testing/tools.ts';

/**
 * Is what we make PDF/A-2b? There is no validator of PDF/A-2 that can be had here. Apache PDFBox's Preflight is one of
 * PDF/A-1b, whose rules are nearly all stricter: it is asked about our very files, and may find what only PDF/A-1 forbids.
 * See docs/documents.md for what this shows and what not.
 */

const JAVA = '/usr/share/java';
const JARS = [
  'preflight',
  'pdfbox2',
  'xmpbox',
  'fontbox2',
  'commons-logging',
  'javax.activation',
  'jaxb-api',
];

/** What Preflight finds wrong, a line each. */
function preflight(context: TestContext, bytes: Uint8Array): string[] {
  const java = requireTool('java');
  const jars = JARS.map((name) => join(JAVA, `${name}.jar`));
  const missing = jars.filter((jar) => !existsSync(jar));
  if (java === null || missing.length > 0) {
    if (process.env['CI']) throw new Error(`${missing.join(', ')} saknas. I CI måste de finnas.`);
    process.stderr.write(
      '\nVARNING: Preflight (libpdfbox2-java) saknas, PDF/A prövas inte (tool missing).\n',
    );
    return context.skip('Preflight saknas');
  }
  const folder = mkdtempSync(join(tmpdir(), 'sigill-preflight-'));
  try {
    const file = join(folder, 'prov.pdf');
    writeFileSync(file, bytes);
    const { stdout, status } = spawnSync(
      java,
      ['-cp', jars.join(':'), 'org.apache.pdfbox.preflight.Validator_A1b', file],
      { encoding: 'utf8' },
    );
    expect([0, 255]).toContain(status);
    return stdout.split('\n').filter((line) => /^\d[\d.]* :/.test(line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** PDF/A-1 asks for the set of glyphs of every font in a table, which PDF/A-2 leaves free (ISO 19005-2, 6.2.11.4.2); and for its own number. */
const ONLY_IN_PART_1 = [
  /^3\.1\.11 : .*The CIDSet entry is missing for the Composite Subset$/,
  /^7\.11\.2 : .*part must be 1$/,
];
const faultsOf = (found: readonly string[]): string[] =>
  found.filter((line) => !ONLY_IN_PART_1.some((allowed) => allowed.test(line)));

/** Same length, so that no place in the file moves. */
function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  expect(from).toHaveLength(to.length);
  expect(text).toContain(from);
  return Buffer.from(text.replaceAll(from, to), 'latin1');
}

describe('every kind of document, as PDF/A', () => {
  it.for(DOCUMENT_KINDS)(
    '$id: Preflight finds nothing but what PDF/A-1 alone forbids',
    async (kind, context) => {
      const found = preflight(context, await kind.draw());
      // It has looked: the number of the part is always told.
      expect(found.filter((line) => line.includes('part must be 1'))).toHaveLength(1);
      expect(faultsOf(found)).toEqual([]);
    },
  );

  it.for(DOCUMENT_KINDS)(
    '$id: says what it is, brings its colours and its fonts, and nothing that acts',
    async (kind, context) => {
      const bytes = await kind.draw();
      const plain = inspectPdf(context, 'qpdf', bytes, ['--qdf', '--object-streams=disable'], ['-']);
      expect(plain).toContain('<pdfaid:part>2</pdfaid:part>');
      expect(plain).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
      expect(plain).toMatch(/\/S \/GTS_PDFA1/);
      expect(plain).toContain('/DestOutputProfile');
      expect(plain).toMatch(/\/ID \[<[0-9a-f]{32}>/i);
      expect(plain).not.toMatch(
        /\/JavaScript|\/JS |\/Launch|\/EmbeddedFile|\/Encrypt|\/OpenAction|\/AA |\/URI /,
      );
      // No transparency: opacity is 1 everywhere.
      expect(
        [...plain.matchAll(/\/(?:ca|CA) ([\d.]+)/g)]
          .map(([, value]) => value)
          .filter((value) => value !== '1'),
      ).toEqual([]);
      const fonts = inspectPdf(context, 'pdffonts', bytes, []).trimEnd().split('\n').slice(2);
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts) expect(font).toMatch(/CID TrueType +Identity-H +yes yes yes/);
      expect(inspectPdf(context, 'qpdf', bytes, ['--check'])).toContain(
        'No syntax or stream encoding errors',
      );
    },
  );

  it('would be found out: without colours of its own, without metadata, with a font by name only', async (context) => {
    const [kind] = DOCUMENT_KINDS;
    if (!kind) throw new TypeError('There are kinds.');
    const bytes = await kind.draw();
    const broken = [
      replaced(bytes, '/OutputIntents', '/OutputIntentX'),
      replaced(bytes, '<pdfaid:conformance>B<', '<pdfaid:conformance>X<'),
      replaced(bytes, '/FontFile2', '/FontFileX'),
    ];
    for (const one of broken) expect(faultsOf(preflight(context, one))).not.toEqual([]);
  });
});
