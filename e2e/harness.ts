import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ShellSettings } from '../shared/contract/shell.ts';
import { ROOT } from '../main/shell/build.ts';
import { driveChromium } from './chromium-driver.ts';
import { shellName, type Driver } from './driver.ts';
import { driveElectron } from './electron-driver.ts';

/** WCAG 2.2 AA, and what axe counts as good practice besides. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Sigill, started for one spec, with folders of its own. */
export class Sigill {
  /** Everything that the spec makes lies here, and goes with it. */
  readonly folder: string;
  readonly #driver: Driver;
  readonly #complaints: string[];
  readonly #asksAxe: boolean;

  private constructor(folder: string, driver: Driver, complaints: string[], asksAxe: boolean) {
    this.#asksAxe = asksAxe;
    this.folder = folder;
    this.#driver = driver;
    this.#complaints = complaints;
  }

  /**
   * @param asksAxe false where the same screens are walked once more by another hand: a screen is the same whoever works
   *   it, and to ask axe takes longer than the work
   */
  static async start(settings: Partial<ShellSettings> = {}, asksAxe = true): Promise<Sigill> {
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
    return new Sigill(folder, driver, complaints, asksAxe);
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

  /**
   * What axe finds wrong with the screen that is shown: the rule, and where.
   * @param only one rule, where the others have been asked of the same screen already
   */
  async accessibilityFaults(only?: 'color-contrast'): Promise<string[]> {
    const page = await this.page();
    await atRest(page);
    // Legacy mode: the other one opens a second page, which the shell closes.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    const { violations } = await (only ? axe.withRules(only) : axe.withTags(RULES)).analyze();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
    );
  }

  /** Fails with what axe finds wrong with the screen that is shown. */
  async expectAccessible(): Promise<void> {
    if (!this.#asksAxe) return;
    expect(await this.accessibilityFaults()).toEqual([]);
  }

  /** What was on the screen when a test failed, to be looked at: `dist/e2e/<name>.png`. */
  async takeFailure(name: string): Promise<void> {
    const folder = join(ROOT, 'dist/e2e');
    mkdirSync(folder, { recursive: true });
    const page = await this.page();
    await page.screenshot({ path: join(folder, `${name.replace(/[^\wåäö]+/gi, '-')}.png`) });
  }

  async close(): Promise<void> {
    await this.#driver.quit();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Until nothing moves: a moving thing has colours that nobody is meant to read. A colour that is inherited moves level by level, a
 * frame for each, so that there is rest only where some frames in a row have no motion. What never comes to rest is not waited for.
 */
function atRest(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const end = performance.now() + 5_000;
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isMoving = (animation: Animation): boolean =>
      animation.playState === 'running' && animation.effect?.getComputedTiming().endTime !== Infinity;
    for (let still = 0; still < 3 && performance.now() < end;) {
      await nextFrame();
      still = document.getAnimations().some(isMoving) ? 0 : still + 1;
    }
  });
}

function listen(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
}
