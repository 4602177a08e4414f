import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestVault, type TestVault } from '../main/testing/vault.ts';
import { Sigill } from './harness.ts';
import { tourOfFirstStart, tourOfVault, type Tour } from './tour.ts';

/**
 * Every screen there is: axe in both themes and in high contrast, and nothing that runs out of the window at 200 % zoom, which at the
 * smallest window is half of 1280×720.
 */

const WINDOW = { width: 1280, height: 720 };
const ZOOMED = { width: 640, height: 360 };
/** Rounding of the browser. */
const SLACK_PX = 1;

/** What is wider than the window: a person would have to scroll sideways to read it. */
function tooWide(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      ...[document.documentElement, ...document.querySelectorAll('main, [role=dialog]')].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
    ),
  );
}

async function faultsOf(sigill: Sigill, name: string): Promise<string[]> {
  const page = await sigill.page();
  const faults: string[] = [];
  const look = async (theme: string, only?: 'color-contrast'): Promise<void> => {
    const found = await sigill.accessibilityFaults(only);
    faults.push(...found.map((fault) => `${name}, ${theme}: ${fault}`));
  };
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await look('dark', 'color-contrast');
  await page.evaluate(() => document.documentElement.setAttribute('data-contrast', 'more'));
  await look('dark, high contrast', 'color-contrast');
  await page.evaluate(() => document.documentElement.removeAttribute('data-contrast'));
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await look('light');
  for (const size of [ZOOMED, WINDOW]) {
    await page.setViewportSize(size);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
    const wide = await tooWide(page);
    if (wide > SLACK_PX) faults.push(`${name}: ${wide} px too wide at ${size.width}×${size.height}`);
  }
  return faults;
}

async function walk(sigill: Sigill, tour: Tour): Promise<{ screens: string[]; faults: string[] }> {
  const screens: string[] = [];
  const faults: string[] = [];
  let now = 'the beginning';
  try {
    for await (now of tour) {
      screens.push(now);
      faults.push(...(await faultsOf(sigill, now)));
    }
  } catch (error) {
    await sigill.takeFailure(`after ${now}`);
    throw error;
  }
  return { screens, faults: [...faults, ...sigill.complaints()] };
}

describe('every screen', () => {
  let vault: TestVault;
  let sigill: Sigill;

  beforeAll(async () => {
    vault = await makeTestVault();
  });
  afterAll(() => {
    vault?.remove();
  });

  it('of the first start is free of faults', async () => {
    sigill = await Sigill.start();
    try {
      const { screens, faults } = await walk(sigill, tourOfFirstStart(sigill));
      expect(faults).toEqual([]);
      expect(screens.length).toBeGreaterThanOrEqual(6);
    } finally {
      await sigill.close();
    }
  });

  it('behind the lock is free of faults', async () => {
    sigill = await Sigill.start({ vaultFolder: vault.folder, idleLockMinutes: 60 });
    try {
      const { screens, faults } = await walk(sigill, tourOfVault(sigill));
      expect(faults).toEqual([]);
      expect(screens.length).toBeGreaterThanOrEqual(37);
    } finally {
      await sigill.close();
    }
  }, 900_000);
});
