import type { Page } from 'playwright-core';
import { CLIPBOARD_SECONDS } from '../../../shared/contract/shell.ts';
import { ORIGIN } from './origin.ts';

/** The page's own clipboard, of which the page itself may use nothing but through here. */
interface PageClipboard {
  readonly navigator: {
    readonly clipboard: { readText(): Promise<string>; writeText(text: string): Promise<void> };
  };
}

/** Text that Sigill put on the clipboard, and takes away again if it is still the same. */
export class Clipboard {
  #copied: string | null = null;
  #timer: NodeJS.Timeout | null = null;

  async copy(page: Page, text: string): Promise<void> {
    await allowed(page, () =>
      page.evaluate(async (wanted) => {
        await (globalThis as unknown as PageClipboard).navigator.clipboard.writeText(wanted);
      }, text),
    );
    this.#copied = text;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.clear(page), CLIPBOARD_SECONDS * 1000);
  }

  /** Does nothing where somebody has copied something else since. */
  async clear(page: Page): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const copied = this.#copied;
    this.#copied = null;
    if (copied === null) return;
    const emptied = allowed(page, () =>
      page.evaluate(async (ours) => {
        const { clipboard } = (globalThis as unknown as PageClipboard).navigator;
        if ((await clipboard.readText()) === ours) await clipboard.writeText('');
      }, copied),
    );
    // The window may be gone, and a clipboard that lived in it with it.
    await emptied.catch(() => undefined);
  }
}

/** The page has no permission to the clipboard but for the moment when the shell uses it. */
async function allowed<T>(page: Page, use: () => Promise<T>): Promise<T> {
  const context = page.context();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: ORIGIN });
  try {
    return await use();
  } finally {
    await context.clearPermissions().catch(() => undefined);
  }
}
