import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import { findLastSent, recordEvent } from '../dispatches/service.ts';
import { writeItem } from '../incidents/marking.ts';
import { getIncident } from '../incidents/service.ts';
import { documentDigest } from '../reports/digest.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, draftWith, factOf, importOne, SENSITIVE } from '../testing/incidents.ts';
import { textOfPages } from '../testing/pdf.ts';
import { casePath, makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { changedSinceSent } from './changed-since.ts';
import { dispatchToPrinter } from './dispatch.ts';
import { importIncidentFiles } from './import-incidents.ts';
import { makeReport, personalDataOf, personalDataRemarks, type ReportOrder } from './make-report.ts';
import { byPrint } from './ways-out.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** Invented, with a right check digit. */
const NUMBER = '19121212-1212';
const COORDINATION = '121273-2398';
const ADDRESS = 'anna.ek@example.com';
const PHONE = '070-174 06 05';
/** The test vault's own. */
const OWN = '010-000 00 00';
const TEXT = `Kontot för ${NUMBER} (${ADDRESS}) användes. Växeln ${OWN} var stängd.`;
let now = new Date('2026-11-25T12:00:00Z');
const decision = { reason: 'Skrivaren är godkänd.', decidedBy: 'Bo' };
const rules = loadRulePack();
let test: TestVault;
let vault: Vault;
let id: IncidentId;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected'], () => now);
  id = importOne(
    vault,
    draftWith(
      {
        handelse: ['Konton har tagits över.', 'oppen'],
        handelseforlopp: [TEXT, 'oppen'],
        konsekvenser: [`Ring ${PHONE}. Även ${COORDINATION} berörs.`, 'sekretess'],
        stodbehov: [`Nås på ${PHONE}, gäller ${NUMBER}.`, 'oppen'],
      },
      { regimes: ['KOMMUN-RUTIN'] },
    ),
  );
});
afterAll(() => {
  vault.close();
  test.remove();
});

const order = (change: Partial<ReportOrder> = {}): ReportOrder => ({
  incidentId: id,
  formId: 'kommun-slutrapport',
  version: 'full',
  draft: true,
  ...change,
});
const told = (change: Partial<ReportOrder> = {}): Record<string, readonly string[]> =>
  Object.fromEntries(
    personalDataOf(vault, rules, order(change)).fields.map(({ label, kinds }) => [label, kinds]),
  );
const textOf = ({ sections }: ReportDocument): string => JSON.stringify(sections);

describe('what is found in a report', () => {
  it('is told by field and kind, never by what it is', () => {
    const found = told();
    expect(Object.values(found)).toEqual(
      expect.arrayContaining([
        ['personnummer', 'e-post'],
        ['samordningsnummer', 'telefon'],
      ]),
    );
    const words = JSON.stringify(found) + personalDataRemarks(vault, rules, order()).join(' ');
    for (const secret of [NUMBER, COORDINATION, ADDRESS, PHONE]) expect(words).not.toContain(secret);
    expect(words).toMatch(/I ”.+” står personnummer, e-postadress\. Det går att maskera i rapporten\./);
  });

  it('leaves the organisation’s own, and an answer to how somebody is reached, but no number of identity', () => {
    expect(told()['Behov av stöd från CERT-SE och kontaktvägar']).toEqual(['personnummer']);
    const masked = makeReport(vault, rules, order({ mask: true }));
    expect(textOf(masked)).toContain(`Nås på ${PHONE}, gäller [personnummer].`);
    expect(textOf(masked)).toContain(`Växeln ${OWN} var stängd.`);
    const contacts = masked.sections
      .flatMap(({ fields }) => fields.flatMap(({ parts }) => parts))
      .filter(({ origin }) => origin === 'organisation:phone');
    expect(contacts.length).toBeGreaterThan(0);
    for (const { text } of contacts) expect(text).toBe(OWN);
  });

  it('is not told of what a version leaves out', () => {
    const open = told({ version: 'open' });
    expect(Object.values(open).flat()).not.toContain('samordningsnummer');
    expect(Object.values(open).flat()).toContain('personnummer');
  });
});

describe('masking', () => {
  it('is in the document that is hashed, and in no fact', () => {
    const whole = makeReport(vault, rules, order());
    const masked = makeReport(vault, rules, order({ mask: true }));
    expect(textOf(whole)).toContain(NUMBER);
    for (const secret of [NUMBER, COORDINATION, ADDRESS]) expect(textOf(masked)).not.toContain(secret);
    expect(textOf(masked)).toContain(
      `Kontot för [personnummer] ([e-postadress]) användes. Växeln ${OWN} var stängd.`,
    );
    expect(documentDigest(masked)).not.toBe(documentDigest(whole));
    expect(masked.marking).toEqual(whole.marking);
    expect(masked.missing).toEqual(whole.missing);
    expect(getIncident(vault, id).facts.find((fact) => fact.id === 'handelseforlopp')?.text).toBe(TEXT);
    expect(personalDataOf(vault, rules, order({ mask: true }))).toEqual({
      ...personalDataOf(vault, rules, order()),
      isMasked: true,
    });
  });

  it('is always done for an open line', () => {
    const openLine = { formId: 'telefonnotifiering' } as const;
    expect(personalDataOf(vault, rules, order(openLine))).toMatchObject({
      isMasked: true,
      isAlwaysMasked: true,
    });
    expect(textOf(makeReport(vault, rules, order(openLine)))).toContain(
      `Nås på ${PHONE}, gäller [personnummer].`,
    );
  });

  it('is on the pages that are printed, and the receipt tells of it', async (context) => {
    const { content, remarks } = await dispatchToPrinter(
      vault,
      rules,
      { ...order({ mask: true }), decision },
      byPrint(),
    );
    expect(remarks.join('\n')).toMatch(/I ”.+” är personnummer, e-postadress maskerat\./);
    const pages = (await textOfPages(context, content)).join(' ');
    expect(pages).toContain('[personnummer]');
    expect(pages).not.toContain('1212-1212');
  });

  it('of what was sent is no change of it, and what a supplement says of before is masked too', async () => {
    const [kalix] = importIncidentFiles(vault, rules, [casePath('kalix-2021')]) as [IncidentId];
    const write = (text: string): void =>
      writeItem(vault, factOf(kalix, 'konsekvenser'), { text, codes: [] }, at('oppen'), null, SENSITIVE);
    const ordered = order({ incidentId: kalix, draft: false });
    const send = async (mask: boolean): Promise<ReportDocument> => {
      const made = await dispatchToPrinter(vault, rules, { ...ordered, mask, decision }, byPrint());
      recordEvent(vault, made.id, 'sent', now.toISOString(), null);
      now = new Date(now.getTime() + 60_000);
      return made.document;
    };
    write(`Gäller ${NUMBER}.`);
    const document = await send(true);
    expect(textOf(document)).toContain('Gäller [personnummer].');
    const last = findLastSent(vault, kalix, { form: ordered.formId, version: 'full', openLevel: null });
    expect(last?.document).toEqual(document);
    expect(last?.expedition.details.masked).toBe(true);
    expect(changedSinceSent(vault, rules, kalix)).toEqual([]);
    write(`Gäller ${NUMBER} och ${COORDINATION}.`);
    expect(changedSinceSent(vault, rules, kalix)).toHaveLength(1);
    expect(textOf(await send(false))).toContain(COORDINATION);
    write('Gäller två personer.');
    const supplement = { ...ordered, draft: true, isSupplement: true };
    expect(textOf(makeReport(vault, rules, supplement))).toContain(COORDINATION);
    expect(personalDataOf(vault, rules, supplement).fields).toHaveLength(1);
    const masked = textOf(makeReport(vault, rules, { ...supplement, mask: true }));
    expect(masked).toContain('Gäller [personnummer] och [samordningsnummer].');
    expect(masked).toContain('Gäller två personer.');
    for (const secret of [NUMBER, COORDINATION]) expect(masked).not.toContain(secret);
  });
});
