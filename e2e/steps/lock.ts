import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { sv } from '../../renderer/text/sv.ts';
import type { Sigill } from '../harness.ts';
import { heading } from '../words.ts';

/** Locks everything with the key. @returns the new window, which asks to be unlocked */
export async function lockAll(sigill: Sigill): Promise<Page> {
  const page = await sigill.page();
  // The window may be gone before the key is up again.
  await page.keyboard.press('Control+l').catch(() => undefined);
  await expect.poll(() => page.isClosed(), { timeout: 20_000 }).toBe(true);
  const after = await sigill.page();
  await heading(after, sv.unlock.title).waitFor();
  return after;
}
