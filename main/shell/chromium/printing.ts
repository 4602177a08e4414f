import type { Page } from 'playwright-core';
import { SigillError } from '../../../shared/domain/error.ts';

/** Answered only while something is printed: another origin than the program's, and without a bridge. */
export const PRINT_ORIGIN = 'https://print.localhost';

/** What the page for printing offers, see main/shell/electron/print-page. */
interface PrintWorld {
  drawPages(pdf: string): Promise<number>;
  print(): void;
}

/**
 * Prints from memory: the page draws the pages of the PDF as pictures and opens the browser's dialog, and we write no
 * file. The job carries the name of that page, `Sigill`. The dialog holds the page until it is closed.
 */
export async function printFrom(page: Page, pdf: Buffer): Promise<void> {
  try {
    await page.goto(`${PRINT_ORIGIN}/`);
    await page.evaluate(
      (pages) => (globalThis as unknown as PrintWorld).drawPages(pages),
      pdf.toString('base64'),
    );
    await page.evaluate(() => (globalThis as unknown as PrintWorld).print());
  } catch {
    throw new SigillError(
      'usage',
      'Utskriften gick inte att göra. Ingenting har skickats till skrivaren. Försök igen.',
    );
  } finally {
    await page.close().catch(() => undefined);
  }
}
