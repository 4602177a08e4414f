import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Incident, IncidentId } from '../../../shared/domain/incident.ts';
import { joinMarkings, LEVELS, type Level } from '../../../shared/domain/marking.ts';
import { sortIntoRoom, type Room } from '../../../shared/domain/room.ts';
import {
  at,
  crashedCopy,
  crashesDuring,
  draftWith,
  factOf,
  importOne,
  openCopy,
  SENSITIVE,
} from '../../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../../testing/vault.ts';
import type { Vault } from '../../vault/session.ts';
import { raiseMarking, writeItem } from '../marking.ts';
import { addRevision, type RevisionNote } from '../repository.ts';
import { changeState, importIncidents, listAllIncidents } from '../service.ts';
import { Summaries, type SummaryFilter, type SummaryPage } from './summaries.ts';

vi.mock(import('../../vault/key-derivation.ts'), async (original) =>
  (await import('../../testing/remember-keys.ts')).rememberKeys(await original()),
);

const ALL: SummaryFilter = { search: '', state: null, level: null, exercise: null, sort: 'newest' };
const CANARY = 'KANARIE4711';

let test: TestVault;
let vault: Vault;
let summaries: Summaries;
let minutes = 0;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected'], () => new Date(Date.UTC(2026, 10, 22, 3, (minutes += 1))));
  summaries = new Summaries(vault);
});
afterAll(() => {
  vault.close();
  test.remove();
});

const ask = (filter: Partial<SummaryFilter> = {}, offset = 0, limit = 500): Promise<SummaryPage> =>
  summaries.page({ ...ALL, ...filter, offset, limit });
const idsFor = async (filter: Partial<SummaryFilter>): Promise<IncidentId[]> =>
  (await ask(filter)).rows.map(({ id }) => id);

async function withLocked<T>(room: Room, work: () => Promise<T>): Promise<T> {
  vault.lockRoom(room);
  try {
    return await work();
  } finally {
    await vault.unlock(room, USER, Buffer.from(PASSPHRASES[room]));
  }
}

/** What a row must say, from the view of the whole incident. */
function expectedOf(incident: Incident) {
  const { id, title, times, facts, log, state, exercise, createdAt, protectedPartHidden } = incident;
  const parts = [...(title ? [title] : []), ...times, ...facts, ...log];
  return {
    id,
    state,
    exercise,
    createdAt,
    hasHiddenPart: protectedPartHidden,
    title: title?.text ?? null,
    marking: joinMarkings(parts.map(({ marking }) => marking)),
  };
}

function textOf({ id, title, facts, log }: Incident): string {
  return [id, title?.text ?? '', ...facts.map(({ text }) => text), ...log.map(({ text }) => text)]
    .join('\n')
    .toLocaleLowerCase('sv');
}

/** The list and the views say the same, by whatever order, words and pages they are asked for. */
async function expectSameAsViews(): Promise<void> {
  const views = listAllIncidents(vault);
  const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1);
  for (const sort of ['newest', 'oldest', 'title', 'updated'] as const) {
    const { rows, total, all } = await ask({ sort });
    expect([total, all]).toEqual([views.length, views.length]);
    expect(rows.map(({ updatedAt: _, ...row }) => row).sort(byId)).toEqual(views.map(expectedOf).sort(byId));
  }
  for (const word of ['ALFA', 'Åsa', 'beta ga', 'rubrik', 'x91', 'finns-inte', views[0]?.id ?? '']) {
    const words = word.toLocaleLowerCase('sv').split(' ');
    const wanted = views.filter((view) => words.every((one) => textOf(view).includes(one)));
    expect((await idsFor({ search: word })).sort()).toEqual(wanted.map(({ id }) => id).sort());
  }
  for (const level of LEVELS) {
    const wanted = views.map(expectedOf).filter(({ marking }) => marking.level === level);
    expect((await idsFor({ level })).sort()).toEqual(wanted.map(({ id }) => id).sort());
  }
  for (const exercise of [true, false]) {
    const wanted = views.filter((view) => view.exercise === exercise);
    expect((await ask({ exercise })).total).toBe(wanted.length);
  }
}

const levels = fc.constantFrom<Level[]>('oppen', 'oppen', 'sekretess', 'begransat-hemlig', 'hemlig');
const texts = fc.constantFrom('Alfa', 'beta Åsa', 'gamma', 'Nod X91', 'delta\n"citat"', '');
const drafts = fc.array(
  fc
    .record({
      title: fc.tuple(fc.constantFrom('Alfa', 'Åsa', 'Rubrik 2', 'Rubrik 10'), levels),
      system: fc.tuple(texts, levels),
      orsak: fc.tuple(texts, levels),
      log: fc.array(fc.tuple(fc.constantFrom('alfa', 'beta'), levels), { maxLength: 3 }),
      timeLevel: levels,
      exercise: fc.boolean(),
    })
    .map(({ title: [title, level], system, orsak, log, timeLevel, exercise }) =>
      draftWith(
        { system, orsak },
        {
          exercise,
          title: { text: title, marking: at(level) },
          times: [
            { id: 'aware', at: '2026-11-22T03:00:00+01:00', precision: 'exact', marking: at(timeLevel) },
          ],
          log: log.map(([text, logLevel]) => ({
            at: '2026-11-22T03:00:00+01:00',
            kind: 'ovrigt',
            text,
            by: null,
            marking: at(logLevel),
          })),
        },
      ),
    ),
  { minLength: 1, maxLength: 8 },
);

describe('the list and the view of each incident', () => {
  it('say the same with both rooms open, and with either alone, whatever is stored', async () => {
    await fc.assert(
      fc.asyncProperty(drafts, async (some) => {
        importIncidents(vault, some, SENSITIVE);
        await expectSameAsViews();
        await withLocked('protected', expectSameAsViews);
        await withLocked('open', expectSameAsViews);
      }),
      { numRuns: 8 },
    );
  });

  it('say the same after each kind of change, also to what has been read already', async () => {
    const id = importOne(vault, draftWith({ system: ['alfa', 'oppen'], orsak: ['beta', 'oppen'] }));
    await expectSameAsViews();
    const before = (await ask({ search: id })).rows[0]?.updatedAt ?? '';
    writeItem(vault, factOf(id, 'system'), { text: 'Åsa X91', codes: [] }, at('oppen'), null, SENSITIVE);
    await expectSameAsViews();
    expect((await idsFor({ sort: 'updated' }))[0]).toBe(id);
    expect((await ask({ search: id })).rows[0]?.updatedAt.localeCompare(before)).toBe(1);
    raiseMarking(vault, factOf(id, 'system'), at('hemlig'), null, SENSITIVE);
    await expectSameAsViews();
    changeState(vault, id, 'closed');
    await expectSameAsViews();
    expect(await idsFor({ state: 'closed' })).toEqual([id]);
  });

  it('say the same of a value that a crash left in both rooms', async () => {
    const id = importOne(vault, draftWith({ system: ['Nod X91', 'hemlig'] }));
    const note: RevisionNote = { change: 'created', reason: null, decisionId: null, at: 't', by: 'u' };
    const old = sortIntoRoom({ text: 'gammal', codes: [] }, at('oppen'));
    if (old.room === 'open') {
      addRevision(vault.requireRoom('open').store, factOf(id, 'system'), old.marked, note);
    }
    await expectSameAsViews();
    expect(await idsFor({ search: 'gammal' })).toEqual([]);
  });

  it('say the same of what a crash left of an import', async () => {
    const folders = await crashesDuring(vault, test.root, () =>
      importOne(vault, draftWith({ system: ['halvinläst', 'hemlig'] })),
    );
    const crashed = await openCopy(folders[1] ?? '', ['protected']);
    const page = await new Summaries(crashed).page({ ...ALL, search: 'halvinläst', offset: 0, limit: 10 });
    expect(page).toMatchObject({ total: 0, all: listAllIncidents(crashed).length, rows: [] });
    crashed.close();
  });
});

describe('a page of the list', () => {
  it('is the same piece of the whole whether the values have been read or not', async () => {
    const cold = new Summaries(vault);
    const first = await cold.page({ ...ALL, offset: 2, limit: 3 });
    const whole = await ask();
    expect(first.rows).toEqual(whole.rows.slice(2, 5));
    expect(first.total).toBe(whole.total);
    expect((await ask({}, whole.total, 10)).rows).toEqual([]);
  });

  it('stands in the order of the Swedish alphabet, those without a title last', async () => {
    for (const title of ['Zebra', 'Åska', 'Ärende', 'Öl']) {
      importOne(vault, draftWith({}, { title: { text: `${title} sortprov`, marking: at('oppen') } }));
    }
    const hidden = importOne(
      vault,
      draftWith({ orsak: ['sortprov', 'oppen'] }, { title: { text: 'Aa', marking: at('hemlig') } }),
    );
    await withLocked('protected', async () => {
      const { rows } = await ask({ search: 'sortprov', sort: 'title' });
      expect(rows.map(({ title }) => title?.split(' ')[0] ?? null)).toEqual([
        'Zebra',
        'Åska',
        'Ärende',
        'Öl',
        null,
      ]);
      expect(rows.at(-1)).toMatchObject({ id: hidden, hasHiddenPart: true });
    });
  });
});

describe('a locked room', () => {
  it('tells nothing in any answer, and is not found by its words', async () => {
    const id = importOne(
      vault,
      draftWith(
        { system: [CANARY, 'hemlig'], parter: ['Kommunen', 'oppen'] },
        { title: { text: `Rubrik ${CANARY}`, marking: at('begransat-hemlig') } },
      ),
    );
    expect(await idsFor({ search: CANARY.toLowerCase() })).toEqual([id]);
    await withLocked('protected', async () => {
      for (const sort of ['newest', 'oldest', 'title', 'updated'] as const) {
        const page = await ask({ sort });
        expect(JSON.stringify(page)).not.toContain(CANARY);
        const row = page.rows.find((one) => one.id === id);
        expect(row).toMatchObject({ title: null, hasHiddenPart: true, marking: { level: 'oppen' } });
      }
      expect(await ask({ search: CANARY })).toMatchObject({ total: 0, rows: [] });
      expect((await ask({ level: 'hemlig' })).total).toBe(0);
    });
  });

  it('that is locked while the values are read ends the reading, and what is open is read anew', async () => {
    const cold = new Summaries(vault);
    const reading = cold.page({ ...ALL, search: CANARY, offset: 0, limit: 10 });
    await withLocked('protected', async () => {
      cold.forgetLocked();
      expect(await reading).toMatchObject({ total: 0 });
    });
    const copy = await openCopy(crashedCopy(vault, test.root), ['open']);
    const waiting = new Summaries(copy).page({ ...ALL, sort: 'title', offset: 0, limit: 10 });
    copy.close();
    await expect(waiting).rejects.toMatchObject({ kind: 'unlock' });
  });
});
