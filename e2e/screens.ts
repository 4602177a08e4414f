import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildRenderer, ROOT } from '../main/shell/build.ts';
import { casePath, makeTestVault, PASSPHRASES } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { Sigill } from './harness.ts';
import { button, field, heading } from './words.ts';

/** `npm run screens`: a picture of every screen, light and dark, in docs/screens/. */

const FOLDER = join(ROOT, 'docs/screens');
const SCHEMES = [
  ['light', 'ljus'],
  ['dark', 'mork'],
] as const;

/** Saves what is shown, in both themes, as `<name>-ljus.png` and `<name>-mork.png`. */
async function take(page: Page, name: string): Promise<void> {
  for (const [colorScheme, suffix] of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({
      path: join(FOLDER, `${name}-${suffix}.png`),
      animations: 'disabled',
      caret: 'hide',
    });
  }
}

async function firstStart(): Promise<void> {
  const sigill = await Sigill.start();
  try {
    const page = await sigill.page();
    await heading(page, sv.unlock.title).waitFor();
    await take(page, 'forsta-start');
    await button(page, sv.unlock.createNew).click();
    await heading(page, sv.create.title).waitFor();
    await take(page, 'skapa-valv');
  } finally {
    await sigill.close();
  }
}

async function unlock(page: Page, passphrase: string): Promise<void> {
  await field(page, sv.unlock.passphrase).fill(passphrase);
  await page.keyboard.press('Enter');
}

async function work(): Promise<void> {
  const vault = await makeTestVault();
  const sigill = await Sigill.start({ vaultFolder: vault.folder });
  try {
    const page = await sigill.page();
    await heading(page, sv.unlock.title).waitFor();
    await take(page, 'las-upp');
    await unlock(page, PASSPHRASES.open);
    await button(page, sv.shell.unlockProtected).click();
    await take(page, 'las-upp-skyddade');
    await unlock(page, PASSPHRASES.protected);
    await button(page, sv.shell.lockProtected).waitFor();
    for (const [name, title] of Object.entries(SCREENS)) {
      await page.getByRole('link', { name: title }).or(button(page, title)).first().click();
      await heading(page, title).waitFor();
      if (name === 'incidenter') await importCases(page, sigill);
      await take(page, name);
    }
  } finally {
    await sigill.close();
    vault.remove();
  }
}

/** The screens that the menu leads to. */
const SCREENS = {
  incidenter: sv.shell.incidents,
  oversikt: sv.shell.overview,
  nycklar: sv.shell.keys,
  anvandare: sv.shell.users,
  sparbarhet: sv.shell.audit,
  installningar: sv.shell.settings,
  hjalp: sv.shell.help,
} as const;

async function importCases(page: Page, sigill: Sigill): Promise<void> {
  const cases = ['kalix-2021', 'miljodata-2025', 'ovning-sakerhetskanslig', 'servicecenter-2024'];
  for (const [index, name] of cases.entries()) {
    sigill.choose(casePath(name));
    await button(page, sv.incidents.import).click();
    await page.getByText(sv.incidents.found(index + 1, index + 1)).waitFor();
  }
}

mkdirSync(FOLDER, { recursive: true });
await buildRenderer();
await firstStart();
await work();
