import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { casePath, makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { FACT_LABEL } from '../shared/domain/words.ts';
import { MOUSE } from './hands.ts';
import { Sigill } from './harness.ts';
import { chooseWay } from './steps/dispatch.ts';
import { lockAll } from './steps/lock.ts';
import { button, field, heading, menu } from './words.ts';

/** What a person writes in any form stays through a lock, and what the window says holds at the edges. */

const LONG = 'Intrångsförsök'.repeat(13);
let vault: TestVault;
let sigill: Sigill;

beforeAll(async () => {
  vault = await makeTestVault();
  sigill = await Sigill.start({ vaultFolder: vault.folder, idleLockMinutes: 60 });
  const page = await sigill.page();
  await unlock(page, 'open');
  await menu(page, sv.shell.incidents).click();
  sigill.choose(casePath('kalix-2021'));
  await button(page, sv.incidents.import).click();
  await page.getByText(sv.incidents.found(1, 1), { exact: true }).waitFor();
});
afterAll(async () => {
  await sigill?.close();
  vault?.remove();
});

function failing(name: string): void {
  onTestFailed(() => sigill.takeFailure(name));
}

async function unlock(page: Page, room: 'open' | 'protected'): Promise<void> {
  if (room === 'protected') await button(page, sv.shell.unlockProtected).click();
  await field(page, sv.unlock.passphrase).fill(PASSPHRASES[room]);
  await page.keyboard.press('Enter');
  await button(page, room === 'open' ? sv.shell.unlockProtected : sv.shell.lockProtected).waitFor();
}

async function openIncident(page: Page): Promise<void> {
  await menu(page, sv.shell.incidents).click();
  await heading(page, sv.incidents.title).waitFor();
  await page.locator('[data-row="0"] button').click();
  await button(page, sv.incident.makeReport).first().waitFor();
}

describe('what is written in a form', () => {
  it('of the duties lies in the protected room, since it may tell the group of säkerhetsskydd', async () => {
    failing('duties');
    const page = await sigill.page();
    await unlock(page, 'protected');
    await menu(page, sv.shell.settings).click();
    const box = page.getByRole('group', { name: sv.settings.duties.sectors }).getByRole('checkbox').first();
    await box.locator('xpath=ancestor::label').click();
    const after = await lockAll(sigill);
    await unlock(after, 'open');
    expect(await after.getByText(sv.overview.draftKind.duties).count()).toBe(0);
    await unlock(after, 'protected');
    await after.getByRole('button', { name: `${sv.overview.goOn}: ${sv.overview.draftKind.duties}` }).click();
    await after.getByText(/^Utkast från/).waitFor();
    const again = after
      .getByRole('group', { name: sv.settings.duties.sectors })
      .getByRole('checkbox')
      .first();
    expect(await again.isChecked()).toBe(true);
    await button(after, sv.settings.duties.save).click();
    await after.getByText(sv.settings.saved, { exact: true }).waitFor();
    await menu(after, sv.shell.overview).click();
    await heading(after, sv.overview.title).waitFor();
    expect(await after.getByText(sv.overview.draftKind.duties).count()).toBe(0);
    await lockAll(sigill);
    await unlock(await sigill.page(), 'open');
  });

  it('of the organisation is there after a lock, and is told in the overview', async () => {
    failing('organisation');
    const page = await sigill.page();
    await unlock(page, 'protected');
    await menu(page, sv.shell.settings).click();
    await field(page, sv.settings.fields.phone).fill('010-123 45 67');
    const after = await lockAll(sigill);
    await unlock(after, 'open');
    await after.getByText(sv.overview.draftKind.organisation).first().waitFor();
    await unlock(after, 'protected');
    await after
      .getByRole('button', { name: `${sv.overview.goOn}: ${sv.overview.draftKind.organisation}` })
      .click();
    await after.getByText(/^Utkast från/).waitFor();
    expect(await field(after, sv.settings.fields.phone).inputValue()).toBe('010-123 45 67');
    await sigill.expectAccessible();
    await button(after, sv.settings.save).click();
    await after.getByText(sv.settings.saved, { exact: true }).waitFor();
    await menu(after, sv.shell.overview).click();
    await heading(after, sv.overview.title).waitFor();
    expect(await after.getByText(sv.overview.draftKind.organisation).count()).toBe(0);
    await menu(after, sv.shell.settings).click();
    expect(await field(after, sv.settings.fields.phone).inputValue()).toBe('010-123 45 67');
  });

  it('of a printer is there after a lock, and is gone when it is saved', async () => {
    failing('printers');
    const page = await sigill.page();
    await menu(page, sv.shell.settings).click();
    await button(page, sv.paper.printerAdd).click();
    await field(page, sv.paper.printerName).fill('Kuvertskrivaren');
    await field(page, sv.paper.printerRight).fill('1,5');
    const after = await lockAll(sigill);
    await unlock(after, 'open');
    await unlock(after, 'protected');
    const goOn = after.getByRole('button', {
      name: `${sv.overview.goOn}: ${sv.overview.draftKind.printers}`,
    });
    await goOn.click();
    await after.getByText(/^Utkast från/).waitFor();
    expect(await field(after, sv.paper.printerName).inputValue()).toBe('Kuvertskrivaren');
    expect(await field(after, sv.paper.printerRight).inputValue()).toBe('1,5');
    await sigill.expectAccessible();
    await button(after, sv.paper.printersSave).click();
    await after.getByText(sv.paper.printersSaved, { exact: true }).waitFor();
    await menu(after, sv.shell.overview).click();
    await heading(after, sv.overview.title).waitFor();
    expect(await goOn.count()).toBe(0);
    await menu(after, sv.shell.settings).click();
    expect(await field(after, sv.paper.printerName).inputValue()).toBe('Kuvertskrivaren');
  });

  it('of why a step does not apply asks before it is thrown away, and stays when it is left', async () => {
    failing('step');
    const page = await sigill.page();
    await openIncident(page);
    await page.getByRole('tab', { name: sv.incident.tabs.deadlines }).click();
    const notApplying = page.getByRole('button', { name: /^Gäller inte/ }).first();
    await notApplying.click();
    await field(page, sv.deadlines.reason).fill('Anmält av driftleverantören');
    await page.keyboard.press('Escape');
    await heading(page, sv.draft.leaveTitle).waitFor();
    await sigill.expectAccessible();
    await button(page, sv.draft.keep).click();
    await notApplying.click();
    await page.getByText(/^Utkast från/).waitFor();
    expect(await field(page, sv.deadlines.reason).inputValue()).toBe('Anmält av driftleverantören');
    await page.keyboard.press('Escape');
    await button(page, sv.draft.throwAway).click();
    await notApplying.click();
    expect(await field(page, sv.deadlines.reason).inputValue()).toBe('');
    await page.keyboard.press('Escape');
  });

  it('to send a report, of an address and of the clock is there after a lock', async () => {
    failing('ways');
    const page = await sigill.page();
    await openIncident(page);
    await button(page, sv.incident.makeReport).first().click();
    await button(page, sv.report.dispatch).click();
    await chooseWay(page, MOUSE, 'envelope');
    await field(page, sv.dispatch.attention).fill('Vakthavande');
    await menu(page, sv.shell.keys).click();
    await page
      .getByRole('button', { name: new RegExp(`^${sv.keys.checkAddress}`) })
      .first()
      .click();
    await field(page, sv.keys.checkBy).fill('Bo Ek');
    await page.keyboard.press('Escape');
    await button(page, sv.draft.keep).click();
    await menu(page, sv.shell.overview).click();
    await field(page, sv.clock.method).fill('Fröken Ur');
    const after = await lockAll(sigill);
    await unlock(after, 'open');
    await unlock(after, 'protected');
    await after.getByText(sv.overview.draftKind.clock).first().waitFor();
    expect(await field(after, sv.clock.method).inputValue()).toBe('Fröken Ur');
    const goOn = (kind: string): Promise<void> =>
      after.getByRole('button', { name: `${sv.overview.goOn}: ${kind}` }).click();
    await goOn(sv.overview.draftKind.address);
    await after
      .getByRole('button', { name: new RegExp(`^${sv.keys.checkAddress}`) })
      .first()
      .click();
    await after.getByText(/^Utkast från/).waitFor();
    expect(await field(after, sv.keys.checkBy).inputValue()).toBe('Bo Ek');
    await after.keyboard.press('Escape');
    await button(after, sv.draft.throwAway).click();
    await menu(after, sv.shell.overview).click();
    await goOn(sv.overview.draftKind.way);
    await after.getByText(/^Utkast från/).waitFor();
    expect(await field(after, sv.dispatch.attention).inputValue()).toBe('Vakthavande');
    await sigill.expectAccessible();
  });

  it('is undone by the run, as in any field of the system', async () => {
    failing('undo');
    const page = await sigill.page();
    await openIncident(page);
    await button(page, sv.incident.editTitle(FACT_LABEL.system)).click();
    const text = field(page, sv.incident.text);
    await text.waitFor();
    const before = await text.inputValue();
    await text.press('Control+End');
    await page.keyboard.type(' och en katalog', { delay: 20 });
    expect(await text.inputValue()).toBe(`${before} och en katalog`);
    await page.keyboard.press('Control+z');
    expect(await text.inputValue()).toBe(before);
    const reason = field(page, sv.incident.changeReason);
    await reason.click();
    // Letters that the driver has keys for: the others it puts in as if they were pasted.
    await page.keyboard.type('fel i texten', { delay: 20 });
    await page.keyboard.press('Control+z');
    expect(await reason.inputValue()).toBe('');
    await page.keyboard.press('Escape');
  });
});

describe('what the window says', () => {
  it('of a time that lies ahead is that it does', async () => {
    failing('ahead');
    const page = await sigill.page();
    await openIncident(page);
    await page.getByRole('tab', { name: sv.incident.tabs.log }).click();
    await field(page, sv.incident.logText).fill('Ringde driften');
    await field(page, sv.incident.logAt).fill('2099-01-01 10:00');
    await button(page, sv.incident.logSubmit).click();
    await page.getByText(/Tiden ligger i framtiden/).waitFor();
    await field(page, sv.incident.logText).fill('');
    await field(page, sv.incident.logAt).fill('');
  });

  it('of an empty call is that nothing is noted', async () => {
    failing('call');
    const page = await sigill.page();
    await openIncident(page);
    await button(page, sv.incident.call).click();
    // The number is the rules', and the clock goes on while one looks at something else.
    await page.getByText('010-240 40 40', { exact: true }).waitFor();
    await button(page, sv.call.start).click();
    await page.getByText(/^Utkastet sparades/).waitFor();
    await button(page, sv.report.backToIncident).click();
    await button(page, sv.incident.call).click();
    await button(page, sv.call.stop).click();
    expect(await page.getByRole('timer').textContent()).not.toBe('0 min 00 s');
    await button(page, sv.call.save).click();
    await heading(page, sv.call.emptyTitle).waitFor();
    await sigill.expectAccessible();
    await button(page, sv.call.emptyBack).click();
    expect(await page.getByText(sv.call.saved).count()).toBe(0);
  });
});

describe('a long title', () => {
  it('widens no page, and does not hide how it is saved', async () => {
    failing('title');
    const page = await sigill.page();
    await page.setViewportSize({ width: 1280, height: 720 });
    await openIncident(page);
    await button(page, sv.incident.editHeading).click();
    await field(page, sv.incident.title).fill(LONG);
    const save = button(page, sv.common.save);
    const box = await save.boundingBox();
    expect((box?.y ?? 999) + (box?.height ?? 999)).toBeLessThan(720);
    await save.click();
    await heading(page, LONG).waitFor();
    for (const width of [1280, 640]) {
      await page.setViewportSize({ width, height: width === 640 ? 360 : 720 });
      for (const go of [sv.shell.incidents, sv.shell.overview]) {
        await openIncident(page);
        expect(await wider(page), `incident ${width}`).toBeLessThanOrEqual(1);
        await menu(page, go).click();
        await page.getByText(LONG.slice(0, 20)).first().waitFor();
        expect(await wider(page), `${go} ${width}`).toBeLessThanOrEqual(1);
      }
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it('that turns the direction of writing is refused with words', async () => {
    failing('turning');
    const page = await sigill.page();
    await openIncident(page);
    await button(page, sv.incident.editHeading).click();
    await field(page, sv.incident.title).fill('Intrång \u202efdp.exe');
    await button(page, sv.common.save).click();
    await page.getByText(/vänder skrivriktningen/).waitFor();
    await page.keyboard.press('Escape');
    await button(page, sv.draft.throwAway).click();
  });
});

describe('at 200 % zoom', () => {
  it('the rooms and the lock stay in sight, and leave most of the window to the work', async () => {
    failing('zoom');
    const page = await sigill.page();
    await openIncident(page);
    await page.setViewportSize({ width: 640, height: 360 });
    await page.evaluate(() => window.scrollTo(0, 2000));
    const lockButton = page.getByRole('button', { name: sv.shell.lockNow });
    const box = await lockButton.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 999) + (box?.height ?? 999)).toBeLessThan(100);
    await page.evaluate(() => window.scrollTo(0, 0));
    await button(page, sv.incident.editHeading).click();
    const save = await button(page, sv.common.save).boundingBox();
    expect((save?.y ?? 999) + (save?.height ?? 999)).toBeLessThan(360);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1280, height: 720 });
  });
});

describe('a report while only the protected room is open', () => {
  it('is told once why it cannot be made, with nothing to press for it', async () => {
    failing('report');
    const page = await sigill.page();
    if ((await button(page, sv.shell.unlockProtected).count()) > 0) await unlock(page, 'protected');
    await menu(page, sv.shell.incidents).click();
    await heading(page, sv.incidents.title).waitFor();
    sigill.choose(casePath('ovning-sakerhetskanslig'));
    await button(page, sv.incidents.import).click();
    await page.getByText(sv.incidents.found(2, 2), { exact: true }).waitFor();
    const after = await lockAll(sigill);
    await after.locator('label').filter({ hasText: sv.unlock.protected }).first().click();
    await field(after, sv.unlock.passphrase).fill(PASSPHRASES.protected);
    await after.keyboard.press('Enter');
    await button(after, sv.shell.unlockOpen).waitFor();
    await openIncident(after);
    await button(after, sv.incident.makeReport).first().click();
    await heading(after, sv.report.title).waitFor();
    await after.getByRole('alert').first().waitFor();
    expect(await after.getByRole('alert').count()).toBe(1);
    for (const name of [sv.report.dispatch, sv.report.print, sv.report.saveFile])
      expect(await button(after, name).count(), name).toBe(0);
    await sigill.expectAccessible();
  });
});

function wider(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      ...[document.documentElement, ...document.querySelectorAll('main')].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
    ),
  );
}
