import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { ShellSettings } from '../shared/contract/shell.ts';
import { driveChromium } from './chromium-driver.ts';
import { shellName, type Driver } from './driver.ts';
import { driveElectron } from './electron-driver.ts';

/** WCAG 2.2 AA, and what axe counts as good practice besides. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** More presses of Tab than any screen needs. */
const MOST_TABS = 150;

/** Sigill, started for one spec, with folders of its own. */
export class Sigill {
  /** Everything that the spec makes lies here, and goes with it. */
  readonly folder: string;
  readonly #driver: Driver;
  readonly #complaints: string[];

  private constructor(folder: string, driver: Driver, complaints: string[]) {
    this.folder = folder;
    this.#driver = driver;
    this.#complaints = complaints;
  }

  static async start(settings: Partial<ShellSettings> = {}): Promise<Sigill> {
    const folder = mkdtempSync(join(tmpdir(), 'sigill-e2e-'));
    const settingsFolder = join(folder, 'installningar');
    mkdirSync(settingsFolder);
    const complaints: string[] = [];
    const drive = shellName() === 'electron' ? driveElectron : driveChromium;
    const driver = await drive({
      settings,
      settingsFolder,
      onPage: (page) => listen(page, complaints),
    });
    return new Sigill(folder, driver, complaints);
  }

  page(): Promise<Page> {
    return this.#driver.page();
  }

  choose(path: string | null): void {
    this.#driver.choose(path);
  }

  /** Everything the browser complained of, and every request to somewhere else: both are to be empty. */
  complaints(): readonly string[] {
    return [...this.#complaints, ...this.#driver.foreignRequests().map((url) => `request: ${url}`)];
  }

  /** What axe finds wrong with the screen that is shown: the rule, and where. */
  async accessibilityFaults(): Promise<string[]> {
    const page = await this.page();
    // A moving thing has colours that nobody is meant to read; let it come to rest.
    await page.evaluate(() =>
      Promise.all(document.getAnimations().map((animation) => animation.finished)).catch(() => []),
    );
    // Legacy mode: the other one opens a second page, which the shell closes.
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
    );
  }

  async close(): Promise<void> {
    await this.#driver.quit();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Moves the focus there as a person without a mouse would. @throws Error where Tab never comes there */
async function tabTo(target: Locator): Promise<void> {
  await target.waitFor();
  const page = target.page();
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    if (
      await target.evaluate(
        (element) => element === document.activeElement || element.contains(document.activeElement),
      )
    ) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${target.toString()}.`);
}

/** Reaches a control with the keyboard and presses it. */
export async function pressOn(target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press(key);
}

/** Reaches a field with the keyboard and writes in it. */
export async function writeIn(target: Locator, text: string): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.type(text);
}

function listen(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
}

/** Opens a list with the keyboard and takes the entry of that name. */
export async function chooseFrom(page: Page, list: string, entry: string): Promise<void> {
  // The button is named by its value first, and then by the label.
  await pressOn(page.getByRole('button', { name: list }).first());
  const option = page.getByRole('option', { name: entry, exact: true });
  await option.waitFor();
  await page.keyboard.type(entry);
  await page.keyboard.press('Enter');
  await option.waitFor({ state: 'hidden' });
}
