import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { sv } from '../../renderer/text/sv.ts';
import type { Hand } from '../hands.ts';
import type { Sigill } from '../harness.ts';
import { button, field, heading } from '../words.ts';

type Way = keyof typeof sv.dispatch.ways;

/** Chooses the way out. Its entry begins with its name, and ends with what the gate answers. */
export async function chooseWay(page: Page, hand: Hand, way: Way): Promise<void> {
  const radio = page.getByRole('radio', { name: sv.dispatch.ways[way] });
  const name = await radio.evaluate((element) => element.closest('label')?.textContent ?? '');
  await hand.pick(page, name);
}

/** Writes the decision, chooses a folder, has the files made. @returns the folder that was made */
export async function makeDispatch(
  sigill: Sigill,
  hand: Hand,
  name: string,
  decision: string | null,
): Promise<string> {
  const page = await sigill.page();
  const parent = join(sigill.folder, name);
  mkdirSync(parent);
  if (decision !== null) await hand.write(field(page, sv.common.reason), decision);
  sigill.choose(parent);
  await hand.press(button(page, sv.dispatch.chooseOut));
  await page.getByText(parent).waitFor();
  await sigill.expectAccessible();
  await hand.press(button(page, sv.dispatch.make));
  await heading(page, sv.dispatch.done).waitFor({ timeout: 60_000 });
  await sigill.expectAccessible();
  const [made = '', ...more] = readdirSync(parent);
  expect(more).toEqual([]);
  return join(parent, made);
}
