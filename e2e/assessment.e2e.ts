import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRulePack } from '../main/rules/load.ts';
import { at, draftWith, importOne } from '../main/testing/incidents.ts';
import { makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { KEYBOARD, MOUSE } from './hands.ts';
import { Sigill } from './harness.ts';
import { button, field, heading, menu } from './words.ts';

const HOUR_MS = 3_600_000;
const TITLE = 'Driftstörning i ärendesystemet';
const text = sv.assessment;
const rule = loadRulePack().assessments.get('GDPR-RISK');
const questionOf = (id: string): string => rule?.questions.find((one) => one.id === id)?.text ?? '';
const outcomeOf = (id: string): string => rule?.outcomes.find((one) => one.id === id)?.name ?? '';

let vault: TestVault;
let sigill: Sigill;

beforeAll(async () => {
  vault = await makeTestVault();
  const open = await vault.open(['open']);
  importOne(
    open,
    draftWith(
      {},
      {
        regimes: ['CSL', 'GDPR'],
        title: { text: TITLE, marking: at('oppen') },
        times: [
          {
            id: 'aware',
            at: new Date(Date.now() - 2 * HOUR_MS).toISOString(),
            precision: 'exact',
            marking: at('oppen'),
          },
        ],
      },
    ),
  );
  open.close();
  sigill = await Sigill.start({ vaultFolder: vault.folder });
});
afterAll(async () => {
  await sigill.close();
  vault.remove();
});

const group = (page: Page, question: string): Locator => page.getByRole('radiogroup', { name: question });
const proposal = (page: Page): Locator => page.getByRole('region', { name: text.proposal });

/** Answers yes or no as a person at the keyboard does: to the group, and with the arrows to the answer. */
async function answerByKeyboard(page: Page, question: string, answer: string): Promise<void> {
  const radios = group(page, question);
  const wanted = radios.getByRole('radio', { name: answer, exact: true });
  await radios.waitFor();
  for (let presses = 0; presses < 120; presses += 1) {
    if (await radios.evaluate((element) => element.contains(document.activeElement))) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Space');
  for (let presses = 0; presses < 5 && !(await wanted.isChecked()); presses += 1)
    await page.keyboard.press('ArrowDown');
  expect(await wanted.isChecked()).toBe(true);
}

describe('an assessment', () => {
  it('says what could still decide, and proposes an answer as soon as one does, by keyboard', async () => {
    const page = await sigill.page();
    await KEYBOARD.write(field(page, sv.unlock.passphrase), PASSPHRASES.open);
    await page.keyboard.press('Enter');
    await KEYBOARD.press(menu(page, sv.shell.incidents));
    await KEYBOARD.press(page.getByRole('button', { name: TITLE }));
    await heading(page, TITLE).waitFor();
    await KEYBOARD.show(page, sv.incident.tabs.assessment);
    await KEYBOARD.choose(page, text.choose, `${rule?.name} – ${text.undecided}`);
    await proposal(page).getByText('Kan inte avgöras än.').waitFor();
    await proposal(page)
      .getByText(rule?.whenUnsure ?? '')
      .waitFor();
    expect(await sigill.accessibilityFaults()).toEqual([]);
    await answerByKeyboard(page, questionOf('personuppgifter'), text.yes);
    await answerByKeyboard(page, questionOf('risk-osannolik'), text.no);
    await proposal(page)
      .getByText(`Förslag: minst ${outcomeOf('anmal').toLocaleLowerCase('sv').replace('imy', 'IMY')}`)
      .waitFor();
    await proposal(page)
      .getByRole('listitem')
      .filter({ hasText: questionOf('hog-risk') })
      .waitFor();
    await answerByKeyboard(page, questionOf('hog-risk'), text.yes);
    await proposal(page)
      .getByText(`Förslag: ${outcomeOf('anmal-och-informera')}.`)
      .waitFor();
    await proposal(page).getByText('Artikel 34 dataskyddsförordningen').waitFor();
    await KEYBOARD.pick(page, text.isProposed(outcomeOf('anmal-och-informera')));
    await KEYBOARD.write(field(page, text.reason), 'Hälsouppgifter har lästs av en obehörig.');
    expect(await sigill.accessibilityFaults()).toEqual([]);
    await KEYBOARD.press(button(page, text.submit));
    await page.getByText(text.recorded).waitFor();
    await heading(page, text.current).waitFor();
    expect(await sigill.accessibilityFaults()).toEqual([]);
  });

  it('is reached from a deadline, and is decided as ej betydande with the mouse: the steps follow', async () => {
    const page = await sigill.page();
    await MOUSE.show(page, sv.incident.tabs.deadlines);
    await button(page, text.openOf('Cybersäkerhetslagen (NIS2), Upplysning')).click();
    await MOUSE.choose(
      page,
      text.choose,
      `Betydande incident enligt cybersäkerhetslagen – ${text.undecided}`,
    );
    await MOUSE.pick(page, 'Ej betydande incident');
    await page.getByText(text.notSettled).waitFor();
    await MOUSE.write(field(page, text.reason), 'Bara en testmiljö berördes, i en halvtimme.');
    await button(page, text.submit).click();
    await page.getByText(text.steps.followed).waitFor();
    await MOUSE.show(page, sv.incident.tabs.deadlines);
    await page.getByText('Enligt beslut, se Bedömning.').first().waitFor();
    await MOUSE.show(page, sv.incident.tabs.decisions);
    await page.getByText('Ej betydande incident (CSL-BETYDANDE)').waitFor();
    await page.getByText('Hälsouppgifter har lästs av en obehörig.').waitFor();
    expect(await sigill.accessibilityFaults()).toEqual([]);
    expect(sigill.complaints()).toEqual([]);
  });
});
