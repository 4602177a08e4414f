import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { importIncidentFiles } from '../main/core/import-incidents.ts';
import { loadRulePack } from '../main/rules/load.ts';
import { casePath, makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { COPY_STATE_NAME, INCOMING_KIND_NAME } from '../shared/domain/register.ts';
import { KEYBOARD as hand } from './hands.ts';
import { Sigill } from './harness.ts';
import { chooseWay, makeDispatch } from './steps/dispatch.ts';
import { enterPassphrase } from './steps/first-start.ts';
import { button, field, heading, menu } from './words.ts';

/** From a report to the kvittens in the register, by paper and by signalskydd, with what is refused on the way. */

const CASE = 'Utpressningsangrepp mot kommunens servrar';
const FORM = 'Slutrapport om it-incident, kommunal rutin';

let vault: TestVault;
let sigill: Sigill;

beforeAll(async () => {
  vault = await makeTestVault();
  const both = await vault.open(['open', 'protected']);
  importIncidentFiles(both, loadRulePack(), [casePath('kalix-2021')]);
  both.close();
  sigill = await Sigill.start({ vaultFolder: vault.folder, idleLockMinutes: 60 });
});
afterAll(async () => {
  await sigill?.close();
  vault?.remove();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await sigill.takeFailure(`papper ${task.name}`);
});

async function toIncident(): Promise<void> {
  const page = await sigill.page();
  await hand.press(menu(page, sv.shell.incidents));
  await hand.press(page.getByRole('button', { name: CASE }));
  await heading(page, CASE).waitFor();
}

async function toDispatch(): Promise<void> {
  const page = await sigill.page();
  await toIncident();
  await hand.show(page, sv.incident.tabs.reports);
  await hand.press(button(page, `${sv.incident.makeReport}: ${FORM}`));
  await hand.press(button(page, sv.report.dispatch));
  await heading(page, sv.dispatch.title).waitFor();
}

/** Tells one step of what has just been made, on the receipt. */
async function tell(event: keyof typeof sv.expedition.events): Promise<void> {
  const page = await sigill.page();
  await hand.press(
    page.getByRole('button', { name: new RegExp(`^${sv.expedition.events[event]}: `) }).first(),
  );
  await heading(page, sv.expedition.dialogTitle[event]).waitFor();
  await sigill.expectAccessible();
  await hand.press(
    page.getByRole('dialog').getByRole('button', { name: sv.expedition.submit[event], exact: true }),
  );
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

describe('before anything is sent', () => {
  it('a printer is given its offset, and the test sheet is printed', async () => {
    const page = await sigill.page();
    await enterPassphrase(page, hand, PASSPHRASES.open);
    await hand.press(button(page, sv.shell.unlockProtected));
    await enterPassphrase(page, hand, PASSPHRASES.protected);
    await button(page, sv.shell.lockProtected).waitFor();
    await hand.press(menu(page, sv.shell.settings));
    await heading(page, sv.paper.printersTitle).waitFor();
    await hand.press(button(page, sv.paper.printerAdd));
    await hand.write(field(page, sv.paper.printerName), 'Plan 2');
    await field(page, sv.paper.printerRight).fill('1,5');
    await field(page, sv.paper.printerDown).fill('-2');
    await hand.press(button(page, sv.paper.printersSave));
    await page.getByText(sv.paper.printersSaved).waitFor();
    await sigill.expectAccessible();
    await hand.press(button(page, sv.paper.testPrint));
    await hand.press(button(page, sv.common.wasPrinted));
    await page.getByText(sv.paper.testPrinted).waitFor({ timeout: 30_000 });
  });

  it('the incident gets its diary number, which then stands in every number', async () => {
    const page = await sigill.page();
    await toIncident();
    await hand.show(page, sv.incident.tabs.reports);
    await hand.write(field(page, sv.paper.diaryOf('öppna rummet')), '2026-17');
    await hand.press(button(page, sv.paper.diarySave).first());
    await page.getByText(sv.paper.diarySaved).first().waitFor();
    await sigill.expectAccessible();
  });
});

describe('kuvert i kuvert', () => {
  it('is made with the printer that was set, and shows how each copy is packed', async () => {
    const page = await sigill.page();
    await toDispatch();
    await chooseWay(page, hand, 'envelope');
    await hand.choose(page, sv.dispatch.carriage, 'Personlig leverans');
    await hand.choose(page, sv.dispatch.layout, sv.dispatch.layouts['A4-2-etiketter']);
    await hand.choose(page, sv.paper.printer, 'Plan 2');
    await hand.write(field(page, sv.dispatch.labelReason), 'Mottagaren har bekräftat i dag.');
    const folder = await makeDispatch(sigill, hand, 'kuvert', null);
    expect(readdirSync(folder)).toEqual(['utskrift.pdf']);
    await heading(page, sv.paper.guideTitle).waitFor();
    await page.getByRole('img', { name: sv.paper.pictures.bag }).waitFor();
  });

  it('takes the number of the bag before and after, and keeps what stood there', async () => {
    const page = await sigill.page();
    const write = async (number: string, reason: string | null): Promise<void> => {
      await field(page, sv.paper.number).fill(number);
      if (reason !== null) await field(page, sv.paper.numberReason).fill(reason);
      await hand.press(button(page, sv.paper.numberSave));
    };
    await hand.press(page.getByRole('button', { name: /^Nummer på påse och försändelse/ }));
    await heading(page, sv.paper.numbersTitle).waitFor();
    await write('SP 4711', null);
    await page.getByText('SP 4711').first().waitFor();
    await write('SP 4712', 'Påsen gick sönder');
    await page.getByText(/Påsen gick sönder/).waitFor();
    expect(await page.getByText(/exemplar 1: SP 4711/).count()).toBe(1);
    await sigill.expectAccessible();
    await hand.press(
      page.getByRole('dialog').getByRole('button', { name: sv.common.close, exact: true }).last(),
    );
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await tell('sent');
  });

  it('waits in the overview until the kvittens on paper is written down, with a number of its own', async () => {
    const page = await sigill.page();
    await hand.press(menu(page, sv.shell.overview));
    await page.getByText(sv.expedition.days(0)).first().waitFor();
    await hand.press(menu(page, sv.shell.register));
    await hand.press(button(page, sv.paper.incoming));
    await heading(page, sv.paper.incomingTitle).waitFor();
    await hand.write(field(page, sv.paper.incomingSender), 'CERT-SE');
    await sigill.expectAccessible();
    await hand.press(button(page, sv.paper.incomingSave));
    await page.getByText(sv.paper.incomingDone('2026-17/Ö002')).waitFor();
    await page.getByText(sv.paper.incomingReceipted('2026-17/Ö001:1/1')).waitFor();
    await page.getByText(sv.paper.answersTo('2026-17/Ö001')).waitFor();
    await page
      .getByText(new RegExp(`: ${INCOMING_KIND_NAME.kvittens}`))
      .first()
      .waitFor();
    await hand.press(page.getByRole('button', { name: /^Exemplar 1, 2026-17\/Ö001/ }));
    await page
      .getByRole('dialog')
      .getByText(/Kvittens 2026-17\/Ö002:1\/1/)
      .waitFor();
    await sigill.expectAccessible();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await hand.press(menu(page, sv.shell.overview));
    await page.getByText(sv.overview.expeditionsNone).waitFor();
  });
});

describe('signalskydd', () => {
  it('is refused where it does not fit the profile, and says what to change', async () => {
    const page = await sigill.page();
    await toDispatch();
    await chooseWay(page, hand, 'signalskydd');
    await hand.choose(page, sv.paper.profile, 'Textmeddelande med sju bitar');
    await page.getByText(/Text: US-ASCII/).waitFor();
    await hand.write(field(page, sv.paper.fileName), 'Slut rapport');
    await hand.write(field(page, sv.dispatch.recipientName), 'Säkerhetspolisen');
    const parent = join(sigill.folder, 'avvisad');
    mkdirSync(parent);
    sigill.choose(parent);
    await hand.press(button(page, sv.dispatch.chooseOut));
    const reason = field(page, sv.common.reason);
    if ((await reason.count()) > 0) await hand.write(reason, 'Prövat.');
    await hand.press(button(page, sv.dispatch.make));
    await page.getByText(/passar inte profilen Textmeddelande/).waitFor({ timeout: 30_000 });
    await page.getByText(/Skriv ett annat namn/).waitFor();
    await sigill.expectAccessible();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('is made to the profile, and moved from hand-over to kvittens', async () => {
    const page = await sigill.page();
    await field(page, sv.paper.fileName).fill('sr1');
    await hand.press(button(page, sv.dispatch.make));
    await heading(page, sv.dispatch.done).waitFor({ timeout: 60_000 });
    const parent = join(sigill.folder, 'avvisad');
    const [made = ''] = readdirSync(parent);
    expect(readdirSync(join(parent, made)).sort()).toEqual([
      'overforingsblad.pdf',
      'sha256sums.txt',
      'sr1.txt',
    ]);
    expect(readFileSync(join(parent, made, 'sr1.txt'), 'latin1')).toMatch(/^OVERSATTA TECKEN: /);
    for (const event of ['handed-over', 'sent', 'received', 'receipted'] as const) await tell(event);
    await page.getByText(sv.expedition.states.receipted).first().waitFor();
    await sigill.expectAccessible();
    await hand.press(menu(page, sv.shell.register));
    await page.getByText(`${COPY_STATE_NAME.utlamnad}: `, { exact: false }).first().waitFor();
    expect(sigill.complaints()).toEqual([]);
  });
});
