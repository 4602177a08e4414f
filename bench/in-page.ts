import type { Page } from 'playwright-core';

/** What runs in the window to time what a person sees there: from a key press to the frame that shows what it did. */

/** Presses Enter in the passphrase field, and goes on to the list as soon as the menu is there. @returns milliseconds */
export function timeUnlocking(page: Page, menuItem: string): Promise<number> {
  return page.evaluate(
    (item) =>
      new Promise<number>((resolve) => {
        const begun = performance.now();
        let isChosen = false;
        const look = (): void => {
          const entry = [...document.querySelectorAll<HTMLElement>('nav a, nav button')].find(
            (element) => element.textContent?.trim() === item,
          );
          if (entry && !isChosen) {
            isChosen = true;
            entry.click();
          }
          const row = document.querySelector('[data-row="0"] button:not([aria-disabled="true"])');
          if (!row) return void requestAnimationFrame(look);
          const painted = new MessageChannel();
          painted.port1.onmessage = () => resolve(performance.now() - begun);
          requestAnimationFrame(() => painted.port2.postMessage(null));
        };
        document.querySelector('form')?.requestSubmit();
        look();
      }),
    menuItem,
  );
}

/** From now on each key press is timed until the rows that answer it are painted. */
export async function timeKeys(page: Page): Promise<{ readonly taken: () => Promise<number[]> }> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { benchTimes: times });
    document.addEventListener(
      // Comes with the key, and also for a letter that the keyboard of the test has no key for.
      'beforeinput',
      ({ timeStamp }) => {
        const look = (): void => {
          if (document.querySelector('#found[aria-busy="false"]') === null) {
            requestAnimationFrame(look);
            return;
          }
          const painted = new MessageChannel();
          painted.port1.onmessage = () => times.push(performance.now() - timeStamp);
          painted.port2.postMessage(null);
        };
        requestAnimationFrame(look);
      },
      { capture: true },
    );
  });
  return {
    taken: () => page.evaluate(() => (window as unknown as { benchTimes: number[] }).benchTimes),
  };
}

/** From now on waits for Enter, and for the page that is drawn after it. @returns what asks for the milliseconds */
export async function timePreview(page: Page): Promise<{ readonly taken: () => Promise<number> }> {
  await page.evaluate(() => {
    // The canvas may be another one, or the same drawn once more.
    const first = document.querySelector('canvas');
    const old = first?.dataset['drawn'];
    const benchPreview = new Promise<number>((resolve) => {
      const begin = ({ key, timeStamp }: KeyboardEvent): void => {
        if (key !== 'Enter') return;
        document.removeEventListener('keydown', begin, { capture: true });
        const look = (): void => {
          const canvas = document.querySelector('canvas');
          const now = canvas?.dataset['drawn'];
          if (now === undefined || (canvas === first && now === old)) return void requestAnimationFrame(look);
          const painted = new MessageChannel();
          painted.port1.onmessage = () => resolve(performance.now() - timeStamp);
          painted.port2.postMessage(null);
        };
        requestAnimationFrame(look);
      };
      document.addEventListener('keydown', begin, { capture: true });
    });
    Object.assign(window, { benchPreview });
  });
  return {
    taken: () => page.evaluate(() => (window as unknown as { benchPreview: Promise<number> }).benchPreview),
  };
}
