import { BrowserWindow } from 'electron';
import { SigillError } from '../../../shared/domain/error.ts';
import { PRINT_PAGE, printWindowOptions } from './security.ts';

/** Electron's words for "the person closed the dialog". */
const CANCELLED = 'Print job canceled';

const open = new Set<BrowserWindow>();

/**
 * Prints a PDF through the system's dialog. The pages are drawn by pdf.js in a hidden, sandboxed window without a bridge
 * and printed from there: we write no file, nor does a viewer. What the system's print queue keeps, and what the printer
 * remembers, is beyond the program, and the handbook says so. The job carries the name of the page, `Sigill`.
 * @returns whether it was sent to a printer; false where the person closed the dialog
 */
export async function printPdf(pdf: string): Promise<boolean> {
  const window = new BrowserWindow(printWindowOptions());
  open.add(window);
  try {
    await window.loadURL(PRINT_PAGE);
    // Base64 by the contract, and JSON besides: nothing in it can end the string.
    await window.webContents.executeJavaScript(`drawPages(${JSON.stringify(pdf)})`);
    return await print(window);
  } catch (error) {
    if (error instanceof SigillError) throw error;
    throw failed();
  } finally {
    open.delete(window);
    if (!window.isDestroyed()) window.destroy();
  }
}

/** Throws away whatever is being printed: it shows what a lock must hide. */
export function closePrinting(): void {
  for (const window of open) window.destroy();
  open.clear();
}

function print(window: BrowserWindow): Promise<boolean> {
  return new Promise((resolve, reject) => {
    // No callback comes from a window that is destroyed under the dialog.
    window.once('closed', () => reject(failed()));
    window.webContents.print(
      { silent: false, printBackground: true, margins: { marginType: 'none' } },
      (success, reason) => {
        if (success || reason === CANCELLED) resolve(success);
        else reject(failed());
      },
    );
  });
}

function failed(): SigillError {
  return new SigillError(
    'usage',
    'Utskriften gick inte att göra. Inget har skickats till skrivaren. Kontrollera skrivaren och försök igen.',
  );
}
