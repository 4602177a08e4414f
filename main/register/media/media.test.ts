import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RegisterBench } from '../../testing/register.ts';
import { verifyAudit } from '../../core/audit.ts';
import { addMedium, mediaOf, noteWritten, recordMediumEvent } from './service.ts';

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
    expect(() => addMedium(bench.vault, ' M-014 ', 'usb', 'begransat-hemlig')).toThrow(/Ett annat medium/);
    const secret = bench.vault.requireRoom('protected');
    const note = (level: 'hemlig' | 'begransat-hemlig'): void =>
      bench.vault.transaction(secret, () => noteWritten(bench.vault, secret, 'M-014', 'handling 001', level));
    expect(() => note('hemlig')).toThrow(/märkt begränsat hemlig/);
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
    tell('destroyed', { how: 'skrotning', witness: 'Eva Lind' });
    expect(() => note('begransat-hemlig')).toThrow(/förstört eller saknas/);
    expect(() => tell('wiped')).toThrow(/kan inte registreras/);
    expect(
      mediaOf(secret)
        .find(({ label }) => label === 'M-014')
        ?.events.map(({ event }) => event),
    ).toEqual(['written', 'wiped', 'destroyed']);
  });
});
