import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { incidentRules, takeRulesInForce } from '../core/incident-rules.ts';
import { incidentDeadlines, overviewDeadlines } from '../deadlines/service.ts';
import { packRules } from '../rules/container.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, draftWith, importOne } from '../testing/incidents.ts';
import { laterPack } from '../testing/rule-packs.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { installedRules } from './list.ts';
import { addIncidentRules, addRuleDecision, savePack, saveRuleSet } from './repository.ts';
import { makeRuleSet, packOf } from './stored.ts';
import { requireLibrary } from './take.ts';

const rules = loadRulePack();
let test: TestVault;
let vault: Vault;
let readable: IncidentId;
let unreadable: IncidentId;

function newIncident(): IncidentId {
  const aware = { id: 'aware', at: '2026-11-01T12:00:00+01:00', precision: 'exact' } as const;
  const details = { regimes: ['CSL'], times: [{ ...aware, marking: at('oppen') }] };
  return importOne(vault, draftWith({ handelse: ['Avbrott', 'oppen'] }, details));
}

/** What a later Sigill would have left: a pack with a key that this one does not know, kept for one incident. */
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  readable = newIncident();
  unreadable = newIncident();
  const { store, actor } = vault.requireRoom('open');
  const decided = { at: vault.now().toISOString(), by: actor.userId, reason: 'Prov' };
  const keep = (files: ReturnType<typeof laterPack>, sequence: number): string => {
    const { text, digest } = packRules(files);
    const taken = { signedBy: null, takenAt: decided.at, takenBy: decided.by };
    savePack(store, { digest, packId: 'sigill', sequence, ...taken }, text);
    saveRuleSet(store, makeRuleSet(digest, null));
    return makeRuleSet(digest, null).id;
  };
  const later = keep(laterPack(90, { 'regimes/csl.json': (csl) => ({ ...csl, ofALaterTime: true }) }), 90);
  const { digest, text } = packOf(requireLibrary(rules));
  savePack(
    store,
    { digest, packId: 'sigill', sequence: 1, signedBy: null, takenAt: decided.at, takenBy: decided.by },
    text,
  );
  const shipped = makeRuleSet(digest, null);
  saveRuleSet(store, shipped);
  addRuleDecision(store, { ...decided, ruleSet: shipped.id, kind: 'shipped' });
  addIncidentRules(store, unreadable, { ...decided, ruleSet: later });
});
afterAll(() => {
  vault.close();
  test.remove();
});

it('is told in words of the one incident that has such rules, and the others are counted', async () => {
  expect(() => incidentDeadlines(vault, rules, unreadable)).toThrow(/kan inte läsas av den här versionen/);
  const overview = await overviewDeadlines(vault, rules);
  expect(overview.unreadable).toEqual([
    { incident: unreadable, reason: expect.stringContaining('Ta nyare regler') as string },
  ]);
  expect(new Set(overview.deadlines.map(({ incident }) => incident.id))).toEqual(new Set([readable]));
});

it('lists every pack of the vault, and says which of them cannot be read', () => {
  const { packs } = installedRules(vault, rules);
  expect(packs.map(({ isInForce, unreadable: why }) => [isInForce, why !== null]).sort()).toEqual([
    [false, true],
    [true, false],
  ]);
});

it('leaves a way out: the rules in force are taken for the incident', async () => {
  const { judgedBy, unreadable: why, newer } = incidentRules(vault, rules, unreadable);
  expect(judgedBy).toEqual([]);
  expect(why).toMatch(/kan inte läsas/);
  expect(newer?.packs).toHaveLength(1);
  takeRulesInForce(vault, rules, unreadable, 'De gamla kan inte läsas');
  expect(incidentRules(vault, rules, unreadable)).toMatchObject({ unreadable: null, newer: null });
  expect((await overviewDeadlines(vault, rules)).unreadable).toEqual([]);
});
