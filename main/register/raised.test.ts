import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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
import { code, RegisterBench } from '../testing/register.ts';
import { verifyAudit } from '../core/audit.ts';
import { listExpeditions, recordEvent } from '../dispatches/service.ts';
import { raiseMarking } from '../incidents/marking.ts';
import { makeMarking, type Marking } from '../../shared/domain/marking.ts';
import { findDesignation, registerIncoming } from './incoming.ts';
import { addToDistribution, changeWords, distributionOfEntry, findByCode, listRegister } from './service.ts';
import { type Vault } from '../vault/session.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** What a document holds that tells these facts. */
function telling(marking: Marking, ...facts: readonly string[]): object {
  const parts = facts.map((fact) => ({
    ...{ withheld: false, origin: `fact:${fact}`, label: null, text: 'Driften', codes: [], marking },
  }));
  return { sections: [{ fields: [{ parts }] }] };
}

let bench: RegisterBench;
beforeAll(async () => {
  bench = await RegisterBench.start();
});
afterAll(() => {
  expect(verifyAudit(bench.vault).flatMap(({ faults }) => faults)).toEqual([]);
  bench.end();
});

describe('a document that is raised', () => {
  it('takes its row along, in every crash too; the open register keeps date and number, and no word', async () => {
    const incident = importOne(bench.vault, draftWith({ system: ['Driften', 'oppen'] }));
    const told = telling(at('oppen'), 'system');
    const entry = bench.document('oppen', 2, incident, told);
    bench.move(code(entry), 'hand-out', { holder: 'KANARIE-HOLLARE', note: 'KANARIE-NOT' });
    addToDistribution(bench.vault, 'open', entry.serial, 'KANARIE-NAMN');
    changeWords(bench.vault, bench.rules, 'open', entry.serial, {
      ...{
        correspondent: 'KANARIE-VEM',
        summary: 'KANARIE-VAD',
        omitCorrespondent: false,
        omitSummary: false,
      },
    });
    expect(bytesOf(bench.vault.requireRoom('open')).includes('KANARIE')).toBe(true);
    const folders = await crashesDuring(bench.vault, bench.test.root, () =>
      raiseMarking(bench.vault, factOf(incident, 'system'), at('hemlig'), null, SENSITIVE),
    );
    const expectMoved = (of: Vault): void => {
      const bytes = bytesOf(of.requireRoom('open'));
      for (const word of ['KANARIE', code(entry, 0), code(entry, 1)])
        expect(bytes.includes(word), word).toBe(false);
      const left = listRegister(of, bench.rules, 'open').find(({ serial }) => serial === entry.serial);
      expect(left).toMatchObject({
        designation: entry.designation,
        withheld: true,
        summary: null,
        correspondent: null,
        copies: [],
      });
      const moved = findByCode(of, bench.rules, code(entry));
      expect(moved.entry).toMatchObject({
        room: 'protected',
        level: 'hemlig',
        formerly: entry.designation,
        summary: 'KANARIE-VAD',
      });
      expect(moved.copy).toMatchObject({ state: 'utlamnad', holder: 'KANARIE-HOLLARE' });
      expect(moved.distribution.map(({ name }) => name)).toEqual(['KANARIE-NAMN']);
      const twice = listRegister(of, bench.rules, 'protected').filter(
        ({ dispatch }) => dispatch === entry.dispatch,
      );
      expect(twice).toHaveLength(1);
    };
    expectMoved(bench.vault);
    // Before the first transaction nothing had been raised; from then on both rooms unlocked means moved.
    const after = folders.slice(1);
    expect(after.length).toBeGreaterThan(4);
    for (const folder of after) {
      const copy = await openCopy(folder, ['open', 'protected']);
      try {
        expectMoved(copy);
        expect(verifyAudit(copy).flatMap(({ faults }) => faults)).toEqual([]);
      } finally {
        copy.close();
      }
    }
    expect(bench.vault.requireRoom('open').store.database.prepare('SELECT 1').pluck().get()).toBe(1);
  });

  it('is told of where its copies can be seen: through a locked door nobody knows who has them', async () => {
    const incident = importOne(bench.vault, draftWith({ system: ['Driften', 'oppen'] }));
    const entry = bench.document('oppen', 1, incident, telling(at('oppen'), 'system'));
    raiseMarking(bench.vault, factOf(incident, 'system'), at('hemlig'), null, SENSITIVE);
    await bench.reopen(['open']);
    const told = (event: 'sent' | 'receipted'): unknown =>
      recordEvent(bench.vault, entry.dispatch, event, bench.now(), null);
    expect(() => told('sent')).toThrow(/Lås upp skyddade rummet/);
    const paper = {
      ...{ incidentId: incident, kind: 'kvittens' as const, sender: 'CERT-SE', summary: null },
      ...{ level: 'oppen' as const, cameAt: bench.now(), answers: entry.serial, copy: null },
    };
    expect(() => registerIncoming(bench.vault, bench.rules, paper)).toThrow(/hålls åtskilda/);
    await bench.reopen();
    told('sent');
    expect(bench.stateOf(code(entry))).toBe('utlamnad');
    bench.move(code(entry), 'receipt');
    expect(listExpeditions(bench.vault, incident).find(({ id }) => id === entry.dispatch)?.state).toBe(
      'receipted',
    );
  });

  it('is withdrawn in the protected register too, whether it was withdrawn before it was raised or after', async () => {
    const told = telling(at('oppen'), 'system');
    for (const isBefore of [true, false]) {
      const incident = importOne(bench.vault, draftWith({ system: ['Driften', 'oppen'] }));
      const entry = bench.document('oppen', 1, incident, told);
      const withdraw = (): unknown =>
        recordEvent(bench.vault, entry.dispatch, 'withdrawn', bench.now(), 'Fel mottagare');
      if (isBefore) withdraw();
      raiseMarking(bench.vault, factOf(incident, 'system'), at('hemlig'), null, SENSITIVE);
      if (!isBefore) withdraw();
      await bench.reopen(['protected']);
      expect(findByCode(bench.vault, bench.rules, code(entry)).entry.withdrawn).toBe(true);
      expect(() => {
        bench.move(code(entry), 'hand-out', { holder: 'Någon Annan', external: true });
      }).toThrow(/makulerad/);
      await bench.reopen();
    }
  });

  it('is numbered as the protected register numbers, marked with what raised it, and known there by its former number', async () => {
    const incident = importOne(bench.vault, draftWith({ system: ['Driften', 'sekretess'] }));
    const entry = bench.document(
      'sekretess',
      2,
      incident,
      telling(makeMarking('sekretess', ['18 kap. 8 § OSL']), 'system'),
    );
    const raisedTo = makeMarking('hemlig', ['15 kap. 2 § OSL']);
    raiseMarking(bench.vault, factOf(incident, 'system'), raisedTo, null, SENSITIVE);
    await bench.reopen(['protected']);
    const moved = listRegister(bench.vault, bench.rules, 'protected').find(
      ({ dispatch }) => dispatch === entry.dispatch,
    );
    expect(moved?.designation).toMatch(/^[^Ö]+$/);
    expect(moved).toMatchObject({ formerly: entry.designation, raised: { from: 'sekretess' } });
    expect(moved?.marking.level).toBe('hemlig');
    expect(moved?.marking.basis).toContain('15 kap. 2 § OSL');
    expect(findDesignation(bench.vault, 'protected', `${entry.designation}:2/2`)).toEqual({
      serial: moved?.serial,
      copy: 2,
    });
    await bench.reopen();
    expect(() => distributionOfEntry(bench.vault, 'open', entry.serial)).toThrow(/skyddade rummet/);
  });

  it('gets the provision of what raises it where its class is as high already', () => {
    const incident = importOne(
      bench.vault,
      draftWith({ system: ['a', 'hemlig'], kostnad: ['b', 'begransat-hemlig'] }),
    );
    const entry = bench.document('hemlig', 1, incident, telling(at('hemlig'), 'system', 'kostnad'));
    const raisedTo = makeMarking('hemlig', ['18 kap. 13 § OSL']);
    raiseMarking(bench.vault, factOf(incident, 'kostnad'), raisedTo, null, SENSITIVE);
    const now = listRegister(bench.vault, bench.rules, 'protected').find(
      ({ dispatch }) => dispatch === entry.dispatch,
    );
    expect(now?.marking).toMatchObject({ level: 'hemlig' });
    expect(now?.marking.basis).toContain('18 kap. 13 § OSL');
  });
});
