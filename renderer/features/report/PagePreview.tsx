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
import { drawPage, openPdf } from './pdf.ts';

const PAUSE_MS = 150;

/** The pages as they would be printed; the old ones stay until the new ones are ready. */
export function PagePreview({ order }: { readonly order: Order }) {
  const revision = useApp((state) => state.revision);
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [error, setError] = useState<CoreError | null>(null);
  const wanted = JSON.stringify(order);
  // Whoever leaves the screen waits for no pages. A change does not stop them: short ones are ready sooner than a new start.
  const left = useRef(new AbortController());
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
        if (!isCurrent) return void opened?.destroy();
        setError(null);
        setPdf(opened);
      } catch (caught) {
        if (isCurrent)
          setError(caught instanceof CoreError ? caught : new CoreError('fault', sv.common.crashed));
      }
    };
    const timer = setTimeout(() => void make(), PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [wanted, revision]);
  // A document holds the pages in its worker until it is destroyed.
  useEffect(() => () => void pdf?.destroy(), [pdf]);
  if (error) return <ErrorBanner error={error} />;
  if (!pdf) return <Loading />;
  return (
    <div className={styles.pages}>
      {Array.from({ length: pdf.numPages }, (_unused, index) => (
        <PageCanvas key={`${pdf.fingerprints[0]} ${index}`} pdf={pdf} number={index + 1} />
      ))}
    </div>
  );
}

function PageCanvas({ pdf, number }: { readonly pdf: PDFDocumentProxy; readonly number: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // A page that was replaced while it was drawn is no error.
    drawPage(pdf, number, element, element.clientWidth).catch(() => undefined);
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
