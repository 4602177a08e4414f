import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispatch } from '../main/core/dispatch.ts';
import { importIncidentFiles } from '../main/core/import-incidents.ts';
import { byEnvelope } from '../main/core/ways-out.ts';
import { recordEvent } from '../main/dispatches/service.ts';
import { listRegister } from '../main/register/service.ts';
import { loadRulePack } from '../main/rules/load.ts';
import { casePath, makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { COPY_STATE_NAME, DESTRUCTION_WAYS, MOVE_RULES } from '../shared/domain/register.ts';
import { KEYBOARD as hand } from './hands.ts';
import { Sigill } from './harness.ts';
import { lockAll } from './steps/lock.ts';
import { button, checkbox, field, heading, menu } from './words.ts';

const text = sv.register;

let vault: TestVault;
let sigill: Sigill;
/** Code and number of every copy: two that were sent, and two that lie in the cupboard. */
let copies: { readonly code: string; readonly number: number; readonly designation: string }[];

beforeAll(async () => {
  vault = await makeTestVault();
  const rules = loadRulePack();
  const open = await vault.open(['open']);
  const [incidentId] = importIncidentFiles(open, rules, [casePath('kalix-2021')]);
  if (!incidentId) throw new TypeError('Nothing was imported.');
  const sent: string[] = [];
  for (const name of ['ett', 'tva']) {
    const order = {
      ...{ incidentId, formId: 'kommun-slutrapport', version: 'full' as const, draft: false },
      out: join(vault.root, name),
      decision: { reason: 'Prövat.', decidedBy: null },
    };
    const way = byEnvelope(open, rules, order.formId, {
      ...{
        carriage: 'personlig-leverans',
        layout: 'C4',
        copies: 2,
        recipientId: null,
        addressReason: 'Prov av utskriften.',
        attention: null,
      },
      ...{ securityBag: null, consignment: null },
    });
    sent.push((await dispatch(open, rules, order, way)).id);
  }
  recordEvent(open, sent[0] ?? '', 'sent', new Date().toISOString(), null);
  copies = listRegister(open, rules, 'open').flatMap((entry) => [...entry.copies]);
  open.close();
  sigill = await Sigill.start({ vaultFolder: vault.folder });
});
afterAll(async () => {
  await sigill.close();
  vault.remove();
});

async function lockAndUnlock(): Promise<Page> {
  const after = await lockAll(sigill);
  await hand.write(field(after, sv.unlock.passphrase), PASSPHRASES.open);
  await after.keyboard.press('Enter');
  await heading(after, sv.overview.drafts).waitFor();
  return after;
}

const goOnButton = (page: Page, kind: string): Locator =>
  page.getByRole('button', { name: `${sv.overview.goOn}: ${kind}` });

const copy = (index: number): (typeof copies)[number] => {
  const found = copies[index];
  if (!found) throw new TypeError('No such copy.');
  return found;
};

describe('the register', () => {
  it('shows every document with its number and copies, by the keyboard', async () => {
    const page = await sigill.page();
    await hand.write(field(page, sv.unlock.passphrase), PASSPHRASES.open);
    await page.keyboard.press('Enter');
    await hand.press(menu(page, sv.shell.register));
    await heading(page, text.title).waitFor();
    for (const { number, designation } of copies)
      await button(page, text.copyButton(number, designation)).waitFor();
    await sigill.expectAccessible();
  });

  it('takes the kvittens of a document that was sent, and then waits for the other copy only', async () => {
    const page = await sigill.page();
    await hand.show(page, text.tabs.outstanding);
    await page.getByText(text.outstandingNotice).waitFor();
    await sigill.expectAccessible();
    await hand.press(button(page, text.receiptOf(copy(0).designation)));
    await hand.press(button(page, MOVE_RULES.receipt.name));
    await expect.poll(() => button(page, text.receiptOf(copy(0).designation)).count()).toBe(0);
    await hand.press(button(page, text.receiptOf(copy(1).designation)));
    await heading(page, text.openCopy(copy(1).designation)).waitFor();
    await sigill.expectAccessible();
    await hand.press(button(page, MOVE_RULES.receipt.name));
    await page.getByText(text.outstandingNone).waitFor();
  });

  it('finds a copy that is scanned anywhere on the screen, and destroys it before a witness', async () => {
    const page = await sigill.page();
    await hand.show(page, text.tabs.register);
    // As a scanner does it: the code and Enter, with the focus on a tab.
    await page.keyboard.type(copy(2).code);
    await page.keyboard.press('Enter');
    await heading(page, text.openCopy(copy(2).designation)).waitFor();
    await hand.choose(page, text.what, MOVE_RULES.destroy.name);
    await hand.choose(page, text.how, DESTRUCTION_WAYS.dokumentforstorare);
    await hand.write(field(page, text.witness), 'Eva Lind');
    await sigill.expectAccessible();
    // A scanner that reads a code into the field presses Enter too: that destroys nothing.
    await field(page, text.witness).press('Enter');
    await heading(page, text.destroyTitle).waitFor();
    await hand.press(button(page, sv.common.cancel));
    await heading(page, text.destroyTitle).waitFor({ state: 'detached' });
    expect(await page.getByText(text.noHistory).count()).toBe(1);
    await hand.press(button(page, MOVE_RULES.destroy.name));
    await page.getByText(text.destroyAsk(copy(2).designation)).waitFor();
    await sigill.expectAccessible();
    await hand.press(button(page, text.destroyYes));
    await page.getByText(text.eventWitness('Eva Lind')).waitFor();
    // Another paper is scanned while this one is shown.
    await heading(page, text.openCopy(copy(2).designation)).click();
    await page.keyboard.type(copy(1).code);
    await page.keyboard.press('Enter');
    await heading(page, text.openCopy(copy(1).designation)).waitFor();
    await page.keyboard.type(copy(2).code);
    await page.keyboard.press('Enter');
    await heading(page, text.openCopy(copy(2).designation)).waitFor();
    await hand.press(button(page, sv.common.close));
    await page.getByText(COPY_STATE_NAME.forstord, { exact: true }).waitFor();
  });

  it('says what to do with a code that is none', async () => {
    const page = await sigill.page();
    await hand.write(field(page, text.scan), '000000000000');
    await page.keyboard.press('Enter');
    await page.getByText('Ingen handling i de rum som är upplåsta').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
  });

  it('keeps over a lock what was being told of a copy, and of a paper that came in', async () => {
    const { number, designation } = copy(3);
    const handOut = async (of: Page): Promise<void> => {
      await hand.press(button(of, text.copyButton(number, designation)));
      await hand.choose(of, text.what, MOVE_RULES['hand-out'].name);
    };
    let page = await sigill.page();
    await hand.show(page, text.tabs.register);
    await handOut(page);
    await hand.write(field(page, text.holder), 'Registrator Eva');
    page = await lockAndUnlock();
    await hand.press(goOnButton(page, sv.overview.draftKind.move));
    await heading(page, text.title).waitFor();
    await handOut(page);
    await page.getByText(/^Utkast från/).waitFor();
    expect(await field(page, text.holder).inputValue()).toBe('Registrator Eva');
    await sigill.expectAccessible();
    await hand.press(button(page, sv.draft.discard));
    await button(page, sv.draft.undo).waitFor();
    await page.keyboard.press('Escape');
    await hand.press(button(page, sv.paper.incoming));
    await hand.write(field(page, sv.paper.incomingSender), 'Länsstyrelsen');
    page = await lockAndUnlock();
    expect(await goOnButton(page, sv.overview.draftKind.move).count()).toBe(0);
    await hand.press(goOnButton(page, sv.overview.draftKind.incoming));
    await hand.press(button(page, sv.paper.incoming));
    await page.getByText(/^Utkast från/).waitFor();
    expect(await field(page, sv.paper.incomingSender).inputValue()).toBe('Länsstyrelsen');
    await page.keyboard.press('Escape');
    await hand.press(button(page, sv.draft.throwAway));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('counts by scanning, and tells of what lies there unexpected', async () => {
    const page = await sigill.page();
    await hand.show(page, text.tabs.inventory);
    await hand.tick(checkbox(page, text.independent));
    await hand.press(button(page, text.start));
    // What is with another organisation, and what is destroyed, is not to be counted.
    await page.getByText(text.going(0, 1)).waitFor();
    await sigill.expectAccessible();
    await page.getByRole('tab', { name: text.tabs.inventory }).focus();
    await page.keyboard.type(copy(2).code);
    await page.keyboard.press('Enter');
    await page
      .getByText(/^Fanns inte i listan: registret säger/)
      .first()
      .waitFor();
    await lockAll(sigill);
  });

  it('goes on with the count after a lock, and ends it with a protocol of what was missing', async () => {
    const page = await sigill.page();
    await heading(page, sv.unlock.title).waitFor();
    await hand.write(field(page, sv.unlock.passphrase), PASSPHRASES.open);
    await page.keyboard.press('Enter');
    await hand.press(menu(page, sv.shell.register));
    await hand.show(page, text.tabs.inventory);
    await page.getByText(text.going(1, 2)).waitFor();
    await hand.press(button(page, text.finish));
    await page.getByText(text.finishMissing(1)).waitFor();
    await sigill.expectAccessible();
    await hand.press(page.getByRole('dialog').getByRole('button', { name: text.finish, exact: true }));
    await heading(page, text.past).waitFor();
    await hand.press(button(page, text.printProtocol));
    await page.getByRole('dialog').waitFor();
    await sigill.expectAccessible();
    await hand.press(button(page, text.printSubmit));
    await hand.press(button(page, sv.common.wasPrinted));
    await page.getByText(text.printed).waitFor({ timeout: 30_000 });
    await hand.show(page, text.tabs.register);
    await page.getByText(COPY_STATE_NAME.saknad, { exact: true }).waitFor();
  });

  it('gives a list of the protected room a number and a copy, also where nothing came out of the printer', async () => {
    const page = await lockAll(sigill);
    await hand.pick(page, sv.unlock.protected);
    await hand.write(field(page, sv.unlock.passphrase), PASSPHRASES.protected);
    await page.keyboard.press('Enter');
    await hand.press(menu(page, sv.shell.register));
    await hand.show(page, text.tabs.settings);
    await hand.press(button(page, text.print));
    await page.getByText(text.printNumbered).waitFor();
    await hand.write(field(page, sv.common.reason), 'Skrivaren är godkänd.');
    await hand.write(field(page, sv.dispatch.decidedBy), 'Karin Ek');
    await sigill.expectAccessible();
    await hand.press(button(page, text.printSubmit));
    await hand.press(button(page, sv.common.wasNotPrinted));
    await page.getByText(text.notPrintedNumbered('Lista/001')).waitFor({ timeout: 30_000 });
    await hand.show(page, text.tabs.register);
    await page.getByText('Utskrift: Register över handlingar').waitFor();
    await hand.press(button(page, text.copyButton(1, 'Lista/001:1/1')));
    await heading(page, text.openCopy('Lista/001:1/1')).waitFor();
    await sigill.expectAccessible();
    expect(sigill.complaints()).toEqual([]);
  });
});
