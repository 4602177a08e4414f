import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANSWERS, incidentWith } from '../main/reports/dora/sample.ts';
import { CoreWindow } from '../main/testing/core-window.ts';
import { at, draftWith, importOne } from '../main/testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { KEYBOARD as hand } from './hands.ts';
import { Sigill } from './harness.ts';
import { button, field, heading } from './words.ts';

const TITLE = 'Krypterade filservrar';
const FORM = 'dora-initial';
/** Left to be answered in the window. */
const LEFT = 'Kontinuitetsplanen aktiverad';

let vault: TestVault;
let sigill: Sigill;

/** All but one of the form's own questions answered, by the operations that the window uses. */
async function answerAllButOne(incident: string): Promise<void> {
  const core = new CoreWindow();
  for (const room of ['open', 'protected'] as const) {
    const request = { folder: vault.folder, room, userName: USER, passphrase: PASSPHRASES[room] };
    await core.answer('vault.unlock', request);
  }
  await core.answer('vault.changeOrganisation', {
    contact: 'Vakten',
    phone: '010-123 45 67',
    email: 'vakten@example.se',
  });
  const asked = [
    'rapportslag',
    'lei',
    'foretagstyp',
    'valuta',
    'kontakt-2',
    'kontakt-2-epost',
    'upptackt-hur',
  ];
  const answers = incidentWith(FORM, { ...ANSWERS, kriterier: ['critical_services_affected'] }).answers;
  const own = answers.filter((answer) => [...asked, 'kriterier'].includes(answer.field));
  const late = { field: 'skal-sen-rapport', text: 'Reservkraften var slut.', codes: [] };
  for (const { field: id, text, codes } of [...own, late])
    await core.answer('incidents.writeAnswer', {
      ...{ incident, form: FORM, field: id, text, codes },
      ...{ level: 'oppen', basis: [], reason: null },
    });
  await core.host.lock('slut');
}

beforeAll(async () => {
  vault = await makeTestVault();
  const open = await vault.open(['open', 'protected']);
  const { times, facts } = incidentWith(FORM, {});
  const incident = importOne(open, {
    ...draftWith({}),
    ...{ organisationKind: 'finansiell', regimes: ['DORA'], times, facts },
    title: { text: TITLE, marking: at('oppen') },
  });
  open.close();
  await answerAllButOne(incident);
  sigill = await Sigill.start({ vaultFolder: vault.folder });
});
afterAll(async () => {
  await sigill.close();
  vault.remove();
});

describe('a DORA report', () => {
  it('is saved in EBA’s structure when all is answered, and until then each field that lacks is told', async () => {
    const page = await sigill.page();
    await hand.write(field(page, sv.unlock.passphrase), PASSPHRASES.open);
    await page.keyboard.press('Enter');
    await heading(page, sv.overview.title).waitFor();
    const next = sv.deadlines.nextOf(sv.deadlines.next.report, 'Första anmälan', TITLE);
    await hand.press(button(page, next));
    await heading(page, sv.report.title).waitFor();
    const file = join(sigill.folder, 'dora.json');
    const save = async (): Promise<void> => {
      await hand.press(button(page, sv.report.saveFile));
      await page.getByRole('dialog').waitFor();
      await hand.choose(page, sv.report.saveFileFormat, sv.report.saveFileFormats['dora-json']);
      sigill.choose(file);
      await hand.press(button(page, sv.report.saveFileSubmit));
    };
    await save();
    await page.getByText(`Fält 2.9, ${LEFT}: saknas.`).waitFor({ timeout: 30_000 });
    await sigill.expectAccessible();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await hand.press(button(page, sv.fields.editOf(sv.fields.write, LEFT)));
    await page.getByRole('dialog').waitFor();
    await hand.pick(page, 'Ja');
    await hand.press(button(page, sv.common.save));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await save();
    await page.getByText(sv.report.savedFile(file, false)).waitFor({ timeout: 30_000 });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      incidentSubmission: 'initial_notification',
      incident: { isBusinessContinuityActivated: true },
    });
  }, 120_000);
});
