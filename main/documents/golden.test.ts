import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi, type TestContext } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { LIST_KINDS, type ListKind } from '../../shared/domain/register-lists.ts';
import { DOCUMENT_KINDS } from '../testing/document-kinds.ts';
import { inspectPdf } from '../testing/pdf.ts';
import { differenceOf, readPng, writePng, type Picture } from '../testing/png.ts';
import { drawRegisterLists } from '../testing/register-lists.ts';
import { requireTool } from '../testing/tools.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';

/**
 * How every kind of document looks and what it says, held against pictures and texts that somebody has looked at. The same
 * pictures are shown in docs/documents.md. A change that is meant: SIGILL_RENEW_PICTURES=1, then look at what is new.
 */

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);
/** Ids and codes are random; here they are counted, so that the lists are the same each time. */
let made = 0;
vi.mock(import('../incidents/incident-id.ts'), async (original) => ({
  ...(await original()),
  makeIncidentId: () => {
    made += 1;
    return `K7M2-9QXA-${String(made).padStart(4, '0')}` as IncidentId;
  },
}));

const FOLDER = fileURLToPath(new URL('../../docs/pictures/handlingar', import.meta.url));
const RENEW = process.env['SIGILL_RENEW_PICTURES'] === '1';
/** Dots per inch of the pictures. */
const RESOLUTION = 60;
/** Part of a page's squares that may differ: another version of poppler draws letters a little otherwise. */
const TOLERANCE = 0.002;

let test: TestVault;
let lists: Map<ListKind, Uint8Array>;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-golden-'));
  test = await makeTestVault('hemlig');
  const vault = await test.open(['open', 'protected'], () => new Date('2026-11-22T13:05:00Z'));
  lists = await drawRegisterLists(vault);
  vault.close();
});
afterAll(() => {
  test.remove();
  rmSync(folder, { recursive: true, force: true });
});

function picturesOf(context: TestContext, id: string, bytes: Uint8Array): Picture[] {
  const tool = requireTool('pdftoppm');
  if (tool === null) return context.skip('pdftoppm saknas');
  const file = join(folder, `${id}.pdf`);
  writeFileSync(file, bytes);
  execFileSync(tool, ['-r', String(RESOLUTION), '-png', file, join(folder, id)]);
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${id}-`) && name.endsWith('.png'))
    .filter((name) => /^-\d+\.png$/.test(name.slice(id.length)))
    .sort()
    .map((name) => readPng(readFileSync(join(folder, name))));
}

/** The kept pages of a kind, in order. */
function keptOf(id: string): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.startsWith(`${id}-`) && /^-\d+\.png$/.test(name.slice(id.length)))
    .sort((one, other) => one.localeCompare(other, 'sv', { numeric: true }));
}

function compare(context: TestContext, id: string, bytes: Uint8Array): void {
  const text = inspectPdf(context, 'pdftotext', bytes, ['-layout'], ['-']);
  const pictures = picturesOf(context, id, bytes);
  expect(pictures.length).toBeGreaterThan(0);
  if (RENEW) {
    for (const name of keptOf(id)) rmSync(join(FOLDER, name));
    pictures.forEach((picture, index) => {
      writeFileSync(join(FOLDER, `${id}-${index + 1}.png`), writePng(picture));
    });
    writeFileSync(join(FOLDER, `${id}.txt`), text);
    return;
  }
  expect(keptOf(id)).toHaveLength(pictures.length);
  pictures.forEach((picture, index) => {
    // Through the same palette as the kept one, so that only what is drawn differs.
    const drawn = readPng(writePng(picture));
    const kept = readPng(readFileSync(join(FOLDER, `${id}-${index + 1}.png`)));
    expect(differenceOf(drawn, kept), `${id}, sida ${index + 1}`).toBeLessThanOrEqual(TOLERANCE);
  });
  const wordsOf = (page: string): string => page.replace(/[ \t]+/g, ' ').trim();
  expect(wordsOf(text)).toBe(wordsOf(readFileSync(join(FOLDER, `${id}.txt`), 'utf8')));
}

describe('every kind of document', () => {
  it.for(DOCUMENT_KINDS)(
    '$id looks and reads as it did, and is the same bytes each time',
    async (kind, context) => {
      const bytes = await kind.draw();
      expect(Buffer.compare(bytes, await kind.draw())).toBe(0);
      compare(context, kind.id, bytes);
    },
  );

  it.for(LIST_KINDS)('the list %s looks and reads as it did', (kind, context) => {
    compare(context, `lista-${kind}`, lists.get(kind) ?? new Uint8Array());
  });

  it('has no picture left of a kind that is no more', () => {
    const known = [...DOCUMENT_KINDS.map(({ id }) => id), ...LIST_KINDS.map((kind) => `lista-${kind}`)];
    const strays = readdirSync(FOLDER).filter(
      (name) => !known.includes(name.replace(/(-\d+\.png|\.txt)$/, '')),
    );
    expect(strays).toEqual([]);
  });

  it('is shown in docs/documents.md, every page of it, and nothing is shown that is not there', () => {
    const page = readFileSync(fileURLToPath(new URL('../../docs/documents.md', import.meta.url)), 'utf8');
    const shown = [...page.matchAll(/\(pictures\/handlingar\/([^)]+)\)/g)].map(([, name = '']) => name);
    expect([...new Set(shown)].filter((name) => !existsSync(join(FOLDER, name)))).toEqual([]);
    const kept = readdirSync(FOLDER).filter((name) => name.endsWith('.png'));
    expect(kept.filter((name) => !shown.includes(name))).toEqual([]);
  });
});

describe('the comparison', () => {
  it('sees a missing line, a moved stamp and another size, and no change of a hair', async (context) => {
    const [kind] = DOCUMENT_KINDS;
    if (!kind) throw new TypeError('There are kinds.');
    const [page] = picturesOf(context, kind.id, await kind.draw());
    if (!page) throw new TypeError('There are pages.');
    const changed = (change: (dots: Uint8Array) => void): Picture => {
      const dots = page.dots.slice();
      change(dots);
      return { ...page, dots };
    };
    const row = page.width * 3;
    // The lines of the stamp wiped out: 12 rows of dots.
    const without = changed((dots) => dots.fill(255, row * 95, row * 107));
    expect(differenceOf(page, without)).toBeGreaterThan(TOLERANCE);
    const moved = changed((dots) => dots.copyWithin(row * 6, 0));
    expect(differenceOf(page, moved)).toBeGreaterThan(TOLERANCE);
    const lighter = changed((dots) => dots.forEach((value, at) => (dots[at] = Math.min(255, value + 8))));
    expect(differenceOf(page, lighter)).toBe(0);
    expect(differenceOf(page, { ...page, width: page.width - 1 })).toBe(1);
    // What is kept is what was drawn, but for the palette.
    expect(differenceOf(page, readPng(writePng(page)))).toBe(0);
  });
});
