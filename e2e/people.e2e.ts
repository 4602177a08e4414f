import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKey } from 'openpgp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { casePath, makeTestVault, PASSPHRASES, USER, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { LEVEL_NAME } from '../shared/domain/marking.ts';
import { ROOM_NAME } from '../shared/domain/room.ts';
import { FACT_LABEL } from '../shared/domain/words.ts';
import { HANDS, KEYBOARD } from './hands.ts';
import { Sigill } from './harness.ts';
import { readRecoveryCode } from './paper.ts';
import { enterPassphrase } from './steps/first-start.ts';
import { lockAll } from './steps/lock.ts';
import { button, checkbox, field, heading, menu } from './words.ts';

/** What takes two persons, and what a person does with the organisation's own key and with a report on the workstation. */

const SECOND = 'Bo Ek';
const SECOND_PASSPHRASE = 'vinterdäck pelikan trumpet gnista måne';
const NEW_PASSPHRASE = 'granit saxofon fyrtorn ekorre havstång';
const TITLE = 'Utpressningsangrepp mot kommunens servrar';
const LIMIT = 300_000;

describe.each(HANDS)('two persons, by $name', (hand) => {
  let vault: TestVault;
  let sigill: Sigill;

  beforeAll(async () => {
    vault = await makeTestVault();
    sigill = await Sigill.start({ vaultFolder: vault.folder, idleLockMinutes: 60 }, hand === KEYBOARD);
    const page = await sigill.page();
    await heading(page, sv.unlock.title).waitFor();
    await enterPassphrase(page, hand, PASSPHRASES.open);
    await button(page, sv.shell.unlockProtected).waitFor();
    await hand.press(menu(page, sv.shell.incidents));
    sigill.choose(casePath('kalix-2021'));
    await hand.press(button(page, sv.incidents.import));
    await page.getByText(sv.incidents.found(1, 1)).waitFor();
  });
  afterAll(async () => {
    await sigill?.close();
    vault?.remove();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await sigill.takeFailure(`${hand.name} ${task.name}`);
  });

  async function openIncident(): Promise<void> {
    const page = await sigill.page();
    await hand.press(menu(page, sv.shell.incidents));
    await hand.press(page.getByRole('button', { name: TITLE }));
    await heading(page, TITLE).waitFor();
  }

  it(
    'adds a second user, who writes her own passphrase',
    async () => {
      const page = await sigill.page();
      await hand.press(menu(page, sv.shell.users));
      await heading(page, sv.users.title).waitFor();
      await hand.write(field(page, sv.users.name), SECOND);
      const form = page.locator('form').filter({ hasText: sv.users.addLead });
      const label = sv.users.passphraseFor(ROOM_NAME.open);
      await hand.write(form.getByLabel(label, { exact: true }), SECOND_PASSPHRASE);
      await form.getByText(sv.create.strengthOk).waitFor();
      const again = `${sv.create.passAgain}: ${label.toLocaleLowerCase('sv')}`;
      await hand.write(form.getByLabel(again, { exact: true }), SECOND_PASSPHRASE);
      await hand.press(button(page, sv.users.addSubmit));
      await page.getByText(sv.users.addedDone(SECOND)).waitFor();
      await page.getByRole('rowheader', { name: SECOND }).waitFor();
      await sigill.expectAccessible();
    },
    LIMIT,
  );

  it(
    'takes both to let a decision about a way out be one person’s again, or to name who decides',
    async () => {
      const page = await sigill.page();
      await hand.press(menu(page, sv.shell.register));
      await hand.show(page, sv.register.tabs.settings);
      await hand.tick(checkbox(page, sv.paper.twoPersons));
      await hand.press(button(page, sv.register.save));
      await page.getByText(sv.register.saved).waitFor();
      await hand.write(field(page, sv.register.chief), USER);
      await page.getByText(sv.paper.twoPersonsChange).waitFor();
      expect(await button(page, sv.register.save).isDisabled()).toBe(true);
      await sigill.expectAccessible();
      await hand.choose(page, sv.paper.secondUser, SECOND);
      const secret = field(page, sv.paper.secondPassphraseFor(ROOM_NAME.open));
      await hand.write(secret, `${SECOND_PASSPHRASE}x`);
      await hand.press(button(page, sv.register.save));
      await page.getByText(/^Fel användare eller lösenfras/).waitFor();
      await hand.write(secret, SECOND_PASSPHRASE);
      await hand.press(button(page, sv.register.save));
      await page.getByText(sv.register.saved).waitFor();
      await hand.tick(checkbox(page, sv.paper.twoPersons));
      await hand.choose(page, sv.paper.secondUser, SECOND);
      await hand.write(secret, SECOND_PASSPHRASE);
      await hand.press(button(page, sv.register.save));
      await page.getByText(sv.paper.twoPersonsChange).waitFor({ state: 'detached' });
      await page.getByText(sv.register.saved).waitFor();
    },
    LIMIT,
  );

  it(
    'lowers a marking by the decision of both, and not by a wrong passphrase',
    async () => {
      const page = await sigill.page();
      await openIncident();
      const name = FACT_LABEL.system;
      await hand.press(button(page, `${sv.incident.lower} ${name}`));
      await page.getByRole('dialog').waitFor();
      await hand.write(field(page, sv.common.reason), 'Kommunen har själv berättat vilka system det gällde.');
      const passphrase = field(page, sv.incident.lowerSecondPassphrase('open'));
      await hand.write(passphrase, 'fel fras alldeles');
      await hand.press(button(page, sv.incident.lowerSubmit));
      await page.getByRole('alert').waitFor({ timeout: 30_000 });
      await sigill.expectAccessible();
      await hand.write(passphrase, SECOND_PASSPHRASE);
      await hand.press(button(page, sv.incident.lowerSubmit));
      await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 30_000 });
      const row = page
        .getByRole('listitem')
        .filter({ has: page.getByRole('heading', { name, exact: true }) });
      await row.getByText(LEVEL_NAME.oppen, { exact: true }).waitFor();
      await hand.press(button(page, sv.incident.historyOf(name)));
      await page.getByRole('dialog').getByText(sv.incident.change.lowered, { exact: true }).waitFor();
      await sigill.expectAccessible();
      await page.keyboard.press('Escape');
      await hand.show(page, sv.incident.tabs.decisions);
      await page.getByText('Kommunen har själv berättat vilka system det gällde.').waitFor();
      await page.getByText(SECOND).first().waitFor();
      await sigill.expectAccessible();
    },
    LIMIT,
  );

  it(
    'answers a field of the form beside its pages, and saves the report as a file',
    async () => {
      const page = await sigill.page();
      await openIncident();
      await hand.press(button(page, sv.incident.makeReport));
      await heading(page, sv.report.title).waitFor();
      await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 30_000 });
      await hand.press(button(page, sv.fields.editOf(sv.fields.edit, FACT_LABEL.omfattning)).first());
      await page.getByRole('dialog').waitFor();
      await hand.write(field(page, sv.incident.text), ' Tillägg vid rapporten.');
      await hand.press(button(page, sv.common.save));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hand.show(page, sv.report.asText);
      await page.getByText('Tillägg vid rapporten.').first().waitFor();
      await sigill.expectAccessible();
      await hand.press(button(page, sv.report.saveFile));
      await page.getByRole('dialog').waitFor();
      await hand.choose(page, sv.report.saveFileFormat, sv.report.saveFileFormats.txt);
      await sigill.expectAccessible();
      const file = join(sigill.folder, 'rapport.txt');
      sigill.choose(file);
      await hand.press(button(page, sv.report.saveFileSubmit));
      await page.getByText(sv.report.savedFile(file, false)).waitFor({ timeout: 30_000 });
      expect(readFileSync(file, 'utf8')).toContain('Tillägg vid rapporten.');
    },
    LIMIT,
  );

  it(
    'hands out the own key, and exchanges it for a new one',
    async () => {
      const page = await sigill.page();
      await hand.press(menu(page, sv.shell.keys));
      await heading(page, sv.keys.title).waitFor();
      const first = join(sigill.folder, 'forsta.asc');
      sigill.choose(first);
      await hand.press(button(page, sv.keys.exportOwn));
      await page.getByText(first).waitFor();
      const before = await readKey({ armoredKey: readFileSync(first, 'utf8') });
      expect(before.isPrivate()).toBe(false);
      expect(before.getUserIDs().join()).toContain('prov@example.se');
      await hand.press(button(page, sv.keys.replaceOwn));
      await page.getByRole('dialog').waitFor();
      await sigill.expectAccessible();
      await hand.press(button(page, sv.keys.replaceOwnSubmit));
      await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 30_000 });
      await page.getByText(sv.keys.retired).waitFor();
      const second = join(sigill.folder, 'andra.asc');
      sigill.choose(second);
      await hand.press(button(page, sv.keys.exportOwn));
      await page.getByText(second).waitFor();
      const after = await readKey({ armoredKey: readFileSync(second, 'utf8') });
      expect(after.getFingerprint()).not.toBe(before.getFingerprint());
      await sigill.expectAccessible();
    },
    LIMIT,
  );

  it(
    'removes the second user, after asking',
    async () => {
      const page = await sigill.page();
      await hand.press(menu(page, sv.shell.users));
      await heading(page, sv.users.title).waitFor();
      await hand.press(button(page, `${sv.users.remove} ${SECOND}, ${ROOM_NAME.open}`));
      await page.getByRole('dialog').waitFor();
      await sigill.expectAccessible();
      await hand.press(button(page, sv.users.removeSubmit));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page
        .getByRole('row')
        .filter({ hasText: SECOND })
        .getByText(/^Borttagen/)
        .waitFor();
      await sigill.expectAccessible();
    },
    LIMIT,
  );

  it(
    'is told that nobody has tried the recovery code, and tries it from its paper',
    async () => {
      const page = await sigill.page();
      const room = ROOM_NAME.open;
      await hand.press(menu(page, sv.shell.overview));
      await page.getByText(sv.recovery.unproven(room)).waitFor();
      await hand.press(button(page, sv.recovery.prove(room)));
      await page.getByRole('dialog').waitFor();
      const sheetOf = (name: string): string =>
        join(vault.root, 'kuvert', `aterstallningsnyckel-${name}.pdf`);
      await hand.write(field(page, sv.create.proofRoom(room)), readRecoveryCode(sheetOf('skyddade-rummet')));
      await hand.press(button(page, sv.create.proofCheck));
      await page.getByText(/öppnar inte/).waitFor({ timeout: 30_000 });
      await sigill.expectAccessible();
      // A mouse writes where it clicks: what stood there is taken away first.
      await field(page, sv.create.proofRoom(room)).clear();
      await hand.write(field(page, sv.create.proofRoom(room)), readRecoveryCode(sheetOf('oppna-rummet')));
      await hand.press(button(page, sv.create.proofCheck));
      await page.getByText(sv.recovery.proven(room)).waitFor({ timeout: 30_000 });
      expect(await page.getByText(sv.recovery.unproven(room)).count()).toBe(0);
    },
    LIMIT,
  );

  it(
    'lets in who has forgotten, with the code from the envelope',
    async () => {
      const after = await lockAll(sigill);
      await hand.press(button(after, sv.unlock.recovery));
      const sheet = join(vault.root, 'kuvert', 'aterstallningsnyckel-oppna-rummet.pdf');
      await hand.write(field(after, sv.unlock.recoveryCode), readRecoveryCode(sheet));
      await hand.press(button(after, sv.unlock.submit));
      await after.getByText(sv.unlock.afterRecovery).waitFor({ timeout: 30_000 });
      await sigill.expectAccessible();
      await hand.choose(after, sv.users.resetWho, USER);
      const form = after.locator('form').filter({ hasText: sv.users.resetLead });
      const label = sv.users.passphraseFor(ROOM_NAME.open);
      await hand.write(form.getByLabel(label, { exact: true }), NEW_PASSPHRASE);
      await form.getByText(sv.create.strengthOk).waitFor();
      const again = `${sv.create.passAgain}: ${label.toLocaleLowerCase('sv')}`;
      await hand.write(form.getByLabel(again, { exact: true }), NEW_PASSPHRASE);
      await hand.press(button(after, sv.users.resetSubmit));
      await form.getByText(/har en ny lösenfras/).waitFor({ timeout: 30_000 });
      await sigill.expectAccessible();
    },
    LIMIT,
  );

  it('asked nobody but itself', () => {
    expect(sigill.complaints()).toEqual([]);
  });
});
