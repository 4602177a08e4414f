import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { code, RegisterBench } from '../../testing/register.ts';
import { verifyAudit } from '../../core/audit.ts';
import { listDocument, makeList } from '../lists.ts';
import { addMedium, mediaOf, mediumRemarks, noteWritten, recordMediumEvent } from './service.ts';

vi.mock(import('../../vault/key-derivation.ts'), async (original) =>
  (await import('../../testing/remember-keys.ts')).rememberKeys(await original()),
);

let bench: RegisterBench;
beforeAll(async () => {
  bench = await RegisterBench.start();
});
afterAll(() => {
  expect(verifyAudit(bench.vault).flatMap(({ faults }) => faults)).toEqual([]);
  bench.end();
});

describe('a medium', () => {
  it('takes what its class allows, until it is destroyed before a witness', () => {
    const medium = addMedium(bench.vault, 'M-014', 'usb', 'begransat-hemlig');
    for (const label of [' M-014 ', 'm-014'])
      expect(() => addMedium(bench.vault, label, 'usb', 'begransat-hemlig')).toThrow(/Ett annat medium/);
    expect(() => addMedium(bench.vault, 'M-014', 'usb', 'sekretess')).toThrow(/Ett annat medium/);
    const secret = bench.vault.requireRoom('protected');
    const note = (level: 'hemlig' | 'begransat-hemlig', label = 'M-014'): void =>
      bench.vault.transaction(secret, () => noteWritten(bench.vault, secret, label, 'handling 001', level));
    for (const label of ['M-014', ' m-014']) {
      expect(() => note('hemlig', label)).toThrow(/märkt begränsat hemlig/);
    }
    note('begransat-hemlig');
    const tell = (event: 'wiped' | 'destroyed' | 'written', change: object = {}): unknown =>
      recordMediumEvent(bench.vault, medium.code, event, bench.now(), {
        what: null,
        how: null,
        witness: null,
        ...change,
      });
    tell('wiped', { how: 'radering' });
    expect(() => tell('written')).toThrow(/vad som skrevs/);
    expect(() => tell('destroyed', { how: 'skrotning' })).toThrow(/bevittnar/);
    expect(() => tell('destroyed', { how: 'aldrig-framstallt', witness: 'Eva Lind' })).toThrow(/har funnits/);
    tell('destroyed', { how: 'skrotning', witness: 'Eva Lind' });
    expect(() => note('begransat-hemlig')).toThrow(/förstört eller saknas/);
    expect(() => tell('wiped')).toThrow(/kan inte registreras/);
    expect(
      mediaOf(secret)
        .find(({ label }) => label === 'M-014')
        ?.events.map(({ event }) => event),
    ).toEqual(['written', 'wiped', 'destroyed']);
  });

  it('of the open room takes nothing klassat, and one that nobody has registered is told of', () => {
    addMedium(bench.vault, 'M-ÖPPEN', 'usb', 'sekretess');
    const secret = bench.vault.requireRoom('protected');
    expect(() =>
      bench.vault.transaction(secret, () => noteWritten(bench.vault, secret, 'm-öppen', '002', 'hemlig')),
    ).toThrow(/märkt sekretess/);
    expect(mediumRemarks(bench.vault, 'm-öppen')).toEqual([]);
    expect(mediumRemarks(bench.vault, null)).toEqual([]);
    expect(mediumRemarks(bench.vault, 'M-OKÄND')).toEqual([expect.stringContaining('M-OKÄND')]);
  });

  it('is not said to hold a document that is classified above it', () => {
    const entry = bench.document('hemlig');
    const told = (code: string, what: string): unknown =>
      recordMediumEvent(bench.vault, code, 'written', bench.now(), { what, how: null, witness: null });
    for (const level of ['sekretess', 'begransat-hemlig'] as const) {
      const { code: medium } = addMedium(bench.vault, `Skrivet ${level}`, 'usb', level);
      expect(() => told(medium, `Handling ${entry.designation}:1/1`)).toThrow(/är hemlig och mediet/);
      expect(() => told(medium, entry.designation.toLocaleLowerCase('sv'))).toThrow(/är hemlig och mediet/);
      expect(() => told(medium, code(entry))).toThrow(/kod från ett papper/);
      // Another number that only begins alike.
      told(medium, `Handling ${entry.designation}7`);
    }
    told(addMedium(bench.vault, 'Skrivet hemlig', 'usb', 'hemlig').code, entry.designation);
  });

  it('that is destroyed stands in the liggare marked as it was, beside documents that are lower', () => {
    const low = bench.document('begransat-hemlig', 1, bench.incident(true));
    bench.move(code(low), 'destroy', { how: 'branning', witness: 'Eva Lind' });
    const medium = addMedium(bench.vault, 'M-HEMLIG', 'usb', 'hemlig');
    recordMediumEvent(bench.vault, medium.code, 'destroyed', bench.now(), {
      ...{ what: 'Det som stod där', how: 'skrotning', witness: 'Eva Lind' },
    });
    const list = makeList(bench.vault, bench.rules, 'protected', 'destructions');
    const levelOf = (words: string): string | undefined =>
      list.rows.find(({ cells }) => cells.some((cell) => cell.includes(words)))?.marking.level;
    expect(levelOf('M-HEMLIG')).toBe('hemlig');
    expect(levelOf(low.designation)).toBe('begransat-hemlig');
    expect(listDocument(bench.vault, 'protected', list).marking.level).toBe('hemlig');
  });
});
