import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { ReportVersion } from '../../shared/domain/report.ts';
import { sortIntoRoom, type Room } from '../../shared/domain/room.ts';
import { insertDispatch } from '../dispatches/repository.ts';
import { writeItem } from '../incidents/marking.ts';
import { changeState, makeLogKey } from '../incidents/service.ts';
import { canonicalText, documentDigest } from '../reports/digest.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, draftWith, factOf, importOne, SENSITIVE } from '../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import { Cancelled } from '../workers/cancelled.ts';
import type { Vault } from '../vault/session.ts';
import { allChangedSinceSent } from './changed-since.ts';
import { makeReport } from './make-report.ts';

const rules = loadRulePack();
/** More than fit on any screen. */
const MANY = 45;
let now = new Date('2026-11-22T08:00:00Z');
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

const newIncident = (): IncidentId =>
  importOne(vault, draftWith({ handelse: ['Avbrott', 'oppen'] }, { regimes: ['FRIV'] }));

/** As a final e-mail is kept, without the mail: only what was told, and when, is asked about here. */
function send(incidentId: IncidentId, formId = 'telefonnotifiering', version: ReportVersion = 'open'): void {
  const made = makeReport(vault, rules, { incidentId, formId, version, draft: true });
  const document = { ...made, draft: false };
  const sorted = sortIntoRoom(canonicalText(document), document.marking);
  const { openLevel, marking } = document;
  const room = vault.requireRoom<Room>(sorted.room);
  const row = {
    id: randomUUID(),
    incidentId,
    form: formId,
    version: document.version,
    way: 'epost',
    isDraft: false,
    documentHash: documentDigest(document),
    details: JSON.stringify({ marking, openLevel }),
    madeAt: now.toISOString(),
    madeBy: room.actor.userId,
  } as const;
  vault.transaction(room, () => {
    if (sorted.room === 'open') insertDispatch(vault.requireRoom('open').store, row, sorted.marked);
    else insertDispatch(vault.requireRoom('protected').store, row, sorted.marked);
  });
  now = new Date(now.getTime() + 60_000);
}

const write = (id: IncidentId, text: string): void =>
  writeItem(vault, factOf(id, 'handelse'), { text, codes: [] }, at('oppen'), null, SENSITIVE);
const changed = async (): Promise<string[]> =>
  (await allChangedSinceSent(vault, rules)).map(({ expedition }) => expedition.incidentId);

it('tells of every incident of which something sent says something else, however many they are', async () => {
  const ids = Array.from({ length: MANY }, () => newIncident());
  for (const id of ids) send(id);
  expect(await changed()).toEqual([]);
  for (const id of ids) write(id, 'Intrång');
  expect((await changed()).sort()).toEqual([...ids].sort());
  for (const id of ids.slice(1)) changeState(vault, id, 'closed');
  expect(await changed()).toEqual(ids.slice(0, 1));
});

it('tells of an open value that is changed after the whole report went, which lies in the protected room', async () => {
  const facts = { handelse: ['Avbrott', 'oppen'], brottsmisstanke: ['Dataintrång', 'hemlig'] } as const;
  const id = importOne(vault, draftWith(facts, { regimes: ['FRIV'] }));
  send(id, 'frivillig-slutrapport', 'full');
  expect(await changed()).not.toContain(id);
  write(id, 'Intrång');
  expect(await changed()).toContain(id);
});

it('passes over what is written back, and what no form asks for', async () => {
  const before = await changed();
  const id = newIncident();
  send(id);
  write(id, 'Intrång');
  write(id, 'Avbrott');
  const log = { incidentId: id, kind: 'log', key: makeLogKey() } as const;
  const entry = { at: now.toISOString(), kind: 'note', text: 'Ringde', by: 'Anna' };
  writeItem(vault, log, entry, at('oppen'), null, SENSITIVE);
  expect(await changed()).toEqual(before);
});

it('can be stopped when nobody waits any more', async () => {
  const ids = Array.from({ length: MANY }, () => newIncident());
  for (const id of ids) send(id);
  for (const id of ids) write(id, 'Intrång');
  const stop = new AbortController();
  const found = allChangedSinceSent(vault, rules, stop.signal);
  stop.abort();
  await expect(found).rejects.toBeInstanceOf(Cancelled);
});
