import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { USER } from '../../testing/vault.ts';
import { code, RegisterBench } from '../../testing/register.ts';
import { verifyAudit } from '../../core/audit.ts';
import { finishInventory, inventoriesOf, startInventory, tickCopy } from './service.ts';
import { makeList } from '../lists.ts';
import { changeRegisterSettings } from '../numbering.ts';

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

describe('an inventory', () => {
  it('goes on after a lock, tells what was missing and what lay there unexpected, and cannot be changed afterwards', async () => {
    changeRegisterSettings(bench.vault, 'protected', { pattern: '{löpnr}:{exemplar}', chief: null });
    const [here, gone, destroyed, sent] = [
      bench.document('hemlig'),
      bench.document('hemlig'),
      bench.document('hemlig'),
      bench.document('hemlig'),
    ];
    bench.move(code(destroyed), 'destroy', { how: 'branning', witness: 'Eva Lind' });
    bench.move(code(sent), 'hand-out', { holder: 'Myndigheten', external: true });
    expect(() => startInventory(bench.vault, bench.rules, 'protected', false)).toThrow(/Intyga/);
    const begun = startInventory(bench.vault, bench.rules, 'protected', true);
    expect(() => startInventory(bench.vault, bench.rules, 'protected', true)).toThrow(/pågår redan/);
    const listed = begun.copies.map((copy) => copy.code);
    expect(listed).toEqual(expect.arrayContaining([code(here), code(gone)]));
    expect(listed).not.toContain(code(destroyed));
    expect(listed).not.toContain(code(sent));
    for (const copy of listed.filter((one) => one !== code(gone) && one !== code(here))) {
      tickCopy(bench.vault, bench.rules, 'protected', copy, 'hand');
    }
    expect(tickCopy(bench.vault, bench.rules, 'protected', code(here).toLowerCase(), 'scan').wasSeen).toBe(
      false,
    );
    await bench.reopen();
    expect(tickCopy(bench.vault, bench.rules, 'protected', code(here), 'scan').wasSeen).toBe(true);
    expect(tickCopy(bench.vault, bench.rules, 'protected', code(destroyed), 'scan').copy).toMatchObject({
      isUnexpected: true,
    });
    expect(() =>
      tickCopy(bench.vault, bench.rules, 'protected', code(bench.document('oppen')), 'scan'),
    ).toThrow(/inget exemplar/);
    tickCopy(bench.vault, bench.rules, 'protected', code(gone), 'hand');
    tickCopy(bench.vault, bench.rules, 'protected', code(gone), 'untick');
    const ended = finishInventory(bench.vault, bench.rules, 'protected', 'Skåp 2 sökt två gånger');
    expect(ended.copies.filter(({ result }) => result === 'missing').map((copy) => copy.code)).toEqual([
      code(gone),
    ]);
    expect(bench.stateOf(code(gone))).toBe('saknad');
    expect(() => tickCopy(bench.vault, bench.rules, 'protected', code(gone), 'scan')).toThrow(
      /Ingen inventering/,
    );
    expect(inventoriesOf(bench.vault, bench.rules, 'protected')).toHaveLength(1);
    const protocol = makeList(bench.vault, bench.rules, 'protected', 'inventory');
    expect(protocol.title).toBe('Inventeringsprotokoll');
    expect(protocol.rows.map(({ cells }) => cells.join(' ')).join('\n')).toMatch(/SAKNAS/);
    expect(bench.actions('protected').at(-1)).toBe('inventory.finished');
    // The next one has it in its hand: it is missing no longer, and what is said to be destroyed stays as it is.
    startInventory(bench.vault, bench.rules, 'protected', true);
    for (const copy of [code(gone), code(destroyed)])
      expect(tickCopy(bench.vault, bench.rules, 'protected', copy, 'scan').copy?.isUnexpected).toBe(true);
    finishInventory(bench.vault, bench.rules, 'protected', null);
    expect(bench.stateOf(code(gone))).toBe('ater');
    expect(bench.stateOf(code(destroyed))).toBe('forstord');
  });

  it('is not done by the säkerhetsskyddschef', () => {
    changeRegisterSettings(bench.vault, 'open', {
      pattern: 'Ö{löpnr}:{exemplar}',
      chief: USER.toUpperCase(),
    });
    bench.document('oppen');
    expect(() => startInventory(bench.vault, bench.rules, 'open', true)).toThrow(
      /någon annan än säkerhetsskyddschefen/,
    );
    changeRegisterSettings(bench.vault, 'open', { pattern: 'Ö{löpnr}:{exemplar}', chief: 'Karin Ek' });
    expect(startInventory(bench.vault, bench.rules, 'open', true).copies.length).toBeGreaterThan(0);
  });
});
