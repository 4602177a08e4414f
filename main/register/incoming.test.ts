import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { verifyAudit } from '../core/audit.ts';
import { listExpeditions, recordEvent } from '../dispatches/service.ts';
import { draftWith, importOne } from '../testing/incidents.ts';
import { code, RegisterBench } from '../testing/register.ts';
import { USER } from '../testing/vault.ts';
import { findDesignation, registerIncoming, type IncomingOrder } from './incoming.ts';
import { makeList } from './lists.ts';
import { findByCode, listOutstanding, listRegister } from './service.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

let bench: RegisterBench;
beforeAll(async () => {
  bench = await RegisterBench.start();
});
afterAll(() => {
  expect(verifyAudit(bench.vault).flatMap(({ faults }) => faults)).toEqual([]);
  bench.end();
});

const come = (incidentId: string, change: Partial<IncomingOrder> = {}) => comeAs(incidentId, change).entry;
const comeAs = (incidentId: string, change: Partial<IncomingOrder> = {}) =>
  registerIncoming(bench.vault, bench.rules, {
    incidentId: incidentId as IncidentId,
    kind: 'svar',
    cameAt: bench.now(),
    level: 'oppen',
    sender: 'CERT-SE',
    summary: null,
    answers: null,
    copy: null,
    ...change,
  });

describe('a paper that comes in', () => {
  it('gets the next number of the same series, a copy that is followed, and a row in the audit', () => {
    const sent = bench.document('oppen');
    const came = come(sent.incident, { sender: '  NCSC ', summary: 'Begäran om komplettering' });
    expect(came).toMatchObject({
      serial: sent.serial + 1,
      dispatch: null,
      correspondent: 'NCSC',
      summary: 'Begäran om komplettering',
      registeredBy: USER,
      incoming: { kind: 'svar', answers: null },
    });
    expect(bench.document('oppen').serial).toBe(came.serial + 1);
    expect(bench.actions('open')).toContain('register.incoming');
    bench.move(code(came), 'archive');
    expect(bench.stateOf(code(came))).toBe('arkiverad');
    expect(findByCode(bench.vault, bench.rules, code(came)).entry.designation).toBe(came.designation);
    const extract = makeList(bench.vault, bench.rules, 'open', 'extract').rows.map(({ cells }) => cells);
    expect(extract.find(([, number]) => number === came.designation)?.slice(2)).toEqual([
      'NCSC',
      'Begäran om komplettering',
    ]);
  });

  it('as the kvittens of one copy ends the waiting for that, and when all have come its expedition’s', () => {
    const sent = bench.document('sekretess', 2);
    const codes = [code(sent, 0), code(sent, 1)];
    const waiting = (): string[] => listOutstanding(bench.vault, bench.rules).map(({ copy }) => copy.code);
    recordEvent(bench.vault, sent.dispatch, 'sent', bench.now(), null);
    expect(waiting()).toEqual(expect.arrayContaining(codes));
    const state = (): string | undefined =>
      listExpeditions(bench.vault, sent.incident as IncidentId).find(({ id }) => id === sent.dispatch)?.state;
    // Which one it is must be said, also of the expedition as a whole: the other copy would be followed by nobody.
    expect(() => come(sent.incident, { kind: 'kvittens', answers: sent.serial })).toThrow(/vilket exemplar/);
    expect(() => come(sent.incident, { kind: 'kvittens', answers: sent.serial, copy: 3 })).toThrow(
      /1 till 2/,
    );
    expect(() => recordEvent(bench.vault, sent.dispatch, 'receipted', bench.now(), null)).toThrow(
      /2 exemplar är inte kvitterade/,
    );
    expect(waiting()).toEqual(expect.arrayContaining(codes));
    const second = findDesignation(bench.vault, 'open', `${sent.designation}:2/2`);
    expect(second).toEqual({ serial: sent.serial, copy: 2 });
    const came = come(sent.incident, { kind: 'kvittens', answers: sent.serial, copy: 2 });
    expect(came.incoming).toMatchObject({ kind: 'kvittens', answers: sent.designation });
    expect(came.summary).toBe('Kvittens');
    expect(waiting().filter((one) => codes.includes(one))).toEqual([codes[0]]);
    const told = findByCode(bench.vault, bench.rules, code(sent, 1)).copy.events.at(-1);
    expect(told).toMatchObject({ move: 'receipt', note: `Kvittens ${came.copies[0]?.designation}` });
    expect(state()).toBe('sent');
    const last = { kind: 'kvittens', answers: sent.serial } as const;
    expect(comeAs(sent.incident, last).receipted).toEqual([`${sent.designation}:1/2`]);
    expect(waiting().filter((one) => codes.includes(one))).toEqual([]);
    expect(state()).toBe('receipted');
    // A paper that nobody waited for is numbered all the same, and is said to be the kvittens of none.
    expect(comeAs(sent.incident, last).receipted).toEqual([]);
    expect(comeAs(sent.incident, { kind: 'kvittens' }).receipted).toEqual([]);
  });

  it('is refused without leaving anything: no sender, the future, another incident, an exercise, an unknown number', () => {
    const sent = bench.document('oppen');
    const other = bench.document('oppen');
    const rows = [bench.actions('open').length, listRegister(bench.vault, bench.rules, 'open').length];
    const exercise = importOne(bench.vault, draftWith({}, { exercise: true }));
    const added = bench.actions('open').length;
    expect(() => come(sent.incident, { sender: ' ' })).toThrow(/från vem/);
    expect(() => come(sent.incident, { cameAt: '2999-01-01T00:00:00Z' })).toThrow(/framtiden/);
    expect(() => come(sent.incident, { answers: other.serial })).toThrow(/annan incident/);
    expect(() => come(sent.incident, { answers: 999 })).toThrow(/finns inte i registret/);
    expect(() => come(exercise)).toThrow(/övning/);
    expect(() => come('K7M2-9QXA-4D1F')).toThrow(/finns inte/);
    // Nothing of it is in the protected room: then the answer has not been written down there either.
    expect(() => come(sent.incident, { level: 'hemlig' })).toThrow(/händelseloggen/);
    expect(() => come(sent.incident, { level: 'kvalificerat-hemlig' })).toThrow(/något över hemlig/);
    expect(bench.actions('open')).toHaveLength(added);
    expect(listRegister(bench.vault, bench.rules, 'open')).toHaveLength(rows[1] ?? 0);
    expect(findDesignation(bench.vault, 'open', 'finns inte/001')).toBeNull();
  });

  it('as a kvittens from before its copy was handed out tells of no copy at all', async () => {
    let now = Date.now();
    const slow = await RegisterBench.start(() => new Date(now));
    const sent = slow.document('sekretess', 2);
    slow.move(code(sent, 0), 'hand-out', { holder: 'CERT-SE', external: true });
    const between = slow.now();
    now += 10 * 60_000;
    slow.move(code(sent, 1), 'hand-out', { holder: 'NCSC', external: true });
    const told = (): unknown => [
      slow.actions('open'),
      ...[0, 1].map((copy) => findByCode(slow.vault, slow.rules, code(sent, copy)).copy.events),
    ];
    const before = told();
    const order = {
      kind: 'kvittens',
      cameAt: between,
      level: 'oppen',
      sender: 'CERT-SE',
      summary: null,
    } as const;
    expect(() =>
      registerIncoming(slow.vault, slow.rules, {
        ...order,
        incidentId: sent.incident as IncidentId,
        answers: sent.serial,
        copy: 2,
      }),
    ).toThrow();
    expect(told()).toEqual(before);
    slow.end();
  });

  it('that is classified is numbered in the protected register, and the open one knows nothing of it', () => {
    const incident = bench.incident(true);
    const came = come(incident, { level: 'hemlig', sender: 'KANARIE-AVSANDARE' });
    expect(came).toMatchObject({ room: 'protected', level: 'hemlig' });
    expect(JSON.stringify(listRegister(bench.vault, bench.rules, 'open'))).not.toContain('KANARIE');
  });
});
