import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, draftWith, importOne } from '../main/testing/incidents.ts';
import { makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { MOUSE } from './hands.ts';
import { Sigill } from './harness.ts';
import { chooseWay } from './steps/dispatch.ts';
import { lockAll } from './steps/lock.ts';
import { button, checkbox, field, heading } from './words.ts';

/** Personal data in a report is told by field and kind, and masked by a choice that goes along to Expediera. */

/** Invented, with a right check digit. */
const NUMBER = '19121212-1212';
const TITLE = 'Övertagna konton';
let vault: TestVault;
let sigill: Sigill;

beforeAll(async () => {
  vault = await makeTestVault();
  const opened = await vault.open(['open', 'protected']);
  try {
    const facts = {
      handelse: [`Kontot för ${NUMBER} togs över.`, 'oppen'],
      konsekvenser: ['Anna (anna.ek@example.com, 070-174 06 05) har bytt lösenord.', 'oppen'],
    } as const;
    const about = { regimes: ['KOMMUN-RUTIN'], title: { text: TITLE, marking: at('oppen') } };
    importOne(opened, draftWith(facts, about));
  } finally {
    opened.close();
  }
  sigill = await Sigill.start({ vaultFolder: vault.folder });
});
afterAll(async () => {
  await sigill?.close();
  vault?.remove();
});

it('is told on Rapport, masked there, and masked still at Expediera', async () => {
  const page = await sigill.page();
  await field(page, sv.unlock.passphrase).fill(PASSPHRASES.open);
  await page.keyboard.press('Enter');
  await button(page, sv.shell.unlockProtected).waitFor();
  await button(page, sv.shell.incidents)
    .or(page.getByRole('link', { name: sv.shell.incidents }))
    .first()
    .click();
  await page.getByText(TITLE).first().click();
  await button(page, sv.incident.makeReport).first().click();
  await heading(page, sv.report.title).waitFor();
  await page.getByText(sv.personalData.title).waitFor();
  await page.getByText(/ – e-postadress, telefonnummer$/).waitFor();
  await sigill.expectAccessible();
  await page.getByRole('tab', { name: sv.report.asText }).click();
  await page.getByText(NUMBER).first().waitFor();
  const mask = checkbox(page, sv.personalData.mask);
  await mask.setChecked(true, { force: true });
  await page.getByText('Kontot för [personnummer] togs över.').first().waitFor();
  expect(await page.getByText(NUMBER).count()).toBe(0);
  await sigill.expectAccessible();
  await button(page, sv.report.dispatch).click();
  await heading(page, sv.dispatch.title).waitFor();
  await page.getByText(sv.personalData.title).waitFor();
  expect(await checkbox(page, sv.personalData.mask).isChecked()).toBe(true);
  await sigill.expectAccessible();
  await checkbox(page, sv.personalData.mask).setChecked(false, { force: true });
  await button(page, sv.dispatch.backToReport).or(page.getByText(sv.dispatch.backToReport)).first().click();
  await heading(page, sv.report.title).waitFor();
  await expect.poll(() => checkbox(page, sv.personalData.mask).isChecked()).toBe(false);
});

it('is masked still where a way out is gone on with after a lock, and goes that way', async () => {
  const page = await sigill.page();
  await checkbox(page, sv.personalData.mask).setChecked(true, { force: true });
  await button(page, sv.report.dispatch).click();
  await heading(page, sv.dispatch.title).waitFor();
  await chooseWay(page, MOUSE, 'envelope');
  await field(page, sv.dispatch.attention).fill('Vakthavande');
  const after = await lockAll(sigill);
  await field(after, sv.unlock.passphrase).fill(PASSPHRASES.open);
  await after.keyboard.press('Enter');
  await after.getByRole('button', { name: `${sv.overview.goOn}: ${sv.overview.draftKind.way}` }).click();
  await after.getByText(/^Utkast från/).waitFor();
  expect(await field(after, sv.dispatch.attention).inputValue()).toBe('Vakthavande');
  expect(await checkbox(after, sv.personalData.mask).isChecked()).toBe(true);
  await sigill.expectAccessible();
});
