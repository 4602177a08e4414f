import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { contextOf, nextQuestion, regimesOf, type TreeDecision } from '../../shared/domain/decision-tree.ts';
import type { Deadline } from '../../shared/domain/incident-deadline.ts';
import { INCIDENT_FILE_FORMAT } from '../../shared/domain/incident-file.ts';
import { ORGANISATION_KINDS, type IncidentId, type OrganisationKind } from '../../shared/domain/incident.ts';
import { supervisorOf } from '../../shared/domain/supervision.ts';
import { bindKey, checkAddress } from '../addresses/service.ts';
import { changeDutySettings } from '../deadlines/settings.ts';
import { incidentDeadlines, recordStep } from '../deadlines/service.ts';
import { askGate } from '../export/gate.ts';
import { getIncident } from '../incidents/service.ts';
import { openpgp } from '../keys/openpgp-config.ts';
import { createOwnKey } from '../keys/own.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, draftWith, importOne } from '../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { chooseCarriage } from './carriage.ts';
import { dispatch, type DispatchOrder } from './dispatch.ts';
import { importIncidentTexts } from './import-incidents.ts';
import { createOwn, importRecipientKey } from './keys.ts';
import { gatePolicy, makeReport } from './make-report.ts';
import { describeDestinations } from './bound-keys.ts';
import { byEmail, byEnvelope, type EnvelopeOrder } from './ways-out.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** The twelve contradictions of domain §11, each by its number, and what is to be done of it. */
const rules = loadRulePack();
const now = new Date('2026-11-22T12:00:00Z');
let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault('hemlig');
  vault = await test.open(['open', 'protected'], () => now);
});
afterAll(() => {
  vault.close();
  test.remove();
});

const time = (id: 'aware' | 'identified' | 'significant', written: string) => ({
  id,
  at: written,
  precision: 'exact' as const,
  marking: at('oppen'),
});
function incident(
  regimes: readonly string[],
  times: readonly ReturnType<typeof time>[],
  organisationKind: OrganisationKind = 'statlig-myndighet',
): IncidentId {
  return importOne(vault, draftWith({}, { regimes, times, organisationKind }));
}
function stepOf(id: IncidentId, regime: string, step: string): Deadline {
  const found = incidentDeadlines(vault, rules, id).deadlines.find(
    (one) => one.regime.id === regime && one.step.id === step,
  );
  if (!found) throw new Error(`no ${regime} ${step}`);
  return found;
}
const done = (id: IncidentId, regime: string, step: string, written: string): void =>
  recordStep(vault, rules, { incident: id, regime, step, event: 'done', at: written, note: null });
const answers = (given: Partial<Record<TreeDecision['question'], TreeDecision['answer']>>): TreeDecision[] =>
  Object.entries(given).map(([question, answer]) => ({
    question: question as TreeDecision['question'],
    answer,
    reason: 'x',
    at: '',
  }));
const fileOf = (regimes: readonly string[], organisationKind: OrganisationKind, aware: string): string =>
  JSON.stringify({
    format: INCIDENT_FILE_FORMAT,
    organisationKind,
    regimes,
    title: { text: 'x', marking: 'oppen' },
    times: { aware: { at: aware, precision: 'exact' } },
    facts: [],
    log: [],
  });
const imported = (text: string, isDecided = false): readonly string[] => {
  const [id] = importIncidentTexts(vault, rules, [{ name: 'x', text }], isDecided);
  if (!id) throw new Error('nothing');
  return getIncident(vault, id).regimes;
};

describe('contradiction', () => {
  it('1: the municipal routine is shown as a routine, and cybersäkerhetslagen comes along by itself', () => {
    const id = incident(['KOMMUN-RUTIN'], [time('identified', '2026-11-22T03:00:00+01:00')], 'kommun');
    expect(stepOf(id, 'KOMMUN-RUTIN', 'notifiering').regime.isInternal).toBe(true);
    expect(stepOf(id, 'KOMMUN-RUTIN', 'notifiering').note).not.toBeNull();
    const aware = '2026-11-22T03:00:00+01:00';
    expect(imported(fileOf(['KOMMUN-RUTIN'], 'kommun', aware))).toEqual(['CSL', 'KOMMUN-RUTIN']);
    // Not before the law was there, nor where the questions have been answered and the answer is no, with its reason.
    expect(imported(fileOf(['KOMMUN-RUTIN'], 'kommun', '2026-01-14T12:00:00+01:00'))).toEqual([
      'KOMMUN-RUTIN',
    ]);
    expect(imported(fileOf(['KOMMUN-RUTIN'], 'kommun', aware), true)).toEqual(['KOMMUN-RUTIN']);
    for (const kind of ['kommun', 'region'] as const)
      expect(regimesOf(answers({ cybersakerhetslagen: 'osakert' }), contextOf(kind, [], now))).toContain(
        'CSL',
      );
  });

  it('2: a state agency’s rules go by the day of the incident; with both, the shorter limit is aimed at', () => {
    const on = (written: string) =>
      regimesOf(
        answers({ statlig: 'ja' }),
        contextOf('statlig-myndighet', [{ id: 'aware', at: written }], now),
      );
    expect(on('2026-06-30T23:59:00+02:00')).toEqual(['STAT-2020']);
    expect(on('2026-07-01T00:01:00+02:00')).toEqual(['STAT-2026']);
    const times = [
      time('aware', '2026-10-01T08:00:00+02:00'),
      time('identified', '2026-10-01T12:00:00+02:00'),
    ];
    const id = incident(['STAT-2020', 'STAT-2026'], times);
    expect(stepOf(id, 'STAT-2026', 'varning')).toMatchObject({
      confidence: 'unconfirmed',
      due: { at: '2026-10-01T12:00:00Z' },
    });
    // Both limits are shown as they are; the longer one aims at the shorter.
    expect(stepOf(id, 'STAT-2020', 'notifiering')).toMatchObject({
      due: { at: '2026-10-01T16:00:00Z' },
      target: { at: '2026-10-01T12:00:00Z' },
    });
    expect(stepOf(id, 'STAT-2020', 'notifiering').explanation.join(' ')).toContain('kortare frist');
    done(id, 'STAT-2020', 'notifiering', '2026-10-01T12:00:00+02:00');
    done(id, 'STAT-2026', 'incidentanmalan', '2026-10-01T13:00:00+02:00');
    const [four, month] = [stepOf(id, 'STAT-2020', 'slutrapport'), stepOf(id, 'STAT-2026', 'slutrapport')];
    expect([four.due?.date, month.due?.date]).toEqual(['2026-10-29', '2026-11-02']);
    expect(month.target?.date).toBe('2026-10-29');
  });

  it('3: the 24 hours of cybersäkerhetslagen run from kännedom, not from the decision that it is significant', () => {
    const times = [
      time('aware', '2026-11-22T03:00:00+01:00'),
      time('significant', '2026-11-22T11:00:00+01:00'),
    ];
    const id = incident(['CSL'], times);
    expect(stepOf(id, 'CSL', 'upplysning')).toMatchObject({
      start: { event: 'aware' },
      due: { at: '2026-11-23T02:00:00Z' },
    });
  });

  it('4: a month is a calendar month from the report that was sent; the aim is the earlier of that and 30 days', () => {
    const id = incident(['CSL'], [time('aware', '2026-07-12T03:00:00+02:00')]);
    done(id, 'CSL', 'incidentanmalan', '2026-07-13T09:00:00+02:00');
    expect(stepOf(id, 'CSL', 'slutrapport')).toMatchObject({
      due: { date: '2026-08-13' },
      target: { date: '2026-08-12' },
    });
  });

  it('5: four weeks run from the notification, or from the identification where that is chosen', () => {
    const id = incident(['STAT-2020'], [time('identified', '2026-05-20T09:00:00+02:00')]);
    done(id, 'STAT-2020', 'notifiering', '2026-05-21T09:00:00+02:00');
    const due = () => stepOf(id, 'STAT-2020', 'slutrapport').due?.date;
    expect(due()).toBe('2026-06-18');
    changeDutySettings(vault, rules, { starts: { 'STAT-2020/slutrapport': 'identified' } });
    expect(due()).toBe('2026-06-17');
    changeDutySettings(vault, rules, { starts: {} });
    for (const regime of ['STAT-2020', 'KOMMUN-RUTIN'])
      expect(
        rules.regimes.get(regime)?.steps.find((step) => step.id === 'slutrapport')?.startOptions,
      ).toEqual(['identified']);
  });

  it('6: the way of a report without secrecy is chosen by the recipient, whose address has a day of its own', () => {
    const step = rules.regimes.get('KOMMUN-RUTIN')?.steps.find(({ id }) => id === 'slutrapport');
    expect(step?.recipients).toEqual(['cert-se-rapport', 'cert-se']);
    expect(step?.channels).toEqual(expect.arrayContaining(['rek', 'epost', 'epost-okrypterad']));
    for (const id of step?.recipients ?? [])
      for (const address of rules.recipients.get(id)?.addresses ?? [])
        expect([address.id, address.source.checked]).toEqual([address.id, expect.stringMatching(/^20\d\d-/)]);
  });

  it('7: klassat goes by hand before it goes by post, and by REK only when säkerhetsskyddschefen says so', () => {
    const id = importOne(vault, draftWith({ system: ['X', 'hemlig'] }, { regimes: ['SAK'] }));
    const document = makeReport(vault, rules, {
      incidentId: id,
      formId: 'sakerhetspolisen-anmalan',
      version: 'full',
      draft: true,
    });
    const policy = gatePolicy(vault, rules, 'sakerhetspolisen-anmalan');
    expect(chooseCarriage(document, policy, true)).toBe('personlig-leverans');
    // Also to others than Säkerhetspolisen, where all three ask for a decision.
    const toOthers = makeReport(vault, rules, {
      incidentId: importOne(vault, draftWith({ handelse: ['X', 'hemlig'] }, { regimes: ['STAT-2026'] })),
      formId: 'msb-slutrapport',
      version: 'full',
      draft: true,
    });
    expect(toOthers.marking.level).toBe('hemlig');
    for (const decided of [true, false])
      expect(chooseCarriage(toOthers, gatePolicy(vault, rules, 'msb-slutrapport'), decided)).toBe(
        'personlig-leverans',
      );
    const answer = (channel: 'signalskydd' | 'varde' | 'rek') => askGate(document, channel, policy);
    expect(answer('signalskydd').answer).toBe('decision');
    expect(answer('varde')).toMatchObject({ answer: 'decision', decider: 'sakerhetsskyddschefen' });
    expect(answer('rek')).toMatchObject({ answer: 'decision', decider: 'sakerhetsskyddschefen' });
    expect(rules.regimes.get('SAK')?.steps.find((step) => step.id === 'anmalan')?.channels).toEqual([
      'signalskydd',
      'personlig-leverans',
      'varde',
    ]);
  });

  it('8: the question of säkerhetsskydd comes first, and klassat goes to CERT-SE only by a decision', () => {
    for (const organisationKind of ORGANISATION_KINDS) {
      const context = contextOf(organisationKind, [], now);
      expect(nextQuestion([], context)?.id).toBe('sakerhetskanslig');
      expect(nextQuestion(answers({ sakerhetskanslig: 'ja' }), context)?.id).toBe('sakerhetshotande');
    }
    const id = importOne(vault, draftWith({ handelse: ['X', 'hemlig'] }, { regimes: ['SAK', 'STAT-2026'] }));
    const ask = (formId: string, channel: 'personlig-leverans' | 'utskrift' | 'epost') => {
      const document = makeReport(vault, rules, { incidentId: id, formId, version: 'full', draft: true });
      return askGate(document, channel, gatePolicy(vault, rules, formId));
    };
    expect(ask('sakerhetspolisen-anmalan', 'personlig-leverans').answer).toBe('allowed');
    expect(ask('msb-slutrapport', 'personlig-leverans')).toMatchObject({
      answer: 'decision',
      decider: 'sakerhetsskyddschefen',
      rule: { provision: expect.stringContaining('2 kap. 4 §') as string },
    });
    // No decision opens what is closed, and paper in the house has not gone anywhere.
    expect(ask('msb-slutrapport', 'epost')).toMatchObject({ answer: 'refused', rule: { absolute: true } });
    expect(ask('msb-slutrapport', 'utskrift').rule.provision ?? '').not.toContain('2 kap. 4 §');
  });

  const order = (incidentId: IncidentId, formId: string, out: string): DispatchOrder => ({
    incidentId,
    formId,
    version: 'full',
    draft: true,
    out: join(test.root, out),
    decision: { reason: 'Prövat', decidedBy: 'Eva' },
  });

  it('9: a label is printed to an address that somebody has confirmed, or with the reason why it is all the same', async () => {
    const id = importOne(vault, draftWith({ parter: ['Kommunen', 'oppen'] }, { regimes: ['FRIV'] }));
    const way = (change: Partial<EnvelopeOrder>) =>
      byEnvelope(vault, rules, 'frivillig-slutrapport', {
        ...{ carriage: 'rek', layout: 'C4', copies: 1, recipientId: 'cert-se', attention: null },
        ...{ securityBag: null, consignment: null, addressReason: null },
        ...change,
      } as EnvelopeOrder);
    await expect(
      dispatch(vault, rules, order(id, 'frivillig-slutrapport', 'b1'), way({})),
    ).rejects.toMatchObject({
      kind: 'policy',
      message: expect.stringContaining('Fråga mottagaren') as string,
    });
    const reason = 'Fristen löper ut och ingen svarar';
    const sent = await dispatch(
      vault,
      rules,
      order(id, 'frivillig-slutrapport', 'b2'),
      way({ addressReason: reason }),
    );
    expect(sent.remarks.join(' ')).toContain('bekräfta den före avsändning');
    const rows = () =>
      vault
        .requireRoom('open')
        .store.database.prepare(
          "SELECT payload FROM audit_payload JOIN audit_entry USING (seq) WHERE action = 'export.made' AND object = ? ORDER BY seq DESC",
        )
        .get(id) as { payload: string };
    expect(JSON.parse(rows().payload)).toMatchObject({ address: { reason, check: null } });
    checkAddress(vault, rules, {
      ...{ recipient: 'cert-se', address: 'rek-solna', outcome: 'confirmed', by: 'Anna' },
      ...{ at: '2026-11-22T11:00:00+01:00', how: 'telefon 010-240 40 40' },
    } as Parameters<typeof checkAddress>[2]);
    const confirmed = await dispatch(vault, rules, order(id, 'frivillig-slutrapport', 'b3'), way({}));
    expect(confirmed.remarks.join(' ')).not.toContain('bekräfta den före avsändning');
    expect(JSON.parse(rows().payload)).toMatchObject({
      address: { id: 'rek-solna', status: 'confirmed', check: { checkedBy: 'Anna' }, reason: null },
    });
  });

  it('10: a key is for an address when somebody has said so, and without one nothing is sent in clear', async () => {
    const id = importOne(vault, draftWith({ parter: ['Kommunen', 'oppen'] }, { regimes: ['KOMMUN-RUTIN'] }));
    const send = (out: string, to: readonly string[] = []) =>
      dispatch(vault, rules, order(id, 'kommun-slutrapport', out), byEmail(vault, rules, to));
    // One that is as old as this vault's clock says.
    await createOwn(vault, { email: 'prov@example.se', years: null });
    await expect(send('e1')).rejects.toMatchObject({ kind: 'usage' });
    const made = await createOwnKey({ name: 'CERT-SE', email: 'cert@cert.se', at: now });
    const key = await importRecipientKey(vault, Buffer.from(made.armoredPublic), {
      first: 'Anna',
      second: 'Bo Ask',
      way: 'telefon',
      phone: '010-240 40 40',
      note: 'vakthavande',
    });
    const { fingerprint } = key.stored;
    const toOf = (out: string): string =>
      /^To: (.*)$/m.exec(readFileSync(join(test.root, out, mailIn(out)), 'utf8'))?.[1] ?? '';
    const mailIn = (out: string): string =>
      readdirSync(join(test.root, out)).find((name) => name.endsWith('.eml')) ?? '';
    const unbound = await send('e2', [fingerprint]);
    expect(toOf('e2')).toContain('cert@cert.se');
    expect(unbound.remarks.join(' ')).toContain('inte vald för någon av formulärets mottagare');
    const bind = { recipient: 'cert-se-rapport', address: 'epost', reason: 'CERT-SE per telefon' };
    bindKey(vault, rules, { ...bind, fingerprint });
    const bound = await send('e3');
    expect(toOf('e3')).toContain('rapport@it-incident.se');
    expect(bound.remarks.join(' ')).not.toContain('inte vald');
    // How sure the address is, is told before it is sent to, and one that is wrong is not.
    expect(bound.remarks.join(' ')).toMatch(/rapport@it-incident\.se är inte bekräftad.*innan brevet sänds/);
    const told = { recipient: 'cert-se-rapport', address: 'epost', at: '2026-11-22T11:00:00+01:00' };
    const ask = { ...told, by: 'Anna', how: 'telefon 010-240 40 40' };
    checkAddress(vault, rules, { ...ask, outcome: 'confirmed' });
    expect((await send('e3b')).remarks.join(' ')).not.toContain('bekräftad');
    checkAddress(vault, rules, { ...ask, outcome: 'wrong' });
    await expect(send('e3c', [fingerprint])).rejects.toMatchObject({
      kind: 'policy',
      message: expect.stringMatching(/antecknad som fel \(Anna: telefon/) as string,
    });
    expect(describeDestinations(vault, rules, 'kommun-slutrapport', [fingerprint])).toMatchObject([
      { address: null, isRefused: true, remarks: [expect.stringContaining('antecknad som fel')] },
    ]);
    checkAddress(vault, rules, { ...ask, outcome: 'confirmed' });
    for (const out of ['e2', 'e3'])
      for (const name of readdirSync(join(test.root, out)))
        expect(readFileSync(join(test.root, out, name)).includes('Kommunen'), `${out}/${name}`).toBe(false);
    // A reader of a newer kind may keep the others from theirs: it is told, and not where it is alone.
    const modern = await openpgp.generateKey({
      ...{ type: 'curve25519', userIDs: [{ name: 'Ny', email: 'ny@exempel.se' }], date: now },
    });
    const newer = await importRecipientKey(vault, Buffer.from(modern.publicKey), {
      ...{ first: 'Anna', second: 'Bo Ask', way: 'telefon', phone: '010-240 40 40', note: 'vakthavande' },
    });
    const both = await send('e3d', [fingerprint, newer.stored.fingerprint]);
    expect(both.remarks.join(' ')).toMatch(/nyare slag \(X25519.*eget brev/);
    expect((await send('e3e', [newer.stored.fingerprint])).remarks.join(' ')).not.toContain('nyare slag');
    // Another key in the same name is stopped.
    bindKey(vault, rules, { ...bind, recipient: 'cert-se', fingerprint });
    const forged = await createOwnKey({ name: 'CERT-SE', email: 'cert@cert.se', at: now });
    const other = await importRecipientKey(vault, Buffer.from(forged.armoredPublic), {
      first: 'Cecilia',
      second: 'Bo Ask',
      way: 'telefon',
      phone: '010-240 40 40',
      note: 'vakthavande',
    });
    await expect(send('e4', [other.stored.fingerprint])).rejects.toMatchObject({
      kind: 'policy',
      message: expect.stringContaining('en annan nyckel vald') as string,
    });
    bindKey(vault, rules, { ...bind, fingerprint: null });
    await send('e5', [fingerprint]);
    expect(toOf('e5')).toContain('cert@cert.se');
  });

  it('11: the two acts divide the counties in two ways, in two tables', () => {
    const name = (act: 'CSL' | 'SSF', group: string): string | undefined => {
      const table = rules.supervision.get(act);
      return table && supervisorOf(table, group, 'kalmar')?.authority?.name;
    };
    expect(name('CSL', 'offentlig-forvaltning')).toBe('Länsstyrelsen i Östergötlands län');
    expect(name('SSF', 'kommuner-regioner-ovriga')).toBe('Länsstyrelsen i Skåne län');
  });

  it('12: what is told to Säkerhetspolisen rests on 2 kap. 4 § säkerhetsskyddsförordningen, and nowhere on 10 §', () => {
    expect(rules.regimes.get('SAK')?.note).toContain('2 kap. 4 § säkerhetsskyddsförordningen (2021:955)');
    const folder = new URL('../../assets/rules/', import.meta.url).pathname;
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(texts.length).toBeGreaterThan(30);
    for (const text of texts) expect(text).not.toMatch(/2 kap\. 10 § säkerhetsskydds/);
  });
});
