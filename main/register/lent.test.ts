import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyAudit } from '../core/audit.ts';
import { listExpeditions, recordEvent } from '../dispatches/service.ts';
import { code, RegisterBench } from '../testing/register.ts';
import { addToDistribution, findByCode, listOutstanding, strikeFromDistribution } from './service.ts';

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

const found = (of: string) => findByCode(bench.vault, bench.rules, of).copy;
const isWaitedFor = (of: string): boolean =>
  listOutstanding(bench.vault, bench.rules).some(({ copy }) => copy.code === of);

describe('a copy that somebody in the house has had', () => {
  it('goes with its expedition when it has come back, and the kvittens is waited for anew', () => {
    const entry = bench.document('hemlig');
    bench.move(code(entry), 'hand-out', { holder: 'Chefen' });
    bench.move(code(entry), 'receipt');
    bench.move(code(entry), 'return');
    recordEvent(bench.vault, entry.dispatch, 'sent', bench.now(), null);
    expect(found(code(entry))).toMatchObject({ state: 'utlamnad', external: true });
    expect(isWaitedFor(code(entry))).toBe(true);
    recordEvent(bench.vault, entry.dispatch, 'receipted', bench.now(), null);
    expect(isWaitedFor(code(entry))).toBe(false);
    expect(found(code(entry)).events.map(({ move }) => move)).toEqual([
      ...['hand-out', 'receipt', 'return', 'hand-out', 'receipt'],
    ]);
  });

  it('and still has it is not sent, and the kvittens of that person is not the recipient’s', () => {
    const entry = bench.document('hemlig');
    bench.move(code(entry), 'hand-out', { holder: 'Intern Person' });
    bench.move(code(entry), 'receipt');
    expect(() => recordEvent(bench.vault, entry.dispatch, 'sent', bench.now(), null)).toThrow(
      /i huset, till Intern Person/,
    );
    expect(listExpeditions(bench.vault, entry.incident as never)[0]?.state).toBe('made');
    bench.move(code(entry), 'return');
    recordEvent(bench.vault, entry.dispatch, 'sent', bench.now(), null);
    expect(isWaitedFor(code(entry))).toBe(true);
  });

  it('keeps the others waiting: what was made to be sent goes together', () => {
    const entry = bench.document('hemlig', 2);
    bench.move(code(entry, 0), 'hand-out', { holder: 'Intern Person' });
    expect(() => recordEvent(bench.vault, entry.dispatch, 'sent', bench.now(), null)).toThrow(
      /Ett exemplar är utlämnat i huset, till Intern Person/,
    );
    bench.move(code(entry, 0), 'return');
    recordEvent(bench.vault, entry.dispatch, 'sent', bench.now(), null);
    expect(found(code(entry, 0))).toMatchObject({ state: 'utlamnad', external: true });
    // Back from the recipient, and lent here: it has been there.
    bench.move(code(entry, 0), 'receipt');
    bench.move(code(entry, 0), 'return');
    bench.move(code(entry, 0), 'hand-out', { holder: 'Intern Person' });
    bench.move(code(entry, 1), 'receipt');
    expect(isWaitedFor(code(entry, 1))).toBe(false);
  });
});

describe('a copy is not handed out', () => {
  it('of a document that was withdrawn', () => {
    const entry = bench.document('hemlig');
    recordEvent(bench.vault, entry.dispatch, 'withdrawn', bench.now(), 'Fel mottagare');
    expect(found(code(entry)).possible).not.toContain('hand-out');
    expect(() => {
      bench.move(code(entry), 'hand-out', { holder: 'Någon Annan', external: true });
    }).toThrow(/makulerad/);
    bench.move(code(entry), 'destroy', { how: 'branning', witness: 'Eva Lind' });
  });

  it('of a kuvert that is withdrawn while a copy is with its recipient: first it is told what became of that', () => {
    const entry = bench.document('hemlig');
    recordEvent(bench.vault, entry.dispatch, 'sent', bench.now(), null);
    const withdraw = (note: string): unknown =>
      recordEvent(bench.vault, entry.dispatch, 'withdrawn', bench.now(), note);
    expect(() => withdraw('Fel mottagare')).toThrow(/Ett exemplar är hos mottagaren utan kvittens/);
    bench.move(code(entry), 'return');
    expect(() => withdraw('.')).toThrow(/varför/);
    withdraw('Fel mottagare');
  });

  it('in the house to somebody who is not on its distributionslista, unless it is said why', () => {
    const entry = bench.document('hemlig');
    addToDistribution(bench.vault, 'protected', entry.serial, 'Eva Lind');
    addToDistribution(bench.vault, 'protected', entry.serial, 'Bo Ek');
    strikeFromDistribution(bench.vault, 'protected', entry.serial, 2);
    const handOut = (holder: string, note: string | null = null): void => {
      bench.move(code(entry), 'hand-out', { holder, note });
    };
    expect(() => {
      handOut('Bo Ek');
    }).toThrow(/Bo Ek är struken från/);
    expect(() => {
      bench.move(code(entry), 'hand-out', { holder: 'Bo Ek', external: true });
    }).toThrow(/Bo Ek är struken från/);
    expect(() => {
      handOut('Cia Ås');
    }).toThrow(/Cia Ås står inte på/);
    handOut('eva  lind');
    bench.move(code(entry), 'return');
    handOut('Cia Ås', 'Beslut av säkerhetsskyddschefen i dag');
  });
});
