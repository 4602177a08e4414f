import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKey } from 'openpgp';
import type { Page } from 'playwright-core';
import { casePath, PASSPHRASES, USER } from '../main/testing/vault.ts';
import { sv } from '../renderer/text/sv.ts';
import { demandsOf } from '../renderer/features/create-vault/plan.ts';
import { LEVEL_NAME } from '../shared/domain/marking.ts';
import { DESTRUCTION_WAYS, MOVE_RULES } from '../shared/domain/register.ts';
import { FACT_LABEL, ORGANISATION_KIND_NAME } from '../shared/domain/words.ts';
import { MOUSE as hand } from './hands.ts';
import type { Sigill } from './harness.ts';
import { chooseWay } from './steps/dispatch.ts';
import { enterPassphrase } from './steps/first-start.ts';
import { answerTree } from './steps/incident.ts';
import { button, checkbox, field, heading, menu } from './words.ts';

/**
 * A walk through every screen. Each yield says which one is shown now; who walks along looks at it: to take a picture of
 * it, or to seek faults in it.
 */
export type Tour = AsyncGenerator<string, void>;

const CASES = ['kalix-2021', 'miljodata-2025', 'servicecenter-2024', 'ovning-sakerhetskanslig'];
const CASE_TITLE = 'Utpressningsangrepp mot kommunens servrar';

/** From nothing to the step before the vault is made. */
export async function* tourOfFirstStart(sigill: Sigill): Tour {
  const page = await sigill.page();
  const [, ceiling = '', user = '', passphrases = '', places = ''] = sv.create.steps;
  const next = async (step: string): Promise<void> => {
    await hand.press(button(page, sv.common.next));
    await heading(page, step).waitFor();
  };
  await heading(page, sv.unlock.welcome).waitFor();
  yield 'forsta-start';
  await hand.press(button(page, sv.unlock.createNew));
  await heading(page, sv.create.title).waitFor();
  yield 'skapa-valv';
  await hand.write(field(page, sv.create.organisationName), 'Norrdals kommun');
  await hand.choose(page, sv.create.organisationKind, ORGANISATION_KIND_NAME.kommun);
  await next(ceiling);
  await hand.choose(page, sv.create.ceiling, LEVEL_NAME.hemlig);
  yield 'skapa-valv-tak';
  for (const demand of demandsOf('hemlig')) await hand.tick(checkbox(page, demand));
  await next(user);
  await hand.write(field(page, sv.create.userName), USER);
  yield 'skapa-valv-anvandare';
  await next(passphrases);
  const again = `${sv.create.passAgain}: ${sv.create.passOpen.toLocaleLowerCase('sv')}`;
  await hand.write(field(page, sv.create.passOpen), PASSPHRASES.open);
  await hand.write(field(page, again), PASSPHRASES.open);
  await hand.write(field(page, sv.create.passProtected), 'sommar2026');
  await page.getByText(sv.create.strengthNot).waitFor();
  await page.getByText(sv.create.strengthOk).waitFor();
  yield 'skapa-valv-losenfraser';
  await page.keyboard.press('Control+a');
  await page.keyboard.type(PASSPHRASES.protected);
  const protectedAgain = `${sv.create.passAgain}: ${sv.create.passProtected.toLocaleLowerCase('sv')}`;
  await hand.write(field(page, protectedAgain), PASSPHRASES.protected);
  await next(places);
  yield 'skapa-valv-platser';
}

/** From a locked vault through everything behind the lock, and back to it. */
export async function* tourOfVault(sigill: Sigill): Tour {
  const page = await sigill.page();
  await heading(page, sv.unlock.title).waitFor();
  yield 'las-upp';
  await enterPassphrase(page, hand, 'fel fras alldeles');
  await page.getByText(sv.unlock.wrongHelp).waitFor();
  yield 'las-upp-fel';
  await hand.press(button(page, sv.unlock.recovery));
  await field(page, sv.unlock.recoveryCode).waitFor();
  yield 'las-upp-aterstallning';
  await hand.press(button(page, sv.unlock.usePassphrase));
  await enterPassphrase(page, hand, PASSPHRASES.open);
  await button(page, sv.shell.unlockProtected).waitFor();
  await hand.press(menu(page, sv.shell.incidents));
  await heading(page, sv.incidents.title).waitFor();
  yield 'incidenter-tom';
  yield* stoppedBeforeProtectedRoom(page);
  await hand.press(button(page, sv.shell.unlockProtected));
  await field(page, sv.unlock.passphrase).waitFor();
  yield 'las-upp-skyddade';
  await enterPassphrase(page, hand, PASSPHRASES.protected);
  await button(page, sv.shell.lockProtected).waitFor();
  await importCases(sigill, page);
  yield 'incidenter';
  await hand.press(menu(page, sv.shell.overview));
  await heading(page, sv.overview.title).waitFor();
  yield 'oversikt';
  await hand.press(button(page, sv.calendar.open));
  await heading(page, sv.calendar.title).waitFor();
  yield 'oversikt-kalenderfil';
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  yield* newIncident(sigill, page);
  yield* oneIncident(page);
  yield* administration(sigill, page);
  yield* reportAndDispatch(sigill, page);
}

async function* stoppedBeforeProtectedRoom(page: Page): Tour {
  await hand.press(button(page, sv.incidents.new));
  await heading(page, sv.newIncident.questions.sakerhetskanslig.question).waitFor();
  yield 'ny-incident-fraga';
  await hand.pick(page, sv.newIncident.answers.osakert);
  await hand.press(button(page, sv.newIncident.next));
  await page.getByText(sv.newIncident.protectedTitle).waitFor();
  yield 'ny-incident-stopp';
  await hand.press(button(page, sv.common.cancel));
  await page.getByRole('dialog').waitFor();
  yield 'ny-incident-avbryt';
  await hand.press(button(page, sv.draft.throwAway));
  await heading(page, sv.incidents.title).waitFor();
}

async function importCases(sigill: Sigill, page: Page): Promise<void> {
  await hand.press(menu(page, sv.shell.incidents));
  for (const [index, name] of CASES.entries()) {
    sigill.choose(casePath(name));
    await hand.press(button(page, sv.incidents.import));
    await page.getByText(sv.incidents.found(index + 1, index + 1)).waitFor();
  }
}

async function* newIncident(sigill: Sigill, page: Page): Tour {
  await hand.press(menu(page, sv.shell.incidents));
  await hand.press(button(page, sv.incidents.new));
  await answerTree(sigill, hand, [
    ['sakerhetskanslig', 'osakert', ''],
    ['sakerhetshotande', 'it-incident', ''],
    ['signalskydd', 'nej', 'Inget signalskydd berörs.'],
    ['cybersakerhetslagen', 'nej', 'Säkerhetskänslig verksamhet rapporteras inte där.'],
    ['personuppgifter', 'nej', 'Inga personuppgifter berörs.'],
    ['brott', 'ja', ''],
    ['mottagare', 'nej', 'Ingen mer ska informeras.'],
  ]);
  yield 'ny-incident-uppgifter';
  await hand.press(button(page, sv.common.cancel));
  await hand.press(button(page, sv.draft.throwAway));
}

async function* oneIncident(page: Page): Tour {
  await hand.press(menu(page, sv.shell.incidents));
  await hand.press(page.getByRole('button', { name: CASE_TITLE }));
  await heading(page, CASE_TITLE).waitFor();
  yield 'incident';
  const name = FACT_LABEL.omfattning;
  await hand.press(button(page, sv.incident.editTitle(name)));
  await field(page, sv.incident.text).waitFor();
  yield 'incident-andra-uppgift';
  await page.keyboard.press('Escape');
  await hand.press(page.getByRole('button', { name: new RegExp(`^Märkning för ${name}:`) }));
  await page.getByRole('dialog').waitFor();
  yield 'incident-hoj-markning';
  await page.keyboard.press('Escape');
  await hand.press(button(page, `${sv.incident.lower} ${FACT_LABEL.system}`));
  await page.getByRole('dialog').waitFor();
  yield 'incident-sank-markning';
  await page.keyboard.press('Escape');
  await hand.press(button(page, sv.incident.historyOf(name)));
  await page.getByRole('dialog').waitFor();
  yield 'incident-historik';
  await page.keyboard.press('Escape');
  await hand.show(page, sv.incident.tabs.assessment);
  await page.getByRole('region', { name: sv.assessment.proposal }).waitFor();
  yield 'incident-bedomning';
  await heading(page, sv.assessment.decision).scrollIntoViewIfNeeded();
  yield 'incident-bedomning-beslut';
  for (const [tab, label] of Object.entries(sv.incident.tabs)) {
    if (tab === 'facts' || tab === 'assessment') continue;
    await hand.show(page, label);
    yield `incident-${label.toLocaleLowerCase('sv').replace(/å|ä/g, 'a').replace(/ö/g, 'o')}`;
  }
  await hand.press(button(page, sv.incident.call));
  await heading(page, sv.call.title).waitFor();
  yield 'ring-cert-se';
}

async function* reportAndDispatch(sigill: Sigill, page: Page): Tour {
  await hand.press(menu(page, sv.shell.incidents));
  await hand.press(page.getByRole('button', { name: CASE_TITLE }));
  await hand.press(button(page, sv.incident.makeReport).first());
  await page.locator('canvas[data-drawn]').first().waitFor({ timeout: 30_000 });
  await page.waitForTimeout(500);
  yield 'rapport';
  await hand.show(page, sv.report.asText);
  yield 'rapport-text';
  await hand.press(button(page, sv.report.dispatch));
  await heading(page, sv.dispatch.title).waitFor();
  yield 'expediera';
  for (const way of ['signalskydd', 'envelope', 'email'] as const) {
    await chooseWay(page, hand, way);
    await page.getByText(sv.dispatch.wayHelp[way]).waitFor();
    yield { signalskydd: 'expediera-signalskydd', envelope: 'expediera-kuvert', email: 'expediera-epost' }[
      way
    ];
  }
  await hand.tick(page.getByRole('checkbox', { name: 'rapport@exempel.se' }));
  await hand.write(field(page, sv.common.reason), 'Rutinen anger e-post, och nyckeln är jämförd.');
  const out = join(sigill.folder, 'medium');
  mkdirSync(out);
  sigill.choose(out);
  await hand.press(button(page, sv.dispatch.chooseOut));
  await hand.press(button(page, sv.dispatch.make));
  await heading(page, sv.dispatch.done).waitFor({ timeout: 60_000 });
  yield 'expediera-kvitto';
  yield* envelopePacked(sigill, page);
  yield* documentRegister(page);
}

/** The other ways out when they are made: how it is packed, the numbers, and what a profile refuses. */
async function* envelopePacked(sigill: Sigill, page: Page): Tour {
  await hand.press(button(page, sv.dispatch.another));
  await heading(page, sv.dispatch.title).waitFor();
  await chooseWay(page, hand, 'signalskydd');
  await hand.choose(page, sv.paper.profile, 'Textmeddelande med sju bitar');
  await hand.write(field(page, sv.paper.fileName), 'Slut rapport');
  await hand.write(field(page, sv.dispatch.recipientName), 'Säkerhetspolisen');
  const out = join(sigill.folder, 'operatoren');
  mkdirSync(out);
  sigill.choose(out);
  await hand.press(button(page, sv.dispatch.chooseOut));
  await hand.press(button(page, sv.dispatch.make));
  await page.getByText(/passar inte profilen/).waitFor({ timeout: 30_000 });
  yield 'expediera-signalskydd-avvisad';
  await chooseWay(page, hand, 'envelope');
  await hand.write(field(page, sv.dispatch.labelReason), 'Bekräftat per telefon i dag.');
  await hand.press(button(page, sv.dispatch.chooseOut));
  await hand.press(button(page, sv.dispatch.make));
  await heading(page, sv.paper.guideTitle).waitFor({ timeout: 60_000 });
  await heading(page, sv.paper.guideTitle).scrollIntoViewIfNeeded();
  yield 'expediera-packa';
  await hand.press(page.getByRole('button', { name: /^Nummer på påse och försändelse/ }));
  await page.getByRole('dialog').waitFor();
  yield 'expediera-nummer';
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Where a document has been sent. */
async function* documentRegister(page: Page): Tour {
  await hand.press(menu(page, sv.shell.register));
  await heading(page, sv.register.title).waitFor();
  const copy = page.getByRole('button', { name: /^Exemplar / }).first();
  await copy.waitFor();
  yield 'handlingar';
  await hand.press(button(page, sv.paper.incoming));
  await page.getByRole('dialog').waitFor();
  yield 'handlingar-inkommen';
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await hand.press(copy);
  await page.getByRole('dialog').waitFor();
  await hand.choose(page, sv.register.what, MOVE_RULES.destroy.name);
  await hand.choose(page, sv.register.how, DESTRUCTION_WAYS.dokumentforstorare);
  await hand.write(field(page, sv.register.witness), 'Eva Lind');
  yield 'handlingar-forstor';
  await hand.press(button(page, MOVE_RULES.destroy.name).last());
  await heading(page, sv.register.destroyTitle).waitFor();
  yield 'handlingar-forstor-fraga';
  await hand.press(button(page, sv.common.cancel));
  await heading(page, sv.register.destroyTitle).waitFor({ state: 'detached' });
  await hand.choose(page, sv.register.what, MOVE_RULES['hand-out'].name);
  yield 'handlingar-exemplar';
  await hand.write(field(page, sv.register.holder), 'Registrator Eva Lind');
  await hand.press(button(page, MOVE_RULES['hand-out'].name));
  await page.getByText(/^Utlämnat .*Registrator Eva Lind/).waitFor();
  await hand.press(button(page, sv.common.close));
  await hand.press(page.getByRole('button', { name: /^Ändra uppgifterna om/ }).first());
  await page.getByRole('dialog').waitFor();
  yield 'handlingar-andra';
  await hand.press(button(page, sv.common.cancel));
  for (const [tab, name] of [
    ['outstanding', 'handlingar-kvittenser'],
    ['inventory', 'handlingar-inventering-start'],
    ['media', 'handlingar-medier'],
    ['settings', 'handlingar-nummer'],
  ] as const) {
    await hand.show(page, sv.register.tabs[tab]);
    yield name;
  }
  await hand.press(button(page, sv.register.print));
  await page.getByRole('dialog').waitFor();
  yield 'handlingar-utskrift';
  await page.keyboard.press('Escape');
  await hand.show(page, sv.register.tabs.inventory);
  await hand.tick(checkbox(page, sv.register.independent));
  await hand.press(button(page, sv.register.start));
  await button(page, sv.register.finish).waitFor();
  yield 'handlingar-inventering';
  await hand.press(menu(page, sv.shell.incidents));
  await hand.press(page.getByRole('button', { name: CASE_TITLE }));
  await hand.press(button(page, sv.incident.makeReport).first());
  await hand.choose(page, sv.report.form, 'Upplysning om betydande incident (24 timmar)');
  await hand.press(button(page, sv.portal.open));
  await button(page, sv.portal.make).waitFor();
  yield 'kopieringslage';
}

async function* administration(sigill: Sigill, page: Page): Tour {
  await hand.press(menu(page, sv.shell.keys));
  await heading(page, sv.keys.title).waitFor();
  const { publicKey } = await generateKey({
    userIDs: [{ name: 'Rapportmottagaren', email: 'rapport@exempel.se' }],
    type: 'rsa',
    rsaBits: 3072,
    format: 'armored',
  });
  const file = join(sigill.folder, 'mottagare.asc');
  writeFileSync(file, publicKey);
  sigill.choose(file);
  await hand.press(button(page, sv.keys.import));
  await heading(page, sv.keys.compareTitle).waitFor();
  yield 'nycklar-jamfor';
  await hand.write(field(page, sv.keys.phone), '010-123 45 67');
  await hand.write(field(page, sv.keys.first), 'Anna Andersson');
  await hand.write(field(page, sv.keys.second), 'Bo Ek');
  await hand.write(field(page, sv.keys.note), 'Växeln, numret ur vår egen katalog');
  await hand.press(button(page, sv.keys.verify));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  yield 'nycklar';
  await hand.press(page.getByRole('button', { name: new RegExp(`^${sv.keys.distrust}`) }).first());
  await page.getByRole('dialog').waitFor();
  yield 'nycklar-ur-bruk';
  await hand.press(button(page, sv.common.cancel));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await hand.press(button(page, sv.keys.importOwn));
  await page.getByRole('dialog').waitFor();
  yield 'nycklar-egen-fil';
  await hand.press(button(page, sv.common.cancel));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await hand.press(
    button(page, `${sv.keys.checkAddress}: CERT-SE, Rekommenderat brev med slutrapport utan sekretess`),
  );
  await page.getByRole('dialog').waitFor();
  yield 'nycklar-adress';
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  for (const [name, title] of [
    ['regler', sv.shell.rules],
    ['anvandare', sv.shell.users],
    ['sparbarhet', sv.shell.audit],
    ['installningar', sv.shell.settings],
    ['hjalp', sv.shell.help],
  ] as const) {
    await hand.press(menu(page, title));
    await heading(page, title).waitFor();
    yield name;
    if (name !== 'installningar') continue;
    await heading(page, sv.paper.printersTitle).scrollIntoViewIfNeeded();
    yield 'installningar-skrivare';
  }
}
