import ICAL from 'ical.js';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentDraft } from '../../shared/domain/incident-file.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Level } from '../../shared/domain/marking.ts';
import { incidentDeadlines, recordStep } from '../deadlines/service.ts';
import { changeState } from '../incidents/service.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, draftWith, importOne } from '../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { verifyAudit } from './audit.ts';
import { exportCalendar } from './export-calendar.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

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

let files = 0;
const newFile = (): string => join(test.root, `frister-${(files += 1)}.ics`);
const TITLE = 'KANARIE-RUBRIK';
function incidentWith(change: Partial<IncidentDraft>, level: Level = 'sekretess'): IncidentId {
  const times = [
    {
      id: 'aware' as const,
      at: '2026-11-22T03:00:00+01:00',
      precision: 'exact' as const,
      marking: at(level),
    },
  ];
  return importOne(
    vault,
    draftWith({}, { title: { text: TITLE, marking: at('sekretess') }, times, ...change }),
  );
}
const DECISION = { reason: 'Vakthavande behöver se vad det gäller', decidedBy: 'Eva Ek' };

async function write(incidentId: IncidentId | null, decision: typeof DECISION | null = null) {
  const out = newFile();
  const written = await exportCalendar(vault, rules, { incidentId, out, decision });
  const text = readFileSync(out, 'utf8');
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  return { ...written, out, text, events };
}

describe('a calendar file of the deadlines', () => {
  it('says a reference and a time, and nothing of what it is about', async () => {
    const id = incidentWith({ regimes: ['CSL', 'GDPR'] });
    const { text, events, marking, remarks, out } = await write(id);
    const expected = incidentDeadlines(vault, rules, id).deadlines.flatMap(({ due }) =>
      due === null ? [] : [new Date(due.at).toISOString()],
    );
    expect(events.map(({ startDate }) => startDate.toJSDate().toISOString()).sort()).toEqual(expected.sort());
    expect(events).toHaveLength(3);
    for (const { summary, description } of events)
      expect([summary, description]).toEqual([`Frist: ${id}`, null]);
    expect(text).not.toMatch(/KANARIE|CSL|GDPR|pplysning|anm|personuppgift/i);
    // As the time that they are counted from.
    expect(marking.level).toBe('sekretess');
    expect(remarks.join(' ')).toContain('omfattas av sekretess');
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('says what it is about only by a decision, which is audited', async () => {
    const id = incidentWith({ regimes: ['CSL'] });
    const { events } = await write(id, DECISION);
    expect(events.map(({ summary }) => summary)).toContain(`Frist: Upplysning (CSL), ${id}`);
    expect(events[0]?.description).toContain(TITLE);
    const row = vault
      .requireRoom('open')
      .store.database.prepare(
        "SELECT payload FROM audit_payload JOIN audit_entry USING (seq) WHERE action = 'calendar.written' ORDER BY seq DESC",
      )
      .get() as { payload: string };
    expect(JSON.parse(row.payload)).toMatchObject({
      incident: id,
      events: 2,
      decision: { decidedBy: 'Eva Ek' },
    });
    expect(row.payload).not.toContain(TITLE);
    expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
    await expect(
      exportCalendar(vault, rules, {
        incidentId: id,
        out: newFile(),
        decision: { reason: ' ', decidedBy: null },
      }),
    ).rejects.toMatchObject({ kind: 'usage' });
  });

  it('never has anybody’s number or address, and says that it is masked', async () => {
    const title = { text: 'Intrång i kontot 811228-9874, anna@example.org', marking: at('sekretess') };
    const { events, remarks } = await write(incidentWith({ title }), DECISION);
    const told = events.map(({ description }) => description).join();
    expect(told).toContain('Intrång i kontot [personnummer], [e-postadress]');
    expect(told).not.toMatch(/811228|anna@/);
    expect(remarks.join()).toContain('maskerade i kalenderfilen');
  });

  it('never has what is klassat, or tells of säkerhetsskydd, whatever is decided', async () => {
    const classified = incidentWith({ regimes: ['GDPR'] }, 'hemlig');
    const telling = incidentWith({ regimes: ['SAK', 'GDPR'] });
    await expect(write(classified, DECISION)).rejects.toThrow(/Inga frister som får stå/);
    for (const decision of [null, DECISION]) {
      const { events, remarks } = await write(telling, decision);
      expect(events).toHaveLength(1);
      expect(remarks.join(' ')).toContain('2 frister är inte med');
    }
    const { text, events } = await write(null, DECISION);
    expect(events.length).toBeGreaterThan(3);
    expect(text).not.toContain(classified);
    expect(text).not.toMatch(/SAK|äkerhetshot|HEMLIG/);
  });

  it('keeps the ids of its events, which tell nothing, so that a calendar moves them', async () => {
    const id = incidentWith({ regimes: ['CSL', 'GDPR'] });
    const uids = async () => (await write(id)).events.map(({ uid }) => uid);
    const first = await uids();
    expect(new Set(first).size).toBe(first.length);
    expect(await uids()).toEqual(first);
    for (const uid of first) expect(uid).toMatch(/^[0-9a-f]{32}@sigill\.invalid$/);
  });

  it('has no more what is done or belongs to what is closed', async () => {
    const id = incidentWith({ regimes: ['GDPR'] });
    recordStep(vault, rules, {
      incident: id,
      regime: 'GDPR',
      step: 'anmalan',
      event: 'done',
      at: '2026-11-22T12:00:00+01:00',
      note: null,
    });
    await expect(write(id)).rejects.toMatchObject({ kind: 'usage' });
    const closed = incidentWith({ regimes: ['GDPR'] });
    changeState(vault, closed, 'closed');
    expect((await write(null)).text).not.toContain(closed);
  });

  it('is not written over a file that is there, and needs the open room', async () => {
    const id = incidentWith({ regimes: ['GDPR'] });
    const { out } = await write(id);
    const before = readFileSync(out, 'utf8');
    await expect(exportCalendar(vault, rules, { incidentId: id, out, decision: null })).rejects.toMatchObject(
      {
        kind: 'usage',
      },
    );
    expect(readFileSync(out, 'utf8')).toBe(before);
    vault.close();
    vault = await test.open(['protected'], () => now);
    const elsewhere = newFile();
    await expect(
      exportCalendar(vault, rules, { incidentId: id, out: elsewhere, decision: null }),
    ).rejects.toMatchObject({ kind: 'unlock' });
    expect(existsSync(elsewhere)).toBe(false);
  });
});
