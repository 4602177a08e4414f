import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, draftWith, importOne } from '../main/testing/incidents.ts';
import { makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { KEYBOARD as hand } from './hands.ts';
import { Sigill } from './harness.ts';
import { button, field, heading, menu } from './words.ts';

const TITLE = 'Störning i driften';
const HOUR_MS = 3_600_000;

let vault: TestVault;
let sigill: Sigill;

beforeAll(async () => {
  vault = await makeTestVault();
  const open = await vault.open(['open']);
  const aware = new Date(Date.now() - HOUR_MS).toISOString();
  importOne(open, {
    ...draftWith({
      handelseforlopp: ['Servern slutade svara.', 'oppen'],
      'upptackt-hur': ['Larm', 'oppen'],
      brottsmisstanke: ['Nej', 'oppen'],
      'paverkan-samhallsviktig': ['Handläggningen stod still.', 'oppen'],
      konsekvenser: ['Förseningar', 'oppen'],
    }),
    regimes: ['CSL'],
    title: { text: TITLE, marking: at('oppen') },
    times: (['aware', 'detected'] as const).map((id) => ({
      id,
      at: aware,
      precision: 'exact' as const,
      marking: at('oppen'),
    })),
  });
  open.close();
  sigill = await Sigill.start({ vaultFolder: vault.folder });
});
afterAll(async () => {
  await sigill.close();
  vault.remove();
});

describe('a portal', () => {
  it('is given the report that the step asks for, with what only the form asks', async () => {
    const page = await sigill.page();
    await hand.write(field(page, sv.unlock.passphrase), PASSPHRASES.open);
    await page.keyboard.press('Enter');
    await heading(page, 'Upplysning').waitFor();
    const next = sv.deadlines.nextOf(sv.deadlines.next.report, 'Upplysning', TITLE);
    await hand.press(button(page, next));
    await hand.press(button(page, sv.fields.editOf(sv.fields.write, 'Pågår incidenten?')));
    await page.getByRole('dialog').waitFor();
    await hand.pick(page, 'Ja');
    await sigill.expectAccessible();
    await hand.press(button(page, sv.common.save));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button(page, sv.fields.editOf(sv.fields.edit, 'Pågår incidenten?')).waitFor();
    await sigill.expectAccessible();
  });

  it('is filled in field by field, and what it gave back is kept with the step', async () => {
    const page = await sigill.page();
    await hand.press(button(page, sv.portal.open));
    await heading(page, sv.portal.title).waitFor();
    await button(page, sv.portal.make).waitFor();
    await sigill.expectAccessible();
    await hand.press(button(page, sv.portal.make));
    await heading(page, sv.portal.sheet).waitFor();
    const copy = button(page, sv.portal.copyOf('Händelseförlopp'));
    await hand.press(copy);
    await expect.poll(() => page.getByText(/^1 av \d+ fält kopierade$/).count()).toBe(1);
    await sigill.expectAccessible();
    // What has been copied is still known when one comes back.
    await hand.press(button(page, sv.portal.backToReport));
    await hand.press(button(page, sv.portal.open));
    await page.getByText(/^1 av \d+ fält kopierade$/).waitFor();
    await hand.write(field(page, sv.portal.reference), 'CP-2026-77');
    await hand.write(field(page, sv.portal.receipt), 'K-1');
    await hand.press(button(page, sv.portal.done));
    await page.getByText(/^Inlämnad /).waitFor();
    await hand.press(menu(page, sv.shell.overview));
    await heading(page, 'Incidentanmälan').waitFor();
    expect(await page.getByRole('heading', { name: 'Upplysning', exact: true }).count()).toBe(0);
  });

  it('calls for a supplement when a sent fact changes, which says what changed', async () => {
    const page = await sigill.page();
    await page.getByRole('button', { name: new RegExp(`^${sv.overview.open} ${TITLE}`) }).click();
    await hand.press(button(page, sv.incident.editTitle('Konsekvenser')));
    await page.getByRole('dialog').waitFor();
    await hand.write(field(page, sv.incident.text), ' i två veckor');
    await hand.press(button(page, sv.common.save));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await hand.press(menu(page, sv.shell.overview));
    await page.getByText(sv.supplement.changedTitle).waitFor();
    await sigill.expectAccessible();
    await hand.press(page.getByRole('button', { name: new RegExp(`^${sv.supplement.make.slice(0, -2)}`) }));
    await hand.show(page, sv.report.asText);
    await page.getByText(/Komplettering\/korrigering till rapport Incident-ID CP-2026-77/).waitFor();
    await sigill.expectAccessible();
    expect(sigill.complaints()).toEqual([]);
  });
});
