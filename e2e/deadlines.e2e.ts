import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordStep } from '../main/deadlines/service.ts';
import { loadRulePack } from '../main/rules/load.ts';
import { at, draftWith, importOne } from '../main/testing/incidents.ts';
import { makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { KEYBOARD } from './hands.ts';
import { Sigill } from './harness.ts';
import { button, field, heading } from './words.ts';

const HOUR_MS = 3_600_000;
const TITLE = 'Angrepp mot driftleverantör';

let vault: TestVault;
let sigill: Sigill;

beforeAll(async () => {
  vault = await makeTestVault();
  const open = await vault.open(['open']);
  const aware = new Date(Date.now() - 30 * HOUR_MS).toISOString();
  const id = importOne(
    open,
    draftWith(
      {},
      {
        regimes: ['CSL'],
        title: { text: TITLE, marking: at('oppen') },
        times: [{ id: 'aware', at: aware, precision: 'exact', marking: at('oppen') }],
      },
    ),
  );
  recordStep(open, loadRulePack(), {
    incident: id,
    regime: 'CSL',
    step: 'mottagare',
    event: 'not-applicable',
    at: aware,
    note: 'Ingen mottagare berörs',
  });
  open.close();
  sigill = await Sigill.start({ vaultFolder: vault.folder });
});
afterAll(async () => {
  await sigill.close();
  vault.remove();
});

describe('what is due', () => {
  it('stands first in the overview, in words, and with doubt while nobody has confirmed the clock', async () => {
    const page = await sigill.page();
    await KEYBOARD.write(field(page, sv.unlock.passphrase), PASSPHRASES.open);
    await page.keyboard.press('Enter');
    await heading(page, 'Upplysning').waitFor();
    await page.getByText(sv.deadlines.clockUnconfirmed).first().waitFor();
    const [first, second] = await page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading') })
      .all();
    expect(await first?.innerText()).toMatch(/Försenad 6 h \d+ min[\s\S]*obekräftad klocka[\s\S]*Upplysning/);
    expect(await second?.innerText()).toMatch(/1 d 1[78] h kvar[\s\S]*Incidentanmälan/);
    expect(await sigill.accessibilityFaults()).toEqual([]);
  });

  it('is no longer in doubt when the clock is confirmed', async () => {
    const page = await sigill.page();
    await KEYBOARD.write(field(page, sv.clock.method), 'Fröken Ur');
    await KEYBOARD.press(button(page, sv.clock.confirm));
    await page.getByText('mot Fröken Ur').waitFor();
    await expect.poll(() => page.getByText(sv.deadlines.clockUnconfirmed).count()).toBe(0);
  });

  it('is marked as done with the keyboard, and the next step begins to run', async () => {
    const page = await sigill.page();
    const name = sv.deadlines.actionOf(sv.deadlines.done, 'Incidentanmälan', TITLE);
    await KEYBOARD.press(button(page, name));
    await heading(page, sv.deadlines.dialog.done('Incidentanmälan')).waitFor();
    expect(await sigill.accessibilityFaults()).toEqual([]);
    await KEYBOARD.press(button(page, sv.deadlines.save.done));
    await heading(page, 'Slutrapport').waitFor();
    expect(await page.getByRole('heading', { name: 'Incidentanmälan', exact: true }).count()).toBe(0);
  });

  it('stands on the incident too, with what was said of it', async () => {
    const page = await sigill.page();
    await page.getByRole('button', { name: new RegExp(`^${sv.overview.open} ${TITLE}`) }).click();
    await page.getByRole('tab', { name: sv.incident.tabs.deadlines }).click();
    await page.getByText('Ingen mottagare berörs').waitFor();
    await page.getByText('Cybersäkerhetslagen (NIS2)').first().waitFor();
    expect(await sigill.accessibilityFaults()).toEqual([]);
    expect(sigill.complaints()).toEqual([]);
  });
});
