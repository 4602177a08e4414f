import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { requireTool } from './tools.ts';

/**
 * What an outside program says of a PDF; the test skips itself where the program is absent.
 * @param before arguments in front of the file's name, `after` those behind it.
 */
export function inspectPdf(
  context: TestContext,
  tool: string,
  bytes: Uint8Array,
  before: readonly string[],
  after: readonly string[] = [],
): string {
  const path = requireTool(tool);
  if (path === null) return context.skip(`${tool} saknas`);
  const folder = mkdtempSync(join(tmpdir(), 'sigill-pdf-'));
  try {
    const file = join(folder, 'prov.pdf');
    writeFileSync(file, bytes);
    return execFileSync(path, [...before, file, ...after], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text of each page as it lies on the page. */
export function textOfPages(context: TestContext, bytes: Uint8Array): string[] {
  return inspectPdf(context, 'pdftotext', bytes, ['-layout'], ['-']).split('\f').slice(0, -1);
}
