import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_DUTY_SETTINGS, type DutySettings } from '../../shared/domain/duty-settings.ts';
import type { SigillError } from '../../shared/domain/error.ts';
import type { Deadline } from '../../shared/domain/incident-deadline.ts';
import type { IncidentDraft } from '../../shared/domain/incident-file.ts';
import type { IncidentId, TimeId } from '../../shared/domain/incident.ts';
import { writeItem } from '../incidents/marking.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, bytesOf, draftWith, factOf, importOne, SENSITIVE } from '../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import { readSetting } from '../vault/repository.ts';
import type { Vault } from '../vault/session.ts';
import { incidentDeadlines, recordStep } from './service.ts';
import { changeDutySettings, readDutySettings } from './settings.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
let now = new Date('2026-11-22T12:00:00Z');
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
beforeEach(() => {
  now = new Date('2026-11-22T12:00:00Z');
  changeDutySettings(vault, rules, { ...NO_DUTY_SETTINGS });
});

const time = (id: TimeId, written: string) => ({
  id,
  at: written,
  precision: 'exact' as const,
  marking: at('oppen'),
});
const incidentWith = (change: Partial<IncidentDraft>): IncidentId => importOne(vault, draftWith({}, change));
function stepOf(id: IncidentId, regime: string, step: string): Deadline {
  const found = incidentDeadlines(vault, rules, id).deadlines.find(
    (one) => one.regime.id === regime && one.step.id === step,
  );
  if (!found) throw new Error(`no ${regime} ${step}`);
  return found;
}
function record(
  incident: IncidentId,
  regime: string,
  step: string,
  change: Partial<Parameters<typeof recordStep>[2]> = {},
): void {
  const at = '2026-11-22T12:30:00+01:00';
  recordStep(vault, rules, { incident, regime, step, event: 'done', at, note: null, ...change });
}

describe('what the organisation has answered', () => {
  it('is kept in both rooms, but who supervises the säkerhetsskydd only in the protected one', () => {
    const change: Partial<DutySettings> = {
      sectors: ['energi'],
      county: 'skane',
      securityGroup: 'forsvarsmakten',
      noonRule: 'excluded',
      targets: { 'SAK/anmalan': 4 },
      starts: { 'STAT-2020/slutrapport': 'identified' },
    };
    changeDutySettings(vault, rules, change);
    expect(readDutySettings(vault)).toEqual(change);
    const stored = (room: 'open' | 'protected') => readSetting(vault.requireRoom(room).store, 'duties') ?? '';
    expect(stored('open')).toContain('energi');
    expect(stored('open')).not.toContain('securityGroup');
    expect(stored('protected')).toContain('forsvarsmakten');
    expect(bytesOf(vault.requireRoom('protected')).includes('"securityGroup":"forsvarsmakten"')).toBe(true);
    expect(bytesOf(vault.requireRoom('open')).includes('"securityGroup"')).toBe(false);
    const audited = (room: 'open' | 'protected'): string =>
      (
        vault
          .requireRoom(room)
          .store.database.prepare(
            "SELECT payload FROM audit_payload JOIN audit_entry USING (seq) WHERE action = 'duties.changed' ORDER BY seq DESC",
          )
          .get() as { payload: string }
      ).payload;
    expect(audited('open')).not.toContain('securityGroup');
    expect(audited('protected')).toContain('securityGroup');
  });

  it.each([
    [{ sectors: ['bagerier'] }, 'sektor'],
    [{ county: 'lappland' as 'skane' }, 'län'],
    [{ securityGroup: 'flottan' }, 'tillsyn över säkerhetsskydd'],
    [{ targets: { 'GDPR/anmalan': 6 } }, 'eget mål'],
    [{ targets: { 'CSL/delrapport': 6 } }, 'eget mål'],
    [{ targets: { 'SAK/anmalan': 0 } }, 'eget mål'],
    [{ targets: { 'SAK/anmalan': 721 } }, 'eget mål'],
    [{ starts: { 'STAT-2020/slutrapport': 'aware' as const } }, 'start'],
  ] as const)('is refused where the rules know nothing of it: %j', (change, expected) => {
    const before = readDutySettings(vault);
    try {
      changeDutySettings(vault, rules, change);
      throw new Error('accepted');
    } catch (error) {
      expect((error as SigillError).faults).toHaveLength(1);
      expect((error as SigillError).faults[0]).toMatch(new RegExp(`^${expected}: `));
    }
    expect(readDutySettings(vault)).toEqual(before);
  });
});

describe('a deadline', () => {
  it('of a trust service is 24 hours where others have 72', () => {
    const times = [time('aware', '2026-11-22T03:00:00+01:00')];
    const trust = incidentWith({ organisationKind: 'betrodd-tjanst', regimes: ['CSL'], times });
    const other = incidentWith({ organisationKind: 'privat-nis2', regimes: ['CSL'], times });
    expect(stepOf(trust, 'CSL', 'incidentanmalan')).toMatchObject({
      limit: { amount: 24, unit: 'hour' },
      due: { at: '2026-11-23T02:00:00Z' },
    });
    expect(stepOf(trust, 'CSL', 'incidentanmalan').wording).toContain('betrodda tjänster');
    expect(stepOf(other, 'CSL', 'incidentanmalan').due?.at).toBe('2026-11-25T02:00:00Z');
  });

  it('runs from the start that the organisation has chosen, and tells of the other', () => {
    const times = [time('identified', '2026-05-20T09:00:00+02:00')];
    const id = incidentWith({ organisationKind: 'statlig-myndighet', regimes: ['STAT-2020'], times });
    record(id, 'STAT-2020', 'notifiering', { at: '2026-05-21T09:00:00+02:00' });
    expect(stepOf(id, 'STAT-2020', 'slutrapport')).toMatchObject({ due: { date: '2026-06-18' } });
    expect(stepOf(id, 'STAT-2020', 'slutrapport').explanation.join(' ')).toContain(
      'Den kan också vara Identifierades: då senast onsdag 2026-06-17.',
    );
    changeDutySettings(vault, rules, { starts: { 'STAT-2020/slutrapport': 'identified' } });
    expect(stepOf(id, 'STAT-2020', 'slutrapport')).toMatchObject({
      due: { date: '2026-06-17' },
      start: { event: 'identified' },
    });
  });

  it('of DORA is moved to noon only where the organisation has said that it may be', () => {
    // Aware on a Saturday morning: 24 hours end on a Sunday.
    const times = [
      time('aware', '2026-11-21T10:00:00+01:00'),
      time('significant', '2026-11-22T08:00:00+01:00'),
    ];
    const id = incidentWith({ organisationKind: 'finansiell', regimes: ['DORA'], times });
    const due = () => stepOf(id, 'DORA', 'initial').due?.at;
    expect(due()).toBe('2026-11-22T09:00:00Z');
    expect(stepOf(id, 'DORA', 'initial').explanation.join(' ')).toContain('här visas den tidigare tiden');
    changeDutySettings(vault, rules, { noonRule: 'excluded' });
    expect(due()).toBe('2026-11-22T09:00:00Z');
    changeDutySettings(vault, rules, { noonRule: 'applies' });
    expect(due()).toBe('2026-11-23T11:00:00Z');
  });

  it('of the last DORA report runs anew from each updated report', () => {
    const times = [
      time('aware', '2026-11-02T10:00:00+01:00'),
      time('significant', '2026-11-02T11:00:00+01:00'),
    ];
    const id = incidentWith({ organisationKind: 'finansiell', regimes: ['DORA'], times });
    expect(stepOf(id, 'DORA', 'uppdaterad-delrapport').state).toBe('waiting');
    record(id, 'DORA', 'initial', { at: '2026-11-02T14:00:00+01:00' });
    record(id, 'DORA', 'intermediate', { at: '2026-11-03T14:00:00+01:00' });
    expect(stepOf(id, 'DORA', 'final').due?.date).toBe('2026-12-03');
    // Not until it is written that the service is back is there anything to update.
    expect(stepOf(id, 'DORA', 'uppdaterad-delrapport').state).toBe('waiting');
    const restored = { incidentId: id, kind: 'time', key: 'restored' } as const;
    writeItem(
      vault,
      restored,
      { at: '2026-11-09T14:00:00+01:00', precision: 'exact' },
      at('oppen'),
      null,
      SENSITIVE,
    );
    expect(stepOf(id, 'DORA', 'uppdaterad-delrapport').state).toBe('running');
    record(id, 'DORA', 'uppdaterad-delrapport', { at: '2026-11-10T14:00:00+01:00' });
    expect(stepOf(id, 'DORA', 'final')).toMatchObject({
      due: { date: '2026-12-10' },
      start: { at: '2026-11-10T14:00:00+01:00', earlier: ['2026-11-03T14:00:00+01:00'] },
    });
    record(id, 'DORA', 'uppdaterad-delrapport', { event: 'reopened', note: 'Skickades aldrig' });
    expect(stepOf(id, 'DORA', 'final').due?.date).toBe('2026-12-03');
  });

  it('that somebody has asked for has the time that was set, until it is taken back', () => {
    const id = incidentWith({ regimes: ['CSL'], times: [time('aware', '2026-11-22T03:00:00+01:00')] });
    const request = { event: 'requested', at: '2026-11-22T12:00:00+01:00' } as const;
    const usage = expect.objectContaining({ kind: 'usage' }) as Error;
    expect(() => record(id, 'CSL', 'delrapport', request)).toThrow(usage);
    expect(() => record(id, 'CSL', 'delrapport', { ...request, due: '2026-11-21T12:00:00+01:00' })).toThrow(
      usage,
    );
    expect(() => record(id, 'CSL', 'upplysning', { ...request, due: '2026-11-29T12:00:00+01:00' })).toThrow(
      usage,
    );
    expect(() => record(id, 'CSL', 'delrapport', { due: '2026-11-29T12:00:00+01:00' })).toThrow(usage);
    record(id, 'CSL', 'delrapport', { ...request, due: '2026-11-24T12:00:00+01:00' });
    expect(stepOf(id, 'CSL', 'delrapport')).toMatchObject({
      state: 'running',
      due: { at: '2026-11-24T12:00:00+01:00', date: null },
    });
    now = new Date('2026-11-24T12:00:00Z');
    expect(stepOf(id, 'CSL', 'delrapport').state).toBe('overdue');
    record(id, 'CSL', 'delrapport', { at: '2026-11-24T12:30:00+01:00' });
    expect(stepOf(id, 'CSL', 'delrapport')).toMatchObject({ state: 'done', wasLate: true });
    record(id, 'CSL', 'delrapport', { event: 'reopened', note: 'Begäran återtogs' });
    expect(stepOf(id, 'CSL', 'delrapport')).toMatchObject({ state: 'on-request', due: null });
  });

  it('without a limit has an own aim, the rules’ or the organisation’s, and is never late by it', () => {
    const times = [time('aware', '2026-11-22T03:00:00+01:00')];
    const id = incidentWith({ regimes: ['SAK', 'POLIS'], times });
    expect(stepOf(id, 'SAK', 'anmalan')).toMatchObject({
      due: null,
      limit: null,
      ownTarget: { hours: 6, at: '2026-11-22T08:00:00.000Z' },
    });
    expect(stepOf(id, 'SAK', 'anmalan').ownTarget?.note).toContain('inte en rättsregel');
    expect(stepOf(id, 'POLIS', 'anmalan').ownTarget).toBeNull();
    changeDutySettings(vault, rules, { targets: { 'SAK/anmalan': 2, 'POLIS/anmalan': 48 } });
    expect(stepOf(id, 'SAK', 'anmalan').ownTarget).toMatchObject({ hours: 2 });
    expect(stepOf(id, 'POLIS', 'anmalan').ownTarget).toMatchObject({
      hours: 48,
      at: '2026-11-24T02:00:00.000Z',
    });
    now = new Date('2026-12-22T12:00:00Z');
    expect(stepOf(id, 'SAK', 'anmalan').state).toBe('running');
    record(id, 'SAK', 'anmalan', { at: '2026-12-22T12:00:00+01:00' });
    expect(stepOf(id, 'SAK', 'anmalan').wasLate).toBe(false);
  });

  it('that may go by letter tells when to post it', () => {
    const times = [time('identified', '2026-05-21T09:00:00+02:00')];
    const id = incidentWith({ organisationKind: 'statlig-myndighet', regimes: ['STAT-2020'], times });
    expect(stepOf(id, 'STAT-2020', 'notifiering').postBy).toBeNull();
    record(id, 'STAT-2020', 'notifiering', { at: '2026-05-21T09:00:00+02:00' });
    // Thursday 18 June; three working days before it: Monday 15 June.
    expect(stepOf(id, 'STAT-2020', 'slutrapport').postBy).toEqual({
      date: '2026-06-15',
      channels: ['rek', 'varde'],
    });
  });

  it('asks for the reason where the law does: once it is late, or before', () => {
    const late = incidentWith({
      regimes: ['GDPR', 'CSL'],
      times: [time('aware', '2026-11-18T03:00:00+01:00')],
    });
    expect(stepOf(late, 'GDPR', 'anmalan').lateReason).toEqual({
      provision: 'artikel 33.1 i förordning (EU) 2016/679',
      before: false,
      isGiven: false,
    });
    expect(stepOf(late, 'CSL', 'incidentanmalan')).toMatchObject({ state: 'overdue', lateReason: null });
    writeItem(
      vault,
      factOf(late, 'skal-sen-rapport'),
      { text: 'Systemet låg nere', codes: [] },
      at('sekretess'),
      null,
      SENSITIVE,
    );
    expect(stepOf(late, 'GDPR', 'anmalan').lateReason?.isGiven).toBe(true);
    const answered = incidentWith({ regimes: ['GDPR'], times: [time('aware', '2026-11-18T03:00:00+01:00')] });
    const answerTo = (form: string) =>
      ({ incidentId: answered, kind: 'answer', key: `${form}/skal-sen-rapport` }) as const;
    const answer = { text: 'Systemet låg nere', codes: [] };
    writeItem(vault, answerTo('gdpr-registrerade'), answer, at('oppen'), null, SENSITIVE);
    expect(stepOf(answered, 'GDPR', 'anmalan').lateReason?.isGiven).toBe(false);
    writeItem(vault, answerTo('imy-anmalan'), answer, at('oppen'), null, SENSITIVE);
    expect(stepOf(answered, 'GDPR', 'anmalan').lateReason?.isGiven).toBe(true);
    const intime = incidentWith({ regimes: ['GDPR'], times: [time('aware', '2026-11-22T03:00:00+01:00')] });
    expect(stepOf(intime, 'GDPR', 'anmalan').lateReason).toBeNull();
    const times = [
      time('aware', '2026-11-22T03:00:00+01:00'),
      time('significant', '2026-11-22T11:00:00+01:00'),
    ];
    const dora = incidentWith({ organisationKind: 'finansiell', regimes: ['DORA'], times });
    expect(stepOf(dora, 'DORA', 'initial')).toMatchObject({ state: 'running', lateReason: { before: true } });
  });

  it('of NIS1 can be read and not recorded', () => {
    const id = incidentWith({ regimes: ['NIS1'], times: [time('aware', '2025-03-01T03:00:00+01:00')] });
    expect(stepOf(id, 'NIS1', 'notifiering').regime.isReadOnly).toBe(true);
    expect(() => record(id, 'NIS1', 'notifiering')).toThrow(/bara för att läsas/);
  });
});

describe('whom a step tells', () => {
  const names = (id: IncidentId, regime: string, step: string): string[] =>
    stepOf(id, regime, step).recipients.map(({ name }) => name);

  it('is Försvarsmakten as well where its area is the organisation’s, and not where another is', () => {
    const id = incidentWith({ regimes: ['SAK', 'SIGNALSKYDDSINCIDENT'] });
    expect(names(id, 'SAK', 'anmalan')).toEqual(['Säkerhetspolisen, säkerhetsskydd', 'Försvarsmakten']);
    changeDutySettings(vault, rules, { securityGroup: 'forsvarsmakten' });
    expect(names(id, 'SAK', 'anmalan')).toEqual(['Säkerhetspolisen, säkerhetsskydd', 'Försvarsmakten']);
    changeDutySettings(vault, rules, { securityGroup: 'kommuner-regioner-ovriga', county: 'kalmar' });
    expect(names(id, 'SAK', 'anmalan')).toEqual(['Säkerhetspolisen, säkerhetsskydd']);
    expect(names(id, 'SIGNALSKYDDSINCIDENT', 'anmalan')).toEqual([
      'Tillsynsmyndighet för säkerhetsskydd: Länsstyrelsen i Skåne län',
    ]);
  });

  it('is supervised by two authorities, by two acts', () => {
    const id = incidentWith({ regimes: ['CSL', 'SAK', 'GDPR'] });
    changeDutySettings(vault, rules, {
      county: 'kalmar',
      sectors: ['offentlig-forvaltning', 'dricksvatten'],
      securityGroup: 'kommuner-regioner-ovriga',
    });
    const supervisors = (regime: string, step: string) =>
      stepOf(id, regime, step).supervisors.map(({ authority }) => authority?.name);
    expect(supervisors('CSL', 'upplysning')).toEqual([
      'Länsstyrelsen i Östergötlands län',
      'Livsmedelsverket',
    ]);
    // The ordinance as it reads since July 2026 could not be read.
    const sure = (regime: string, step: string) =>
      stepOf(id, regime, step).supervisors.map(({ confidence }) => confidence);
    expect(sure('CSL', 'upplysning')).toEqual(['unconfirmed', 'unconfirmed']);
    expect(sure('SAK', 'anmalan')).toEqual(['statute']);
    expect(supervisors('SAK', 'anmalan')).toEqual(['Länsstyrelsen i Skåne län']);
    expect(supervisors('GDPR', 'anmalan')).toEqual([]);
  });
});
