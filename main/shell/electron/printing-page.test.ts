import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import pdfmake from 'pdfmake';
import { FONTS } from '../../documents/fonts.ts';
import { testBrowser } from '../chromium/testing/npm-browser.ts';
import { readServedFiles } from '../window/serving.ts';
import { answerAppRequest } from './app-protocol.ts';

/**
 * The page that draws a PDF for the printer, in a real Chromium, built as it is shipped and served with the headers
 * that it is shipped with. Chromium outside Electron knows no app://, so that the origin alone is another.
 */

const ORIGIN = 'https://utskrift.localhost';
const folder = mkdtempSync(join(tmpdir(), 'sigill-print-'));
let browser: Browser;
let page: Page;
const refusals: string[] = [];
const asked: string[] = [];

beforeAll(async () => {
  const project = join(import.meta.dirname, '../../..');
  await build({
    configFile: join(project, 'vite.electron.config.ts'),
    mode: 'print',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  const hosts = { utskrift: readServedFiles(folder) };
  const { executable, environment, sandbox } = testBrowser();
  browser = await chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...environment } as Record<string, string>,
    chromiumSandbox: sandbox,
  });
  page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && refusals.push(message.text()));
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(route.request().url());
    const answer = answerAppRequest(hosts, { method: 'GET', url: `app://utskrift${pathname}` });
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  await page.goto(`${ORIGIN}/index.html`);
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function makePdf(): Promise<Buffer> {
  pdfmake.setFonts(FONTS);
  const pdf = pdfmake.createPdf({
    pageSize: 'A4',
    defaultStyle: { font: 'SourceSans3' },
    content: [
      { text: 'Åtgärd, övning, ärende', fontSize: 40 },
      { text: 'C5', pageBreak: 'before', pageOrientation: 'landscape' },
    ],
  });
  return pdf.getBuffer();
}

it('draws every page sharply, in its own size, and asks for nothing from elsewhere', async () => {
  const base64 = (await makePdf()).toString('base64');
  const pages = await page.evaluate(`drawPages(${JSON.stringify(base64)})`);
  expect(pages).toBe(2);
  const pictures = (await page.evaluate(
    `[...document.images].map((picture) => ({
      width: picture.naturalWidth, height: picture.naturalHeight,
      shown: Math.round(picture.getBoundingClientRect().width),
    }))`,
  )) as { width: number; height: number; shown: number }[];
  // A4 at 300 dots per inch; shown at 96 points per inch, as all lengths are.
  expect(pictures).toEqual([
    { width: 2480, height: 3508, shown: 794 },
    { width: 3508, height: 2480, shown: 1123 },
  ]);
  const ink = await page.evaluate(`(() => {
    const canvas = document.createElement('canvas');
    const [picture] = document.images;
    canvas.width = picture.naturalWidth;
    canvas.height = picture.naturalHeight;
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 100 && data[at + 3] > 200) dark += 1;
    return dark;
  })()`);
  expect(ink).toBeGreaterThan(5_000);

  // What the printer would get: one sheet for each page, each as large as the page is.
  const printed = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const sizes = [...printed.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  expect(sizes.map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))])).toEqual([
    [595, 842],
    [842, 595],
  ]);

  expect(asked.every((url) => url.startsWith(`${ORIGIN}/`))).toBe(true);
  expect(refusals).toEqual([]);
});

it('lets no text become markup, and starts no worker but its own', async () => {
  const refused = await page.evaluate(`(() => {
    const tryTo = (work) => {
      try {
        work();
        return 'done';
      } catch (error) {
        return error.name;
      }
    };
    return {
      markup: tryTo(() => { document.createElement('div').innerHTML = '<img src=x>'; }),
      script: tryTo(() => { document.createElement('script').src = '/assets/other.js'; }),
      worker: tryTo(() => new Worker('/assets/other.js')),
      policy: tryTo(() => trustedTypes.createPolicy('default', { createHTML: (text) => text })),
      another: tryTo(() => trustedTypes.createPolicy('other', { createHTML: (text) => text })),
    };
  })()`);
  expect(refused).toEqual({
    markup: 'TypeError',
    script: 'TypeError',
    worker: 'TypeError',
    policy: 'TypeError',
    another: 'TypeError',
  });
});
