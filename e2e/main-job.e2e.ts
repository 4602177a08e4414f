import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openGnupg } from '../main/testing/gnupg.ts';
import { requireTool } from '../main/testing/tools.ts';
import { PASSPHRASES } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import type { FactId } from '../shared/domain/incident.ts';
import { LEVEL_NAME, type Level } from '../shared/domain/marking.ts';
import { COPY_STATE_NAME, MOVE_RULES } from '../shared/domain/register.ts';
import { CHANNEL_NAME, FACT_LABEL } from '../shared/domain/words.ts';
import { HANDS, KEYBOARD, type Hand } from './hands.ts';
import { Sigill } from './harness.ts';
import { answerGuide, enterPassphrase, makeVault } from './steps/first-start.ts';
import { answerFact, answerTree } from './steps/incident.ts';
import { chooseWay, makeDispatch } from './steps/dispatch.ts';
import { lockAll } from './steps/lock.ts';
import { button, checkbox, field, heading, menu } from './words.ts';

/**
 * The whole job: from an empty computer to a report on each of the three ways out, and what came out opened by other
 * programs. Once with the keyboard alone, once with the mouse.
 */

const TITLE = 'Driftstopp i larmsystemet i Björkdalen';
const RECIPIENT = 'Rapportmottagaren <rapport@exempel.se>';
const SECRECY = '18 kap. 8 § OSL';
const CLASSIFIED = '15 kap. 2 § OSL';
const DECISION = 'Rutinen anger e-post, och nyckeln är jämförd.';
const LIMIT_TO_ONE_HAND = 300_000;

interface WrittenFact {
  readonly id: FactId;
  readonly text: string;
  readonly level: Level;
}
const HAPPENED = 'Larmen från trygghetsboendena nådde inte larmcentralen under natten.';
/** Goes along with the e-mail. */
const LOG_FILE = '02.10.11 växel svarar inte\n02.10.41 växel svarar inte\n';
const FACTS: readonly WrittenFact[] = [
  { id: 'handelseforlopp', text: 'Klockan 02.10 slutade växeln att svara.', level: 'sekretess' },
  { id: 'upptackt-hur', text: 'Nattpatrullen ringde beredskapen.', level: 'oppen' },
  { id: 'kategorier', text: 'Störning i driftmiljö', level: 'oppen' },
  { id: 'omfattning', text: 'Fyra boenden med 211 larm.', level: 'oppen' },
  { id: 'konsekvenser', text: 'Tillsyn skedde genom rondering.', level: 'oppen' },
  { id: 'atgarder-vidtagna', text: 'Reservväxeln Hästhov togs i drift.', level: 'sekretess' },
  { id: 'brottsmisstanke', text: 'Nej, inget tyder på brott.', level: 'oppen' },
];

describe.each(HANDS)('the main job by $name', (hand: Hand) => {
  const gnupg = openGnupg();
  let sigill: Sigill;
  let fingerprint = '';

  beforeAll(async () => {
    sigill = await Sigill.start({ idleLockMinutes: 60 }, hand === KEYBOARD);
  });
  afterAll(async () => {
    await sigill?.close();
    gnupg?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await sigill.takeFailure(`${hand.name} ${task.name}`);
  });

  async function openReport(): Promise<void> {
    const page = await sigill.page();
    await hand.press(button(page, sv.incident.makeReport));
    await heading(page, sv.report.title).waitFor();
  }

  it(
    'makes a vault, with the codes typed back from the paper',
    async () => {
      const page = await sigill.page();
      await heading(page, sv.unlock.welcome).waitFor();
      await sigill.expectAccessible();
      await answerGuide(sigill, hand);
      await makeVault(sigill, hand);
    },
    LIMIT_TO_ONE_HAND,
  );

  it('says no to a wrong passphrase, and opens both rooms to the right ones', async () => {
    const page = await sigill.page();
    await enterPassphrase(page, hand, 'fel fras alldeles');
    await page.getByText(sv.unlock.wrongHelp).waitFor();
    await sigill.expectAccessible();
    await enterPassphrase(page, hand, PASSPHRASES.open);
    await hand.press(button(page, sv.shell.unlockProtected));
    await enterPassphrase(page, hand, PASSPHRASES.protected);
    await button(page, sv.shell.lockProtected).waitFor();
    await page.getByText(sv.shell.frame(LEVEL_NAME['begransat-hemlig'])).first().waitFor();
    await sigill.expectAccessible();
  });

  it('takes the incident through the tree, the Säpo question first', async () => {
    const page = await sigill.page();
    await hand.press(button(page, sv.incidents.new).first());
    await answerTree(sigill, hand, [
      ['sakerhetskanslig', 'nej', 'Larmsystemet rör inte säkerhetskänslig verksamhet.'],
      ['signalskydd', 'nej', 'Inget signalskydd berörs.'],
      ['cybersakerhetslagen', 'nej', 'Under gränsen för betydande.'],
      ['personuppgifter', 'nej', 'Inga personuppgifter berörs.'],
      ['brott', 'nej', 'Inget tyder på brott.'],
      ['mottagare', 'nej', 'Ingen mer berörs.'],
    ]);
    await hand.write(field(page, sv.newIncident.titleField), TITLE);
    await hand.write(field(page, sv.newIncident.happened), HAPPENED);
    for (const label of [sv.newIncident.detected, sv.newIncident.identified])
      await hand.press(button(page, sv.common.nowFor(label)));
    await sigill.expectAccessible();
    await hand.press(button(page, sv.newIncident.create));
    await heading(page, TITLE).waitFor();
    await sigill.expectAccessible();
  });

  it(
    'writes each fact with its own marking',
    async () => {
      const page = await sigill.page();
      for (const { id, text, level } of FACTS)
        await answerFact(page, hand, id, text, { level, provision: level === 'oppen' ? null : SECRECY });
      await sigill.expectAccessible();
    },
    LIMIT_TO_ONE_HAND,
  );

  it('shows the report as pages and as text, with nothing missing', async () => {
    const page = await sigill.page();
    await openReport();
    await page.getByText(sv.report.nothingMissing).waitFor();
    await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 30_000 });
    await sigill.expectAccessible();
    await hand.show(page, sv.report.asText);
    for (const { text } of FACTS) await page.getByText(text).first().waitFor();
    await sigill.expectAccessible();
  });

  it("reads the recipient's key, and has the fingerprint compared", async () => {
    const page = await sigill.page();
    if (!gnupg) return;
    fingerprint = gnupg.makeKey(RECIPIENT, 'rsa3072');
    const file = join(sigill.folder, 'mottagare.asc');
    writeFileSync(file, gnupg.must(['--armor', '--export', fingerprint]));
    await hand.press(menu(page, sv.shell.keys));
    await heading(page, sv.keys.title).waitFor();
    sigill.choose(file);
    await hand.press(button(page, sv.keys.import));
    await heading(page, sv.keys.compareTitle).waitFor();
    await field(page, sv.keys.first).waitFor();
    const shown = (await page.getByRole('dialog').textContent()) ?? '';
    expect(shown.replace(/\s/g, '')).toContain(fingerprint);
    await sigill.expectAccessible();
    await hand.write(field(page, sv.keys.phone), '010-123 45 67');
    await hand.write(field(page, sv.keys.first), 'Anna Andersson');
    await hand.write(field(page, sv.keys.second), 'Bo Ek');
    await hand.write(field(page, sv.keys.note), 'Växeln, numret ur vår egen katalog');
    await hand.press(button(page, sv.keys.verify));
    await page.getByText(/^Verifierad av Anna Andersson och Bo Ek, uppringt 010-123 45 67: Växeln/).waitFor();
    await sigill.expectAccessible();
  });

  it('sends it as e-mail that GnuPG opens, with what was written in it', async (test) => {
    if (!gnupg) return test.skip('gpg is absent');
    const page = await sigill.page();
    await backToIncident(page);
    await openReport();
    await hand.press(button(page, sv.report.dispatch));
    await heading(page, sv.dispatch.title).waitFor();
    await sigill.expectAccessible();
    await chooseWay(page, hand, 'email');
    await hand.tick(page.getByRole('checkbox', { name: 'rapport@exempel.se' }));
    const along = join(sigill.folder, 'växelns-logg.txt');
    writeFileSync(along, LOG_FILE);
    sigill.choose(along);
    await hand.press(button(page, sv.dispatch.attach));
    await page.getByText('växelns-logg.txt', { exact: true }).waitFor();
    const folder = await makeDispatch(sigill, hand, 'epost', DECISION);

    const names = readdirSync(folder);
    const mail = names.find((name) => name.endsWith('.eml')) ?? '';
    const outside = readFileSync(join(folder, mail), 'utf8');
    for (const word of [TITLE, 'Björkdalen', 'Hästhov']) expect(outside).not.toContain(word);
    // Four letters may stand by chance in what is encrypted.
    expect(outside.replace(/-----BEGIN[\s\S]*-----END/, '')).not.toContain('larm');
    gnupg.must(['--import', join(folder, names.find((name) => name.endsWith('nyckel.asc')) ?? '')]);
    const encrypted = names.find((name) => name.endsWith('.pgp')) ?? '';
    const opened = gnupg.run(['--decrypt', join(folder, encrypted)]);
    expect(opened.status, opened.stderr).toBe(0);
    expect(opened.stderr).toContain('GOODSIG');
    const inner = await PostalMime.parse(opened.stdout);
    const text = (inner.text ?? '').replace(/\s+/g, ' ');
    for (const fact of FACTS) expect(text).toContain(fact.text);
    const pdf = inner.attachments.find(({ filename }) => filename?.endsWith('.pdf'));
    expect(
      Buffer.from(pdf?.content as ArrayBuffer)
        .subarray(0, 5)
        .toString('latin1'),
    ).toBe('%PDF-');
    const attached = inner.attachments.find(({ filename }) => filename === 'växelns-logg.txt');
    expect(Buffer.from(attached?.content as ArrayBuffer).toString('utf8')).toBe(LOG_FILE);
    await recordEvent(page, 'sent', sv.expedition.ways.epost);
    await page.getByText(sv.expedition.states.sent).waitFor();
    await hand.press(button(page, sv.dispatch.another));
  });

  it('makes a folder for signalskydd whose sums agree', async (test) => {
    const page = await sigill.page();
    await heading(page, sv.dispatch.title).waitFor();
    await chooseWay(page, hand, 'signalskydd');
    await hand.write(field(page, sv.dispatch.recipientName), 'Säkerhetspolisen');
    const folder = await makeDispatch(sigill, hand, 'signalskydd', null);
    const written = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const texts = written.filter((name) => name.endsWith('.txt'));
    const all = texts.map((name) => readFileSync(join(folder, name), 'utf8').replace(/\s+/g, ' ')).join('\n');
    for (const { text } of FACTS) expect(all).toContain(text);
    // What lies on the medium bears the number of the register.
    expect(all).toMatch(/\/Ö?\d{3}:1\/1/);
    const sha256sum = requireTool('sha256sum');
    if (!sha256sum) return test.skip('sha256sum is absent');
    const sums = written.find((name) => name.endsWith('sha256sums.txt')) ?? '';
    execFileSync(sha256sum, ['--check', '--strict', join(folder, sums)], { cwd: join(folder, sums, '..') });
    await hand.press(button(page, sv.dispatch.another));
  });

  it('makes a job for kuvert i kuvert, with nothing on the outer one', async (test) => {
    const page = await sigill.page();
    await heading(page, sv.dispatch.title).waitFor();
    await chooseWay(page, hand, 'envelope');
    await hand.choose(page, sv.dispatch.carriage, CHANNEL_NAME.varde);
    await hand.choose(page, sv.dispatch.copies, '2');
    // Nobody has confirmed the address: the label takes its reason, which stands on the packing list.
    await hand.write(field(page, sv.dispatch.labelReason), 'Fristen löper ut i natt och ingen svarar.');
    const folder = await makeDispatch(sigill, hand, 'kuvert', null);
    const pdftotext = requireTool('pdftotext');
    const pdfs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.pdf'),
    );
    expect(pdfs.length).toBeGreaterThan(0);
    if (!pdftotext) return test.skip('pdftotext is absent');
    const pages = pdfs.flatMap((name) =>
      execFileSync(pdftotext, ['-layout', join(folder, name), '-'], { encoding: 'utf8' }).split('\f'),
    );
    const whole = pages.join(' ').replace(/\s+/g, ' ');
    expect(whole).toContain('Exemplar 2 av 2');
    expect(whole).toContain('Hästhov');
    expect(whole).toContain('Skrivs ut ändå. Skäl: Fristen löper ut i natt och ingen svarar.');
    const outer = pages.filter((text) => /VÄRDE/.test(text) && text.length < 1500);
    expect(outer.length).toBeGreaterThan(0);
    for (const text of outer) expect(text).not.toMatch(/Hästhov|sekretess|incident/i);
    await hand.press(button(page, sv.dispatch.toIncident));
    await heading(page, TITLE).waitFor();
  });

  it('follows the e-mail until its kvittens is in', async () => {
    const page = await sigill.page();
    await hand.show(page, sv.incident.tabs.reports);
    const row = page.getByRole('row').filter({ hasText: sv.expedition.states.sent });
    await row.waitFor();
    await sigill.expectAccessible();
    await hand.press(row.getByRole('button', { name: sv.expedition.events.receipted }));
    await sigill.expectAccessible();
    await hand.press(button(page, sv.expedition.submit.receipted));
    await page.getByText(sv.expedition.states.receipted).first().waitFor();
    await hand.show(page, sv.incident.tabs.decisions);
    await page.getByText(DECISION).waitFor();
    await sigill.expectAccessible();
    await hand.show(page, sv.incident.tabs.facts);
  });

  it('finds the kvittens of the e-mail in the register, at its copy, and waits for it no more', async () => {
    const page = await sigill.page();
    await hand.press(menu(page, sv.shell.register));
    // The first document of the vault: its number ends in 001.
    const row = page.getByRole('row').filter({ hasText: /\/Ö001/ });
    await row.getByText('rapport@exempel.se').first().waitFor();
    await row.getByText(COPY_STATE_NAME.utlamnad, { exact: false }).first().waitFor();
    expect(await row.textContent()).not.toContain('kvittens väntas');
    await hand.press(row.getByRole('button', { name: /^Exemplar 1, / }));
    await page.getByRole('dialog').getByText(MOVE_RULES.receipt.name, { exact: false }).waitFor();
    await sigill.expectAccessible();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await hand.show(page, sv.register.tabs.outstanding);
    await page.getByText(sv.register.outstandingNone).waitFor();
    await backToIncident(page);
  });

  it('prints it through the gate, and says that nothing has changed since it was sent', async () => {
    const page = await sigill.page();
    await openReport();
    await hand.press(button(page, sv.report.print));
    await page.getByRole('dialog').waitFor();
    await sigill.expectAccessible();
    await hand.press(button(page, sv.report.printSubmit));
    await hand.press(button(page, sv.common.wasPrinted));
    await page.getByText(sv.report.printed).waitFor({ timeout: 30_000 });
    await hand.show(page, sv.report.changes);
    await page.getByText(sv.difference.same).waitFor();
    await sigill.expectAccessible();
    await hand.press(button(page, sv.report.backToIncident));
    await heading(page, TITLE).waitFor();
  });

  it('raises a fact to a class, and e-mail is refused from then on', async () => {
    const page = await sigill.page();
    const name = FACT_LABEL['atgarder-vidtagna'];
    const raise = page.getByRole('button', { name: new RegExp(`^Märkning för ${name}:`) });
    const dialog = page.getByRole('dialog');
    if (hand.name === 'keyboard') {
      await raise.focus();
      await page.keyboard.press('Alt+ArrowUp');
    } else await hand.press(raise);
    await page.getByText(sv.incident.raiseMoves).waitFor();
    await hand.tick(checkbox(page, CLASSIFIED));
    await sigill.expectAccessible();
    await hand.press(dialog.getByRole('button', { name: sv.incident.raiseSubmit, exact: true }));
    await dialog.waitFor({ state: 'detached' });
    await openReport();
    await hand.press(button(page, sv.report.dispatch));
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: CHANNEL_NAME.epost, exact: true }) });
    await row.getByText(sv.dispatch.answers.refused).waitFor();
    await chooseWay(page, hand, 'email');
    await page.getByText(sv.dispatch.refusedWay).waitFor();
    expect(await button(page, sv.dispatch.make).count()).toBe(0);
    await sigill.expectAccessible();
  });

  it('is locked with one key, and the window begins anew, empty', async () => {
    const after = await lockAll(sigill);
    expect(await after.content()).not.toContain('Björkdalen');
    await sigill.expectAccessible();
  });

  it('shows the open half alone to who has the open room alone', async () => {
    const page = await sigill.page();
    await enterPassphrase(page, hand, PASSPHRASES.open);
    await hand.press(menu(page, sv.shell.incidents));
    await hand.press(page.getByRole('button', { name: TITLE }));
    await page.getByText(sv.incident.pointerTitle, { exact: true }).waitFor();
    await page.getByText(FACTS[0]?.text ?? '').waitFor();
    expect(await page.content()).not.toContain('Hästhov');
    await sigill.expectAccessible();
  });

  it('made no request to anywhere else, and no complaint', () => {
    expect(sigill.complaints()).toEqual([]);
  });

  async function recordEvent(page: Page, event: 'sent' | 'receipted', name: string): Promise<void> {
    await hand.press(button(page, sv.expedition.eventOf(sv.expedition.events[event], name)));
    await sigill.expectAccessible();
    await hand.press(button(page, sv.expedition.submit[event]));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  async function backToIncident(page: Page): Promise<void> {
    await hand.press(menu(page, sv.shell.incidents));
    await hand.press(page.getByRole('button', { name: TITLE }));
    await heading(page, TITLE).waitFor();
  }
});
