import type { Locator, Page } from 'playwright-core';

/** The two ways a person works the window. Every spec of the main job is done by each of them. */
export interface Hand {
  readonly name: string;
  readonly press: (target: Locator) => Promise<void>;
  readonly write: (target: Locator, text: string) => Promise<void>;
  /** Opens the list of that label and takes the entry of that name. */
  readonly choose: (page: Page, list: string, entry: string) => Promise<void>;
  /** Selects one of a group of radio buttons. */
  readonly pick: (page: Page, option: string) => Promise<void>;
  /** Ticks a box. */
  readonly tick: (target: Locator) => Promise<void>;
  /** Shows a tab. */
  readonly show: (page: Page, tab: string) => Promise<void>;
}

/** More presses of Tab than any screen needs. */
const MOST_TABS = 200;

/** Moves the focus there as a person without a mouse would. @throws Error where Tab never comes there */
async function tabTo(target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' });
  const page = target.page();
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    const isThere = await target.evaluate(
      (element) => element === document.activeElement || element.contains(document.activeElement),
    );
    if (isThere) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${target.toString()}.`);
}

/** What can be worked now: the dialog, where one stands over the screen. */
async function inFront(page: Page): Promise<Page | Locator> {
  const dialog = page.getByRole('dialog');
  return (await dialog.count()) > 0 ? dialog.last() : page;
}

/** The button that opens a list. It is named by its value first, and then by the label. */
async function listButton(page: Page, list: string): Promise<Locator> {
  return (await inFront(page)).getByRole('button', { name: list }).first();
}

export const KEYBOARD: Hand = {
  name: 'keyboard',
  async press(target) {
    await tabTo(target);
    await target.page().keyboard.press('Enter');
  },
  async write(target, text) {
    await tabTo(target);
    await target.page().keyboard.type(text);
  },
  async choose(page, list, entry) {
    await tabTo(await listButton(page, list));
    await page.keyboard.press('Enter');
    const option = page.getByRole('option', { name: entry, exact: true });
    await option.waitFor();
    const isThere = (): Promise<boolean> => option.evaluate((element) => element === document.activeElement);
    const entries = await page.getByRole('option').count();
    await page.keyboard.press('Home');
    for (let presses = 1; presses < entries && !(await isThere()); presses += 1)
      await page.keyboard.press('ArrowDown');
    if (!(await isThere())) throw new Error(`The keyboard does not reach ${entry} in ${list}.`);
    await page.keyboard.press('Enter');
    await option.waitFor({ state: 'hidden' });
  },
  async pick(page, option) {
    const radio = page.getByRole('radio', { name: option, exact: true });
    const group = page.getByRole('radiogroup').filter({ has: radio });
    await tabTo(group);
    await page.keyboard.press('Space');
    const options = await group.getByRole('radio').count();
    for (let presses = 0; presses < options && !(await radio.isChecked()); presses += 1)
      await page.keyboard.press('ArrowDown');
    if (!(await radio.isChecked())) throw new Error(`The keyboard does not choose ${option}.`);
  },
  async tick(target) {
    await tabTo(target);
    await target.page().keyboard.press('Space');
  },
  async show(page, tab) {
    const tabs = page.getByRole('tablist').filter({ has: page.getByRole('tab', { name: tab, exact: true }) });
    const wanted = tabs.getByRole('tab', { name: tab, exact: true });
    await tabTo(tabs);
    const count = await tabs.getByRole('tab').count();
    for (let presses = 0; presses < count; presses += 1) {
      if ((await wanted.getAttribute('aria-selected')) === 'true') return;
      await page.keyboard.press('ArrowRight');
    }
    if ((await wanted.getAttribute('aria-selected')) !== 'true')
      throw new Error(`The keyboard does not show ${tab}.`);
  },
};

/** The control itself may lie unseen under what is drawn for it: a person clicks what she sees. */
const labelOf = (target: Locator): Locator => target.page().locator('label').filter({ has: target });

export const MOUSE: Hand = {
  name: 'mouse',
  press: (target) => target.click(),
  async write(target, text) {
    await target.click();
    await target.page().keyboard.type(text);
  },
  async choose(page, list, entry) {
    await (await listButton(page, list)).click();
    const option = page.getByRole('option', { name: entry, exact: true });
    await option.click();
    await option.waitFor({ state: 'hidden' });
  },
  pick: (page, option) => labelOf(page.getByRole('radio', { name: option, exact: true })).click(),
  tick: (target) => labelOf(target).click(),
  show: (page, tab) => page.getByRole('tab', { name: tab, exact: true }).click(),
};

export const HANDS: readonly Hand[] = [KEYBOARD, MOUSE];
