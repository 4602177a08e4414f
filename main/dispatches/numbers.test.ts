import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { verifyAudit } from '../core/audit.ts';
import { code, RegisterBench } from '../testing/register.ts';
import { USER } from '../testing/vault.ts';
import { currentNumber, listExpeditions, recordEvent, tellNumber, type Expedition } from './service.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';

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

it('the number of a bag is told before and after the sending, and what stood there before stays with who wrote it', () => {
  const entry = bench.document('sekretess', 2);
  const { dispatch, incident } = entry;
  const tell = (copy: number, number: string | null, reason: string | null = null): Expedition =>
    tellNumber(bench.vault, dispatch, { copy, kind: 'security-bag', number, reason });
  tell(1, 'SP 4711');
  recordEvent(bench.vault, dispatch, 'sent', bench.now(), null);
  for (const copy of [0, 1]) bench.move(code(entry, copy), 'receipt');
  tell(2, ' SP 4713 ');
  expect(() => tell(1, 'SP 4712')).toThrow(/varför/);
  expect(() => tell(3, 'SP 1')).toThrow(/1 till 2/);
  tell(1, 'SP 4712', 'Påsen byttes när den första gick sönder');
  const read = listExpeditions(bench.vault, incident as IncidentId).find(({ id }) => id === dispatch);
  expect(
    read?.numbers.map(({ copy, number, reason, recordedBy }) => [copy, number, reason, recordedBy]),
  ).toEqual([
    [1, 'SP 4711', null, USER],
    [2, 'SP 4713', null, USER],
    [1, 'SP 4712', 'Påsen byttes när den första gick sönder', USER],
  ]);
  const now = (copy: number) => read && currentNumber(read, copy, 'security-bag');
  expect([now(1), now(2), read && currentNumber(read, 1, 'consignment')]).toEqual([
    'SP 4712',
    'SP 4713',
    null,
  ]);
  expect(bench.actions('open').filter((action) => action === 'dispatch-number.told')).toHaveLength(3);
});

it('of a document in the protected room is told there', () => {
  const { dispatch } = bench.document('hemlig');
  tellNumber(bench.vault, dispatch, { copy: 1, kind: 'consignment', number: 'RR123456785SE', reason: null });
  expect(bench.actions('protected').at(-1)).toBe('dispatch-number.told');
});
