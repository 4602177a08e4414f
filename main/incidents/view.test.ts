import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentDraft } from '../../shared/domain/incident-file.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Level } from '../../shared/domain/marking.ts';
import { sortIntoRoom } from '../../shared/domain/room.ts';
import {
  at,
  crashesDuring,
  draftWith,
  factOf,
  importOne,
  openCopy,
  SENSITIVE,
} from '../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { historyOf } from './history.ts';
import { makeIncidentId, readIncidentId } from './incident-id.ts';
import { writeItem } from './marking.ts';
import { addRevision, type RevisionNote } from './repository.ts';
import { changeState, getIncident, listAllIncidents, makeLogKey } from './service.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

let test: TestVault;
let vault: Vault;
let now = new Date('2026-11-22T12:00:00Z');
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected'], () => now);
});
afterAll(() => {
  vault.close();
  test.remove();
});

async function withLocked<T>(room: 'open' | 'protected', work: () => T): Promise<T> {
  vault.lockRoom(room);
  try {
    return work();
  } finally {
    await vault.unlock(room, USER, Buffer.from(PASSPHRASES[room]));
  }
}

const logRow = (text: string, level: Level, time: string): IncidentDraft['log'][number] => ({
  at: time,
  kind: 'ovrigt',
  text,
  by: null,
  marking: at(level),
});

describe('an incident with a part in each room', () => {
  let id: IncidentId;
  beforeAll(() => {
    id = importOne(
      vault,
      draftWith(
        { system: ['Nod X91', 'hemlig'], parter: ['Kommunen', 'oppen'] },
        {
          title: { text: 'Driftsystem Björktrast', marking: at('begransat-hemlig') },
          exercise: true,
          times: [
            { id: 'occurred', at: '2026-10-24T22:40:00+02:00', precision: 'exact', marking: at('hemlig') },
            { id: 'detected', at: '2026-10-25T02:30:00+01:00', precision: 'hour', marking: at('oppen') },
          ],
          log: [
            logRow('tredje', 'oppen', '2026-10-25T02:30:00+01:00'),
            logRow('andra', 'hemlig', '2026-10-25T02:30:00+02:00'),
            logRow('första', 'sekretess', '2026-10-24T23:00:00Z'),
          ],
        },
      ),
    );
  });

  it('is whole with both rooms open, its log in order of time and not of how the time is written', () => {
    const view = getIncident(vault, id);
    expect(view).toMatchObject({
      exercise: true,
      state: 'draft',
      title: { text: 'Driftsystem Björktrast', marking: at('begransat-hemlig') },
      times: [{ id: 'occurred' }, { id: 'detected' }],
      hasProtectedPart: true,
      protectedPartHidden: false,
    });
    expect(view.log.map(({ number, text }) => `${number} ${text}`)).toEqual([
      '1 första',
      '2 andra',
      '3 tredje',
    ]);
  });

  it('tells in the open room alone that there is a part elsewhere, and not what, how high or how much', async () => {
    const view = await withLocked('protected', () => getIncident(vault, id));
    expect(view).toMatchObject({ title: null, hasProtectedPart: true, protectedPartHidden: true });
    expect(view.times.map((time) => time.id)).toEqual(['detected']);
    expect(view.log.map(({ number }) => number)).toEqual([1, 2]);
    expect(JSON.stringify(view)).not.toMatch(/hemlig|X91|Björktrast|15 kap/);
    // Random keys of one length: a running number would have gaps where the others are.
    expect(view.log.every(({ key }) => /^[0-9a-f]{12}$/.test(key))).toBe(true);
    const other = importOne(vault, draftWith({ system: ['y', 'kvalificerat-hemlig'] }));
    const pointers = await withLocked('protected', () =>
      [id, other]
        .map((one) => getIncident(vault, one))
        .map(({ hasProtectedPart, protectedPartHidden }) => [hasProtectedPart, protectedPartHidden]),
    );
    expect(pointers[0]).toEqual(pointers[1]);
  });

  it('tells in the protected room alone its part, and hides nothing there', async () => {
    const view = await withLocked('open', () => getIncident(vault, id));
    expect(view).toMatchObject({ hasProtectedPart: true, protectedPartHidden: false, exercise: true });
    expect(view.facts.map((fact) => fact.id)).toEqual(['system']);
    await withLocked('open', () => expect(listAllIncidents(vault).map((one) => one.id)).toContain(id));
  });

  it('shows a value that a crash left in both rooms once, as the protected room has it', () => {
    const note: RevisionNote = { change: 'created', reason: null, decisionId: null, at: 't', by: 'u' };
    const [row] = getIncident(vault, id).log.filter(({ text }) => text === 'andra');
    for (const item of [
      factOf(id, 'system'),
      { incidentId: id, kind: 'log', key: row?.key ?? '' } as const,
    ]) {
      const old = sortIntoRoom(
        { text: 'gammal', codes: [], at: row?.at, kind: 'ovrigt', by: null },
        at('oppen'),
      );
      if (old.room === 'open') addRevision(vault.requireRoom('open').store, item, old.marked, note);
    }
    const view = getIncident(vault, id);
    expect(view.facts.filter((fact) => fact.id === 'system')).toMatchObject([
      { text: 'Nod X91', marking: at('hemlig') },
    ]);
    expect(view.log.map(({ text }) => text)).toEqual(['första', 'andra', 'tredje']);
  });
});

describe('the state of an incident', () => {
  const stateIn = (id: IncidentId): string[] =>
    (['open', 'protected'] as const).map((room) => getIncident(vault, id, room).state);

  it('follows in both halves, and both must be unlocked', async () => {
    const id = importOne(vault, draftWith({ system: ['x', 'hemlig'] }));
    changeState(vault, id, 'active');
    expect(stateIn(id)).toEqual(['active', 'active']);
    for (const room of ['open', 'protected'] as const) {
      await withLocked(room, () =>
        expect(() => changeState(vault, id, 'closed')).toThrow(expect.objectContaining({ kind: 'unlock' })),
      );
    }
    expect(stateIn(id)).toEqual(['active', 'active']);
  });

  it('is the same in both halves after a crash between them, once both are unlocked', async () => {
    const id = importOne(vault, draftWith({ system: ['x', 'hemlig'] }));
    const folders = await crashesDuring(vault, test.root, () => changeState(vault, id, 'closed'));
    const states: string[] = [];
    for (const folder of folders) {
      const crashed = await openCopy(folder, ['open', 'protected']);
      const [one, other] = (['open', 'protected'] as const).map(
        (room) => getIncident(crashed, id, room).state,
      );
      expect(one).toBe(other);
      states.push(one ?? '');
      crashed.close();
    }
    expect(states).toEqual(['draft', 'closed', 'closed', 'closed', 'closed']);
  });

  it('of an open incident needs the open room only', async () => {
    const id = importOne(vault, draftWith({}));
    await withLocked('protected', () => changeState(vault, id, 'closed'));
    expect(getIncident(vault, id).state).toBe('closed');
  });
});

describe('the history of a value', () => {
  it('is in the order things were done, also when the clock is set back', () => {
    const item = factOf(importOne(vault, draftWith({ orsak: ['1', 'oppen'] })), 'orsak');
    for (const [text, time] of [
      ['2', '2026-11-22T13:00:00Z'],
      ['3', '2026-11-20T13:00:00Z'],
      ['4', '2026-11-21T13:00:00Z'],
    ] as const) {
      now = new Date(time);
      writeItem(vault, item, { text, codes: [] }, at('oppen'), null, SENSITIVE);
    }
    now = new Date('2026-11-19T13:00:00Z');
    writeItem(vault, item, { text: '5', codes: [] }, at('hemlig'), null, SENSITIVE);
    expect(historyOf(vault, item).map(({ content }) => (content as { text: string }).text)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '4',
      '5',
    ]);
  });
});

describe('an incident’s id', () => {
  it('is random and can be read aloud: typed in any way it is the same', () => {
    expect(new Set(Array.from({ length: 1000 }, makeIncidentId)).size).toBe(1000);
    expect(new Set(Array.from({ length: 1000 }, makeLogKey)).size).toBe(1000);
    fc.assert(
      fc.property(fc.constant(null).map(makeIncidentId), fc.boolean(), (id, lower) => {
        const typed = id
          .replaceAll('-', lower ? '' : ' ')
          .replaceAll('0', 'o')
          .replaceAll('1', 'l');
        expect(readIncidentId(lower ? typed.toLowerCase() : typed)).toBe(id);
      }),
    );
  });

  it.each(['', 'K7M2-9QXA', 'K7M2-9QXA-4D1U', 'K7M2-9QXA-4D1F-0000', "K7M2-9QXA-4D1'"])(
    '%j is none',
    (text) => {
      expect(readIncidentId(text)).toBeNull();
    },
  );
});
