import type { Locator, Page } from 'playwright-core';

/** What stands on the screen, found as a screen reader finds it: by role and Swedish name. */

export function heading(page: Page, name: string): Locator {
  return page.getByRole('heading', { name, exact: true }).first();
}

export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

export function field(page: Page, name: string): Locator {
  return page
    .getByRole('textbox', { name, exact: true })
    .or(page.getByLabel(name, { exact: true }))
    .first();
}

export function checkbox(page: Page, name: string): Locator {
  return page.getByRole('checkbox', { name, exact: true });
}

/** An entry of the menu. */
export function menu(page: Page, name: string): Locator {
  return page.getByRole('navigation').getByRole('button', { name, exact: true });
}
