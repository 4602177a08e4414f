import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { DispatchEventKind } from '../../shared/domain/dispatch.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import { sortIntoRoom, type Room } from '../../shared/domain/room.ts';
import { verifyAudit } from '../core/audit.ts';
import { dispatchToPrinter } from '../core/dispatch.ts';
import { byPrint } from '../core/ways-out.ts';
import { raiseMarking, writeItem } from '../incidents/marking.ts';
import { canonicalText, documentDigest } from '../reports/digest.ts';
import { loadRulePack } from '../rules/load.ts';
import {
  at,
  bytesOf,
  crashesDuring,
  draftWith,
  factOf,
  importOne,
  openCopy,
  SENSITIVE,
} from '../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { mayHold } from './move.ts';
import { addEvent, findDispatch, insertDispatch, readDocument } from './repository.ts';
import { findLastSent, listAwaiting, listExpeditions, recordEvent } from './service.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
const FORM = 'kommun-slutrapport';
let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault('hemlig');
  vault = await test.open(['open', 'protected']);
});
afterAll(() => {
  expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  vault.close();
  test.remove();
});

const DECISION = { reason: 'Prövat.', decidedBy: 'K. Ek' };
async function printed(
  incidentId: IncidentId,
  version: 'full' | 'open' = 'full',
  formId = FORM,
): Promise<{ id: string; document: ReportDocument }> {
  const order = { incidentId, formId, version, draft: true, decision: DECISION };
  return dispatchToPrinter(vault, rules, order, byPrint());
}
const only = (id: string) => {
  const row = stored('protected', id) ?? stored('open', id);
  const found = row && listExpeditions(vault, row.incidentId).find((one) => one.id === id);
  if (!found) throw new TypeError('No such expedition.');
  return found;
};
const awaitingOf = (incident: IncidentId) =>
  listAwaiting(vault).filter(({ incidentId }) => incidentId === incident);
const awaiting = (incident: IncidentId): string[] => awaitingOf(incident).map(({ id }) => id);
const stored = (room: Room, id: string, of = vault) => findDispatch(of.requireRoom(room).store, id);
async function withLocked<T>(room: Room, work: () => T): Promise<T> {
  vault.lockRoom(room);
  try {
    return work();
  } finally {
    await vault.unlock(room, USER, Buffer.from(PASSPHRASES[room]));
  }
}

/** A final expedition by post, without making its files. */
let made = 0;
function sentByPost(incidentId: IncidentId, details: object = {}, isDraft = false): string {
  const id = `d-${(made += 1)}`;
  const row = {
    id,
    incidentId,
    form: FORM,
    version: 'full',
    way: 'kuvert',
    isDraft,
    documentHash: 'h',
    details: JSON.stringify({ marking: at('oppen'), openLevel: null, ...details }),
    madeAt: '2026-11-01T12:00:00.000Z',
    madeBy: USER,
  } as const;
  const sorted = sortIntoRoom('{}', at('oppen'));
  if (sorted.room === 'open') insertDispatch(vault.requireRoom('open').store, row, sorted.marked);
  return id;
}
const record = (id: string, event: DispatchEventKind, note: string | null = null) =>
  recordEvent(vault, id, event, '2026-11-02T08:00:00+01:00', note);

describe('an expedition', () => {
  it('is remembered where its receipt is, with the document exactly as it was, and what it was sent by', async () => {
    const id = importOne(vault, draftWith({ system: ['KANARIE-KLASSAD', 'hemlig'], orsak: ['x', 'oppen'] }));
    const full = await printed(id);
    const open = await printed(id, 'open');
    expect(stored('open', full.id)).toBeNull();
    expect(stored('protected', full.id)).toMatchObject({ level: 'hemlig', hasDocument: true });
    expect(stored('protected', open.id)).toBeNull();
    expect(stored('open', open.id)).toMatchObject({ level: 'oppen', hasDocument: true });
    for (const [room, one] of [
      ['protected', full],
      ['open', open],
    ] as const) {
      expect(readDocument(vault.requireRoom(room).store, one.id)).toBe(canonicalText(one.document));
      expect(only(one.id)).toMatchObject({
        documentHash: documentDigest(one.document),
        details: { marking: one.document.marking },
        way: 'utskrift',
        draft: true,
        state: 'made',
        madeBy: USER,
      });
    }
    expect(bytesOf(vault.requireRoom('open')).includes('KANARIE-KLASSAD')).toBe(false);
  });

  it('of an open version by a form that tells by its name is kept in the protected room, at the class it tells of', async () => {
    const id = importOne(vault, draftWith({ system: ['x', 'hemlig'] }, { regimes: ['SAK'] }));
    const sent = await printed(id, 'open', 'sakerhetspolisen-anmalan');
    expect(sent.document.marking.level).toBe('oppen');
    expect(stored('open', sent.id)).toBeNull();
    expect(stored('protected', sent.id)).toMatchObject({ level: 'hemlig' });
    const seen = await withLocked('protected', () => listExpeditions(vault, id));
    expect(seen).toEqual([]);
  });

  it('is not listed from the protected room alone: the list would pass for whole', async () => {
    await withLocked('open', () => {
      const unlock = expect.objectContaining({ kind: 'unlock' }) as Error;
      expect(() => listExpeditions(vault, 'K7M2-9QXA-4D1F' as IncidentId)).toThrow(unlock);
      expect(() => listAwaiting(vault)).toThrow(unlock);
    });
  });
});

describe('what became of it', () => {
  const actions = (id: IncidentId): unknown[] =>
    vault
      .requireRoom('open')
      .store.database.prepare(
        `SELECT action FROM audit_entry WHERE object = ? AND action LIKE 'dispatch.%' ORDER BY seq`,
      )
      .all(id);

  it('is told step by step, each in the audit, and nothing told is changed', () => {
    const incident = importOne(vault, draftWith({}));
    const id = sentByPost(incident, { carriage: 'rek' });
    expect(only(id)).toMatchObject({ state: 'made', awaitsReceipt: true });
    record(id, 'sent', '  kvitto 12 ');
    expect(only(id)).toMatchObject({ state: 'sent', awaitsReceipt: true });
    expect(awaiting(incident)).toEqual([id]);
    expect(record(id, 'receipted')).toEqual(only(id));
    expect(awaiting(incident)).toEqual([]);
    expect(only(id)).toMatchObject({
      state: 'receipted',
      awaitsReceipt: false,
      possible: [],
      events: [
        { event: 'sent', note: 'kvitto 12', at: '2026-11-02T07:00:00.000Z', recordedBy: USER },
        { event: 'receipted', note: null },
      ],
    });
    expect(actions(incident)).toEqual([{ action: 'dispatch.sent' }, { action: 'dispatch.receipted' }]);
  });

  it('out of order, of a draft, without a reason or of nothing is told in words and not stored', () => {
    const incident = importOne(vault, draftWith({}));
    const id = sentByPost(incident);
    const draft = sentByPost(incident, {}, true);
    const usage = (message: RegExp) =>
      expect.objectContaining({ kind: 'usage', message: expect.stringMatching(message) as string }) as Error;
    expect(() => record(id, 'receipted')).toThrow(usage(/avsändes/));
    expect(() => record(id, 'withdrawn', ' ')).toThrow(usage(/varför/));
    expect(() => recordEvent(vault, id, 'sent', '2999-01-01T00:00:00Z', null)).toThrow(usage(/framtiden/));
    expect(() => record(draft, 'sent')).toThrow(usage(/utkast/));
    expect(() => record('finns-inte', 'sent')).toThrow(usage(/finns inte/));
    expect([only(id), only(draft)].map(({ events }) => events)).toEqual([[], []]);
    expect(actions(incident)).toEqual([]);
    expect(record(draft, 'withdrawn', 'fel version').state).toBe('withdrawn');
  });

  it('of a classified one is told and kept in the protected room', async () => {
    const incident = importOne(vault, draftWith({ system: ['x', 'hemlig'] }));
    const { id } = await printed(incident);
    const before = bytesOf(vault.requireRoom('open')).includes('KANARIE-NOT');
    recordEvent(vault, id, 'withdrawn', new Date().toISOString(), 'KANARIE-NOT');
    expect(before || bytesOf(vault.requireRoom('open')).includes('KANARIE-NOT')).toBe(false);
    expect(only(id).events).toMatchObject([{ note: 'KANARIE-NOT' }]);
    expect(actions(incident)).toEqual([]);
  });

  it('decides what was last sent: the last final one of the version that was not withdrawn', () => {
    const incident = importOne(vault, draftWith({}));
    const wanted = { form: FORM, version: 'full', openLevel: null } as const;
    expect(findLastSent(vault, incident, wanted)).toBeNull();
    const first = sentByPost(incident);
    sentByPost(incident, {}, true);
    sentByPost(incident, { openLevel: 'sekretess' });
    expect(findLastSent(vault, incident, wanted)?.expedition.id).toBe(first);
    record(first, 'withdrawn', 'fel');
    expect(findLastSent(vault, incident, wanted)).toBeNull();
  });
});

describe('a value that is raised to a class', () => {
  it('takes the documents that hold it along: no word of them stays in the open room, in rows or between them', async () => {
    const incident = importOne(
      vault,
      draftWith({ system: ['KANARIE-SANT', 'oppen'], orsak: ['annat', 'oppen'] }),
    );
    const before = [await printed(incident), await printed(incident, 'open')];
    writeItem(vault, factOf(incident, 'system'), { text: 'senare', codes: [] }, at('oppen'), null, SENSITIVE);
    recordEvent(vault, before[0]?.id ?? '', 'withdrawn', new Date().toISOString(), 'gammal');
    // What is sought must have been there to be found.
    expect(bytesOf(vault.requireRoom('open')).includes('KANARIE-SANT')).toBe(true);
    raiseMarking(vault, factOf(incident, 'system'), at('hemlig'), null, SENSITIVE);
    expect(bytesOf(vault.requireRoom('open')).includes('KANARIE-SANT')).toBe(false);
    for (const { id, document } of before) {
      expect(stored('open', id)).toMatchObject({ hasDocument: false, level: 'oppen' });
      expect(stored('protected', id)).toMatchObject({ hasDocument: true, level: 'hemlig' });
      expect(readDocument(vault.requireRoom('protected').store, id)).toBe(canonicalText(document));
    }
    const listed = listExpeditions(vault, incident);
    expect(listed.map(({ level, hasDocument }) => [level, hasDocument])).toEqual([
      ['hemlig', true],
      ['hemlig', true],
    ]);
    expect(listed.find(({ id }) => id === before[0]?.id)).toMatchObject({ state: 'withdrawn' });
    const locked = await withLocked('protected', () => listExpeditions(vault, incident));
    expect(locked.map(({ hasDocument, state }) => [hasDocument, state]).sort()).toEqual([
      [false, 'made'],
      [false, 'withdrawn'],
    ]);
  });

  it('leaves a document that does not hold it where it is', async () => {
    const incident = importOne(vault, draftWith({ system: ['x', 'sekretess'], orsak: ['y', 'oppen'] }));
    const full = await printed(incident);
    const open = await printed(incident, 'open');
    raiseMarking(vault, factOf(incident, 'system'), at('hemlig'), null, SENSITIVE);
    expect(stored('open', full.id)?.hasDocument).toBe(false);
    expect(stored('open', open.id)?.hasDocument).toBe(true);
    expect(stored('protected', open.id)).toBeNull();
  });

  it('may stand in any told row of a chronology, and in no withheld part', async () => {
    const incident = importOne(vault, draftWith({ system: ['x', 'sekretess'] }));
    const { document } = await printed(incident);
    const [section] = document.sections;
    const [field] = section?.fields ?? [];
    if (!section || !field) throw new TypeError();
    const having = (part: object): ReportDocument => ({
      ...document,
      sections: [{ ...section, fields: [{ ...field, parts: [part as never] }] }],
    });
    const row = { withheld: false, origin: 'log:7', label: null, text: 'x', codes: [], marking: at('oppen') };
    expect(mayHold(having(row), { kind: 'log', key: 'abc' }, SENSITIVE)).toBe(true);
    expect(mayHold(having({ ...row, withheld: true }), { kind: 'log', key: 'abc' }, SENSITIVE)).toBe(false);
    expect(mayHold(having({ ...row, origin: 'title' }), { kind: 'title', key: '' }, SENSITIVE)).toBe(true);
    expect(mayHold(having({ ...row, origin: 'time:aware' }), { kind: 'time', key: 'aware' }, SENSITIVE)).toBe(
      true,
    );
    expect(mayHold(having(row), { kind: 'fact', key: 'system' }, SENSITIVE)).toBe(false);
    const regimes = { ...row, origin: 'incident:regimes', text: 'GDPR, SAK' };
    expect(mayHold(having(regimes), { kind: 'fact', key: 'system' }, SENSITIVE)).toBe(true);
    expect(mayHold(having({ ...regimes, text: 'GDPR' }), { kind: 'fact', key: 'system' }, SENSITIVE)).toBe(
      false,
    );
  });

  it('does so wherever a crash came, also for what was sent between the crash and the next unlocking', async () => {
    const incident = importOne(vault, draftWith({ system: ['KANARIE-KRASCHAT', 'oppen'] }));
    const { id } = await printed(incident);
    const folders = await crashesDuring(vault, test.root, () =>
      raiseMarking(vault, factOf(incident, 'system'), at('hemlig'), null, SENSITIVE),
    );
    const [, , forLate = ''] = folders;
    for (const [index, folder] of folders.entries()) {
      if (folder === forLate) continue;
      const crashed = await openCopy(folder, ['open', 'protected']);
      const isRaised = index > 0;
      expect(bytesOf(crashed.requireRoom('open')).includes('KANARIE-KRASCHAT')).toBe(!isRaised);
      expect(stored('open', id, crashed)?.hasDocument).toBe(!isRaised);
      expect(stored('protected', id, crashed)?.hasDocument ?? false).toBe(isRaised);
      expect(verifyAudit(crashed).flatMap(({ faults }) => faults)).toEqual([]);
      crashed.close();
    }
    const open = await openCopy(forLate, ['open']);
    const order = {
      incidentId: incident,
      formId: FORM,
      version: 'full',
      draft: true,
      decision: DECISION,
    } as const;
    const late = await dispatchToPrinter(open, rules, order, byPrint());
    open.close();
    const both = await openCopy(forLate, ['open', 'protected']);
    expect(bytesOf(both.requireRoom('open')).includes('KANARIE-KRASCHAT')).toBe(false);
    expect(stored('protected', late.id, both)?.hasDocument).toBe(true);
    both.close();
  });
});

describe('what awaits a receipt', () => {
  it('is told by the events of the open room also of what was moved, and not of what has been ended there', async () => {
    const incident = importOne(vault, draftWith({ system: ['KANARIE-VANTAR', 'oppen'] }));
    const { document } = await printed(incident);
    const [waiting, ended] = ['vantar', 'slut'].map((id) => {
      const row = {
        id,
        incidentId: incident,
        form: FORM,
        version: 'full',
        way: 'kuvert',
        isDraft: false,
        documentHash: 'h',
        details: JSON.stringify({ marking: at('oppen'), openLevel: null, carriage: 'rek' }),
        madeAt: '2026-11-01T12:00:00.000Z',
        madeBy: USER,
      } as const;
      const sorted = sortIntoRoom(canonicalText(document), at('oppen'));
      if (sorted.room === 'open') insertDispatch(vault.requireRoom('open').store, row, sorted.marked);
      return id;
    }) as [string, string];
    raiseMarking(vault, factOf(incident, 'system'), at('hemlig'), null, SENSITIVE);
    expect(awaiting(incident).sort()).toEqual([ended, waiting]);
    await withLocked('protected', () => {
      record(ended, 'withdrawn', 'fel');
      record(waiting, 'sent');
    });
    expect(awaiting(incident)).toEqual([waiting]);
    expect(only(ended)).toMatchObject({ state: 'withdrawn', level: 'hemlig' });
    expect(awaitingOf(incident)[0]).toMatchObject({ state: 'sent', level: 'hemlig' });
    record(waiting, 'receipted');
    expect(awaiting(incident)).toEqual([]);
  });

  it('is found among four thousand expeditions without reading the documents of the others', () => {
    const incident = importOne(vault, draftWith({}));
    const open = vault.requireRoom('open');
    const sorted = sortIntoRoom(JSON.stringify({ text: 'KANARIE '.repeat(2000) }), at('oppen'));
    if (sorted.room !== 'open') throw new TypeError();
    const row = {
      incidentId: incident,
      form: FORM,
      version: 'full',
      way: 'epost',
      isDraft: false,
      documentHash: 'h'.repeat(64),
      details: JSON.stringify({ marking: at('oppen'), openLevel: null, recipients: ['A'.repeat(40)] }),
      madeAt: '2026-11-01T12:00:00.000Z',
      madeBy: USER,
    } as const;
    vault.transaction(open, () => {
      for (let index = 0; index < 4000; index += 1) {
        const id = `m-${index}`;
        insertDispatch(open.store, { ...row, id }, sorted.marked);
        if (index % 100 === 0) continue;
        const step = { dispatchId: id, event: 'receipted', at: row.madeAt, note: null } as const;
        addEvent(open.store, { ...step, recordedAt: row.madeAt }, open.actor.userId);
      }
    });
    // The processor's time, not the clock's: others may be at work on the machine.
    const start = process.cpuUsage();
    const found = listAwaiting(vault);
    const { user, system } = process.cpuUsage(start);
    const took = (user + system) / 1000;
    expect(found.filter(({ incidentId }) => incidentId === incident)).toHaveLength(40);
    expect(JSON.stringify(found)).not.toContain('KANARIE ');
    // Some tens of milliseconds; reading every document takes seconds.
    expect(took).toBeLessThan(500);
  });
});
