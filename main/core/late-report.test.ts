import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { recordStep } from '../deadlines/service.ts';
import { writeItem } from '../incidents/marking.ts';
import { renderText } from '../reports/text.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, draftWith, factOf, importOne, SENSITIVE } from '../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { makeReport } from './make-report.ts';
import { byPrint } from './ways-out.ts';
import { dispatchToPrinter } from './dispatch.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** The shipped rules, with a form for a step that asks for reasons: the form itself asks nothing of the kind. */
function withForm(): RulePack {
  const rules = loadRulePack();
  const gdpr = rules.regimes.get('GDPR');
  if (!gdpr) throw new Error('no GDPR');
  const steps = gdpr.steps.map((step) =>
    step.id === 'anmalan' ? { ...step, forms: ['telefonnotifiering', 'frivillig-slutrapport'] } : step,
  );
  return { ...rules, regimes: new Map([...rules.regimes, ['GDPR', { ...gdpr, steps }]]) };
}

const rules = withForm();
const LABEL = 'Rapporten lämnas efter fristens utgång. Skäl';
const REASON = 'Systemet som anmälan görs i låg nere.';
const now = new Date('2026-11-22T12:00:00Z');
let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected'], () => now);
});
afterAll(() => {
  vault.close();
  test.remove();
});

function incident(aware: string): IncidentId {
  const times = [{ id: 'aware' as const, at: aware, precision: 'exact' as const, marking: at('oppen') }];
  return importOne(vault, draftWith({ handelse: ['x', 'oppen'] }, { regimes: ['GDPR'], times }));
}
const LATE = '2026-11-18T03:00:00+01:00';
const report = (incidentId: IncidentId, version: 'full' | 'open' = 'full') =>
  makeReport(vault, rules, { incidentId, formId: 'frivillig-slutrapport', version, draft: true });

it('says that it comes late and why, before all else, and cannot be final without the reason', async () => {
  const id = incident(LATE);
  const without = report(id);
  expect(without.sections[0]).toMatchObject({
    id: 'sen-rapport',
    help: expect.stringContaining('artikel 33.1') as string,
  });
  expect(without.missing).toContainEqual({ field: 'skal-sen-rapport', label: `${LABEL}:` });
  const order = {
    incidentId: id,
    formId: 'telefonnotifiering',
    version: 'full',
    draft: false,
    decision: null,
  } as const;
  await expect(dispatchToPrinter(vault, rules, order, byPrint())).rejects.toMatchObject({
    kind: 'usage',
    faults: expect.arrayContaining([`${LABEL}:`]) as string[],
  });

  writeItem(
    vault,
    factOf(id, 'skal-sen-rapport'),
    { text: REASON, codes: [] },
    at('sekretess'),
    null,
    SENSITIVE,
  );
  const withReason = report(id);
  expect(withReason.missing.map(({ field }) => field)).not.toContain('skal-sen-rapport');
  expect(withReason.marking.level).toBe('sekretess');
  const text = renderText(withReason);
  expect(text).toContain(LABEL);
  expect(text).toContain(REASON);
  const next = withReason.sections[1]?.fields[0]?.label ?? '';
  expect(text).toContain(next);
  expect(text.indexOf(REASON)).toBeLessThan(text.indexOf(next));
});

it('keeps one reason for each report, and the common one for those that have none', async () => {
  const id = incident(LATE);
  const write = (form: string, text: string): void =>
    writeItem(
      vault,
      { incidentId: id, kind: 'answer', key: `${form}/skal-sen-rapport` },
      { text, codes: [] },
      at('oppen'),
      null,
      SENSITIVE,
    );
  write('frivillig-slutrapport', 'Underlaget kom sent');
  expect(renderText(report(id))).toContain('Underlaget kom sent');
  const call = { incidentId: id, formId: 'telefonnotifiering', version: 'full', draft: true } as const;
  expect(makeReport(vault, rules, call).missing.map(({ field }) => field)).toContain('skal-sen-rapport');
  writeItem(vault, factOf(id, 'skal-sen-rapport'), { text: REASON, codes: [] }, at('oppen'), null, SENSITIVE);
  expect(renderText(makeReport(vault, rules, call))).toContain(REASON);
  expect(renderText(report(id))).not.toContain(REASON);
  write('telefonnotifiering', 'Linjen var upptagen');
  expect(renderText(makeReport(vault, rules, call))).toContain('Linjen var upptagen');
  expect(renderText(report(id))).not.toContain('Linjen var upptagen');
});

it('tells the reason only as far as its own marking lets it', () => {
  const id = incident(LATE);
  writeItem(
    vault,
    factOf(id, 'skal-sen-rapport'),
    { text: REASON, codes: [] },
    at('sekretess'),
    null,
    SENSITIVE,
  );
  expect(renderText(report(id, 'open'))).not.toContain(REASON);
  expect(report(id, 'open').sections[0]?.fields[0]?.parts).toMatchObject([{ withheld: true }]);
});

it('says nothing of it in time, nor when the step is done, nor where no law asks', () => {
  const sections = (id: IncidentId, pack: RulePack = rules) =>
    makeReport(vault, pack, {
      incidentId: id,
      formId: 'frivillig-slutrapport',
      version: 'full',
      draft: true,
    }).sections.map((section) => section.id);
  expect(sections(incident('2026-11-22T03:00:00+01:00'))).not.toContain('sen-rapport');
  const late = incident(LATE);
  expect(sections(late, loadRulePack())).not.toContain('sen-rapport');
  expect(sections(late)).toContain('sen-rapport');
  recordStep(vault, rules, {
    ...{ incident: late, regime: 'GDPR', step: 'anmalan', event: 'done', note: null },
    at: '2026-11-22T12:00:00+01:00',
  } as Parameters<typeof recordStep>[2]);
  expect(sections(late)).not.toContain('sen-rapport');
});

it('in a form that asks for the reason itself has it there and nowhere else, and needs it only when late', () => {
  const own = (incidentId: IncidentId) =>
    makeReport(vault, loadRulePack(), { incidentId, formId: 'imy-anmalan', version: 'full', draft: true });
  const late = own(incident(LATE));
  expect(late.sections.map(({ id }) => id)).not.toContain('sen-rapport');
  const told = late.missing.find(({ field }) => field === 'skal-sen-rapport');
  expect(told?.label).toContain('senare än 72 timmar');
  const inTime = own(incident('2026-11-22T10:00:00+01:00'));
  expect(inTime.missing.map(({ field }) => field)).not.toContain('skal-sen-rapport');
  const id = incident(LATE);
  const reason = { text: REASON, codes: [] };
  writeItem(vault, factOf(id, 'skal-sen-rapport'), reason, at('oppen'), null, SENSITIVE);
  const fields = own(id).sections.flatMap((section) => section.fields);
  const filled = fields.filter(({ parts }) => parts.some(({ text }) => text === REASON));
  expect(filled.map(({ label }) => label)).toEqual([told?.label]);
});
