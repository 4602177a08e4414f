import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DispatchWay } from '../../shared/domain/dispatch.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Level } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportVersion } from '../../shared/domain/report.ts';
import { sortIntoRoom, type Room } from '../../shared/domain/room.ts';
import { FACT_LABEL } from '../../shared/domain/words.ts';
import { insertDispatch } from '../dispatches/repository.ts';
import { listExpeditions, recordEvent } from '../dispatches/service.ts';
import { writeItem } from '../incidents/marking.ts';
import { changeState, makeLogKey } from '../incidents/service.ts';
import { canonicalText, documentDigest } from '../reports/digest.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, draftWith, factOf, importOne, SENSITIVE } from '../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import { Cancelled } from '../workers/cancelled.ts';
import type { Vault } from '../vault/session.ts';
import { allChangedSinceSent, changedSinceSent } from './changed-since.ts';
import { supplementRemarks } from './supplement.ts';
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
function send(
  incidentId: IncidentId,
  formId = 'telefonnotifiering',
  version: ReportVersion = 'open',
  to?: string,
  details: object = to === undefined ? {} : { recipientNames: [to] },
  way: DispatchWay = 'epost',
): string {
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
    way,
    isDraft: false,
    documentHash: documentDigest(document),
    details: JSON.stringify({ marking, openLevel, ...details }),
    madeAt: now.toISOString(),
    madeBy: room.actor.userId,
  } as const;
  vault.transaction(room, () => {
    if (sorted.room === 'open') insertDispatch(vault.requireRoom('open').store, row, sorted.marked);
    else insertDispatch(vault.requireRoom('protected').store, row, sorted.marked);
  });
  now = new Date(now.getTime() + 60_000);
  return row.id;
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

describe('what a rule asks a supplement to tell of, and the form has no field for', () => {
  const fact = (
    id: IncidentId,
    name: 'omfattning' | 'kategorier',
    text: string,
    codes: string[],
    level: Level,
  ): void => writeItem(vault, factOf(id, name), { text, codes }, at(level), null, SENSITIVE);
  const labels = async (id: IncidentId): Promise<readonly string[]> =>
    (await allChangedSinceSent(vault, rules)).find(({ expedition }) => expedition.incidentId === id)
      ?.fields ?? [];
  const supplement = (incidentId: IncidentId): ReportDocument =>
    makeReport(vault, rules, {
      ...{ incidentId, formId: 'stat-incidentanmalan', version: 'open', draft: true, isSupplement: true },
    });
  const stateIncident = (): IncidentId =>
    importOne(
      vault,
      draftWith(
        { handelse: ['Avbrott', 'oppen'], omfattning: ['100 användare', 'oppen'] },
        { regimes: ['STAT-2026'], organisationKind: 'statlig-myndighet' },
      ),
    );

  it('is reminded of, and told by the supplement as it stood when the report was made and as it is', async () => {
    const id = stateIncident();
    fact(id, 'kategorier', '', ['angrepp'], 'oppen');
    recordEvent(vault, send(id, 'stat-incidentanmalan'), 'sent', now.toISOString(), null);
    expect(await labels(id)).toEqual([]);
    fact(id, 'omfattning', '10 000 användare hos anna@example.org', [], 'oppen');
    fact(id, 'kategorier', '', ['handhavandefel'], 'oppen');
    expect(await labels(id)).toEqual([FACT_LABEL.kategorier, FACT_LABEL.omfattning]);
    const { sections } = supplement(id);
    const [first] = sections;
    expect(first?.fields.map(({ label }) => label).slice(1)).toEqual([
      FACT_LABEL.kategorier,
      FACT_LABEL.omfattning,
    ]);
    const text = JSON.stringify(first);
    expect(text).toContain(`${FACT_LABEL.kategorier}, ${FACT_LABEL.omfattning}`);
    for (const words of ['100 användare', '10 000 användare', 'anna@example.org'])
      expect(text).toContain(words);
    // The form itself stays as it is: what the supplement is to tell is told first, and nowhere else.
    expect(sections.map(({ id: section }) => section)).not.toContain('kompletteringens-uppgifter');
    // Written back, it is no change.
    fact(id, 'omfattning', '100 användare', [], 'oppen');
    fact(id, 'kategorier', '', ['angrepp'], 'oppen');
    expect(await labels(id)).toEqual([]);
  });

  it('is left out of an open version where it has been raised, before and now', async () => {
    const id = stateIncident();
    recordEvent(vault, send(id, 'stat-incidentanmalan'), 'sent', now.toISOString(), null);
    fact(id, 'omfattning', 'HEMLIGT 10 000 användare', [], 'hemlig');
    // Such a report could tell nothing of it: that it has changed is told by those that may.
    expect(await labels(id)).toEqual([]);
    const text = JSON.stringify(supplement(id));
    expect(text).not.toContain('HEMLIGT');
    expect(text).not.toContain('100 användare');
  });
});

it('holds against the last that went: a supplement that is made and not sent ends no reminder', async () => {
  const id = newIncident();
  send(id);
  const [first] = listExpeditions(vault, id);
  if (!first) throw new TypeError('Nothing was made.');
  recordEvent(vault, first.id, 'sent', now.toISOString(), null);
  write(id, 'Intrång');
  send(id);
  expect(await changed()).toContain(id);
  const latest = listExpeditions(vault, id).find(({ state }) => state === 'made');
  recordEvent(vault, latest?.id ?? '', 'sent', now.toISOString(), null);
  expect(await changed()).not.toContain(id);
});

it('is only of what is told to have been sent, and says when that was', () => {
  const id = newIncident();
  const made = send(id, 'frivillig-slutrapport', 'full', 'a@example.org');
  const order = { incidentId: id, formId: 'frivillig-slutrapport', version: 'full', draft: true } as const;
  const supplement = (change: { supplements?: string } = {}): string =>
    JSON.stringify(makeReport(vault, rules, { ...order, isSupplement: true, ...change }).sections[0]);
  expect(() => supplement()).toThrow(/inte registrerad som avsänd/);
  expect(() => supplement({ supplements: made })).toThrow(/inte registrerad som avsänd/);
  now = new Date(now.getTime() + 3_600_000);
  recordEvent(vault, made, 'sent', now.toISOString(), null);
  const at = now.toLocaleTimeString('sv-SE', { timeZone: 'Europe/Stockholm', timeStyle: 'short' });
  expect(supplement()).toContain(`kl. ${at.replace(':', '.')}`);
  send(id, 'frivillig-slutrapport', 'full', 'b@example.org');
  const remarks = supplementRemarks(
    vault,
    rules,
    { incidentId: id, isSupplement: true },
    makeReport(vault, rules, order),
    'epost',
  );
  expect(remarks.join()).toMatch(
    new RegExp(`gick till a@example\\.org .* ${at}\\. Samma handling är gjord för b`),
  );
});

it('is held against what each receiver has had: what another was told since is not told to this one', () => {
  const id = newIncident();
  const sendTo = (to: string): string => {
    const dispatch = send(id, 'frivillig-slutrapport', 'full', to);
    recordEvent(vault, dispatch, 'sent', now.toISOString(), null);
    return dispatch;
  };
  const a = sendTo('a@example.org');
  write(id, 'Intrång');
  const b = sendTo('b@example.org');
  const changes = (): [string | undefined, readonly string[]][] =>
    changedSinceSent(vault, rules, id).map(({ expedition, fields }) => [
      expedition.details.recipientNames?.[0],
      fields,
    ]);
  expect(changes()).toEqual([['a@example.org', [expect.any(String)]]]);
  writeItem(vault, factOf(id, 'omfattning'), { text: '10', codes: [] }, at('oppen'), null, SENSITIVE);
  expect(changes().map(([to]) => to)).toEqual(['b@example.org', 'a@example.org']);
  const supplement = (supplements: string): string[] =>
    makeReport(vault, rules, {
      ...{
        incidentId: id,
        formId: 'frivillig-slutrapport',
        version: 'full',
        draft: true,
        isSupplement: true,
      },
      supplements,
    })
      .sections[0]?.fields.slice(1)
      .map(({ label: told }) => told) ?? [];
  expect(supplement(b)).toHaveLength(1);
  expect(supplement(a)).toHaveLength(2);
  expect(() => supplement('finns-inte')).toThrow(/Välj en annan/);
  const order = { incidentId: id, isSupplement: true, supplements: a };
  const nothing = /Rättelsen säger att inget har ändrats/;
  const report = makeReport(vault, rules, {
    ...{ incidentId: id, formId: 'frivillig-slutrapport', version: 'full', draft: true },
  });
  // A report that tells of no change, and one that does.
  expect(supplementRemarks(vault, rules, order, report, 'epost').join()).toMatch(nothing);
  const corrected = makeReport(vault, rules, {
    ...{ incidentId: id, formId: 'frivillig-slutrapport', version: 'full', draft: true, isSupplement: true },
    supplements: a,
  });
  expect(supplementRemarks(vault, rules, order, corrected, 'epost').join()).not.toMatch(nothing);
  expect(supplementRemarks(vault, rules, order, report, 'epost').join()).toMatch(
    /gick till a@example\.org .*(har också gått till|är gjord för) b@example\.org.* Den som har fått den ska ha en egen rättelse/,
  );
});

it('is told of each who has the old version, until a correction has gone to that one, whatever way the others had it', async () => {
  const id = newIncident();
  const make = (recipient: string, way: DispatchWay): string =>
    send(id, 'frivillig-slutrapport', 'full', undefined, { recipient }, way);
  const sent = (dispatch: string): void => {
    recordEvent(vault, dispatch, 'sent', now.toISOString(), null);
  };
  sent(make('Mott', 'signalskydd'));
  sent(make('sakerhetspolisen', 'kuvert'));
  write(id, 'Intrång');
  const waiting = async (): Promise<(readonly string[])[]> => {
    const one = changedSinceSent(vault, rules, id);
    const all = await allChangedSinceSent(vault, rules);
    expect(all.filter(({ expedition }) => expedition.incidentId === id)).toEqual(one);
    return one.map(({ receivers }) => receivers);
  };
  const police = rules.recipients.get('sakerhetspolisen')?.name ?? '';
  expect(await waiting()).toEqual([[police], ['Mott']]);
  sent(make('sakerhetspolisen', 'kuvert'));
  expect(await waiting()).toEqual([['Mott']]);
  const correction = make('Mott', 'signalskydd');
  expect(await waiting()).toEqual([['Mott']]);
  sent(correction);
  expect(await waiting()).toEqual([]);
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
