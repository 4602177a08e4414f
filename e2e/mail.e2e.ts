import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGnupg } from '../main/testing/gnupg.ts';
import { casePath, makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { KEYBOARD } from './hands.ts';
import { Sigill } from './harness.ts';
import { button, field, heading, menu } from './words.ts';

/** The life of keys and the way back: what lies in the safe, and what the recipient answers. */

const ANSWER = 'Vi har tagit emot rapporten. Ärende 2026-117.';
const gnupg = openGnupg();
let vault: TestVault;
let sigill: Sigill;

beforeAll(async () => {
  vault = await makeTestVault('hemlig');
  sigill = await Sigill.start({ vaultFolder: vault.folder });
  const page = await sigill.page();
  await field(page, sv.unlock.passphrase).fill(PASSPHRASES.open);
  await page.keyboard.press('Enter');
  await button(page, sv.shell.unlockProtected).waitFor();
});
afterAll(async () => {
  await sigill?.close();
  vault?.remove();
  gnupg?.close();
});

describe('the own key', () => {
  it('has its revocation printed for the safe, and its end moved', async () => {
    const page = await sigill.page();
    await KEYBOARD.press(menu(page, sv.shell.keys));
    await KEYBOARD.press(button(page, sv.keys.revocation));
    await heading(page, sv.keys.revocationTitle).waitFor();
    await sigill.expectAccessible();
    await KEYBOARD.press(button(page, sv.keys.revocationPrint));
    await page
      .getByText(sv.keys.revocationPrinted)
      .or(button(page, sv.common.wasPrinted))
      .first()
      .waitFor({ timeout: 20_000 });
    if (await button(page, sv.common.wasPrinted).isVisible()) {
      await KEYBOARD.press(button(page, sv.common.wasPrinted));
    }
    await page.getByText(sv.keys.revocationPrinted).waitFor();
    await KEYBOARD.press(button(page, sv.keys.extendOwn));
    await heading(page, sv.keys.extendOwnTitle).waitFor();
    await sigill.expectAccessible();
    await KEYBOARD.press(button(page, sv.keys.extendOwnSubmit));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const year = String(new Date().getFullYear() + 3);
    await page.getByRole('cell', { name: new RegExp(`^${year}-`) }).waitFor();
  });
});

describe('an encrypted answer', () => {
  it('that GnuPG made is opened, and stored with the marking that is decided', async (test) => {
    if (!gnupg) return test.skip('gpg is absent');
    const page = await sigill.page();
    const key = join(sigill.folder, 'var-nyckel.asc');
    sigill.choose(key);
    await KEYBOARD.press(button(page, sv.keys.exportOwn));
    await expect.poll(() => existsSync(key)).toBe(true);
    gnupg.must(['--import'], readFileSync(key));
    const signer = gnupg.makeKey('CERT <cert@exempel.se>', 'rsa3072');
    const own = gnupg
      .must(['--with-colons', '--list-keys'])
      .toString()
      .match(/^fpr:+([0-9A-F]{40}):/gm)
      ?.map((line) => line.replace(/[^0-9A-F]/g, ''))
      .find((fingerprint) => fingerprint !== signer);
    const file = join(sigill.folder, 'svar.asc');
    writeFileSync(
      file,
      gnupg.must(['--armor', '--sign', '--encrypt', '-u', signer, '-r', own ?? ''], `${ANSWER}\n`),
    );

    await KEYBOARD.press(menu(page, sv.shell.incidents));
    sigill.choose(casePath('kalix-2021'));
    await KEYBOARD.press(button(page, sv.incidents.import));
    await page.getByText(sv.incidents.found(1, 1)).waitFor();
    await page.getByText('mot kommun').first().click();
    await KEYBOARD.show(page, sv.incident.tabs.reports);
    sigill.choose(file);
    await KEYBOARD.press(button(page, sv.answer.read));
    await heading(page, sv.answer.title).waitFor();
    await page.getByText(ANSWER).waitFor();
    await page.getByText(/nyckel som inte finns i valvet/).waitFor();
    await sigill.expectAccessible();
    expect(await button(page, sv.answer.keep).isDisabled()).toBe(true);
    await KEYBOARD.write(field(page, sv.answer.reason), 'Kvittens utan känsliga uppgifter');
    await KEYBOARD.press(button(page, sv.answer.keep));
    await page.getByText(sv.answer.kept).waitFor();
    await KEYBOARD.show(page, sv.incident.tabs.log);
    await page.getByText(ANSWER).waitFor();
    await sigill.expectAccessible();
    expect(readdirSync(sigill.folder)).toContain('svar.asc');
    expect(sigill.complaints()).toEqual([]);
  });
});
