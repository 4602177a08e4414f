import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Deadline } from '../../shared/domain/incident-deadline.ts';
import type { IncidentDraft } from '../../shared/domain/incident-file.ts';
import type { IncidentId, TimeId } from '../../shared/domain/incident.ts';
import { verifyAudit } from '../core/audit.ts';
import { raiseMarking, writeItem } from '../incidents/marking.ts';
import { listRegimes } from '../incidents/repository.ts';
import { changeState, importIncidents } from '../incidents/service.ts';
import { loadRulePack } from '../rules/load.ts';
import {
  addSecondPerson,
  at,
  bytesOf,
  crashesDuring,
  draftWith,
  factOf,
  importOne,
  openCopy,
  SENSITIVE,
} from '../testing/incidents.ts';
import { Cancelled } from '../workers/cancelled.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { listStepEvents } from './repository.ts';
import { incidentDeadlines, overviewDeadlines, recordStep, type StepRecord } from './service.ts';

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
  await addSecondPerson(vault);
});
afterAll(() => {
  vault.close();
  test.remove();
});

const time = (id: TimeId, written: string, level: Parameters<typeof at>[0] = 'oppen') => ({
  id,
  at: written,
  precision: 'exact' as const,
  marking: at(level),
});
const incidentWith = (change: Partial<IncidentDraft>): IncidentId => importOne(vault, draftWith({}, change));
const stepOf = (id: IncidentId, regime: string, step: string, of = vault): Deadline => {
  const all = incidentDeadlines(of, rules, id).deadlines;
  const found = all.find((one) => one.regime.id === regime && one.step.id === step);
  if (!found) throw new Error(`no ${regime} ${step}`);
  return found;
};
const record = (incident: IncidentId, regime: string, step: string, change: Partial<StepRecord> = {}): void =>
  recordStep(vault, rules, {
    incident,
    regime,
    step,
    event: 'done',
    at: '2026-11-22T12:30:00+01:00',
    note: null,
    ...change,
  });
const usage = expect.objectContaining({ kind: 'usage' }) as Error;

describe('the deadlines of an incident', () => {
  it('wait for their start, run, are overdue, and are done', () => {
    const id = incidentWith({ regimes: ['CSL'], times: [time('aware', '2026-11-22T03:00:00+01:00')] });
    expect(stepOf(id, 'CSL', 'upplysning')).toMatchObject({
      state: 'running',
      due: { at: '2026-11-23T02:00:00Z', date: null },
      start: { event: 'aware', label: 'Kännedom' },
      confidence: 'statute',
    });
    expect(stepOf(id, 'CSL', 'slutrapport')).toMatchObject({
      state: 'waiting',
      due: null,
      start: { label: 'Incidentanmälan lämnad', at: null },
    });
    expect(stepOf(id, 'CSL', 'delrapport').state).toBe('on-request');
    expect(stepOf(id, 'CSL', 'mottagare')).toMatchObject({ state: 'running', due: null });
    now = new Date('2026-11-23T02:00:00Z');
    expect(stepOf(id, 'CSL', 'upplysning').state).toBe('overdue');
    record(id, 'CSL', 'upplysning', { at: '2026-11-23T03:00:00+01:00' });
    expect(stepOf(id, 'CSL', 'upplysning')).toMatchObject({
      state: 'done',
      wasLate: false,
      event: { event: 'done', by: USER },
    });
    now = new Date('2026-11-22T12:00:00Z');
  });

  it('that are late say so, also when they are done', () => {
    const id = incidentWith({ regimes: ['STAT-2026'], times: [time('aware', '2026-11-21T03:00:00+01:00')] });
    record(id, 'STAT-2026', 'varning');
    expect(stepOf(id, 'STAT-2026', 'varning')).toMatchObject({ state: 'done', wasLate: true });
    expect(stepOf(id, 'STAT-2026', 'varning').explanation.join(' ')).toContain('6 timmar från starten');
  });

  it('run from the report before, from the latest one, and the earlier value stays', () => {
    const id = incidentWith({ regimes: ['CSL'], times: [time('aware', '2026-10-22T03:00:00+02:00')] });
    record(id, 'CSL', 'incidentanmalan', { at: '2026-10-23T10:00:00+02:00' });
    expect(stepOf(id, 'CSL', 'slutrapport')).toMatchObject({
      state: 'running',
      due: { date: '2026-11-23' },
      start: { at: '2026-10-23T10:00:00+02:00', earlier: [] },
    });
    record(id, 'CSL', 'incidentanmalan', { at: '2026-10-24T10:00:00+02:00' });
    expect(stepOf(id, 'CSL', 'slutrapport')).toMatchObject({
      due: { date: '2026-11-24' },
      start: { at: '2026-10-24T10:00:00+02:00', earlier: ['2026-10-23T10:00:00+02:00'] },
    });
    record(id, 'CSL', 'incidentanmalan', { event: 'reopened', note: 'Fel incident' });
    expect(stepOf(id, 'CSL', 'slutrapport')).toMatchObject({ state: 'waiting', due: null });
    expect(stepOf(id, 'CSL', 'incidentanmalan').event).toBeNull();
  });

  it('are counted anew when a time is corrected, and tell what it was', () => {
    const id = incidentWith({ regimes: ['GDPR'], times: [time('aware', '2026-11-22T03:00:00+01:00')] });
    const item = { incidentId: id, kind: 'time', key: 'aware' } as const;
    const corrected = { at: '2026-11-21T20:00:00+01:00', precision: 'estimated' };
    writeItem(vault, item, corrected, at('oppen'), null, SENSITIVE);
    expect(stepOf(id, 'GDPR', 'anmalan')).toMatchObject({
      due: { at: '2026-11-24T19:00:00Z' },
      start: { earlier: ['2026-11-22T03:00:00+01:00'] },
    });
    expect(stepOf(id, 'GDPR', 'anmalan').explanation.join(' ')).toContain('uppskattad');
  });

  it('of which one replaces the other: lägesrapport and slutrapport', () => {
    const times = [time('aware', '2026-10-22T03:00:00+02:00'), time('ended', '2026-11-20T10:00:00+01:00')];
    const id = incidentWith({ regimes: ['CSL'], times });
    record(id, 'CSL', 'incidentanmalan', { at: '2026-10-23T10:00:00+02:00' });
    expect(stepOf(id, 'CSL', 'slutrapport-efter-lagesrapport')).toMatchObject({
      state: 'waiting',
      due: null,
    });
    record(id, 'CSL', 'lagesrapport');
    expect(stepOf(id, 'CSL', 'slutrapport')).toMatchObject({ state: 'not-applicable', event: null });
    expect(stepOf(id, 'CSL', 'slutrapport-efter-lagesrapport')).toMatchObject({
      state: 'running',
      due: { date: '2026-12-21' },
    });
    record(id, 'CSL', 'lagesrapport', { event: 'reopened', note: 'Lämnades aldrig' });
    record(id, 'CSL', 'slutrapport');
    expect(stepOf(id, 'CSL', 'lagesrapport').state).toBe('not-applicable');
  });

  it('of DORA: the earlier of two limits, and no delay for what nobody has classified', () => {
    const id = incidentWith({
      organisationKind: 'finansiell',
      regimes: ['DORA'],
      times: [time('aware', '2026-11-22T03:00:00+01:00')],
    });
    expect(stepOf(id, 'DORA', 'initial')).toMatchObject({ state: 'running', isProvisional: true });
    now = new Date('2026-11-23T12:00:00Z');
    expect(stepOf(id, 'DORA', 'initial').state).toBe('waiting');
    now = new Date('2026-11-22T12:00:00Z');
  });

  it('tell of a regime that was not in force that day, and of one that the rules do not know', () => {
    const times = [time('aware', '2026-11-22T03:00:00+01:00')];
    const id = incidentWith({ regimes: ['STAT-2020', 'HITTEPA'], times });
    expect(stepOf(id, 'STAT-2020', 'notifiering').explanation.join(' ')).toContain(
      'Regelverket gäller från 2020-10-01 till 2026-06-30, och incidenten är från 2026-11-22.',
    );
    expect(incidentDeadlines(vault, rules, id).unknown).toEqual([{ incident: id, regime: 'HITTEPA' }]);
  });
});

describe('recording a step', () => {
  it.each([
    ['a step that is not there', { step: 'slutraport' }],
    ['a regime that the incident has not', { regime: 'CSL', step: 'upplysning' }],
    ['no reason', { event: 'not-applicable', note: '  ' }],
    ['a reason too long', { event: 'not-applicable', note: 'x'.repeat(2001) }],
    ['a time ahead', { at: '2027-11-22T12:00:00+01:00' }],
    ['no time', { at: 'i går' }],
    ['nothing to reopen', { event: 'reopened', note: 'skäl' }],
    ['no incident', { incident: 'K7M2-9QXA-4D1F' as IncidentId }],
  ] as const)('is refused for %s, and nothing is stored', (_name, change) => {
    const id = incidentWith({ regimes: ['GDPR'] });
    expect(() => record(id, 'GDPR', 'anmalan', change)).toThrow(usage);
    expect(listStepEvents(vault.requireRoom('open').store, id)).toEqual([]);
  });

  it('is audited without its note', () => {
    const id = incidentWith({ regimes: ['GDPR'] });
    record(id, 'GDPR', 'anmalan', { event: 'not-applicable', note: 'KANARIE-NOT' });
    const rows = vault
      .requireRoom('open')
      .store.database.prepare(
        "SELECT payload FROM audit_payload JOIN audit_entry USING (seq) WHERE action = 'deadline.recorded' AND object = ?",
      )
      .all(id) as { payload: string }[];
    expect(rows).toHaveLength(1);
    expect(rows[0]?.payload).toContain('not-applicable');
    expect(rows[0]?.payload).not.toContain('KANARIE');
    expect(stepOf(id, 'GDPR', 'anmalan')).toMatchObject({
      state: 'not-applicable',
      event: { note: 'KANARIE-NOT' },
    });
  });
});

describe('a regime that tells', () => {
  it('keeps what is said of its steps in the protected room, and shows nothing when that is locked', async () => {
    const id = importOne(
      vault,
      draftWith({ orsak: ['x', 'hemlig'] }, { regimes: ['SAK', 'GDPR'], times: [] }),
    );
    record(id, 'SAK', 'anmalan', { note: 'KANARIE-SAK' });
    expect(listStepEvents(vault.requireRoom('open').store, id)).toEqual([]);
    expect(listStepEvents(vault.requireRoom('protected').store, id)).toHaveLength(1);
    expect(bytesOf(vault.requireRoom('open')).includes('KANARIE-SAK')).toBe(false);
    vault.lockRoom('protected');
    try {
      const { deadlines } = incidentDeadlines(vault, rules, id);
      expect([...new Set(deadlines.map(({ regime }) => regime.id))]).toEqual(['GDPR']);
      expect(JSON.stringify([deadlines, await overviewDeadlines(vault, rules)])).not.toMatch(/SAK|KANARIE/);
      expect(() => record(id, 'SAK', 'anmalan')).toThrow(usage);
      expect(stepOf(id, 'GDPR', 'anmalan').explanation.join(' ')).toContain('kan ligga i skyddade rummet');
    } finally {
      await vault.unlock('protected', USER, Buffer.from(PASSPHRASES.protected));
    }
    expect(stepOf(id, 'SAK', 'anmalan')).toMatchObject({ state: 'done', event: { note: 'KANARIE-SAK' } });
  });

  const telling = (name: string): IncidentId => {
    const id = importOne(vault, draftWith({ orsak: ['x', 'oppen'] }, { regimes: ['SAK', 'GDPR'] }));
    record(id, 'SAK', 'forsta-kontakt', { note: `${name}-1` });
    record(id, 'GDPR', 'anmalan', { note: 'stannar' });
    record(id, 'SAK', 'anmalan', { event: 'not-applicable', note: `${name}-2` });
    return id;
  };
  const seqs = (id: IncidentId): unknown =>
    vault
      .requireRoom('open')
      .store.database.prepare('SELECT seq, regime FROM step_event WHERE incident_id = ?')
      .all(id);

  it.each([
    [
      'a value is raised',
      (id: IncidentId) => raiseMarking(vault, factOf(id, 'orsak'), at('hemlig'), null, SENSITIVE),
    ],
    [
      'a classified value is written',
      (id: IncidentId) =>
        writeItem(vault, factOf(id, 'system'), { text: 'x', codes: [] }, at('hemlig'), null, SENSITIVE),
    ],
  ] as const)('takes them along when %s, and leaves no word of them in the open room', (name, work) => {
    const word = `KANARIE-STEG-${name.length}`;
    const id = telling(word);
    const open = vault.requireRoom('open');
    // A search that finds nothing must have been able to find it.
    expect(bytesOf(open).includes(word)).toBe(true);
    expect(bytesOf(open).includes('forsta-kontakt')).toBe(true);
    work(id);
    for (const gone of [word, 'forsta-kontakt']) expect(bytesOf(open).includes(gone), gone).toBe(false);
    // Numbered anew: a gap would tell that there was more.
    expect(seqs(id)).toEqual([{ seq: 1, regime: 'GDPR' }]);
    expect(listRegimes(open.store, id)).toEqual(['GDPR']);
    expect(stepOf(id, 'SAK', 'forsta-kontakt').event).toMatchObject({ note: `${word}-1`, by: USER });
    expect(stepOf(id, 'SAK', 'anmalan').event).toMatchObject({ event: 'not-applicable', note: `${word}-2` });
    expect(stepOf(id, 'GDPR', 'anmalan').event?.note).toBe('stannar');
    expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('is moved whole after a crash, wherever it came, and nothing twice', async () => {
    const id = telling('KANARIE-KRASCHSTEG');
    const folders = await crashesDuring(vault, test.root, () =>
      writeItem(vault, factOf(id, 'system'), { text: 'x', codes: [] }, at('hemlig'), null, SENSITIVE),
    );
    expect(folders.length).toBeGreaterThan(6);
    let moved = 0;
    for (const folder of folders) {
      const crashed = await openCopy(folder, ['open', 'protected']);
      const events = (room: 'open' | 'protected'): number =>
        listStepEvents(crashed.requireRoom(room).store, id).filter(({ regime }) => regime === 'SAK').length;
      expect([`${events('open')} ${events('protected')}`]).toEqual([
        listRegimes(crashed.requireRoom('protected').store, id).includes('SAK') ? '0 2' : '2 0',
      ]);
      if (events('protected') === 2) {
        moved += 1;
        expect(bytesOf(crashed.requireRoom('open')).includes('KANARIE-KRASCHSTEG')).toBe(false);
        expect(stepOf(id, 'SAK', 'anmalan', crashed).state).toBe('not-applicable');
      }
      expect(verifyAudit(crashed).flatMap(({ faults }) => faults)).toEqual([]);
      crashed.close();
    }
    expect(moved).toBeGreaterThan(3);
  });
});

describe('the overview', () => {
  it('is in order of urgency, without what is closed, done or asked for', async () => {
    const fresh = incidentWith({
      regimes: ['CSL', 'GDPR'],
      times: [time('aware', '2026-11-22T10:00:00+01:00')],
      title: { text: 'Ordning', marking: at('oppen') },
    });
    const closed = incidentWith({ regimes: ['CSL'], times: [time('aware', '2026-11-22T10:00:00+01:00')] });
    changeState(vault, closed, 'closed');
    record(fresh, 'CSL', 'upplysning', { at: '2026-11-22T11:00:00+01:00' });
    const { deadlines } = await overviewDeadlines(vault, rules, { most: 1000 });
    const mine = deadlines.filter(({ incident }) => incident.id === fresh);
    expect(mine.map(({ regime, step }) => `${regime.id} ${step.id}`)).toEqual([
      'CSL mottagare',
      'GDPR registrerade',
      'CSL incidentanmalan',
      'GDPR anmalan',
      'CSL slutrapport',
      'CSL lagesrapport',
      'CSL slutrapport-efter-lagesrapport',
    ]);
    expect(deadlines.some(({ incident }) => incident.id === closed)).toBe(false);
    const dues = deadlines.flatMap(({ due, state }) =>
      due && state !== 'waiting' ? [Date.parse(due.at)] : [],
    );
    expect(dues).toEqual([...dues].sort((one, other) => one - other));
  });

  it('reads only what is going on: fast beside 2 000 closed incidents', async () => {
    const many = await makeTestVault();
    const full = await many.open(['open'], () => now);
    try {
      const draft = draftWith(
        {},
        { regimes: ['CSL', 'GDPR'], times: [time('aware', '2026-11-22T10:00:00+01:00')] },
      );
      const ids = importIncidents(
        full,
        Array.from({ length: 2000 }, () => draft),
        SENSITIVE,
      );
      const { database } = full.requireRoom('open').store;
      database
        .prepare("UPDATE incident SET state = 'closed' WHERE id NOT IN (SELECT value FROM json_each(?))")
        .run(JSON.stringify(ids.slice(0, 50)));
      const begun = performance.now();
      const { deadlines, counts } = await overviewDeadlines(full, rules, { most: 1000 });
      // To read the others as well takes much longer.
      expect(performance.now() - begun).toBeLessThan(4000);
      expect(deadlines).toHaveLength(counts.urgent + counts.waiting);
      const first = await overviewDeadlines(full, rules, { most: 3 });
      expect(first.counts).toEqual(counts);
      expect(first.deadlines.slice(0, 3)).toEqual(deadlines.slice(0, 3));
      const stop = new AbortController();
      const stopped = overviewDeadlines(full, rules, { signal: stop.signal });
      stop.abort();
      await expect(stopped).rejects.toThrow(Cancelled);
      expect(new Set(deadlines.map(({ incident }) => incident.id)).size).toBe(50);
    } finally {
      full.close();
      many.remove();
    }
  });
});
