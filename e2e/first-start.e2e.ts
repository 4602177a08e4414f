import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casePath, PASSPHRASES, USER } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { ROOM_NAME } from '../shared/domain/room.ts';
import { ORGANISATION_KIND_NAME } from '../shared/domain/words.ts';
import { chooseFrom, pressOn, Sigill, writeIn } from './harness.ts';
import { readRecoveryCode } from './paper.ts';
import { button, field, heading } from './words.ts';

/** From an empty computer to an incident in the list, without touching the mouse. */

let sigill: Sigill;

beforeAll(async () => {
  sigill = await Sigill.start();
});
afterAll(async () => {
  await sigill?.close();
});

async function expectAccessible(): Promise<void> {
  expect(await sigill.accessibilityFaults()).toEqual([]);
}

/** Looks at the step of the guide with axe, and goes on. */
async function nextStep(page: Page, name: string): Promise<void> {
  await expectAccessible();
  await pressOn(button(page, sv.common.next));
  await heading(page, name).waitFor();
}

async function unlock(page: Page, passphrase: string): Promise<void> {
  await writeIn(field(page, sv.unlock.passphrase), passphrase);
  await page.keyboard.press('Enter');
}

describe('first start', () => {
  const [, ceiling = '', user = '', passphrases = '', places = ''] = sv.create.steps;

  it('offers to make a vault where there is none', async () => {
    const page = await sigill.page();
    await heading(page, sv.unlock.title).waitFor();
    await expectAccessible();
    await pressOn(button(page, sv.unlock.createNew));
    await heading(page, sv.create.title).waitFor();
  });

  it('asks for organisation, ceiling, user and two passphrases', async () => {
    const page = await sigill.page();
    await writeIn(field(page, sv.create.organisationName), 'Provkommunen');
    await chooseFrom(page, sv.create.organisationKind, ORGANISATION_KIND_NAME.kommun);
    await nextStep(page, ceiling);
    await nextStep(page, user);
    await writeIn(field(page, sv.create.userName), USER);
    await nextStep(page, passphrases);
    for (const [label, passphrase] of [
      [sv.create.passOpen, PASSPHRASES.open],
      [sv.create.passProtected, PASSPHRASES.protected],
    ] as const) {
      await writeIn(field(page, label), passphrase);
      await writeIn(field(page, `${sv.create.passAgain}: ${label.toLocaleLowerCase('sv')}`), passphrase);
    }
    await nextStep(page, places);
  });

  it('makes the vault and has the codes typed back from the paper', async () => {
    const page = await sigill.page();
    const paper = join(sigill.folder, 'papper');
    mkdirSync(paper);
    sigill.choose(sigill.folder);
    await pressOn(button(page, `${sv.create.chooseFolder} ${sv.create.folder}`));
    sigill.choose(paper);
    await pressOn(button(page, `${sv.create.chooseFolder} ${sv.create.recoveryFolder}`));
    await expectAccessible();
    await pressOn(button(page, sv.create.create));
    await page.getByText(sv.create.proofLead).waitFor({ timeout: 60_000 });
    await expectAccessible();
    const files = await page.getByRole('listitem').filter({ hasText: '.pdf' }).allTextContents();
    expect(files).toHaveLength(2);
    for (const [room, file] of [
      ['open', files.find((name) => /open|oppna|öppna/i.test(name))],
      ['protected', files.find((name) => /protected|skydda/i.test(name))],
    ] as const) {
      await writeIn(field(page, sv.create.proofRoom(ROOM_NAME[room])), readRecoveryCode(file ?? ''));
      await page.keyboard.press('Enter');
      await page
        .getByText(sv.create.proofOk)
        .nth(room === 'open' ? 0 : 1)
        .waitFor({ timeout: 30_000 });
    }
    await expectAccessible();
    await pressOn(button(page, sv.create.finish));
    await heading(page, sv.unlock.title).waitFor();
  });
});

describe('the vault', () => {
  it('says no to a wrong passphrase, and opens to the right one', async () => {
    const page = await sigill.page();
    await unlock(page, 'fel fras alldeles');
    await page.getByText(sv.unlock.wrongHelp).waitFor();
    await expectAccessible();
    await unlock(page, PASSPHRASES.open);
    await button(page, sv.shell.unlockProtected).waitFor();
    await expectAccessible();
  });

  it('takes in an incident file, and shows it in the list', async () => {
    const page = await sigill.page();
    await pressOn(
      page.getByRole('link', { name: sv.shell.incidents }).or(button(page, sv.shell.incidents)).first(),
    );
    await heading(page, sv.incidents.title).waitFor();
    sigill.choose(casePath('kalix-2021'));
    await pressOn(button(page, sv.incidents.import));
    await page.getByText(sv.incidents.imported(1)).waitFor();
    await page.getByText(sv.incidents.found(1, 1)).waitFor();
    await expectAccessible();
  });

  it('opens the protected room beside the open one, and says so all around', async () => {
    const page = await sigill.page();
    await pressOn(button(page, sv.shell.unlockProtected));
    await unlock(page, PASSPHRASES.protected);
    await button(page, sv.shell.lockProtected).waitFor();
    await expectAccessible();
  });

  it('is locked with one key, and the window begins anew, empty', async () => {
    const page = await sigill.page();
    // The window may be gone before the key is up again.
    await page.keyboard.press('Control+l').catch(() => undefined);
    await expect.poll(() => page.isClosed(), { timeout: 20_000 }).toBe(true);
    const after = await sigill.page();
    await heading(after, sv.unlock.title).waitFor();
    expect(await after.content()).not.toContain('Kalix');
    await expectAccessible();
  });

  it('made no request to anywhere else, and no complaint', () => {
    expect(sigill.complaints()).toEqual([]);
  });
});
