import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { Sigill } from '../e2e/harness.ts';
import { button, field, heading } from '../e2e/words.ts';
import { Summaries } from '../main/incidents/summaries/summaries.ts';
import { findDamagedPages } from '../main/store/pages.ts';
import { PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { DERIVATION_FLOOR, deriveKey, passphraseBytes } from '../main/vault/key-derivation.ts';
import { sv } from '../renderer/text/sv.ts';
import { timeKeys, timePreview, timeUnlocking } from './in-page.ts';

/** What is typed, a letter at a time: common and rare words, several words, what is not there, and a number. */
const SEARCHES = ['server', 'östersund', 'kalix utpress', 'säkerhetsz', '4711', 'betalning jour', 'xyz'];

export interface WindowTimes {
  /** From the key that unlocks to the painted list, less what Argon2id takes. */
  readonly unlock: number;
  readonly argon: number;
  readonly keys: readonly number[];
  readonly previews: readonly number[];
}

export function median(times: readonly number[]): number {
  return percentile(times, 50);
}

/** @returns the least time that so many per cent of them do not exceed */
export function percentile(times: readonly number[], percent: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

/** One person's morning in the real window: unlocks, searches, and looks at a report. */
export async function measureWindow(vault: Pick<TestVault, 'folder'>): Promise<WindowTimes> {
  const sigill = await Sigill.start({ vaultFolder: vault.folder });
  try {
    const page = await sigill.page();
    await heading(page, sv.unlock.title).waitFor();
    await field(page, sv.unlock.passphrase).fill(PASSPHRASES.open);
    const argon = await timeArgon();
    const whole = await timeUnlocking(page, sv.shell.incidents);
    const keys = await measureSearch(page);
    const previews = await measurePreview(page);
    return { unlock: whole - argon, argon, keys, previews };
  } finally {
    await sigill.close();
  }
}

/** The same derivation on the same machine a moment before: the core cannot be asked how long its own took. */
async function timeArgon(): Promise<number> {
  const begun = performance.now();
  const secret = passphraseBytes(PASSPHRASES.open);
  const key = await deriveKey(secret, Buffer.alloc(16), DERIVATION_FLOOR);
  key.fill(0);
  return performance.now() - begun;
}

async function measureSearch(page: Page): Promise<number[]> {
  const search = field(page, sv.incidents.search);
  // The first search waits until the values have been read, once after each unlocking.
  await search.fill('a');
  await page.locator('#found[aria-busy="false"]').waitFor({ state: 'attached' });
  await search.fill('');
  await search.focus();
  const { taken } = await timeKeys(page);
  for (const words of SEARCHES) {
    for (const letter of words) {
      await page.keyboard.type(letter);
      await page.locator('#found[aria-busy="false"]').waitFor({ state: 'attached' });
      await page.waitForTimeout(60);
    }
    await search.press('Control+a');
  }
  await search.fill('');
  return taken();
}

async function measurePreview(page: Page): Promise<number[]> {
  await page.locator('[data-row="0"] button').click();
  await page.getByRole('tab', { name: sv.incident.tabs.reports }).click();
  await button(page, sv.incident.makeReport).first().click();
  await heading(page, sv.report.title).waitFor();
  await page.locator('canvas[data-drawn]').first().waitFor();
  // The thread that will make the next one is warm by then, as it is for a person who has read a page.
  await page.waitForTimeout(1_000);
  const times: number[] = [];
  for (const name of [sv.report.versions.open, sv.report.versions.full, sv.report.versions.open]) {
    await page.getByRole('button', { name: sv.report.version }).first().click();
    await page.getByRole('option', { name, exact: true }).focus();
    const { taken } = await timePreview(page);
    await page.keyboard.press('Enter');
    times.push(await taken());
  }
  return times;
}

export interface CoreTimes {
  readonly check: number;
  readonly index: number;
  readonly megabytes: number;
}

/** What goes on in the background after an unlocking, here with nothing else going on. */
export async function measureCore(made: Pick<TestVault, 'open'>): Promise<CoreTimes> {
  const vault = await made.open(['open']);
  try {
    const { store, secrets } = vault.requireRoom('open');
    const begun = performance.now();
    findDamagedPages(store.path, secrets.dataKey);
    const checked = performance.now();
    await new Summaries(vault).complete();
    const pages = store.database.pragma('page_count', { simple: true }) as number;
    return {
      check: checked - begun,
      index: performance.now() - checked,
      megabytes: (pages * 4096) / 1e6,
    };
  } finally {
    vault.close();
  }
}

/** All the script that the window loads before it shows anything, gzipped. @param folder of the built renderer */
export function startBundleSize(folder: string): number {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const waiting = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, path]) => path ?? '');
  const sizes = new Map<string, number>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (sizes.has(path)) continue;
    const script = readFileSync(join(folder, path), 'utf8');
    sizes.set(path, gzipSync(script).length);
    // What is imported with `import(...)` is loaded when it is needed.
    for (const [, name] of script.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
      waiting.push(join(path, '..', name ?? ''));
    }
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
