import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { requireTool } from './tools.ts';

/** How a page is made a picture: `mono` is what a fax machine makes of it, one bit a dot at about 200 to the inch. */
interface Scan {
  readonly page: number;
  readonly resolution: number;
  readonly mono?: boolean;
}

/** Has other programs look at a printed page: nothing of the file but its dots reaches them. */
function scan(
  context: TestContext,
  bytes: Uint8Array,
  { page, resolution, mono }: Scan,
  reader: Reader,
): string {
  const [draw, read] = [requireTool('pdftoppm'), requireTool(reader.tool)];
  if (draw === null || read === null) return context.skip(`pdftoppm eller ${reader.tool} saknas`);
  const folder = mkdtempSync(join(tmpdir(), 'sigill-scan-'));
  try {
    const file = join(folder, 'page.pdf');
    writeFileSync(file, bytes);
    const shades = mono === true ? '-mono' : '-gray';
    const where = ['-f', String(page), '-l', String(page), '-r', String(resolution), '-singlefile'];
    execFileSync(draw, [shades, ...where, file, join(folder, 'page')]);
    const picture = join(folder, mono === true ? 'page.pbm' : 'page.pgm');
    const { stdout, status } = spawnSync(read, reader.words(picture), {
      encoding: 'utf8',
      // Its threads get in each other's way on few cores: ten times as slow.
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    });
    if (!reader.endsWith.includes(status ?? -1))
      throw new Error(`${reader.tool} ended with ${String(status)}.`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Reader {
  readonly tool: string;
  readonly words: (picture: string) => string[];
  /** Exit codes of one that has looked. */
  readonly endsWith: readonly number[];
}

/** Its Swedish letters are a package of their own (tesseract-ocr-swe). */
function requireSwedish(context: TestContext): void {
  const tool = requireTool('tesseract');
  if (tool === null) return context.skip('tesseract saknas');
  const { stdout } = spawnSync(tool, ['--list-langs'], { encoding: 'utf8' });
  if (/^swe$/m.test(stdout)) return;
  if (process.env['CI']) throw new Error('tesseract-ocr-swe saknas. I CI måste det finnas.');
  process.stderr.write('\nVARNING: tesseract-ocr-swe saknas, kontrollen hoppas över (tool missing).\n');
  context.skip('tesseract-ocr-swe saknas');
}

/** What tesseract reads on a page, in Swedish, with one space between words. It takes § for $, & or 5. */
export function readByEye(context: TestContext, bytes: Uint8Array, how: Scan): string {
  requireSwedish(context);
  const reader = {
    tool: 'tesseract',
    words: (picture: string) => [picture, '-', '-l', 'swe'],
    endsWith: [0],
  };
  return scan(context, bytes, how, reader).replace(/\s+/g, ' ');
}

/** How zbarimg says that there is no code. */
const NOTHING_FOUND = 4;

/** The codes that zbar finds on a page. */
export function readCodes(context: TestContext, bytes: Uint8Array, how: Scan): string[] {
  const reader = {
    tool: 'zbarimg',
    words: (picture: string) => ['--quiet', '--raw', picture],
    endsWith: [0, NOTHING_FOUND],
  };
  return scan(context, bytes, how, reader)
    .split('\n')
    .filter((line) => line !== '');
}
