import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { payloadsOf } from '../audit/repository.ts';
import { incidentRules, takeRulesInForce } from '../core/incident-rules.ts';
import { dispatch } from '../core/dispatch.ts';
import { importIncidentFiles, importIncidentTexts } from '../core/import-incidents.ts';
import { gatePolicy } from '../core/make-report.ts';
import { bySignalskydd } from '../core/ways-out.ts';
import { incidentDeadlines } from '../deadlines/service.ts';
import { getIncident } from '../incidents/service.ts';
import { loadRulePack } from '../rules/load.ts';
import type { RuleFiles } from '../rules/read.ts';
import { keyFingerprint } from '../rules/signature.ts';
import { addSecondPerson, draftWith, importOne, at, secondPerson, SECOND } from '../testing/incidents.ts';
import { laterPack, makePublisher, ownPack, signed, type Content } from '../testing/rule-packs.ts';
import { casePath, makeTestVault, readCase, type TestVault } from '../testing/vault.ts';
import { dumpRows } from '../store/testing/rows.ts';
import type { Vault } from '../vault/session.ts';
import { rulesForIncident, rulesInForce } from './for-incident.ts';
import { installedRules } from './list.ts';
import { pinnedKeys, revokeKey, trustKey } from './publishers.ts';
import { NO_OWN_PACK, rollBack } from './rollback.ts';
import { inspectPack, inspectShipped, takePack, type SignedPack } from './take.ts';

/** One vault for all: what is refused must leave nothing, and each test sees what those before it took. */
const rules = loadRulePack();
const sigill = makePublisher('sigill', 'Sigill-projektet');
const norrdal = makePublisher('norrdal', 'Norrdals kommun');
let test: TestVault;
let vault: Vault;
let old: IncidentId;

beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  await addSecondPerson(vault);
  [old] = importIncidentFiles(vault, rules, [casePath('kalix-2021')]) as [IncidentId];
});
afterAll(() => {
  vault.close();
  test.remove();
});

const inTwelveHours = (csl: Content): Content => {
  const [step, ...rest] = csl['steps'] as Content[];
  return { ...csl, steps: [{ ...step, limit: { amount: 12, unit: 'hour' } }, ...rest] };
};
const twelveHours = (sequence: number): RuleFiles =>
  laterPack(sequence, {
    'regimes/csl.json': inTwelveHours,
    // From so long ago that every incident of the test is judged by one of the two.
    'regimes/csl-fore-juli-2026.json': (csl) => ({ ...inTwelveHours(csl), validFrom: '2020-01-01' }),
  });
const take = (pack: SignedPack, reason = 'Ny lag'): unknown =>
  takePack(vault, rules, pack, { digest: inspectPack(vault, rules, pack).digest, reason });

/** Every row of the open room. */
function stateOf(): unknown {
  return dumpRows(vault.requireRoom('open').store);
}

/** The error of what must be refused and must leave nothing. */
function refusalOf(work: () => unknown): SigillError {
  const before = stateOf();
  try {
    work();
  } catch (error) {
    if (!(error instanceof SigillError)) throw error;
    expect(stateOf()).toEqual(before);
    return error;
  }
  throw new Error('It was not refused.');
}

const limitOf = (id: IncidentId): number | undefined =>
  rulesForIncident(vault, rules, getIncident(vault, id)).regimes.get('CSL')?.steps[0]?.limit?.amount;

describe('the keys of publishers', () => {
  it('are trusted by two persons, and by no fewer', async () => {
    const before = stateOf();
    const alone = { userName: 'Anna Andersson', passphrase: secondPerson('open').passphrase };
    await expect(trustKey(vault, sigill.file, 'Uppläst', alone)).rejects.toMatchObject({ kind: 'policy' });
    const wrong = { userName: SECOND, passphrase: Buffer.from('en helt annan lösenfras', 'utf8') };
    await expect(trustKey(vault, sigill.file, 'Uppläst', wrong)).rejects.toMatchObject({ kind: 'unlock' });
    expect(wrong.passphrase.every((byte) => byte === 0)).toBe(true);
    await expect(trustKey(vault, sigill.file, ' ', secondPerson('open'))).rejects.toMatchObject({
      kind: 'usage',
    });
    expect(stateOf()).toEqual(before);
    expect(refusalOf(() => inspectPack(vault, rules, signed(twelveHours(2), sigill))).kind).toBe('policy');

    const key = await trustKey(vault, sigill.file, 'Uppläst per telefon', secondPerson('open'));
    await trustKey(vault, norrdal.file, 'Vår egen', secondPerson('open'));
    const { store } = vault.requireRoom('open');
    expect(pinnedKeys(store).map(({ publisher }) => publisher)).toEqual(['sigill', 'norrdal']);
    expect(payloadsOf(store.database, 'rules.key-trusted', key.fingerprint)[0]?.payload).toMatchObject({
      reason: 'Uppläst per telefon',
      second: expect.any(String),
    });
  });
});

describe('a pack', () => {
  it('is shown as a difference before it is taken, and changes nothing then', () => {
    const before = stateOf();
    const plan = inspectPack(vault, rules, signed(twelveHours(2), sigill));
    expect(plan.changes.flatMap(({ sentences }) => sentences)).toContain(
      'CSL, steg Upplysning: fristen ändras från 24 timmar till 12 timmar.',
    );
    expect(stateOf()).toEqual(before);
  });

  it.each<[string, string, () => SignedPack]>([
    [
      'a changed byte',
      'damaged',
      () => {
        const { pack, signature } = signed(twelveHours(2), sigill);
        const changed = Buffer.from(pack);
        changed[changed.indexOf('"hour"') + 1] = 0x48;
        return { pack: changed, signature };
      },
    ],
    [
      'the signature of another',
      'damaged',
      () => ({
        ...signed(twelveHours(2), sigill),
        signature: signed(twelveHours(3), sigill).signature,
      }),
    ],
    ['the number that is in force', 'policy', () => signed(laterPack(1), sigill)],
    ["somebody else's key", 'policy', () => signed(twelveHours(2), norrdal)],
    ['an unknown key', 'policy', () => signed(twelveHours(2), makePublisher('sigill'))],
    [
      'an unknown field',
      'usage',
      () => signed(laterPack(2, { 'regimes/csl.json': (csl) => ({ ...csl, nytt: 1 }) }), sigill),
    ],
    ['a dead reference', 'usage', () => signed(laterPack(2, { 'codelists/msb-orsak.json': null }), sigill)],
    [
      'an unknown blank',
      'usage',
      () =>
        signed(laterPack(2, { 'texts/e-postamne.json': (file) => ({ ...file, text: '{rubrik}' }) }), sigill),
    ],
    ['a missing manifest', 'usage', () => signed(laterPack(2, { 'paket.json': null }), sigill)],
    [
      'a way opened for a class',
      'usage',
      () => signed(laterPack(2, { 'channels/kanaltabell.json': open }), sigill),
    ],
    [
      'an own table in an own pack',
      'usage',
      () =>
        signed(
          ownPack(1, { 'channels/a.json': open(laterPack(1).get('channels/kanaltabell.json') as Content) }),
          norrdal,
        ),
    ],
  ])('with %s is refused whole, and nothing changes', (_what, kind, make) => {
    const refusal = refusalOf(() => take(make()));
    expect(refusal.kind).toBe(kind);
    expect(refusal.message).toMatch(/^[A-ZÅÄÖ].*\.$/);
  });

  it('is not taken where it is another than the one that was shown, or no reason is given', () => {
    const { digest } = inspectPack(vault, rules, signed(twelveHours(2), sigill));
    const other = signed(twelveHours(3), sigill);
    expect(refusalOf(() => takePack(vault, rules, other, { digest, reason: 'x' })).kind).toBe('usage');
    expect(refusalOf(() => take(other, '  ')).kind).toBe('usage');
  });

  it('that is taken holds for new incidents, and every old one keeps its rules', () => {
    take(signed(twelveHours(2), sigill));
    expect(rulesInForce(vault, rules).regimes.get('CSL')?.steps[0]?.limit?.amount).toBe(12);
    expect(limitOf(old)).toBe(24);
    expect(limitOf(newIncident())).toBe(12);
    // The same again, and one that is older than it, come too late.
    expect(refusalOf(() => take(signed(twelveHours(2), sigill))).kind).toBe('policy');
    expect(inspectShipped(vault, rules)).toBeNull();
    const { packs, decisions } = installedRules(vault, rules);
    expect(packs.map(({ manifest, isInForce }) => [manifest.sequence, isInForce])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(decisions.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['shipped', 'Följde med Sigill.'],
      ['taken', 'Ny lag'],
    ]);
  });

  it('says what it would change for an old incident, which takes it only by decision', () => {
    const affected = newIncident();
    take(signed(laterPack(3), sigill), 'Tillbaka till 24 timmar');
    const { judgedBy, newer } = incidentRules(vault, rules, affected);
    expect(judgedBy).toEqual(['Sigills regler 2027.2']);
    expect(newer?.packs).toEqual(['Sigills regler 2027.3']);
    expect(newer?.sentences).toEqual([
      'Cybersäkerhetslagen (NIS2), Upplysning: fristen flyttas från måndag 2026-11-02 kl. 00:00 till måndag 2026-11-02 kl. 12:00.',
    ]);
    const dueOf = (): string | undefined =>
      incidentDeadlines(vault, rules, affected).deadlines.find(({ step }) => step.id === 'upplysning')?.due
        ?.at;
    const before = dueOf();
    expect(refusalOf(() => takeRulesInForce(vault, rules, affected, '')).kind).toBe('usage');
    takeRulesInForce(vault, rules, affected, 'Rättelse av regeln');
    expect(Date.parse(dueOf() ?? '') - Date.parse(before ?? '')).toBe(12 * 60 * 60_000);
    expect(incidentRules(vault, rules, affected)).toMatchObject({
      newer: null,
      decisions: [{ reason: 'Rättelse av regeln', by: 'Anna Andersson' }],
    });
    expect(refusalOf(() => takeRulesInForce(vault, rules, affected, 'igen')).kind).toBe('usage');
    const { database } = vault.requireRoom('open').store;
    expect(payloadsOf(database, 'incident.rules-taken', affected)).toHaveLength(1);
  });

  it('can be gone back from by decision, and a file with an old number still cannot come in', () => {
    const { packs } = installedRules(vault, rules);
    const second = packs.find(({ manifest }) => manifest.sequence === 2)?.digest ?? '';
    expect(refusalOf(() => rollBack(vault, rules, second.slice(0, 7), 'skäl')).kind).toBe('usage');
    expect(refusalOf(() => rollBack(vault, rules, second, ' ')).kind).toBe('usage');
    rollBack(vault, rules, second.slice(0, 12), 'Nummer 3 hade fel');
    expect(rulesInForce(vault, rules).regimes.get('CSL')?.steps[0]?.limit?.amount).toBe(12);
    expect(refusalOf(() => take(signed(twelveHours(3), sigill))).kind).toBe('policy');
    expect(refusalOf(() => rollBack(vault, rules, second, 'igen')).kind).toBe('usage');
    take(signed(twelveHours(4), sigill), 'Rättat');
    expect(installedRules(vault, rules).packs).toHaveLength(4);
  });
});

describe("an organisation's own pack", () => {
  const own = (sequence: number, name: string): RuleFiles =>
    ownPack(
      sequence,
      {
        'recipients/imy.json': {
          ...(laterPack(1).get('recipients/imy.json') as Content),
          addresses: ((laterPack(1).get('recipients/imy.json') as Content)['addresses'] as Content[]).slice(
            0,
            1,
          ),
        },
        'codelists/system.json': {
          kind: 'codelist',
          id: 'norrdal-system',
          name,
          validFrom: null,
          validTo: null,
          confidence: 'official',
          sources: [{ reference: 'Kommunens systemlista', checked: '2026-11-01' }],
          codes: [{ code: 'W3D3', name: 'W3D3' }],
        },
      },
      { replaces: [{ kind: 'recipient', id: 'imy' }] },
    );

  it('lies over ours, which stays as it is, and can be taken away', () => {
    take(signed(own(1, 'System'), norrdal), 'Egna system');
    expect(rulesInForce(vault, rules).codeLists.get('norrdal-system')?.name).toBe('System');
    expect(rulesInForce(vault, rules).recipients.get('imy')?.addresses).toHaveLength(1);
    expect(rulesInForce(vault, rules).regimes.get('CSL')?.steps[0]?.limit?.amount).toBe(12);
    // A later one of ours goes under it.
    take(signed(laterPack(5), sigill), 'Ny utgåva');
    expect(rulesInForce(vault, rules).codeLists.has('norrdal-system')).toBe(true);
    expect(rulesInForce(vault, rules).regimes.get('CSL')?.steps[0]?.limit?.amount).toBe(24);
    const another = makePublisher('soderdal');
    expect(refusalOf(() => take(signed(own(2, 'System'), another))).kind).toBe('policy');
    rollBack(vault, rules, NO_OWN_PACK, 'Behövs inte');
    expect(rulesInForce(vault, rules).codeLists.has('norrdal-system')).toBe(false);
    take(signed(own(2, 'Systemen'), norrdal), 'Behövs ändå');
  });

  it('brings a whole new regime with its form, and a report by it is sent', async () => {
    const files = laterPack(1);
    const form = files.get('forms/kommun-slutrapport.json') as Content;
    const regime = files.get('regimes/kommun-rutin.json') as Content;
    const [step] = regime['steps'] as Content[];
    const added = new Map(own(3, 'Systemen'));
    added.set('forms/rapport.json', { ...form, id: 'norrdal-rapport', regimes: ['norrdal-rutin'] });
    added.set('regimes/rutin.json', {
      ...regime,
      id: 'norrdal-rutin',
      steps: [{ ...step, forms: ['norrdal-rapport'] }],
    });
    take(signed(added, norrdal), 'Egen rutin');
    const text = JSON.stringify({
      ...(JSON.parse(readCase('miljodata-2025')) as object),
      regimes: ['norrdal-rutin'],
    });
    const [id] = importIncidentTexts(vault, rules, [{ name: 'egen', text }]) as [IncidentId];
    expect(incidentDeadlines(vault, rules, id).deadlines.map(({ forms }) => forms[0]?.id)).toEqual([
      'norrdal-rapport',
    ]);
    const { document, files: written } = await dispatch(
      vault,
      rules,
      {
        incidentId: id,
        formId: 'norrdal-rapport',
        version: 'full',
        draft: true,
        out: join(test.root, 'medium'),
        decision: { reason: 'Rutinen anger signalskydd.', decidedBy: 'Säkerhetsskyddschefen' },
      },
      bySignalskydd(vault, rules, { medium: 'USB 1', grade: 'SG R', recipientName: 'Operatören' }),
    );
    expect(document.form.id).toBe('norrdal-rapport');
    expect(written.length).toBeGreaterThan(2);
  });

  it('is refused with one of ours that it does not fit', () => {
    const without = laterPack(6, {
      'recipients/imy.json': (imy) => ({ ...imy, validFrom: '2020-01-01' }),
    });
    const refusal = refusalOf(() => take(signed(without, sigill)));
    expect(refusal.kind).toBe('usage');
    expect(refusal.faults).toContain(
      'recipients/imy.json: "imy" ersätter ingen regel med samma giltighet i sigill.',
    );
  });
});

describe('a revoked key', () => {
  it('brings in nothing more, is not gone back to, and is not trusted again', async () => {
    const fingerprint = keyFingerprint(sigill.key.publicKey);
    await revokeKey(vault, fingerprint, 'Nyckeln har kommit bort', secondPerson('open'));
    expect(refusalOf(() => take(signed(laterPack(9), sigill))).message).toMatch(/återkallad/);
    const [fourth] = installedRules(vault, rules).packs.filter(({ manifest }) => manifest.sequence === 4);
    expect(refusalOf(() => rollBack(vault, rules, fourth?.digest ?? '', 'skäl')).kind).toBe('policy');
    await expect(trustKey(vault, sigill.file, 'igen', secondPerson('open'))).rejects.toMatchObject({
      kind: 'policy',
    });
    // What was taken holds on: an incident must be reported by something.
    expect(rulesInForce(vault, rules).regimes.has('CSL')).toBe(true);
  });
});

describe('what the vault holds', () => {
  it('is read again after a lock, and a pack that was changed behind our back is not believed', async () => {
    vault.close();
    vault = await test.open(['open', 'protected']);
    expect(limitOf(old)).toBe(24);
    expect(rulesInForce(vault, rules).codeLists.get('norrdal-system')?.name).toBe('Systemen');
    // Through the gate goes what the table in force says, also for an old incident.
    expect(gatePolicy(vault, rules).table).toBe(rulesInForce(vault, rules).channelTable);
    const { database } = vault.requireRoom('open').store;
    database.exec('DROP TRIGGER rule_pack_is_immutable');
    database.exec(`UPDATE rule_pack SET content = replace(content, '"amount":12', '"amount":99')`);
    const { packs } = installedRulesOrRefusal();
    expect(packs).toBe('damaged');
  });
});

function installedRulesOrRefusal(): { packs: unknown } {
  try {
    return { packs: installedRules(vault, rules).packs };
  } catch (error) {
    return { packs: (error as SigillError).kind };
  }
}

function newIncident(): IncidentId {
  return importOne(
    vault,
    draftWith(
      { handelse: ['Avbrott', 'oppen'] },
      {
        regimes: ['CSL'],
        times: [{ id: 'aware', at: '2026-11-01T12:00:00+01:00', precision: 'exact', marking: at('oppen') }],
      },
    ),
  );
}

function open(table: Content): unknown {
  const classes = table['classes'] as { id: string; answers: Content[] }[];
  for (const { id, answers } of classes) {
    if (id !== 'BH') continue;
    for (const answer of answers) {
      if (answer['channel'] !== 'epost') continue;
      Object.assign(answer, { answer: 'allowed' });
      delete answer['absolute'];
    }
  }
  return table;
}
