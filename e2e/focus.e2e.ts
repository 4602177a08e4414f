import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCKED_BY_PERSON } from '../main/shell/window/lock-words.ts';
import { casePath, makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { FACT_LABEL } from '../shared/domain/words.ts';
import { KEYBOARD } from './hands.ts';
import { Sigill } from './harness.ts';
import { button, field, heading, menu } from './words.ts';

/** The keyboard always has a place: whatever was saved, thrown, unlocked or locked, the next key does something near by. */

let vault: TestVault;
let sigill: Sigill;

beforeAll(async () => {
  vault = await makeTestVault('hemlig');
  sigill = await Sigill.start({ vaultFolder: vault.folder });
});
afterAll(async () => {
  await sigill?.close();
  vault?.remove();
});

/** What has the focus, as a person would name it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nothing';
    const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
    return element.getAttribute('aria-label') ?? labels[0]?.textContent ?? element.textContent ?? '';
  });
}
const expectFocus = (page: Page, on: string | RegExp): Promise<void> =>
  expect.poll(() => focused(page), { timeout: 5_000 }).toMatch(on);

/** A press of the key, when the window has been replaced. @returns the new page */
async function after(page: Page, press: () => Promise<void>): Promise<Page> {
  await press().catch(() => undefined);
  await expect.poll(() => page.isClosed(), { timeout: 20_000 }).toBe(true);
  return sigill.page();
}

async function unlockOpen(page: Page): Promise<void> {
  await heading(page, sv.unlock.title).waitFor();
  await expectFocus(page, sv.unlock.passphrase);
  await page.keyboard.type(PASSPHRASES.open);
  await page.keyboard.press('Enter');
  await heading(page, sv.overview.title).waitFor();
  await expectFocus(page, sv.overview.title);
}

describe('the focus', () => {
  it('stands in the passphrase from the start, and stays in the header when the other room is unlocked', async () => {
    const page = await sigill.page();
    await unlockOpen(page);
    await KEYBOARD.press(button(page, sv.shell.unlockProtected));
    await expectFocus(page, sv.unlock.passphrase);
    await page.keyboard.type(PASSPHRASES.protected);
    await page.keyboard.press('Enter');
    await button(page, sv.shell.lockProtected).waitFor();
    await expectFocus(page, sv.shell.lockProtected);
  });

  it('stands in the text of a fact, and after saving on the button that changes it', async () => {
    const page = await sigill.page();
    await KEYBOARD.press(menu(page, sv.shell.incidents));
    sigill.choose(casePath('kalix-2021'));
    await KEYBOARD.press(button(page, sv.incidents.import));
    await page.getByText(sv.incidents.found(1, 1)).waitFor();
    await page.getByText('mot kommun').first().click();
    await button(page, sv.incident.makeReport).waitFor();
    const missing = page.locator('main h2', { hasText: sv.incident.missingFacts }).locator('..');
    const first = missing.getByRole('button').first();
    const name = (await first.textContent()) ?? '';
    await KEYBOARD.press(first);
    await expectFocus(page, sv.incident.text);
    await page.keyboard.type('Ingen vet ännu.');
    await KEYBOARD.press(button(page, sv.common.save));
    await button(page, sv.incident.editTitle(name)).waitFor();
    await expectFocus(page, sv.incident.editTitle(name));
  });

  it('is left near by what was taken back, kept as a draft or thrown away', async () => {
    const page = await sigill.page();
    const edit = sv.incident.editTitle(FACT_LABEL.system);
    await KEYBOARD.press(button(page, edit));
    await expectFocus(page, sv.incident.text);
    await page.keyboard.type('Också växeln. ');
    await KEYBOARD.press(button(page, sv.common.save));
    await KEYBOARD.press(button(page, sv.incident.undo));
    await button(page, sv.incident.undo).waitFor({ state: 'detached' });
    await expectFocus(page, edit);
    for (const leave of [sv.draft.keep, sv.draft.throwAway]) {
      await KEYBOARD.press(button(page, edit));
      await expectFocus(page, sv.incident.text);
      await page.keyboard.type('Och ');
      await page.keyboard.press('Escape');
      await KEYBOARD.press(button(page, leave));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expectFocus(page, edit);
    }
  });

  it('stands in the next row of the log when one has been saved', async () => {
    const page = await sigill.page();
    await KEYBOARD.show(page, sv.incident.tabs.log);
    await KEYBOARD.write(field(page, sv.incident.logText), 'Ringde beredskapen.');
    await KEYBOARD.press(button(page, sv.incident.logSubmit));
    await page.getByRole('listitem').filter({ hasText: 'Ringde beredskapen.' }).first().waitFor();
    await expectFocus(page, sv.incident.logText);
  });
});

describe('a new incident', () => {
  const REASON = 'Prövat mot säkerhetsskyddsanalysen';

  it('keeps what is half answered over a lock, and the way back empties nothing', async () => {
    const page = await sigill.page();
    await KEYBOARD.press(menu(page, sv.shell.incidents));
    await KEYBOARD.press(button(page, sv.incidents.new));
    await heading(page, sv.newIncident.questions.sakerhetskanslig.question).waitFor();
    await KEYBOARD.pick(page, sv.newIncident.answers.nej);
    await KEYBOARD.write(field(page, sv.newIncident.reasonRequired), REASON);
    const locked = await after(page, () => page.keyboard.press('Control+l'));
    await locked.getByText(LOCKED_BY_PERSON).waitFor();
    await unlockOpen(locked);
    await KEYBOARD.press(menu(locked, sv.shell.incidents));
    await KEYBOARD.press(button(locked, sv.incidents.new));
    await locked.getByText(/^Utkast från/).waitFor();
    expect(await field(locked, sv.newIncident.reasonRequired).inputValue()).toBe(REASON);
    await KEYBOARD.press(button(locked, sv.newIncident.next));
    await heading(locked, sv.newIncident.questions.signalskydd.question).waitFor();
    await KEYBOARD.pick(locked, sv.newIncident.answers.nej);
    await KEYBOARD.press(button(locked, sv.newIncident.previous));
    await heading(locked, sv.newIncident.questions.sakerhetskanslig.question).waitFor();
    expect(await field(locked, sv.newIncident.reasonRequired).inputValue()).toBe(REASON);
    await KEYBOARD.press(button(locked, sv.newIncident.next));
    expect(await locked.getByRole('radio', { name: sv.newIncident.answers.nej }).isChecked()).toBe(true);
  });

  it('is not left without a word, and is not kept in the open room once it may be säkerhetskänslig', async () => {
    const page = await sigill.page();
    await KEYBOARD.pick(page, sv.newIncident.answers.ja);
    await page.getByText(sv.draft.paused).waitFor();
    await KEYBOARD.press(button(page, sv.common.cancel));
    await heading(page, sv.draft.leaveTitle).waitFor();
    await KEYBOARD.press(button(page, sv.draft.throwAway));
    await heading(page, sv.incidents.title).waitFor();
    await sigill.expectAccessible();
  });
});

describe('the protected room', () => {
  const unlockProtected = async (page: Page): Promise<void> => {
    await KEYBOARD.press(button(page, sv.shell.unlockProtected));
    await expectFocus(page, sv.unlock.passphrase);
    await page.keyboard.type(PASSPHRASES.protected);
    await page.keyboard.press('Enter');
    await button(page, sv.shell.lockProtected).waitFor();
  };

  it('is locked alone: the window begins anew, and the open room stays open', async () => {
    const page = await sigill.page();
    await unlockProtected(page);
    const anew = await after(page, () => KEYBOARD.press(button(page, sv.shell.lockProtected)));
    await heading(anew, sv.overview.title).waitFor();
    await button(anew, sv.shell.unlockProtected).waitFor();
    expect(await button(anew, sv.shell.lockProtected).count()).toBe(0);
    await KEYBOARD.press(menu(anew, sv.shell.incidents));
    await anew.getByText('mot kommun').first().waitFor();
  });

  it('is locked when it is the only one open: that is a lock, and says so', async () => {
    const page = await sigill.page();
    const locked = await after(page, () => page.keyboard.press('Control+l'));
    await heading(locked, sv.unlock.title).waitFor();
    await KEYBOARD.pick(locked, sv.unlock.protected);
    await KEYBOARD.write(field(locked, sv.unlock.passphrase), PASSPHRASES.protected);
    await locked.keyboard.press('Enter');
    const last = await after(locked, () => KEYBOARD.press(button(locked, sv.shell.lockProtected)));
    await last.getByText(LOCKED_BY_PERSON).waitFor();
    expect(sigill.complaints()).toEqual([]);
  });
});
