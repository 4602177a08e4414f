import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { KEYBOARD } from './hands.ts';
import { Sigill } from './harness.ts';
import { enterPassphrase } from './steps/first-start.ts';
import { tourOfFirstStart, tourOfVault, type Tour } from './tour.ts';

/**
 * Every screen there is: axe in both themes and in high contrast, and nothing that runs out of the window at 200 % zoom, which at the
 * smallest window is half of 1280×720.
 */

const WINDOW = { width: 1280, height: 720 };
const ZOOMED = { width: 640, height: 360 };
/** 1280 at 400 % zoom: what is no table reads in one column (WCAG 1.4.10, which leaves tables out). */
const NARROW = { width: 320, height: 640 };
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

/** Which elements reach outside, for who is to mend it. */
function outside(page: Page): Promise<string> {
  return page.evaluate(() => {
    const edge = document.querySelector('main')?.getBoundingClientRect().right ?? window.innerWidth;
    return [...document.querySelectorAll('main *')]
      .filter((element) => element.getBoundingClientRect().right > edge && !element.closest('table'))
      .map((element) => `${element.tagName} ${element.className} ${(element.textContent ?? '').slice(0, 30)}`)
      .join(' | ');
  });
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
  await page.setViewportSize(NARROW);
  const showTables = (display: string): Promise<void> =>
    page.evaluate((shown) => {
      for (const table of document.querySelectorAll('table')) table.style.display = shown;
    }, display);
  await showTables('none');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
  const narrow = await tooWide(page);
  if (narrow > SLACK_PX)
    faults.push(`${name}: ${narrow} px too wide at ${NARROW.width}, tables left out: ${await outside(page)}`);
  await showTables('');
  await page.setViewportSize(WINDOW);
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

  it('says at 200 % zoom which rooms are open, as whom, since when and when they lock', async () => {
    sigill = await Sigill.start({ vaultFolder: vault.folder, idleLockMinutes: 60 });
    try {
      const page = await sigill.page();
      await enterPassphrase(page, KEYBOARD, PASSPHRASES.open);
      await page.getByRole('banner').getByText(USER).waitFor();
      await page.setViewportSize(ZOOMED);
      const header = page.getByRole('banner');
      for (const words of [
        new RegExp(`${USER} · sedan \\d\\d[.:]\\d\\d`),
        sv.shell.roomLocked,
        sv.shell.nextLock(60),
      ]) {
        const line = header.getByText(words).first();
        const shown = await line.evaluate((element) => ({
          cut: Math.max(element.scrollWidth - element.clientWidth, 0) * Number(element.clientWidth > 0),
          width: element.getBoundingClientRect().width,
          right: element.getBoundingClientRect().right,
        }));
        expect(shown.width, String(words)).toBeGreaterThan(10);
        expect(shown.right, String(words)).toBeLessThanOrEqual(ZOOMED.width);
        expect(shown.cut, String(words)).toBeLessThanOrEqual(SLACK_PX);
      }
      const box = await header.boundingBox();
      expect(box?.height).toBeLessThan(ZOOMED.height / 4);
    } finally {
      await sigill.close();
    }
  });
});
