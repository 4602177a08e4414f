import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { USER } from '../testing/vault.ts';
import { code, RegisterBench } from '../testing/register.ts';
import { verifyAudit } from '../core/audit.ts';
import { listExpeditions, recordEvent } from '../dispatches/service.ts';
import { makeList } from './lists.ts';
import { addToDistribution, findByCode, listOutstanding, strikeFromDistribution } from './service.ts';
import { type IncidentId } from '../../shared/domain/incident.ts';

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

describe('copies', () => {
  it('of a document that is sent are handed out, and a kvittens for the last one ends the expedition', () => {
    const entry = bench.document('sekretess', 2);
    recordEvent(bench.vault, entry.dispatch, 'sent', bench.now(), null);
    expect([bench.stateOf(code(entry, 0)), bench.stateOf(code(entry, 1))]).toEqual(['utlamnad', 'utlamnad']);
    expect(findByCode(bench.vault, bench.rules, code(entry)).copy).toMatchObject({
      holder: expect.stringMatching(/Säkerhetspolisen/),
      external: true,
    });
    const waiting = (): string[] => listOutstanding(bench.vault, bench.rules).map(({ copy }) => copy.code);
    expect(waiting()).toEqual(expect.arrayContaining([code(entry, 0), code(entry, 1)]));
    const state = (): string | undefined =>
      listExpeditions(bench.vault, entry.incident as IncidentId).find(({ id }) => id === entry.dispatch)
        ?.state;
    bench.move(code(entry, 0), 'receipt');
    expect([waiting().includes(code(entry, 0)), state()]).toEqual([false, 'sent']);
    bench.move(code(entry, 1), 'receipt');
    expect([waiting().includes(code(entry, 1)), state()]).toEqual([false, 'receipted']);
  });

  it('that a person hands out one by one make the expedition sent, and its kvittens is the last one’s only', () => {
    const entry = bench.document('hemlig', 2);
    const state = (): string | undefined =>
      listExpeditions(bench.vault, entry.incident as IncidentId).find(({ id }) => id === entry.dispatch)
        ?.state;
    bench.move(code(entry, 0), 'hand-out', { holder: 'Kurir', external: true });
    expect(state()).toBe('made');
    bench.move(code(entry, 1), 'hand-out', { holder: 'Kurir', external: true });
    expect(state()).toBe('sent');
    const receipted = (): unknown => recordEvent(bench.vault, entry.dispatch, 'receipted', bench.now(), null);
    expect(receipted).toThrow(/2 exemplar är inte kvitterade/);
    bench.move(code(entry, 0), 'receipt');
    receipted();
    expect(findByCode(bench.vault, bench.rules, code(entry, 1)).copy.outstandingSince).toBeNull();
    const { holders } = {
      holders: findByCode(bench.vault, bench.rules, code(entry, 0)).copy.events.map(({ holder }) => holder),
    };
    expect(holders).toEqual(['Kurir', null]);
    expect(state()).toBe('receipted');
  });

  it('that are kept, come back or destroyed are waited for no more once another has its kvittens', () => {
    const entry = bench.document('sekretess', 3);
    const [kept, back, gone] = [code(entry, 0), code(entry, 1), code(entry, 2)];
    const state = () =>
      listExpeditions(bench.vault, entry.incident as IncidentId).find(({ id }) => id === entry.dispatch)
        ?.state;
    bench.move(kept, 'archive');
    bench.move(back, 'hand-out', { holder: 'MCF', external: true });
    bench.move(gone, 'hand-out', { holder: 'Polisen', external: true });
    expect(state()).toBe('sent');
    bench.move(back, 'return');
    expect(state()).toBe('sent');
    bench.move(gone, 'receipt');
    expect(state()).toBe('receipted');
  });

  it('that are all destroyed or missing are sent by nobody, until one is found', () => {
    const entry = bench.document('sekretess', 2);
    bench.move(code(entry, 0), 'destroy', { how: 'branning' });
    bench.move(code(entry, 1), 'miss', { note: 'Låg inte i skåpet' });
    const send = () => recordEvent(bench.vault, entry.dispatch, 'sent', bench.now(), null);
    expect(send).toThrow(/Inget exemplar finns kvar/);
    bench.move(code(entry, 1), 'find', { note: 'Låg i fel skåp' });
    expect(send().state).toBe('sent');
    expect(bench.stateOf(code(entry, 0))).toBe('forstord');
  });

  it('are not handed to a code that a scanner wrote where a name was to stand', () => {
    const entry = bench.document('sekretess');
    expect(() => bench.move(code(entry), 'hand-out', { holder: '501JRZFZTM3F' })).toThrow(
      /kod från ett papper/,
    );
    bench.move(code(entry), 'hand-out', { holder: 'Stefan Persen' });
  });

  it('are returned, handed out again, and destroyed before a witness; what is refused leaves nothing', () => {
    const entry = bench.document('hemlig');
    const copy = code(entry);
    bench.move(copy, 'hand-out', { holder: 'Bo Ek' });
    expect(() => bench.move(copy, 'destroy', { how: 'branning', witness: 'Eva' })).toThrow(/återlämnat/);
    bench.move(copy, 'return');
    const rows = bench.actions('protected').length;
    expect(() => bench.move(copy, 'destroy', { how: 'branning' })).toThrow(/bevittnar/);
    for (const witness of [
      USER,
      `${USER.charAt(0)}. ${USER.split(' ').at(-1) ?? ''}`,
      USER.toUpperCase(),
      USER.replace(' ', '\u00a0 '),
      `${USER}\u200b`,
    ]) {
      expect(() => bench.move(copy, 'destroy', { how: 'branning', witness })).toThrow(/någon annan/);
    }
    expect(bench.actions('protected')).toHaveLength(rows);
    bench.move(copy, 'destroy', { how: 'branning', witness: 'Eva Lind' });
    expect(bench.actions('protected').at(-1)).toBe('copy.destroy');
    expect(makeList(bench.vault, bench.rules, 'protected', 'destructions').rows.at(-1)?.cells).toEqual(
      expect.arrayContaining([`${entry.designation}:1/1`, 'Bränning', USER, 'Eva Lind']),
    );
    expect(() => bench.move(copy, 'find', { note: 'i skåpet' })).toThrow(/förstört/);
    // Told by mistake: the row is struck and can be read, and the copy is in the house again.
    expect(() => bench.move(copy, 'correct')).toThrow(/varför/);
    bench.move(copy, 'correct', { note: 'Fel exemplar avläst, det ligger i skåp 2' });
    expect(bench.stateOf(copy)).toBe('ater');
    const row = makeList(bench.vault, bench.rules, 'protected', 'destructions').rows.at(-1);
    expect(row).toMatchObject({ isStruck: true });
    expect(row?.cells.at(-1)).toMatch(/Rättat .* av .*: Fel exemplar avläst/);
    bench.move(copy, 'destroy', { how: 'branning', witness: 'Eva Lind' });
    expect(
      makeList(bench.vault, bench.rules, 'protected', 'destructions')
        .rows.slice(-2)
        .map((one) => one.isStruck),
    ).toEqual([true, false]);
    expect(() => bench.move('000000000000', 'return')).toThrow(/Ingen handling/);
    expect(() => findByCode(bench.vault, bench.rules, 'vad som helst')).toThrow(/ingen kod/);
  });

  it('have a distributionslista where a struck name stays', () => {
    const { room, serial } = bench.document('sekretess');
    addToDistribution(bench.vault, room, serial, 'Bo Ek');
    expect(() => addToDistribution(bench.vault, room, serial, ' Bo Ek ')).toThrow(/redan/);
    const [struck] = strikeFromDistribution(bench.vault, room, serial, 1);
    expect(struck).toMatchObject({ name: 'Bo Ek', struckBy: USER });
    expect(addToDistribution(bench.vault, room, serial, 'Bo Ek')).toHaveLength(2);
  });
});
