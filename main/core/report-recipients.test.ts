import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { checkAddress } from '../addresses/service.ts';
import { changeDutySettings } from '../deadlines/settings.ts';
import { loadRulePack } from '../rules/load.ts';
import { draftWith, importOne } from '../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { chooseAddress } from './choose-address.ts';
import { makeReport, reportRemarks } from './make-report.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
const TODAY = '2026-11-22';
let test: TestVault;
let vault: Vault;
let id: IncidentId;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected'], () => new Date(`${TODAY}T12:00:00Z`));
  id = importOne(vault, draftWith({ handelse: ['x', 'oppen'] }, { regimes: ['SAK', 'KOMMUN-RUTIN'] }));
});
afterAll(() => {
  vault.close();
  test.remove();
});

function remarksOf(formId: string): string {
  const order = { incidentId: id, formId, version: 'full', draft: true } as const;
  return reportRemarks(rules, vault, order, makeReport(vault, rules, order)).join('\n');
}

it('a report to Säkerhetspolisen says who else is told, by what the organisation has answered', () => {
  expect(remarksOf('sakerhetspolisen-anmalan')).not.toMatch(/Försvarsmakten|Tillsynsmyndighet/);
  changeDutySettings(vault, rules, { securityGroup: 'forsvarsmakten' });
  expect(remarksOf('sakerhetspolisen-anmalan')).toContain('Anmälan görs också till Försvarsmakten.');
  changeDutySettings(vault, rules, { securityGroup: 'kommuner-regioner-ovriga', county: null });
  expect(remarksOf('sakerhetspolisen-anmalan')).toContain('ange län under Inställningar');
  changeDutySettings(vault, rules, { county: 'gotland' });
  expect(remarksOf('sakerhetspolisen-anmalan')).toMatch(
    /Tillsynsmyndighet: Länsstyrelsen i Stockholms län .*underrättas av Säkerhetspolisen/,
  );
  expect(remarksOf('sakerhetspolisen-anmalan')).not.toContain('också till Försvarsmakten');
  // No act of those two is behind the municipality's own routine.
  expect(remarksOf('kommun-slutrapport')).not.toContain('Tillsynsmyndighet');
});

it('what is delivered by hand to the supervisory authority bears its name', () => {
  const lines = () =>
    chooseAddress(
      vault,
      rules,
      'sakerhetspolisen-anmalan',
      'tillsynsmyndighet-sakerhetsskydd',
      'personlig-leverans',
      TODAY,
    ).lines;
  changeDutySettings(vault, rules, { securityGroup: null });
  expect(lines()).toEqual(['Tillsynsmyndighet för säkerhetsskydd']);
  changeDutySettings(vault, rules, { securityGroup: 'kommuner-regioner-ovriga', county: 'kalmar' });
  expect(lines()).toEqual(['Länsstyrelsen i Skåne län']);
});

it('an address that was found wrong is not used, and one that was confirmed comes first', () => {
  const chosen = () => chooseAddress(vault, rules, 'kommun-slutrapport', 'cert-se', 'rek', TODAY);
  expect(chosen()).toMatchObject({ id: 'post-karlstad', status: 'unconfirmed', check: null });
  const told = { recipient: 'cert-se', at: `${TODAY}T11:00:00+01:00`, by: 'Anna', how: 'telefon' };
  checkAddress(vault, rules, { ...told, address: 'rek-solna', outcome: 'confirmed' });
  expect(chosen()).toMatchObject({ id: 'rek-solna', status: 'confirmed', check: { checkedBy: 'Anna' } });
  checkAddress(vault, rules, { ...told, address: 'rek-solna', outcome: 'wrong' });
  checkAddress(vault, rules, { ...told, address: 'post-karlstad', outcome: 'wrong' });
  expect(chosen).toThrow(expect.objectContaining({ kind: 'usage' }) as Error);
});
