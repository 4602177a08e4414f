import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSecondPerson, SECOND, secondPerson } from '../main/testing/incidents.ts';
import { laterPack, makePublisher, signed, type Content } from '../main/testing/rule-packs.ts';
import { makeTestVault, PASSPHRASES, type TestVault } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { KEYBOARD } from './hands.ts';
import { Sigill } from './harness.ts';
import { button, field, heading, menu } from './words.ts';

const text = sv.rules;
const publisher = makePublisher('sigill', 'Sigill-projektet');
let vault: TestVault;
let sigill: Sigill;

/** The next issue, in which the first report of cybersäkerhetslagen has twelve hours. */
function laterIssue(sequence: number) {
  return signed(
    laterPack(sequence, {
      'regimes/csl.json': (csl) => {
        const [step, ...rest] = csl['steps'] as Content[];
        return { ...csl, steps: [{ ...step, limit: { amount: 12, unit: 'hour' } }, ...rest] };
      },
    }),
    publisher,
  );
}

beforeAll(async () => {
  vault = await makeTestVault();
  const open = await vault.open(['open', 'protected']);
  await addSecondPerson(open);
  open.close();
  sigill = await Sigill.start({ vaultFolder: vault.folder });
  const good = laterIssue(2);
  const changed = Buffer.from(good.pack);
  changed[changed.length - 10] = (changed[changed.length - 10] ?? 0) ^ 1;
  for (const [name, bytes] of [
    ['utgivare.json', publisher.file],
    ['regler.sigillregler', good.pack],
    ['regler.sig', good.signature],
    ['andrad.sigillregler', changed],
  ] as const)
    writeFileSync(join(sigill.folder, name), bytes);
});
afterAll(async () => {
  await sigill.close();
  vault.remove();
});

/** Opens the dialog, and chooses both files as a person does. */
async function choosePack(pack: string, signature: string): Promise<void> {
  const page = await sigill.page();
  await KEYBOARD.press(button(page, text.import));
  await heading(page, text.importTitle).waitFor();
  for (const [label, file] of [
    [text.packFile, pack],
    [text.signatureFile, signature],
  ] as const) {
    sigill.choose(join(sigill.folder, file));
    await KEYBOARD.press(button(page, `${sv.common.choose} ${label}`));
    await page.getByText(file, { exact: true }).waitFor();
  }
  await KEYBOARD.press(button(page, text.inspect));
}

async function packRows(): Promise<string> {
  const page = await sigill.page();
  return page.getByRole('table').first().innerText();
}

describe('rule packs', () => {
  it('are refused in words while nobody is trusted, and the screen says how a key is pinned', async () => {
    const page = await sigill.page();
    await KEYBOARD.write(field(page, sv.unlock.passphrase), PASSPHRASES.open);
    await page.keyboard.press('Enter');
    await KEYBOARD.press(menu(page, sv.shell.rules));
    await page.getByText(text.noKeys).waitFor();
    await page.getByText(text.noKeysHow).waitFor();
    await sigill.expectAccessible();
    const before = await packRows();
    await choosePack('regler.sigillregler', 'regler.sig');
    await page.getByText(/nyckel som valvet inte litar på\. Paketet används inte\./).waitFor();
    await page
      .getByText(/Valvet litar inte på någon utgivare ännu/)
      .last()
      .waitFor();
    await sigill.expectAccessible();
    await page.keyboard.press('Escape');
    expect(await packRows()).toBe(before);
  });

  it('are taken from a publisher that two persons have decided to trust', async () => {
    const page = await sigill.page();
    sigill.choose(join(sigill.folder, 'utgivare.json'));
    await KEYBOARD.press(button(page, text.addKey));
    await heading(page, text.trustTitle(publisher.key.name)).waitFor();
    await sigill.expectAccessible();
    await KEYBOARD.write(field(page, sv.common.reason), 'Läst upp per telefon');
    expect(await page.getByText(SECOND).count()).toBeGreaterThan(0);
    await KEYBOARD.write(
      field(page, text.secondPassphrase),
      secondPerson('open').passphrase.toString('utf8'),
    );
    await KEYBOARD.press(button(page, text.trustSubmit));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: new RegExp(SECOND) }).waitFor();
  });

  it('of which one byte is changed are refused, and nothing is changed', async () => {
    const page = await sigill.page();
    const before = await packRows();
    await choosePack('andrad.sigillregler', 'regler.sig');
    await page.getByText(/Signaturen stämmer inte med regelpaketet/).waitFor();
    await sigill.expectAccessible();
    await page.keyboard.press('Escape');
    expect(await packRows()).toBe(before);
  });

  it('are shown as a difference in plain Swedish, taken by decision, and gone back from', async () => {
    const page = await sigill.page();
    await choosePack('regler.sigillregler', 'regler.sig');
    await heading(page, text.planTitle('Sigills regler 2027.2')).waitFor();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.innerText()).toMatch(/24 timmar.*12 timmar/s);
    expect(await dialog.innerText()).not.toMatch(/"|\{|limit|amount/);
    await sigill.expectAccessible();
    await KEYBOARD.write(field(page, sv.common.reason), 'Ny lag');
    await KEYBOARD.press(button(page, text.take));
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(packRows).toMatch(/2027\.2[^]*Gäller/);
    await sigill.expectAccessible();

    await KEYBOARD.press(page.getByRole('button', { name: /^Gå tillbaka till Sigills regler/ }));
    await expect.poll(() => dialog.innerText()).toMatch(/12 timmar.*24 timmar/s);
    await KEYBOARD.write(field(page, sv.common.reason), 'Fel i paketet');
    await KEYBOARD.press(button(page, text.rollbackSubmit));
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => /Gå tillbaka/.test(await packRows())).toBe(true);
    await page.getByText('Fel i paketet').waitFor();
    await sigill.expectAccessible();
    expect(sigill.complaints()).toEqual([]);
  });
});
