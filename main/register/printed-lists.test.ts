import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyAudit } from '../core/audit.ts';
import { printList, writeList } from '../core/register.ts';
import { textOfPages } from '../testing/pdf.ts';
import { code, RegisterBench } from '../testing/register.ts';
import { USER } from '../testing/vault.ts';
import type { ListKind } from '../../shared/domain/register-lists.ts';
import type { Room } from '../../shared/domain/room.ts';
import { Cancelled } from '../workers/cancelled.ts';
import { runHere, type RunTask } from '../workers/tasks.ts';
import { findDesignation, registerIncoming } from './incoming.ts';
import { finishInventory, inventoriesOf, startInventory, tickCopy } from './inventory/service.ts';
import { makeList } from './lists.ts';
import { changeRegisterSettings } from './numbering.ts';
import { changeWords, findByCode, listOutstanding, listRegister } from './service.ts';
import type { EntryView } from './view.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

let bench: RegisterBench;
beforeAll(async () => {
  bench = await RegisterBench.start();
  bench.document('hemlig');
});
afterAll(() => {
  expect(verifyAudit(bench.vault).flatMap(({ faults }) => faults)).toEqual([]);
  bench.end();
});

const orderOf = (list: ListKind, room: Room = 'protected') => ({
  ...{ room, list, inventory: null, decision: { reason: 'Skrivaren är godkänd.', decidedBy: 'K. Ek' } },
});
const entries = (room: Room = 'protected'): EntryView[] => listRegister(bench.vault, bench.rules, room);
const newest = (): EntryView => {
  const entry = entries().at(-1);
  if (!entry) throw new TypeError('An empty register.');
  return entry;
};

async function print(list: ListKind, run?: RunTask, signal?: AbortSignal): Promise<Uint8Array> {
  return (await printList(bench.vault, bench.rules, orderOf(list), run, signal)).pdf;
}

describe('a list that is printed from the protected room', () => {
  it('is an entry of that register, with a number and a copy that stand on each of its pages', async (context) => {
    for (let made = 0; made < 30; made += 1) bench.document('hemlig');
    const before = entries().length;
    const { pdf, number } = await printList(bench.vault, bench.rules, orderOf('register'));
    const entry = newest();
    expect(entry).toMatchObject({
      serial: before + 1,
      designation: `Lista/${String(before + 1).padStart(3, '0')}`,
      dispatch: null,
      incident: null,
      correspondent: null,
      summary: 'Utskrift: Register över handlingar',
      level: 'hemlig',
      registeredBy: USER,
      omitSummary: true,
      copies: [{ number: 1, designation: `${number ?? ''}:1/1`, state: 'skapad' }],
    });
    expect(number).toBe(entry.designation);
    expect(entry.marking.basis.length).toBeGreaterThan(0);
    expect(bench.actions('protected').slice(-2)).toEqual(['register.numbered', 'register.printed']);
    const pages = textOfPages(context, pdf);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect(page).toContain(`${entry.designation}:1/1`);
      expect(page).toContain('Exemplar 1 av 1');
      expect(page).toContain('HEMLIG');
    }
    expect(pages[0]).toContain(code(entry).match(/.{4}/g)?.join('-'));
    // It tells what was there before it.
    expect(pages.join('\n')).not.toContain(`${entry.designation} `);
    expect(makeList(bench.vault, bench.rules, 'protected', 'register').rows.at(-1)?.cells).toContain(
      `${entry.designation}:1/1`,
    );
  });

  it('is followed as any other paper: found, handed out, archived, and destroyed before a witness', async () => {
    await print('outstanding');
    const entry = newest();
    const { copy } = findByCode(bench.vault, bench.rules, code(entry));
    expect(copy.designation).toBe(`${entry.designation}:1/1`);
    bench.move(code(entry), 'hand-out', { holder: 'Bo Ek' });
    expect(listOutstanding(bench.vault, bench.rules).map((one) => one.copy.code)).toContain(code(entry));
    bench.move(code(entry), 'receipt');
    bench.move(code(entry), 'return');
    bench.move(code(entry), 'archive');
    bench.move(code(entry), 'take-out');
    expect(() => {
      bench.move(code(entry), 'destroy', { how: 'branning' });
    }).toThrow(/bevittnar/);
    bench.move(code(entry), 'destroy', { how: 'branning', witness: 'Eva Lind' });
    expect(bench.stateOf(code(entry))).toBe('forstord');
    const destroyed = makeList(bench.vault, bench.rules, 'protected', 'destructions');
    expect(destroyed.rows.map(({ cells }) => cells[1])).toContain(`${entry.designation}:1/1`);
    expect(bench.actions('protected').at(-1)).toBe('copy.destroy');
  });

  it('is counted in the inventories that are begun after it, and not added to the one that goes on', async () => {
    const before = startInventory(bench.vault, bench.rules, 'protected', true).copies.length;
    await print('inventory');
    const entry = newest();
    expect(entry.summary).toBe('Utskrift: Inventering');
    expect(inventoriesOf(bench.vault, bench.rules, 'protected')[0]?.copies).toHaveLength(before);
    for (const copy of inventoriesOf(bench.vault, bench.rules, 'protected')[0]?.copies ?? [])
      tickCopy(bench.vault, bench.rules, 'protected', copy.code, 'hand');
    finishInventory(bench.vault, bench.rules, 'protected', null);
    expect(bench.stateOf(code(entry))).toBe('skapad');
    const next = startInventory(bench.vault, bench.rules, 'protected', true);
    expect(next.copies.map((copy) => copy.code)).toContain(code(entry));
    for (const copy of next.copies) tickCopy(bench.vault, bench.rules, 'protected', copy.code, 'hand');
    finishInventory(bench.vault, bench.rules, 'protected', null);
  });

  it('takes no number where it is refused, cannot be drawn, is stopped or cannot be written', async () => {
    const before = entries().length;
    await expect(
      printList(bench.vault, bench.rules, { ...orderOf('media'), decision: null }),
    ).rejects.toMatchObject({ kind: 'policy' });
    await expect(print('media', () => Promise.reject(new Error('Pappret tog slut.')))).rejects.toThrow(
      /Pappret/,
    );
    await expect(print('media', runHere, AbortSignal.abort())).rejects.toBeInstanceOf(Cancelled);
    const out = `${bench.test.root}/finns-inte/lista.pdf`;
    await expect(writeList(bench.vault, bench.rules, orderOf('media'), out)).rejects.toThrow(/Kan inte/);
    expect(entries()).toHaveLength(before);
  });

  it('is refused where somebody took its number while it was drawn, and the audit tells of no printing', async () => {
    const between: RunTask = (name, job) => {
      bench.document('hemlig');
      return runHere(name, job);
    };
    const before = entries().length;
    await expect(print('media', between)).rejects.toThrow(/fick numret/);
    expect(entries()).toHaveLength(before + 1);
    expect(newest().dispatch).not.toBeNull();
    expect(bench.actions('protected').at(-1)).not.toBe('register.printed');
    await print('media');
    expect(newest().summary).toBe('Utskrift: Lagringsmedier');
  });

  it('is told in other words where somebody writes them, and follows the pattern of the room', async () => {
    changeRegisterSettings(bench.vault, 'protected', { pattern: 'H{år}-{löpnr}:{exemplar}' });
    await print('media');
    const { serial, designation } = newest();
    expect(designation).toMatch(/^H\d{4}-\d{3}$/);
    expect(findDesignation(bench.vault, 'protected', designation)).toEqual({ serial, copy: null });
    const words = { correspondent: null, omitCorrespondent: true, omitSummary: true };
    const write = (summary: string | null) =>
      changeWords(bench.vault, bench.rules, 'protected', serial, { ...words, summary });
    expect(write('Till tillsynen').summary).toBe('Till tillsynen');
    expect(write(null).summary).toBe('Utskrift: Lagringsmedier');
  });

  it('is answered by nothing that comes in, since it belongs to no incident', async () => {
    await print('media');
    const answer = {
      ...{ incidentId: bench.incident(true), kind: 'kvittens' as const, cameAt: bench.now() },
      ...{ level: 'hemlig' as const, sender: 'Bo Ek', summary: null, copy: null },
    };
    const before = entries().length;
    expect(() => registerIncoming(bench.vault, bench.rules, { ...answer, answers: newest().serial })).toThrow(
      /lista ur registret/,
    );
    expect(entries()).toHaveLength(before);
  });
});

it('a list from the open room has no number, and is in no register', async () => {
  bench.document('sekretess');
  const before = entries('open').length;
  const { number } = await printList(bench.vault, bench.rules, orderOf('register', 'open'));
  expect(number).toBeNull();
  expect(entries('open')).toHaveLength(before);
  expect(bench.actions('open').at(-1)).toBe('register.printed');
});
