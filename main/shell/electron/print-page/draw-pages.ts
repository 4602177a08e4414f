/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

/** As sharp as an office printer; a page is about 9 million points, and one is drawn at a time. */
const DOTS_PER_INCH = 300;
const POINTS_PER_INCH = 72;

GlobalWorkerOptions.workerSrc = workerUrl;
allowOnlyWorker(workerUrl);

/** Trusted Types: the page has the window's CSP, and like the window starts one worker and nothing else. */
function allowOnlyWorker(address: string): void {
  interface TrustedTypes {
    readonly createPolicy: (
      name: string,
      rules: { readonly createScriptURL: (url: string) => string | null },
    ) => unknown;
  }
  const allowed = new URL(address, location.href).href;
  (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => (new URL(url, location.href).href === allowed ? allowed : null),
  });
}

/** Draws every page of a PDF as a picture of exactly the page's size, so that the printer changes nothing. */
async function drawPages(base64: string): Promise<number> {
  const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const pdf = await getDocument({ data, useWasm: false, enableXfa: false, useSystemFonts: false }).promise;
  const canvas = document.createElement('canvas');
  const sheet = new CSSStyleSheet();
  sheet.insertRule('html, body { margin: 0 }');
  sheet.insertRule('img { display: block }');
  document.adoptedStyleSheets = [sheet];

  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: DOTS_PER_INCH / POINTS_PER_INCH });
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    await page.render({ canvas, viewport, intent: 'print' }).promise;
    // A page size of its own for each page: an envelope and its letter may lie in one file.
    const name = `page${number}`;
    sheet.insertRule(`@page ${name} { size: ${width}pt ${height}pt; margin: 0 }`);
    sheet.insertRule(`#${name} { page: ${name}; width: ${width}pt; height: ${height}pt }`);
    const picture = document.createElement('img');
    picture.id = name;
    picture.alt = '';
    picture.src = URL.createObjectURL(await asPicture(canvas));
    document.body.append(picture);
    await picture.decode();
    page.cleanup();
  }
  return pdf.numPages;
}

function asPicture(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The page could not be drawn.'))),
      'image/png',
    );
  });
}

Object.assign(globalThis, { drawPages });
