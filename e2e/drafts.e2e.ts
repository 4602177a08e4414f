import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeOrganisation } from '../main/core/organisation.ts';
import { findItem, writeItem } from '../main/incidents/marking.ts';
import { listIncidents } from '../main/incidents/repository.ts';
import { casePath, makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { OPEN_MARKING } from '../shared/domain/marking.ts';
import { FACT_LABEL, TIME_LABEL } from '../shared/domain/words.ts';
import { MOUSE } from './hands.ts';
import { Sigill } from './harness.ts';
import { chooseWay } from './steps/dispatch.ts';
import { lockAll } from './steps/lock.ts';
import { button, field, heading, menu } from './words.ts';

/** What is written and not saved is there again after a lock; what was saved can be taken back. */

const WRITTEN = 'Halvfärdig text om systemen som ingen har sparat';
let vault: TestVault;
let sigill: Sigill;

beforeAll(async () => {
  vault = await makeTestVault();
  sigill = await Sigill.start({ vaultFolder: vault.folder });
  const page = await sigill.page();
  await unlock(page);
  await button(page, sv.shell.incidents)
    .or(page.getByRole('link', { name: sv.shell.incidents }))
    .first()
    .click();
  sigill.choose(casePath('kalix-2021'));
  await button(page, sv.incidents.import).click();
  await page.getByText(sv.incidents.found(1, 1)).waitFor();
});
afterAll(async () => {
  await sigill?.close();
  vault?.remove();
});

async function unlock(page: Page): Promise<void> {
  await field(page, sv.unlock.passphrase).fill(PASSPHRASES.open);
  await page.keyboard.press('Enter');
  await button(page, sv.shell.unlockProtected).waitFor();
}

/** From wherever the window is to the one incident that there is. */
async function openIncident(page: Page): Promise<void> {
  await button(page, sv.shell.incidents)
    .or(page.getByRole('link', { name: sv.shell.incidents }))
    .first()
    .click();
  await heading(page, sv.incidents.title).waitFor();
  await page.getByText('mot kommun').first().click();
  await button(page, sv.incident.makeReport).waitFor();
}

async function edit(page: Page): Promise<void> {
  await button(page, sv.incident.editTitle(FACT_LABEL.system)).click();
  await heading(page, FACT_LABEL.system).waitFor();
  await field(page, sv.incident.text).waitFor();
}

/** Locks with the key, and comes in again. @returns the new page */
async function lockAndUnlock(): Promise<Page> {
  const after = await lockAll(sigill);
  await unlock(after);
  await openIncident(after);
  return after;
}

async function expectAccessible(): Promise<void> {
  expect(await sigill.accessibilityFaults()).toEqual([]);
}

describe('a draft', () => {
  it('is there again after a lock that came in the middle of a word', async () => {
    const page = await sigill.page();
    await openIncident(page);
    await edit(page);
    await field(page, sv.incident.text).fill(WRITTEN);
    const after = await lockAndUnlock();
    await edit(after);
    await after.getByText(/^Utkast från/).waitFor();
    expect(await field(after, sv.incident.text).inputValue()).toBe(WRITTEN);
    await expectAccessible();
  });

  it('can be thrown away, and taken back', async () => {
    const page = await sigill.page();
    await button(page, sv.draft.discard).click();
    expect(await field(page, sv.incident.text).inputValue()).not.toBe(WRITTEN);
    await button(page, sv.draft.undo).click();
    expect(await field(page, sv.incident.text).inputValue()).toBe(WRITTEN);
  });

  it('is kept by one who leaves the form, and is gone when it is saved', async () => {
    const page = await sigill.page();
    await page.keyboard.press('Escape');
    await heading(page, sv.draft.leaveTitle).waitFor();
    await expectAccessible();
    await button(page, sv.draft.keep).click();
    await edit(page);
    await page.getByText(/^Utkast från/).waitFor();
    await button(page, sv.common.save).click();
    await page.getByText(sv.incident.undoTitle(FACT_LABEL.system)).waitFor();
    await expectAccessible();
    await edit(page);
    expect(await page.getByText(/^Utkast från/).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  it('that somebody has saved past is shown beside what is saved, and saves nothing before she has chosen', async () => {
    const before = await sigill.page();
    await edit(before);
    await field(before, sv.incident.text).fill('Annas utkast om systemen');
    await before.getByText(/^Utkastet sparades/).waitFor();
    await lockAll(sigill);
    const open = await vault.open(['open']);
    const [incident] = listIncidents(open.requireRoom('open').store);
    if (!incident) throw new TypeError('No incident.');
    const item = { incidentId: incident.id, kind: 'fact' as const, key: 'system' };
    const marking = findItem(open, item)?.item.marking ?? OPEN_MARKING;
    writeItem(open, item, { text: 'Bos sparade text', codes: [] }, marking, null, new Set());
    open.close();
    const page = await sigill.page();
    await unlock(page);
    await openIncident(page);
    await edit(page);
    await page.getByText(sv.draft.overtaken).waitFor();
    await sigill.expectAccessible();
    expect(await button(page, sv.common.save).isDisabled()).toBe(true);
    await button(page, sv.draft.takeSaved).click();
    await expect.poll(() => field(page, sv.incident.text).inputValue()).toBe('Bos sparade text');
    // The draft is not thrown away by looking at what is saved.
    await button(page, sv.draft.takeOther).click();
    await expect.poll(() => field(page, sv.incident.text).inputValue()).toBe('Annas utkast om systemen');
    expect(await button(page, sv.common.save).isDisabled()).toBe(true);
    await button(page, sv.draft.leaveOther).click();
    // As the next walk expects it.
    await field(page, sv.incident.text).fill(WRITTEN);
    await button(page, sv.common.save).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText(WRITTEN).first().waitFor();
  });

  it('of a row in the log survives a lock too', async () => {
    const page = await sigill.page();
    await page.getByRole('tab', { name: sv.incident.tabs.log }).click();
    await field(page, sv.incident.logText).fill('Ringde beredskapen.');
    const after = await lockAndUnlock();
    await after.getByRole('tab', { name: sv.incident.tabs.log }).click();
    await after.getByText(/^Utkast från/).waitFor();
    expect(await field(after, sv.incident.logText).inputValue()).toBe('Ringde beredskapen.');
    await button(after, sv.incident.logSubmit).click();
    await after.getByText('Ringde beredskapen.').last().waitFor();
    await expect.poll(() => field(after, sv.incident.logText).inputValue()).toBe('');
  });
});

describe('what is saved', () => {
  it('can be taken back: the earlier text is written again', async () => {
    const page = await sigill.page();
    await page.getByRole('tab', { name: sv.incident.tabs.facts }).click();
    await edit(page);
    await field(page, sv.incident.text).fill('Fel text');
    await button(page, sv.common.save).click();
    await button(page, sv.incident.undo).click();
    await button(page, sv.incident.undo).waitFor({ state: 'detached' });
    await page.getByText(WRITTEN).waitFor();
    expect(await page.getByText('Fel text').count()).toBe(0);
  });

  it('has its codes chosen from the lists of the forms', async () => {
    const page = await sigill.page();
    await button(page, sv.incident.editTitle(FACT_LABEL.orsak))
      .or(button(page, FACT_LABEL.orsak))
      .first()
      .click();
    await page.getByRole('checkbox', { name: 'Misstag' }).waitFor();
    await expectAccessible();
    await page.keyboard.press('Escape');
  });

  it('has a title that can be changed', async () => {
    const page = await sigill.page();
    await button(page, sv.incident.editHeading).click();
    await field(page, sv.incident.title).fill('Utpressning mot kommunen');
    await expectAccessible();
    await button(page, sv.common.save).click();
    await heading(page, 'Utpressning mot kommunen').waitFor();
  });

  it('has times that can be set', async () => {
    const page = await sigill.page();
    await page.getByRole('tab', { name: sv.incident.tabs.times }).click();
    await button(page, sv.incident.correctOf(TIME_LABEL.significant))
      .or(button(page, sv.incident.setTimeOf(TIME_LABEL.significant)))
      .first()
      .click();
    await field(page, sv.incident.at).fill('2026-11-22 04:05');
    await expectAccessible();
    await button(page, sv.common.save).click();
    await page.getByText('2026-11-22 04:05').waitFor();
    await expectAccessible();
  });

  it('made no request to anywhere else, and no complaint', () => {
    expect(sigill.complaints()).toEqual([]);
  });
});

describe('what is copied', () => {
  /** The page itself may not read the clipboard; a person can paste it. */
  async function pasted(page: Page): Promise<string> {
    await button(page, sv.shell.incidents)
      .or(page.getByRole('link', { name: sv.shell.incidents }))
      .first()
      .click();
    const search = field(page, sv.incidents.search);
    await search.fill('');
    await search.press('Control+v');
    const value = await search.inputValue();
    await search.fill('');
    return value;
  }

  it('from any text of the window is taken away when the rooms are locked', async () => {
    const page = await sigill.page();
    await openIncident(page);
    await page.getByText('Någon har gjort intrång i kommunens nätverk').first().click({ clickCount: 3 });
    await page.keyboard.press('Control+c');
    await page.waitForTimeout(300);
    expect(await pasted(page)).toContain('Någon har gjort intrång');
    const after = await lockAndUnlock();
    expect(await pasted(after)).toBe('');
  });
});

describe('a draft of two rooms', () => {
  const unlockProtected = async (of: Page): Promise<void> => {
    await button(of, sv.shell.unlockProtected).click();
    await field(of, sv.unlock.passphrase).fill(PASSPHRASES.protected);
    await of.keyboard.press('Enter');
    await button(of, sv.shell.lockProtected).waitFor();
  };

  it('that lies in the locked room is not written over by one that is written meanwhile: she chooses', async () => {
    const attention = async (of: Page): Promise<Locator> => {
      await button(of, sv.incident.makeReport).first().click();
      await button(of, sv.report.dispatch).click();
      await heading(of, sv.dispatch.title).waitFor();
      await chooseWay(of, MOUSE, 'envelope');
      return field(of, sv.dispatch.attention);
    };
    const page = await sigill.page();
    await openIncident(page);
    await unlockProtected(page);
    // A way out is work that belongs in the protected room while that is open.
    await (await attention(page)).fill('Det första');
    const after = await lockAndUnlock();
    const written = await attention(after);
    expect(await written.inputValue()).toBe('');
    await written.fill('Det andra');
    await after.getByText(sv.draft.hidden).waitFor();
    await after.getByText(/^Utkastet sparades/).waitFor();
    await unlockProtected(after);
    await after.getByText(/^Du har ett annat utkast/).waitFor();
    expect(await written.inputValue()).toBe('Det andra');
    await sigill.expectAccessible();
    await button(after, sv.draft.takeOther).click();
    expect(await written.inputValue()).toBe('Det första');
    const again = await lockAndUnlock();
    await unlockProtected(again);
    const chosen = await attention(again);
    await again.getByText(/^Du har ett annat utkast/).waitFor();
    if ((await chosen.inputValue()) !== 'Det första') await button(again, sv.draft.takeOther).click();
    await button(again, sv.draft.leaveOther).click();
    await again.getByText(/^Utkastet sparades/).waitFor();
    const last = await lockAndUnlock();
    await unlockProtected(last);
    expect(await (await attention(last)).inputValue()).toBe('Det första');
    expect(await last.getByText(/^Du har ett annat utkast/).count()).toBe(0);
  });

  it('about the organisation, saved past by another, is saved over nothing before she has chosen', async () => {
    const contact = sv.settings.fields.contact;
    const page = await sigill.page();
    await menu(page, sv.shell.settings).click();
    await field(page, contact).fill('Annas utkast');
    await page.getByText(/^Utkastet sparades/).waitFor();
    await lockAll(sigill);
    const both = await vault.open(['open', 'protected']);
    changeOrganisation(both, { contact: 'Bo Ek' });
    both.close();
    const after = await sigill.page();
    await unlock(after);
    await unlockProtected(after);
    await menu(after, sv.shell.settings).click();
    await after.getByText(sv.draft.overtaken).waitFor();
    expect(await button(after, sv.settings.save).isDisabled()).toBe(true);
    await button(after, sv.draft.takeSaved).click();
    await expect.poll(() => field(after, contact).inputValue()).toBe('Bo Ek');
    await sigill.expectAccessible();
    await button(after, sv.draft.leaveOther).click();
    expect(await button(after, sv.settings.save).isDisabled()).toBe(false);
  });
});
