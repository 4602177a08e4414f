import { DEFAULT_PATTERN } from '../../shared/domain/register.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { at, bytesOf, draftWith, importOne } from '../testing/incidents.ts';
import { inspectPdf } from '../testing/pdf.ts';
import { USER } from '../testing/vault.ts';
import { code, RegisterBench } from '../testing/register.ts';
import { verifyAudit } from '../core/audit.ts';
import { dispatchToPrinter } from '../core/dispatch.ts';
import { printList } from '../core/register.ts';
import { byPrint } from '../core/ways-out.ts';
import { insertDispatch } from '../dispatches/repository.ts';
import { recordEvent } from '../dispatches/service.ts';
import { makeList } from './lists.ts';
import { addMedium } from './media/service.ts';
import { changeRegisterSettings, giveNumber, planNumber, setDiaryNumber } from './numbering.ts';
import { addToDistribution, changeWords, listRegister } from './service.ts';
import { type EntryView } from './view.ts';
import { type IncidentId } from '../../shared/domain/incident.ts';
import { ROOMS, sortIntoRoom } from '../../shared/domain/room.ts';

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

describe('a number', () => {
  it('follows the last one in its own room, and a transaction that fails takes none', () => {
    const [first, second, secret] = [
      bench.document('oppen'),
      bench.document('sekretess', 2),
      bench.document('hemlig'),
    ];
    expect(second.serial).toBe(first.serial + 1);
    expect(secret.designation).toBe(`${secret.incident}/001`);
    expect(second.copies.map(({ designation }) => designation)).toEqual([
      `${second.incident}/Ö002:1/2`,
      `${second.incident}/Ö002:2/2`,
    ]);
    const open = bench.vault.requireRoom('open');
    const plan = planNumber(bench.vault, open, second.incident as IncidentId, 1);
    const give = (): void =>
      bench.vault.transaction(open, () => {
        const row = {
          ...{
            id: 'd-fel',
            incidentId: second.incident as IncidentId,
            form: 'f',
            version: 'full',
            way: 'kuvert' as const,
          },
          ...{ isDraft: false, documentHash: 'h', details: '{}', madeAt: bench.now(), madeBy: USER },
        };
        const sorted = sortIntoRoom('{}', at('oppen'));
        if (sorted.room === 'open') insertDispatch(open.store, row, sorted.marked);
        giveNumber(bench.vault, open, plan, {
          dispatchId: 'd-fel',
          incidentId: row.incidentId,
          level: 'oppen',
          at: bench.now(),
          by: USER,
        });
        throw new Error('diskfel');
      });
    expect(give).toThrow('diskfel');
    // Two that were planned at once: the second is refused, and nothing of it is left.
    expect(bench.document('oppen').serial).toBe(second.serial + 1);
    expect(give).toThrow(/fick numret/);
    expect(listRegister(bench.vault, bench.rules, 'open').map(({ serial }) => serial)).toEqual([1, 2, 3]);
  });

  it('has its pattern changed where the other register can be asked, and nowhere else', async () => {
    for (const room of ROOMS) {
      await bench.reopen([room]);
      const other = room === 'open' ? 'protected' : 'open';
      expect(() => changeRegisterSettings(bench.vault, room, { pattern: DEFAULT_PATTERN[other] })).toThrow(
        /båda rummen upplåsta/,
      );
      // What else is set is one room's own.
      changeRegisterSettings(bench.vault, room, { inventoryMonths: 12 });
      changeRegisterSettings(bench.vault, room, { inventoryMonths: null });
    }
    await bench.reopen();
  });

  it('follows the pattern and the diary number of the day it was given, and keeps it', () => {
    const before = bench.document('oppen');
    changeRegisterSettings(bench.vault, 'open', { pattern: 'Ö {år}-{löpnr} ex {exemplar}', chief: null });
    const incident = importOne(bench.vault, draftWith({}));
    setDiaryNumber(bench.vault, 'open', incident, '2026/275');
    const after = bench.document('oppen', 1, incident);
    expect(after.copies[0]?.designation).toMatch(/^Ö \d{4}-\d{3} ex 1$/);
    // Numbered as the protected register is, an open paper and a classified one of one matter would have one number.
    expect(() =>
      changeRegisterSettings(bench.vault, 'open', { pattern: DEFAULT_PATTERN.protected, chief: null }),
    ).toThrow(/samma nummer.*eget tecken/);
    expect(DEFAULT_PATTERN.open).not.toBe(DEFAULT_PATTERN.protected);
    changeRegisterSettings(bench.vault, 'open', { pattern: DEFAULT_PATTERN.open, chief: null });
    expect(bench.document('oppen', 1, incident).designation).toMatch(/^2026\/275\/Ö\d{3}$/);
    const again = listRegister(bench.vault, bench.rules, 'open');
    expect(again.find(({ serial }) => serial === before.serial)?.designation).toBe(before.designation);
    expect(again.find(({ serial }) => serial === after.serial)?.designation).toBe(after.designation);
    expect(() => changeRegisterSettings(bench.vault, 'open', { pattern: '{dnr}', chief: null })).toThrow(
      /löpnr/,
    );
    setDiaryNumber(bench.vault, 'open', incident, ' ');
    expect(bench.document('oppen', 1, incident).designation).toContain(incident);
    expect(() => setDiaryNumber(bench.vault, 'open', incident, 'utan siffra')).toThrow(/minst en siffra/);
    expect(() => setDiaryNumber(bench.vault, 'open', incident, '<b>')).toThrow(/Diarienumret/);
  });

  it('of what was withdrawn stays as makulerad, and the next one is another', () => {
    const entry = bench.document('oppen');
    recordEvent(bench.vault, entry.dispatch, 'withdrawn', bench.now(), 'Utskriften avbröts.');
    const next = bench.document('oppen');
    expect(next.serial).toBe(entry.serial + 1);
    const read = listRegister(bench.vault, bench.rules, 'open').find(({ serial }) => serial === entry.serial);
    expect(read).toMatchObject({ withdrawn: true, designation: entry.designation });
    const printed = makeList(bench.vault, bench.rules, 'open', 'register').rows.map(({ cells }) => cells);
    expect(printed.find(([, number]) => number === `${entry.designation}:1/1`)?.at(-1)).toMatch(/makulerad/);
    bench.move(code(entry), 'destroy', { how: 'aldrig-framstallt' });
    expect(bench.stateOf(code(entry))).toBe('forstord');
  });

  it('is given to a final print, not to a draft, and not in an exercise', async () => {
    const order = {
      formId: 'kommun-slutrapport',
      version: 'open' as const,
      decision: { reason: 'Prövat.', decidedBy: 'K. Ek' },
    };
    const incidentId = importOne(bench.vault, draftWith({}));
    const draft = await dispatchToPrinter(
      bench.vault,
      bench.rules,
      { ...order, incidentId, draft: true },
      byPrint(),
    );
    expect(draft.number).toBeNull();
    expect(
      listRegister(bench.vault, bench.rules, 'open').some(({ incident }) => incident === incidentId),
    ).toBe(false);
  });
});

describe('the two registers', () => {
  it('the open one knows no word of the protected one, and shows nothing of it while that is locked', () => {
    const entry = bench.document('hemlig');
    bench.move(code(entry), 'hand-out', { holder: 'KANARIE-INNEHAVARE' });
    addToDistribution(bench.vault, 'protected', entry.serial, 'KANARIE-DISTRIBUTION');
    changeWords(bench.vault, bench.rules, 'protected', entry.serial, {
      ...{
        correspondent: 'KANARIE-MOTTAGARE',
        summary: 'KANARIE-KORTHET',
        omitCorrespondent: true,
        omitSummary: true,
      },
    });
    addMedium(bench.vault, 'KANARIE-MEDIUM', 'usb', 'hemlig');
    expect(bytesOf(bench.vault.requireRoom('open')).includes('KANARIE')).toBe(false);
    expect(bytesOf(bench.vault.requireRoom('open')).includes(code(entry))).toBe(false);
    expect(JSON.stringify(listRegister(bench.vault, bench.rules, 'open'))).not.toContain('KANARIE');
    expect(() => makeList(bench.vault, bench.rules, 'protected', 'extract')).toThrow(/öppna registret/);
  });

  it('the extract always tells date and number, and the rest unless it is left out', () => {
    const open = bench.document('oppen');
    const kept = bench.document('sekretess');
    changeWords(bench.vault, bench.rules, 'open', open.serial, {
      ...{ correspondent: 'NCSC', summary: 'Slutrapport', omitCorrespondent: false, omitSummary: true },
    });
    const list = makeList(bench.vault, bench.rules, 'open', 'extract');
    const cellsOf = (entry: EntryView) =>
      list.rows.find(({ cells }) => cells[1] === entry.designation)?.cells.slice(1);
    expect(cellsOf(open)).toEqual([open.designation, 'NCSC', '']);
    expect(cellsOf(kept)).toEqual([kept.designation, '', '']);
    expect(list.rows.every(({ cells, marking }) => cells[0] !== '' && marking.level === 'oppen')).toBe(true);
  });
});

describe('a list on paper', () => {
  it('passes the gate at the level of what it tells, is audited, and can be read by another program', async (context) => {
    const order = { room: 'protected' as const, list: 'register' as const, inventory: null };
    await expect(printList(bench.vault, bench.rules, { ...order, decision: null })).rejects.toMatchObject({
      kind: 'policy',
    });
    expect(bench.actions('protected').at(-1)).toBe('gate.refused');
    const decision = { reason: 'Skrivaren är godkänd.', decidedBy: 'K. Ek' };
    const { pdf } = await printList(bench.vault, bench.rules, { ...order, decision });
    expect(bench.actions('protected').at(-1)).toBe('register.printed');
    const text = inspectPdf(context, 'pdftotext', pdf, ['-layout'], ['-']);
    expect(text).toMatch(/HEMLIG/);
    expect(text).toMatch(/Register över handlingar/);
    expect(text).toMatch(/002:1/);
    const { pdf: open, number } = await printList(bench.vault, bench.rules, {
      room: 'open',
      list: 'extract',
      inventory: null,
      decision: null,
    });
    expect(number).toBeNull();
    expect(inspectPdf(context, 'pdftotext', open, ['-layout'], ['-'])).not.toMatch(/HEMLIG|KANARIE/);
  });
});
