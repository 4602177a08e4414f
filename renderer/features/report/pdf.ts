import { getDocument, GlobalWorkerOptions, PDFWorker, type PDFDocumentProxy } from 'pdfjs-dist';
import { allowOnlyWorker } from '../../app/trusted-types.ts';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;
allowOnlyWorker(workerUrl);

/** Started ahead of need: to start one takes longer than to read most documents. */
let spare: PDFWorker | null = null;

/** A document that is shown, and the thread that holds its pages. */
export interface OpenedPdf {
  readonly document: PDFDocumentProxy;
  /** Lets go of the pages, and ends the thread. */
  readonly close: () => Promise<void>;
}

/** Opens a PDF that the core made. It brings its own typefaces, so nothing else is read. */
export async function openPdf(base64: string): Promise<OpenedPdf> {
  const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const worker = spare ?? new PDFWorker();
  spare = new PDFWorker();
  const options = { data, worker, useWorkerFetch: false, useSystemFonts: false, disableFontFace: false };
  const document = await getDocument(options).promise;
  return {
    document,
    async close() {
      await document.destroy();
      worker.destroy();
    },
  };
}

/** Draws one page as wide as the canvas is shown, sharp on any screen. */
export async function drawPage(
  document: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  width: number,
): Promise<void> {
  const page = await document.getPage(number);
  const plain = page.getViewport({ scale: 1 });
  const ratio = window.devicePixelRatio || 1;
  const viewport = page.getViewport({ scale: (width / plain.width) * ratio });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport }).promise;
}
