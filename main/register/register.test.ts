import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { NO_DETAILS, type MoveDetails } from '../../shared/domain/register.ts';
import type { Room } from '../../shared/domain/room.ts';
import { verifyAudit } from '../core/audit.ts';
import { dispatchToPrinter } from '../core/dispatch.ts';
import { printList } from '../core/register.ts';
import { byPrint } from '../core/ways-out.ts';
import { insertDispatch } from '../dispatches/repository.ts';
import { listExpeditions, recordEvent } from '../dispatches/service.ts';
import { raiseMarking } from '../incidents/marking.ts';
import { loadRulePack } from '../rules/load.ts';
import { sortIntoRoom } from '../../shared/domain/room.ts';
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
import { inspectPdf } from '../testing/pdf.ts';
import { makeTestVault, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { finishInventory, inventoriesOf, startInventory, tickCopy } from './inventory/service.ts';
import { makeList } from './lists.ts';
import { addMedium, mediaOf, noteWritten, recordMediumEvent } from './media/service.ts';
import { changeRegisterSettings, giveNumber, planNumber, setDiaryNumber } from './numbering.ts';
import {
  addToDistribution,
  changeWords,
  findByCode,
  listOutstanding,
  listRegister,
  moveCopy,
  strikeFromDistribution,
} from './service.ts';
import type { EntryView } from './view.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault('hemlig');
  vault = await test.open(['open', 'protected']);
});
afterAll(() => {
  expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  vault.close();
  test.remove();
});

let made = 0;
/**
 * A document that was made to be sent in envelopes, numbered in the transaction that stores it as `send` does. What the report
 * says is of no matter here; `core/dispatch.test.ts` sends whole reports.
 */
function document(
  level: Parameters<typeof at>[0],
  copies = 1,
  incident: IncidentId = importOne(
    vault,
    draftWith(level === 'hemlig' ? { kostnad: ['En del', level] } : {}),
  ),
  told: object = {},
): EntryView {
  made += 1;
  const id = `d-${made}`;
  const sorted = sortIntoRoom(JSON.stringify({ marking: at(level), sections: [], ...told }), at(level));
  const unlocked = vault.requireRoom<Room>(sorted.room);
  const madeAt = vault.now().toISOString();
  const row = {
    ...{ id, incidentId: incident, form: 'kommun-slutrapport', version: 'full', way: 'kuvert' as const },
    ...{ isDraft: false, documentHash: 'h', madeAt, madeBy: USER },
    details: JSON.stringify({ marking: at(level), openLevel: null, copies, recipient: 'sakerhetspolisen' }),
  };
  vault.transaction(unlocked, () => {
    if (sorted.room === 'open') insertDispatch(vault.requireRoom('open').store, row, sorted.marked);
    else insertDispatch(vault.requireRoom('protected').store, row, sorted.marked);
    const registered = { dispatchId: id, incidentId: incident, level, at: madeAt, by: USER };
    giveNumber(vault, unlocked, planNumber(vault, unlocked, incident, copies), registered);
  });
  const found = listRegister(vault, rules, sorted.room).find((entry) => entry.dispatch === id);
  if (!found) throw new TypeError('A document without a number.');
  return found;
}
const code = (entry: EntryView, copy = 0): string => entry.copies[copy]?.code ?? '';
const now = (): string => vault.now().toISOString();
const move = (copy: string, name: Parameters<typeof moveCopy>[2], details: Partial<MoveDetails> = {}): void =>
  moveCopy(vault, copy, name, now(), { ...NO_DETAILS, ...details });
const stateOf = (copy: string): string => findByCode(vault, rules, copy).copy.state;
const actions = (room: Room): string[] =>
  vault
    .requireRoom(room)
    .store.database.prepare('SELECT action FROM audit_entry ORDER BY seq')
    .pluck()
    .all() as string[];

describe('a number', () => {
  it('follows the last one in its own room, and a transaction that fails takes none', () => {
    const [first, second, secret] = [document('oppen'), document('sekretess', 2), document('hemlig')];
    expect(second.serial).toBe(first.serial + 1);
    expect(secret.designation).toBe(`${secret.incident}/001`);
    expect(second.copies.map(({ designation }) => designation)).toEqual([
      `${second.incident}/002:1/2`,
      `${second.incident}/002:2/2`,
    ]);
    const open = vault.requireRoom('open');
    const plan = planNumber(vault, open, second.incident as IncidentId, 1);
    const give = (): void =>
      vault.transaction(open, () => {
        const row = {
          ...{
            id: 'd-fel',
            incidentId: second.incident as IncidentId,
            form: 'f',
            version: 'full',
            way: 'kuvert' as const,
          },
          ...{ isDraft: false, documentHash: 'h', details: '{}', madeAt: now(), madeBy: USER },
        };
        const sorted = sortIntoRoom('{}', at('oppen'));
        if (sorted.room === 'open') insertDispatch(open.store, row, sorted.marked);
        giveNumber(vault, open, plan, {
          dispatchId: 'd-fel',
          incidentId: row.incidentId,
          level: 'oppen',
          at: now(),
          by: USER,
        });
        throw new Error('diskfel');
      });
    expect(give).toThrow('diskfel');
    // Two that were planned at once: the second is refused, and nothing of it is left.
    expect(document('oppen').serial).toBe(second.serial + 1);
    expect(give).toThrow(/fick numret/);
    expect(listRegister(vault, rules, 'open').map(({ serial }) => serial)).toEqual([1, 2, 3]);
  });

  it('follows the pattern and the diary number of the day it was given, and keeps it', () => {
    const before = document('oppen');
    changeRegisterSettings(vault, 'open', { pattern: 'Ö {år}-{löpnr} ex {exemplar}', chief: null });
    const incident = importOne(vault, draftWith({}));
    setDiaryNumber(vault, 'open', incident, '2026/275');
    const after = document('oppen', 1, incident);
    expect(after.copies[0]?.designation).toMatch(/^Ö \d{4}-\d{3} ex 1$/);
    changeRegisterSettings(vault, 'open', { pattern: '{dnr}/{löpnr}:{exemplar}/{antal}', chief: null });
    expect(document('oppen', 1, incident).designation).toMatch(/^2026\/275\/\d{3}$/);
    const again = listRegister(vault, rules, 'open');
    expect(again.find(({ serial }) => serial === before.serial)?.designation).toBe(before.designation);
    expect(again.find(({ serial }) => serial === after.serial)?.designation).toBe(after.designation);
    expect(() => changeRegisterSettings(vault, 'open', { pattern: '{dnr}', chief: null })).toThrow(/löpnr/);
    expect(() => setDiaryNumber(vault, 'open', incident, '<b>')).toThrow(/Diarienumret/);
  });

  it('is given to a final print, not to a draft, and not in an exercise', async () => {
    const order = {
      formId: 'kommun-slutrapport',
      version: 'open' as const,
      decision: { reason: 'Prövat.', decidedBy: 'K. Ek' },
    };
    const incidentId = importOne(vault, draftWith({}));
    const draft = await dispatchToPrinter(vault, rules, { ...order, incidentId, draft: true }, byPrint());
    expect(draft.number).toBeNull();
    expect(listRegister(vault, rules, 'open').some(({ incident }) => incident === incidentId)).toBe(false);
  });
});

describe('copies', () => {
  it('of a document that is sent are handed out, and a kvittens for the last one ends the expedition', () => {
    const entry = document('sekretess', 2);
    recordEvent(vault, entry.dispatch, 'sent', now(), null);
    expect([stateOf(code(entry, 0)), stateOf(code(entry, 1))]).toEqual(['utlamnad', 'utlamnad']);
    expect(findByCode(vault, rules, code(entry)).copy).toMatchObject({
      holder: expect.stringMatching(/Säkerhetspolisen/),
      external: true,
    });
    const waiting = (): string[] => listOutstanding(vault, rules).map(({ copy }) => copy.code);
    expect(waiting()).toEqual(expect.arrayContaining([code(entry, 0), code(entry, 1)]));
    const state = (): string | undefined =>
      listExpeditions(vault, entry.incident as IncidentId).find(({ id }) => id === entry.dispatch)?.state;
    move(code(entry, 0), 'receipt');
    expect([waiting().includes(code(entry, 0)), state()]).toEqual([false, 'sent']);
    move(code(entry, 1), 'receipt');
    expect([waiting().includes(code(entry, 1)), state()]).toEqual([false, 'receipted']);
  });

  it('that a person hands out one by one make the expedition sent, and its kvittens is theirs', () => {
    const entry = document('hemlig', 2);
    const state = (): string | undefined =>
      listExpeditions(vault, entry.incident as IncidentId).find(({ id }) => id === entry.dispatch)?.state;
    move(code(entry, 0), 'hand-out', { holder: 'Kurir', external: true });
    expect(state()).toBe('made');
    move(code(entry, 1), 'hand-out', { holder: 'Kurir', external: true });
    expect(state()).toBe('sent');
    recordEvent(vault, entry.dispatch, 'receipted', now(), null);
    expect(findByCode(vault, rules, code(entry, 1)).copy.outstandingSince).toBeNull();
    const { holders } = {
      holders: findByCode(vault, rules, code(entry, 0)).copy.events.map(({ holder }) => holder),
    };
    expect(holders).toEqual(['Kurir', null]);
  });

  it('are returned, handed out again, and destroyed before a witness; what is refused leaves nothing', () => {
    const entry = document('hemlig');
    const copy = code(entry);
    move(copy, 'hand-out', { holder: 'Bo Ek' });
    expect(() => move(copy, 'destroy', { how: 'branning', witness: 'Eva' })).toThrow(/återlämnat/);
    move(copy, 'return');
    const rows = actions('protected').length;
    expect(() => move(copy, 'destroy', { how: 'branning' })).toThrow(/bevittnar/);
    expect(() => move(copy, 'destroy', { how: 'branning', witness: USER })).toThrow(/någon annan/);
    expect(actions('protected')).toHaveLength(rows);
    move(copy, 'destroy', { how: 'branning', witness: 'Eva Lind' });
    expect(actions('protected').at(-1)).toBe('copy.destroy');
    expect(makeList(vault, rules, 'protected', 'destructions').rows.at(-1)?.cells).toEqual(
      expect.arrayContaining([`${entry.designation}:1/1`, 'Bränning', USER, 'Eva Lind']),
    );
    expect(() => move(copy, 'find', { note: 'i skåpet' })).toThrow(/förstört/);
    expect(() => move('000000000000', 'return')).toThrow(/Ingen handling/);
    expect(() => findByCode(vault, rules, 'vad som helst')).toThrow(/ingen kod/);
  });

  it('have a distributionslista where a struck name stays', () => {
    const { room, serial } = document('sekretess');
    addToDistribution(vault, room, serial, 'Bo Ek');
    expect(() => addToDistribution(vault, room, serial, ' Bo Ek ')).toThrow(/redan/);
    const [struck] = strikeFromDistribution(vault, room, serial, 1);
    expect(struck).toMatchObject({ name: 'Bo Ek', struckBy: USER });
    expect(addToDistribution(vault, room, serial, 'Bo Ek')).toHaveLength(2);
  });
});

describe('the two registers', () => {
  it('the open one knows no word of the protected one, and shows nothing of it while that is locked', () => {
    const entry = document('hemlig');
    move(code(entry), 'hand-out', { holder: 'KANARIE-INNEHAVARE' });
    addToDistribution(vault, 'protected', entry.serial, 'KANARIE-DISTRIBUTION');
    changeWords(vault, rules, 'protected', entry.serial, {
      ...{
        correspondent: 'KANARIE-MOTTAGARE',
        summary: 'KANARIE-KORTHET',
        omitCorrespondent: true,
        omitSummary: true,
      },
    });
    addMedium(vault, 'KANARIE-MEDIUM', 'usb', 'hemlig');
    expect(bytesOf(vault.requireRoom('open')).includes('KANARIE')).toBe(false);
    expect(bytesOf(vault.requireRoom('open')).includes(code(entry))).toBe(false);
    expect(JSON.stringify(listRegister(vault, rules, 'open'))).not.toContain('KANARIE');
    expect(() => makeList(vault, rules, 'protected', 'extract')).toThrow(/öppna registret/);
  });

  it('the extract always tells date and number, and the rest unless it is left out', () => {
    const open = document('oppen');
    const kept = document('sekretess');
    changeWords(vault, rules, 'open', open.serial, {
      ...{ correspondent: 'NCSC', summary: 'Slutrapport', omitCorrespondent: false, omitSummary: true },
    });
    const list = makeList(vault, rules, 'open', 'extract');
    const cellsOf = (entry: EntryView) =>
      list.rows.find(({ cells }) => cells[1] === entry.designation)?.cells.slice(1);
    expect(cellsOf(open)).toEqual([open.designation, 'NCSC', '']);
    expect(cellsOf(kept)).toEqual([kept.designation, '', '']);
    expect(list.rows.every(({ cells, marking }) => cells[0] !== '' && marking.level === 'oppen')).toBe(true);
  });
});

describe('a document that is raised', () => {
  it('takes its row along, in every crash too; the open register keeps date and number, and no word', async () => {
    const incident = importOne(vault, draftWith({ system: ['Driften', 'oppen'] }));
    const part = {
      withheld: false,
      origin: 'fact:system',
      label: null,
      text: 'Driften',
      codes: [],
      marking: at('oppen'),
    };
    const told = { sections: [{ fields: [{ parts: [part] }] }] };
    const entry = document('oppen', 2, incident, told);
    move(code(entry), 'hand-out', { holder: 'KANARIE-HOLLARE', note: 'KANARIE-NOT' });
    addToDistribution(vault, 'open', entry.serial, 'KANARIE-NAMN');
    changeWords(vault, rules, 'open', entry.serial, {
      ...{
        correspondent: 'KANARIE-VEM',
        summary: 'KANARIE-VAD',
        omitCorrespondent: false,
        omitSummary: false,
      },
    });
    expect(bytesOf(vault.requireRoom('open')).includes('KANARIE')).toBe(true);
    const folders = await crashesDuring(vault, test.root, () =>
      raiseMarking(vault, factOf(incident, 'system'), at('hemlig'), null, SENSITIVE),
    );
    const expectMoved = (of: Vault): void => {
      const bytes = bytesOf(of.requireRoom('open'));
      for (const word of ['KANARIE', code(entry, 0), code(entry, 1)])
        expect(bytes.includes(word), word).toBe(false);
      const left = listRegister(of, rules, 'open').find(({ serial }) => serial === entry.serial);
      expect(left).toMatchObject({
        designation: entry.designation,
        withheld: true,
        summary: null,
        correspondent: null,
        copies: [],
      });
      const moved = findByCode(of, rules, code(entry));
      expect(moved.entry).toMatchObject({
        room: 'protected',
        level: 'hemlig',
        formerly: entry.designation,
        summary: 'KANARIE-VAD',
      });
      expect(moved.copy).toMatchObject({ state: 'utlamnad', holder: 'KANARIE-HOLLARE' });
      expect(moved.distribution.map(({ name }) => name)).toEqual(['KANARIE-NAMN']);
      const twice = listRegister(of, rules, 'protected').filter(
        ({ dispatch }) => dispatch === entry.dispatch,
      );
      expect(twice).toHaveLength(1);
    };
    expectMoved(vault);
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
    expect(vault.requireRoom('open').store.database.prepare('SELECT 1').pluck().get()).toBe(1);
  });

  it('follows what is told of its expedition while the protected room is locked, when it is unlocked again', async () => {
    const incident = importOne(vault, draftWith({ system: ['Driften', 'oppen'] }));
    const part = {
      withheld: false,
      origin: 'fact:system',
      label: null,
      text: 'x',
      codes: [],
      marking: at('oppen'),
    };
    const entry = document('oppen', 1, incident, { sections: [{ fields: [{ parts: [part] }] }] });
    raiseMarking(vault, factOf(incident, 'system'), at('hemlig'), null, SENSITIVE);
    vault.close();
    vault = await test.open(['open']);
    recordEvent(vault, entry.dispatch, 'sent', now(), null);
    vault.close();
    vault = await test.open(['open', 'protected']);
    expect(stateOf(code(entry))).toBe('utlamnad');
    move(code(entry), 'receipt');
    expect(listExpeditions(vault, incident).find(({ id }) => id === entry.dispatch)?.state).toBe('receipted');
  });
});

describe('an inventory', () => {
  it('goes on after a lock, tells what was missing and what lay there unexpected, and cannot be changed afterwards', async () => {
    changeRegisterSettings(vault, 'protected', { pattern: '{löpnr}:{exemplar}', chief: null });
    const [here, gone, destroyed, sent] = [
      document('hemlig'),
      document('hemlig'),
      document('hemlig'),
      document('hemlig'),
    ];
    move(code(destroyed), 'destroy', { how: 'branning', witness: 'Eva Lind' });
    move(code(sent), 'hand-out', { holder: 'Myndigheten', external: true });
    expect(() => startInventory(vault, rules, 'protected', false)).toThrow(/Intyga/);
    const begun = startInventory(vault, rules, 'protected', true);
    expect(() => startInventory(vault, rules, 'protected', true)).toThrow(/pågår redan/);
    const listed = begun.copies.map((copy) => copy.code);
    expect(listed).toEqual(expect.arrayContaining([code(here), code(gone)]));
    expect(listed).not.toContain(code(destroyed));
    expect(listed).not.toContain(code(sent));
    for (const copy of listed.filter((one) => one !== code(gone) && one !== code(here))) {
      tickCopy(vault, rules, 'protected', copy, 'hand');
    }
    expect(tickCopy(vault, rules, 'protected', code(here).toLowerCase(), 'scan').wasSeen).toBe(false);
    vault.close();
    vault = await test.open(['open', 'protected']);
    expect(tickCopy(vault, rules, 'protected', code(here), 'scan').wasSeen).toBe(true);
    expect(tickCopy(vault, rules, 'protected', code(destroyed), 'scan').copy).toMatchObject({
      isUnexpected: true,
    });
    expect(() => tickCopy(vault, rules, 'protected', code(document('oppen')), 'scan')).toThrow(
      /inget exemplar/,
    );
    tickCopy(vault, rules, 'protected', code(gone), 'hand');
    tickCopy(vault, rules, 'protected', code(gone), 'untick');
    const ended = finishInventory(vault, rules, 'protected', 'Skåp 2 sökt två gånger');
    expect(ended.copies.filter(({ result }) => result === 'missing').map((copy) => copy.code)).toEqual([
      code(gone),
    ]);
    expect(stateOf(code(gone))).toBe('saknad');
    expect(() => tickCopy(vault, rules, 'protected', code(gone), 'scan')).toThrow(/Ingen inventering/);
    expect(inventoriesOf(vault, rules, 'protected')).toHaveLength(1);
    const protocol = makeList(vault, rules, 'protected', 'inventory');
    expect(protocol.title).toBe('Inventeringsprotokoll');
    expect(protocol.rows.map(({ cells }) => cells.join(' ')).join('\n')).toMatch(/SAKNAS/);
    expect(actions('protected').at(-1)).toBe('inventory.finished');
  });

  it('is not done by the säkerhetsskyddschef', () => {
    changeRegisterSettings(vault, 'open', { pattern: '{löpnr}:{exemplar}', chief: USER.toUpperCase() });
    document('oppen');
    expect(() => startInventory(vault, rules, 'open', true)).toThrow(/någon annan än säkerhetsskyddschefen/);
    changeRegisterSettings(vault, 'open', { pattern: '{löpnr}:{exemplar}', chief: 'Karin Ek' });
    expect(startInventory(vault, rules, 'open', true).copies.length).toBeGreaterThan(0);
  });
});

describe('a medium', () => {
  it('takes what its class allows, until it is destroyed before a witness', () => {
    const medium = addMedium(vault, 'M-014', 'usb', 'begransat-hemlig');
    expect(() => addMedium(vault, ' M-014 ', 'usb', 'begransat-hemlig')).toThrow(/Ett annat medium/);
    const secret = vault.requireRoom('protected');
    const note = (level: 'hemlig' | 'begransat-hemlig'): void =>
      vault.transaction(secret, () => noteWritten(vault, secret, 'M-014', 'handling 001', level));
    expect(() => note('hemlig')).toThrow(/märkt begränsat hemlig/);
    note('begransat-hemlig');
    const tell = (event: 'wiped' | 'destroyed' | 'written', change: object = {}): unknown =>
      recordMediumEvent(vault, medium.code, event, now(), {
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

describe('a list on paper', () => {
  it('passes the gate at the level of what it tells, is audited, and can be read by another program', async (context) => {
    const order = { room: 'protected' as const, list: 'register' as const, inventory: null };
    await expect(printList(vault, rules, { ...order, decision: null })).rejects.toMatchObject({
      kind: 'policy',
    });
    expect(actions('protected').at(-1)).toBe('gate.refused');
    const decision = { reason: 'Skrivaren är godkänd.', decidedBy: 'K. Ek' };
    const pdf = await printList(vault, rules, { ...order, decision });
    expect(actions('protected').at(-1)).toBe('register.printed');
    const text = inspectPdf(context, 'pdftotext', pdf, ['-layout'], ['-']);
    expect(text).toMatch(/HEMLIG/);
    expect(text).toMatch(/Register över handlingar/);
    expect(text).toMatch(/003:1/);
    const open = await printList(vault, rules, {
      room: 'open',
      list: 'extract',
      inventory: null,
      decision: null,
    });
    expect(inspectPdf(context, 'pdftotext', open, ['-layout'], ['-'])).not.toMatch(/HEMLIG|KANARIE/);
  });
});
