import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordStep } from '../main/deadlines/service.ts';
import { loadRulePack } from '../main/rules/load.ts';
import { at, draftWith, importOne } from '../main/testing/incidents.ts';
import { makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { toLocalInput } from '../renderer/app/local-time.ts';
import { sv } from '../renderer/text/sv.ts';
import { KEYBOARD } from './hands.ts';
import { Sigill } from './harness.ts';
import { button, field, heading, menu } from './words.ts';

const HOUR_MS = 3_600_000;
const TITLE = 'Angrepp mot driftleverantör';
const LEAK = 'Läckta personuppgifter';

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
  const leak = importOne(
    open,
    draftWith(
      {},
      {
        regimes: ['GDPR'],
        title: { text: LEAK, marking: at('oppen') },
        times: [
          {
            id: 'aware',
            at: new Date(Date.now() - 73 * HOUR_MS).toISOString(),
            precision: 'exact',
            marking: at('oppen'),
          },
        ],
      },
    ),
  );
  recordStep(open, loadRulePack(), {
    incident: leak,
    regime: 'GDPR',
    step: 'registrerade',
    event: 'not-applicable',
    at: aware,
    note: 'Ingen hög risk',
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
    const [first, second, third] = await page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading') })
      .all();
    expect(await first?.innerText()).toMatch(/Försenad 6 h \d+ min[\s\S]*obekräftad klocka[\s\S]*Upplysning/);
    expect(await second?.innerText()).toMatch(
      /Försenad 1 h[\s\S]*Skälet är inte skrivet\.[\s\S]*artikel 33\.1/,
    );
    expect(await third?.innerText()).toMatch(/1 d 1[78] h kvar[\s\S]*Incidentanmälan/);
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

  it('takes the time that somebody has set for what is given on request', async () => {
    const page = await sigill.page();
    await KEYBOARD.press(button(page, sv.deadlines.actionOf(sv.deadlines.request, 'Delrapport', TITLE)));
    await heading(page, sv.deadlines.dialog.requested('Delrapport')).waitFor();
    expect(await sigill.accessibilityFaults()).toEqual([]);
    await KEYBOARD.write(
      field(page, sv.deadlines.requestDue),
      toLocalInput(new Date(Date.now() + 26 * HOUR_MS)),
    );
    await KEYBOARD.press(button(page, sv.deadlines.save.requested));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const card = page.getByRole('listitem').filter({ has: heading(page, 'Delrapport') });
    await expect.poll(() => card.innerText()).toMatch(/1 d [12] h kvar/);
  });

  it('asks for the reason of what is late where the law does, with a marking of its own', async () => {
    const page = await sigill.page();
    await KEYBOARD.press(menu(page, sv.shell.overview));
    // The step has two forms, and each report its own reason.
    const form = loadRulePack().forms.get('imy-anmalan')?.name ?? '';
    await KEYBOARD.press(button(page, sv.deadlines.actionOf(sv.deadlines.writeReason, form, LEAK)));
    // The form asks for it itself, and so there is one place for it.
    await heading(page, 'Skäl till att anmälan lämnas senare än 72 timmar').waitFor();
    await KEYBOARD.write(field(page, sv.incident.text), 'Driftavbrott hos leverantören');
    await KEYBOARD.press(button(page, sv.common.save));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText(sv.fields.answered).first().waitFor();
    await KEYBOARD.press(button(page, sv.report.backToIncident));
    await KEYBOARD.show(page, sv.incident.tabs.deadlines);
    await page.getByText(sv.deadlines.lateGiven).waitFor();
    expect(await sigill.accessibilityFaults()).toEqual([]);
  });

  it('goes to a calendar as references and times, and as more only by a decision', async () => {
    const page = await sigill.page();
    await KEYBOARD.press(menu(page, sv.shell.overview));
    const write = async (name: string): Promise<string> => {
      const path = join(sigill.folder, name);
      sigill.choose(path);
      await KEYBOARD.press(button(page, sv.calendar.write));
      await page.getByText(path).waitFor();
      return readFileSync(path, 'utf8');
    };
    await KEYBOARD.press(button(page, sv.calendar.open));
    expect(await sigill.accessibilityFaults()).toEqual([]);
    const neutral = await write('frister.ics');
    expect(neutral).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(neutral).toMatch(/SUMMARY:Frist: [0-9A-Z-]{14}\r\n/);
    expect(neutral).not.toMatch(/Angrepp|Läckta|GDPR|CSL/);
    await KEYBOARD.tick(page.getByRole('checkbox', { name: sv.calendar.named }));
    await KEYBOARD.write(field(page, sv.calendar.reason), 'Vakten läser den');
    expect(await write('namngivna.ics')).toContain(LEAK);
    expect(await sigill.accessibilityFaults()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('tells who supervises, by what the organisation has answered', async () => {
    const page = await sigill.page();
    await KEYBOARD.press(button(page, sv.shell.unlockProtected));
    await KEYBOARD.write(field(page, sv.unlock.passphrase), PASSPHRASES.protected);
    await page.keyboard.press('Enter');
    await button(page, sv.shell.lockProtected).waitFor();
    await KEYBOARD.press(menu(page, sv.shell.settings));
    await KEYBOARD.choose(page, sv.settings.duties.county, 'Kalmar län');
    await KEYBOARD.tick(page.getByRole('checkbox', { name: 'Offentlig förvaltning (utom länsstyrelser)' }));
    await KEYBOARD.press(button(page, sv.settings.duties.save));
    await page.getByText('Länsstyrelsen i Östergötlands län, enligt cybersäkerhetslagen').waitFor();
    expect(await sigill.accessibilityFaults()).toEqual([]);
    expect(sigill.complaints()).toEqual([]);
  });
});
