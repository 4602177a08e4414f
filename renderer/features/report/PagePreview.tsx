import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { core } from '../../app/bridge.ts';
import { CoreError } from '../../app/core-client.ts';
import { useApp } from '../../app/store.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { sv } from '../../text/sv.ts';
import type { Order } from './order.ts';
import styles from './PagePreview.module.css';
import { drawPage, openPdf, type OpenedPdf } from './pdf.ts';

/** While changes come one after the other, the pages are made when they pause; a change on its own is made at once. */
const PAUSE_MS = 150;

/** The pages as they would be printed; the old ones stay until the new ones are ready. */
export function PagePreview({ order }: { readonly order: Order }) {
  const revision = useApp((state) => state.revision);
  const [pdf, setPdf] = useState<OpenedPdf | null>(null);
  const [error, setError] = useState<CoreError | null>(null);
  const wanted = JSON.stringify(order);
  // Whoever leaves the screen waits for no pages. A change does not stop them: short ones are ready sooner than a new start.
  const left = useRef(new AbortController());
  const lastChange = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const controller = new AbortController();
    left.current = controller;
    return () => controller.abort();
  }, []);
  useEffect(() => {
    let isCurrent = true;
    const make = async (): Promise<void> => {
      try {
        const answer = await core.call('reports.preview', JSON.parse(wanted) as Order, {
          signal: left.current.signal,
        });
        const opened = isCurrent ? await openPdf(answer.pdf) : null;
        if (!isCurrent) return void opened?.close();
        setError(null);
        setPdf(opened);
      } catch (caught) {
        if (isCurrent)
          setError(caught instanceof CoreError ? caught : new CoreError('fault', sv.common.crashed));
      }
    };
    const sinceLast = performance.now() - lastChange.current;
    lastChange.current = performance.now();
    const timer = setTimeout(() => void make(), sinceLast < PAUSE_MS ? PAUSE_MS : 0);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [wanted, revision]);
  // A document holds the pages in its worker until it is destroyed.
  useEffect(() => () => void pdf?.close(), [pdf]);
  if (error) return <ErrorBanner error={error} />;
  if (!pdf) return <Loading label={sv.report.previewWork} />;
  return (
    <div className={styles.pages}>
      {Array.from({ length: pdf.document.numPages }, (_unused, index) => (
        <PageCanvas key={`${pdf.document.fingerprints[0]} ${index}`} pdf={pdf.document} number={index + 1} />
      ))}
    </div>
  );
}

function PageCanvas({ pdf, number }: { readonly pdf: PDFDocumentProxy; readonly number: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const drawn = async (): Promise<void> => {
      await drawPage(pdf, number, element, element.clientWidth);
      // Counts what has been drawn whole: for those who wait for it, such as the tests.
      element.dataset['drawn'] = `${Number(element.dataset['drawn'] ?? 0) + 1}`;
    };
    // A page that was replaced while it was drawn is no error.
    drawn().catch(() => undefined);
  }, [pdf, number]);
  return (
    <figure>
      <div role="img" aria-label={sv.report.previewOf(number, pdf.numPages)}>
        <canvas ref={canvas} className={styles.page} />
      </div>
      <figcaption>
        <Muted>{sv.common.percent(number, pdf.numPages)}</Muted>
      </figcaption>
    </figure>
  );
}
