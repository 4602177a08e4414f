import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildRenderer, ROOT } from '../main/shell/build.ts';
import { makeTestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { Sigill } from './harness.ts';
import { tourOfFirstStart, tourOfVault, type Tour } from './tour.ts';

/** `npm run screens`: a picture of every screen, light and dark, in docs/screens/. */

const FOLDER = join(ROOT, 'docs/screens');
const SCHEMES = [
  ['light', 'ljus'],
  ['dark', 'mork'],
] as const;

/** Saves what is shown, in both themes, as `<name>-ljus.png` and `<name>-mork.png`. */
async function take(page: Page, name: string): Promise<void> {
  // On a busy machine a picture would else show what is still being read.
  await page.getByText(sv.common.loading, { exact: true }).first().waitFor({ state: 'detached' });
  for (const [colorScheme, suffix] of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(() => document.fonts.ready);
    const path = join(FOLDER, `${name}-${suffix}.png`);
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }
}

async function walk(sigill: Sigill, tour: Tour): Promise<void> {
  try {
    for await (const name of tour) await take(await sigill.page(), name);
  } finally {
    await sigill.close();
  }
}

mkdirSync(FOLDER, { recursive: true });
await buildRenderer();
for (const old of readdirSync(FOLDER)) if (old.endsWith('.png')) rmSync(join(FOLDER, old));
const beginning = await Sigill.start();
await walk(beginning, tourOfFirstStart(beginning));
const vault = await makeTestVault();
try {
  const sigill = await Sigill.start({ vaultFolder: vault.folder, idleLockMinutes: 60 });
  await walk(sigill, tourOfVault(sigill));
} finally {
  vault.remove();
}
