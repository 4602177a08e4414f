import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PASSPHRASES, USER } from '../../main/testing/vault.ts';
import { demandsOf } from '../../renderer/features/create-vault/plan.ts';
import { sv } from '../../renderer/text/sv.ts';
import { LEVEL_NAME } from '../../shared/domain/marking.ts';
import { ROOM_NAME } from '../../shared/domain/room.ts';
import { ORGANISATION_KIND_NAME } from '../../shared/domain/words.ts';
import type { Hand } from '../hands.ts';
import type { Sigill } from '../harness.ts';
import { readRecoveryCode } from '../paper.ts';
import { button, checkbox, field, heading } from '../words.ts';

/** The organisation that the specs make a vault for, and the highest level that its workstation may hold. */
const ORGANISATION = 'Provkommunen';
const CEILING = 'begransat-hemlig';

const [, CEILING_STEP = '', USER_STEP = '', PASSPHRASE_STEP = '', PLACES_STEP = ''] = sv.create.steps;

async function next(sigill: Sigill, hand: Hand, page: Page, step: string): Promise<void> {
  await sigill.expectAccessible();
  await hand.press(button(page, sv.common.next));
  await heading(page, step).waitFor();
}

/** Answers every question of the guide but where the vault is to lie. */
export async function answerGuide(sigill: Sigill, hand: Hand): Promise<void> {
  const page = await sigill.page();
  await hand.press(button(page, sv.unlock.createNew));
  await heading(page, sv.create.title).waitFor();
  await hand.write(field(page, sv.create.organisationName), ORGANISATION);
  await hand.choose(page, sv.create.organisationKind, ORGANISATION_KIND_NAME.kommun);
  await hand.write(field(page, sv.create.email), 'incident@provkommunen.example');
  await next(sigill, hand, page, CEILING_STEP);
  await hand.choose(page, sv.create.ceiling, LEVEL_NAME[CEILING]);
  for (const demand of demandsOf(CEILING)) await hand.tick(checkbox(page, demand));
  await next(sigill, hand, page, USER_STEP);
  await hand.write(field(page, sv.create.userName), USER);
  await next(sigill, hand, page, PASSPHRASE_STEP);
  for (const [label, passphrase] of [
    [sv.create.passOpen, PASSPHRASES.open],
    [sv.create.passProtected, PASSPHRASES.protected],
  ] as const) {
    await hand.write(field(page, label), passphrase);
    await hand.write(field(page, `${sv.create.passAgain}: ${label.toLocaleLowerCase('sv')}`), passphrase);
  }
  await next(sigill, hand, page, PLACES_STEP);
}

/** Has the vault made, and types the codes back from the paper. */
export async function makeVault(sigill: Sigill, hand: Hand): Promise<void> {
  const page = await sigill.page();
  const paper = join(sigill.folder, 'papper');
  mkdirSync(paper);
  sigill.choose(sigill.folder);
  await hand.press(button(page, `${sv.create.chooseFolder} ${sv.create.folder}`));
  // The dialog has answered: what is chosen next is for the other place.
  await page.getByText(sigill.folder, { exact: true }).waitFor();
  sigill.choose(paper);
  await hand.press(button(page, `${sv.create.chooseFolder} ${sv.create.recoveryFolder}`));
  await sigill.expectAccessible();
  await hand.press(button(page, sv.create.create));
  await page.getByText(sv.create.proofLead).waitFor({ timeout: 60_000 });
  const files = await page.getByRole('listitem').filter({ hasText: '.pdf' }).allTextContents();
  expect(files).toHaveLength(2);
  await hand.press(button(page, sv.create.proofPrint(ROOM_NAME.open)));
  await hand.press(button(page, sv.common.wasPrinted));
  await page.getByText(sv.create.proofPrinted).waitFor();
  for (const [index, room, file] of [
    [0, 'open', files.find((name) => /oppna/.test(name))],
    [1, 'protected', files.find((name) => /skyddade/.test(name))],
  ] as const) {
    await hand.write(field(page, sv.create.proofRoom(ROOM_NAME[room])), readRecoveryCode(file ?? ''));
    await page.keyboard.press('Enter');
    await page.getByText(sv.create.proofOk).nth(index).waitFor({ timeout: 30_000 });
  }
  await sigill.expectAccessible();
  await hand.press(button(page, sv.create.finish));
  await heading(page, sv.unlock.title).waitFor();
}

/** Writes a passphrase where it is asked for. */
export async function enterPassphrase(page: Page, hand: Hand, passphrase: string): Promise<void> {
  await hand.write(field(page, sv.unlock.passphrase), passphrase);
  await page.keyboard.press('Enter');
}
