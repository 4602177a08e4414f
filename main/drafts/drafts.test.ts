import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_DRAFT_CHARACTERS } from '../../shared/contract/drafts.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Level } from '../../shared/domain/marking.ts';
import type { Room } from '../../shared/domain/room.ts';
import { verifyAudit } from '../core/audit.ts';
import { raiseMarking, writeItem } from '../incidents/marking.ts';
import { findInconsistencies } from '../store/store.ts';
import {
  addSecondPerson,
  at,
  bytesOf,
  crashedCopy,
  crashesDuring,
  draftWith,
  factOf,
  importOne,
  openCopy,
  SENSITIVE,
} from '../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { draftsOfSubject, listLeaving, putDraft } from './repository.ts';
import { getDraft, listDrafts, removeDraft, saveDraft, settleDraft } from './service.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const WRITER = fileURLToPath(new URL('./testing/writer.ts', import.meta.url));

let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault('hemlig');
  vault = await test.open(['open', 'protected']);
  await addSecondPerson(vault);
});
afterAll(() => {
  vault.close();
  test.remove();
});

const incidentWith = (level: Level = 'oppen'): IncidentId =>
  importOne(vault, draftWith({ handelse: ['Något hände.', level] }));
const subjectFor = (id: IncidentId): string => `fact:${id}:system`;
const put = (id: IncidentId, text: string, level: Level, of = vault): ReturnType<typeof saveDraft> =>
  saveDraft(of, { subject: subjectFor(id), incident: id, content: { text }, level });
const roomsWith = (id: IncidentId, of = vault): Room[] =>
  of
    .unlockedRooms()
    .filter(({ store }) => draftsOfSubject(store, subjectFor(id)).length > 0)
    .map(({ room }) => room);
const openHas = (word: string, of = vault): boolean => bytesOf(of.requireRoom('open')).includes(word);

describe('a draft', () => {
  it('is found again as it was put, the newest only, and is gone when it is thrown away', () => {
    const id = incidentWith();
    put(id, 'ett', 'oppen');
    const { room, savedAt } = put(id, 'två', 'sekretess');
    expect(room).toBe('open');
    expect(getDraft(vault, subjectFor(id))).toEqual({
      subject: subjectFor(id),
      incident: id,
      room: 'open',
      savedAt,
      content: { text: 'två' },
      other: null,
    });
    expect(listDrafts(vault).filter(({ incident }) => incident === id)).toHaveLength(1);
    removeDraft(vault, subjectFor(id));
    expect(getDraft(vault, subjectFor(id))).toBeNull();
  });

  it('is the person’s own', () => {
    const id = incidentWith();
    const { store } = vault.requireRoom('open');
    const other = store.database.prepare('SELECT id FROM room_user WHERE name = ?').pluck().get('Bo Åström');
    const head = {
      subject: subjectFor(id),
      savedBy: String(other),
      incidentId: id,
      savedAt: '2026-01-01T00:00:00Z',
    };
    putDraft(store, head, { value: { text: 'hans' }, marking: at('oppen') } as never);
    expect(getDraft(vault, subjectFor(id))).toBeNull();
    expect(listDrafts(vault).some(({ incident }) => incident === id)).toBe(false);
    put(id, 'min', 'oppen');
    removeDraft(vault, subjectFor(id));
    expect(draftsOfSubject(store, subjectFor(id)).map(({ savedBy }) => savedBy)).toEqual([other]);
  });

  it('leaves nothing in the audit', () => {
    const id = incidentWith();
    const count = (): unknown[] =>
      vault
        .unlockedRooms()
        .map(({ store }) => store.database.prepare('SELECT count(*) FROM audit_entry').pluck().get());
    const before = count();
    put(id, 'a', 'oppen');
    put(id, 'b', 'hemlig');
    removeDraft(vault, subjectFor(id));
    expect(count()).toEqual(before);
  });

  it('of a step or an expedition is kept in the protected room while that is open, whatever is said of its level', () => {
    const id = incidentWith();
    for (const subject of [
      `step:${id}:GDPR/anmalan/done`,
      `event:${id}:0b7d/sent`,
      `way:${id}:imy/full/email`,
      `numbers:${id}:0b7d/1-consignment`,
      `lower:${id}:fact/system`,
      `rules:${id}`,
      `print:${id}:imy/full`,
      `sheet:${id}:imy/portal-imy`,
    ]) {
      const draft = {
        subject,
        incident: id,
        content: { note: 'Klassad anteckning' },
        level: 'oppen',
      } as const;
      expect(saveDraft(vault, draft).room, subject).toBe('protected');
    }
    expect(openHas('Klassad anteckning')).toBe(false);
  });

  it('of a thing that is no incident’s has none, and one of an incident must name its own', () => {
    const organisation = {
      subject: 'organisation',
      incident: null,
      content: { phone: '1' },
      level: 'oppen',
    } as const;
    expect(saveDraft(vault, organisation).room).toBe('open');
    const id = incidentWith();
    expect(() => saveDraft(vault, { ...organisation, incident: id })).toThrow('hör inte till någon incident');
    const step = `step:${id}:GDPR/anmalan/done`;
    expect(() => saveDraft(vault, { ...organisation, subject: step })).toThrow(
      'hör inte till någon incident',
    );
  });

  it('is not later than what replaces it, also where the clock has been put back', () => {
    const id = incidentWith();
    const first = put(id, 'ett', 'oppen');
    const clock = vi.spyOn(vault, 'now').mockReturnValue(new Date('2020-01-01T00:00:00Z'));
    put(id, 'två', 'hemlig');
    clock.mockRestore();
    expect(getDraft(vault, subjectFor(id))).toMatchObject({
      content: { text: 'två' },
      savedAt: first.savedAt,
    });
  });
});

describe('the room of a draft', () => {
  it('is the protected one for a class, and no byte of it stays in the open one', () => {
    const id = incidentWith();
    put(id, 'KANARIE-UTKAST-1', 'oppen');
    expect(openHas('KANARIE-UTKAST-1')).toBe(true);
    expect(put(id, 'KANARIE-UTKAST-1 och mer', 'hemlig').room).toBe('protected');
    expect(roomsWith(id)).toEqual(['protected']);
    expect(openHas('KANARIE-UTKAST-1')).toBe(false);
    expect(listLeaving(vault.requireRoom('protected').store)).toEqual([]);
  });

  it('follows the form back again', () => {
    const id = incidentWith();
    put(id, 'x', 'hemlig');
    expect(put(id, 'y', 'oppen').room).toBe('open');
    expect(roomsWith(id)).toEqual(['open']);
  });

  it('is the protected one where the incident has a part there, whatever is chosen', () => {
    const id = incidentWith('hemlig');
    expect(put(id, 'KANARIE-UTKAST-2', 'oppen').room).toBe('protected');
    expect(openHas('KANARIE-UTKAST-2')).toBe(false);
  });

  it('is the protected one for a new incident that may be säkerhetskänslig, and else by what is chosen', () => {
    const draft = (answer: unknown): ReturnType<typeof saveDraft> =>
      saveDraft(vault, {
        subject: 'new-incident',
        incident: null,
        content: {
          decisions: [{ question: 'sakerhetskanslig', answer, reason: 'KANARIE-UTKAST-3', at: 't' }],
        },
        level: 'sekretess',
      });
    expect(draft('nej').room).toBe('open');
    expect(openHas('KANARIE-UTKAST-3')).toBe(true);
    expect(draft('osakert').room).toBe('protected');
    expect(openHas('KANARIE-UTKAST-3')).toBe(false);
    expect(draft('nej').room).toBe('open');
    // What cannot be read is not taken for harmless.
    expect(draft({ strange: true }).room).toBe('protected');
    const halfway = (answer: unknown, reason: string): ReturnType<typeof saveDraft> =>
      saveDraft(vault, {
        subject: 'new-incident',
        incident: null,
        content: { decisions: [], written: { sakerhetskanslig: { answer, reason } } },
        level: 'oppen',
      });
    expect(halfway('nej', 'KANARIE-UTKAST-3B').room).toBe('open');
    expect(halfway(null, 'KANARIE-UTKAST-3B').room).toBe('protected');
    expect(openHas('KANARIE-UTKAST-3B')).toBe(false);
    expect(halfway('ja', '').room).toBe('protected');
    expect(halfway(['ja'], '').room).toBe('protected');
    removeDraft(vault, 'new-incident');
  });

  it('must be open: nothing is written, and the person is told what to do', async () => {
    const id = incidentWith();
    const parted = incidentWith('hemlig');
    const folder = crashedCopy(vault, test.root);
    const open = await openCopy(folder, ['open']);
    try {
      expect(() => put(id, 'KANARIE-UTKAST-4', 'hemlig', open)).toThrow(/skyddade rummet, som är låst/);
      expect(() =>
        saveDraft(open, {
          subject: 'new-incident',
          incident: null,
          content: { decisions: [{ question: 'signalskydd', answer: 'ja', reason: '', at: '' }] },
          level: 'oppen',
        }),
      ).toThrow(/säkerhetskänslig verksamhet/);
      expect(openHas('KANARIE-UTKAST-4', open)).toBe(false);
      expect(listDrafts(open).filter(({ incident }) => incident === id)).toEqual([]);
      // What is chosen as open may be written while the other room is locked.
      expect(put(parted, 'KANARIE-UTKAST-5', 'oppen', open).room).toBe('open');
    } finally {
      open.close();
    }
    // And goes where it belongs at the first put with both rooms open.
    const both = await openCopy(folder, ['open', 'protected']);
    expect(getDraft(both, subjectFor(parted))).toMatchObject({
      room: 'open',
      content: { text: 'KANARIE-UTKAST-5' },
      other: null,
    });
    put(parted, 'KANARIE-UTKAST-6', 'oppen', both);
    expect(openHas('KANARIE-UTKAST-5', both)).toBe(false);
    both.close();
  });

  it('erases what the open room has when that was locked at the time, unless that is newer: then it is moved', async () => {
    const id = incidentWith('hemlig');
    const folder = crashedCopy(vault, test.root);
    const openRoom = async (rooms: Room[], work: (of: Vault) => void): Promise<void> => {
      const of = await openCopy(folder, rooms);
      try {
        work(of);
      } finally {
        of.close();
      }
    };
    await openRoom(['open'], (of) => put(id, 'KANARIE-UTKAST-7', 'oppen', of));
    await openRoom(['protected'], (of) => put(id, 'senare', 'hemlig', of));
    await openRoom(['open', 'protected'], (of) => {
      expect(roomsWith(id, of)).toEqual(['protected']);
      expect(getDraft(of, subjectFor(id))).toMatchObject({ content: { text: 'senare' } });
      expect(openHas('KANARIE-UTKAST-7', of)).toBe(false);
    });
    await openRoom(['protected'], (of) => put(id, 'åter', 'hemlig', of));
    await openRoom(['open'], (of) => put(id, 'KANARIE-UTKAST-8', 'oppen', of));
    await openRoom(['open', 'protected'], (of) => {
      expect(roomsWith(id, of)).toEqual(['protected']);
      expect(getDraft(of, subjectFor(id))).toMatchObject({ content: { text: 'KANARIE-UTKAST-8' } });
      expect(openHas('KANARIE-UTKAST-8', of)).toBe(false);
    });
  });
});

describe('what is refused, with nothing changed', () => {
  const id = (): IncidentId => incidentWith();
  it.each([
    ['a class above the ceiling', 'policy', () => put(id(), 'x', 'kvalificerat-hemlig')],
    ['one that would fill the disk', 'usage', () => put(id(), 'x'.repeat(MAX_DRAFT_CHARACTERS), 'oppen')],
    ['an incident that is not there', 'usage', () => put('0000-0000-0000' as IncidentId, 'x', 'oppen')],
    [
      'a subject of another incident',
      'usage',
      () => saveDraft(vault, { subject: subjectFor(id()), incident: id(), content: {}, level: 'oppen' }),
    ],
    [
      'a new incident that says it is another',
      'usage',
      () => saveDraft(vault, { subject: 'new-incident', incident: id(), content: {}, level: 'oppen' }),
    ],
  ])('%s', (_name, kind, work) => {
    const before = listDrafts(vault);
    let told: unknown;
    try {
      work();
    } catch (error) {
      told = error;
    }
    expect(told).toMatchObject({ kind });
    expect(listDrafts(vault)).toEqual(before);
  });
});

describe('when what it is a draft of', () => {
  it('is raised to a class, the draft goes along and is erased where it stood, everybody’s', () => {
    const id = incidentWith();
    const item = factOf(id, 'system');
    writeItem(vault, item, { text: 'KANARIE-UTKAST-9', codes: [] }, at('oppen'), null, SENSITIVE);
    put(id, 'KANARIE-UTKAST-10', 'oppen');
    const { store } = vault.requireRoom('open');
    const other = store.database.prepare('SELECT id FROM room_user WHERE name = ?').pluck().get('Bo Åström');
    const head = {
      subject: subjectFor(id),
      savedBy: String(other),
      incidentId: id,
      savedAt: '2026-01-01T00:00:00Z',
    };
    putDraft(store, head, { value: { text: 'KANARIE-UTKAST-11' }, marking: at('oppen') } as never);
    expect(openHas('KANARIE-UTKAST-11')).toBe(true);
    raiseMarking(vault, item, at('hemlig'), null, SENSITIVE);
    expect(roomsWith(id)).toEqual(['protected']);
    expect(getDraft(vault, subjectFor(id))).toMatchObject({
      room: 'protected',
      content: { text: 'KANARIE-UTKAST-10' },
    });
    const moved = draftsOfSubject(vault.requireRoom('protected').store, subjectFor(id));
    expect(moved.map(({ level }) => level)).toEqual(['hemlig', 'hemlig']);
    expect(moved.find(({ savedBy }) => savedBy === other)?.content).toContain('KANARIE-UTKAST-11');
    for (const word of ['KANARIE-UTKAST-9', 'KANARIE-UTKAST-10', 'KANARIE-UTKAST-11'])
      expect(openHas(word), word).toBe(false);
  });

  it('is written in the protected room for the first time, nothing of it stays in the open one', () => {
    const id = incidentWith();
    put(id, 'KANARIE-UTKAST-12', 'oppen');
    writeItem(vault, factOf(id, 'system'), { text: 'x', codes: [] }, at('hemlig'), null, SENSITIVE);
    expect(openHas('KANARIE-UTKAST-12')).toBe(false);
    settleDraft(vault, subjectFor(id), 'protected');
    expect(roomsWith(id)).toEqual([]);
  });

  it('is saved, the draft is gone; in the protected room, from the open one too, with its bytes', () => {
    const id = incidentWith();
    put(id, 'a', 'oppen');
    settleDraft(vault, subjectFor(id), 'open');
    expect(roomsWith(id)).toEqual([]);
    put(id, 'KANARIE-UTKAST-13', 'oppen');
    settleDraft(vault, subjectFor(id), 'protected');
    expect(roomsWith(id)).toEqual([]);
    expect(openHas('KANARIE-UTKAST-13')).toBe(false);
  });
});

describe('a crash', () => {
  it('between the rooms is finished at the next unlocking of both', async () => {
    const id = incidentWith();
    put(id, 'KANARIE-UTKAST-14', 'oppen');
    const folders = await crashesDuring(vault, test.root, () => put(id, 'det nya', 'hemlig'));
    for (const [index, folder] of folders.entries()) {
      const crashed = await openCopy(folder, ['open', 'protected']);
      const isBefore = index === 0;
      expect(roomsWith(id, crashed), String(index)).toEqual([isBefore ? 'open' : 'protected']);
      expect(openHas('KANARIE-UTKAST-14', crashed), String(index)).toBe(isBefore);
      expect(listLeaving(crashed.requireRoom('protected').store)).toEqual([]);
      expect(verifyAudit(crashed).flatMap(({ faults }) => faults)).toEqual([]);
      crashed.close();
    }
    expect(folders.length).toBeGreaterThan(5);
  });

  it('while its value is raised loses no draft and leaves none in the open room', async () => {
    const id = incidentWith();
    const item = factOf(id, 'system');
    writeItem(vault, item, { text: 'x', codes: [] }, at('oppen'), null, SENSITIVE);
    put(id, 'KANARIE-UTKAST-15', 'oppen');
    const folders = await crashesDuring(vault, test.root, () =>
      raiseMarking(vault, item, at('hemlig'), null, SENSITIVE),
    );
    for (const [index, folder] of folders.entries()) {
      const crashed = await openCopy(folder, ['open', 'protected']);
      expect(getDraft(crashed, subjectFor(id))).toMatchObject({ content: { text: 'KANARIE-UTKAST-15' } });
      expect(openHas('KANARIE-UTKAST-15', crashed), String(index)).toBe(index === 0);
      crashed.close();
    }
  });

  it('of the process (kill -9) after a put leaves the draft that was put, or the one after it', async () => {
    const id = incidentWith();
    const folder = crashedCopy(vault, test.root);
    const writer = spawn(process.execPath, [WRITER, folder, id], { stdio: ['ignore', 'pipe', 'inherit'] });
    let acknowledged = 0;
    for await (const line of createInterface({ input: writer.stdout })) {
      acknowledged = Number(line);
      if (acknowledged < 12) continue;
      await wait(Math.random() * 5);
      writer.kill('SIGKILL');
    }
    if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
    expect(writer.signalCode).toBe('SIGKILL');
    const after = await openCopy(folder, ['open', 'protected']);
    const { text = '' } = (getDraft(after, subjectFor(id))?.content ?? {}) as { text?: string };
    const number = Number(/^utkast (\d+) /.exec(text)?.[1]);
    expect(number).toBeGreaterThanOrEqual(acknowledged);
    expect(text).toBe(`utkast ${number} `.repeat(50));
    expect(roomsWith(id, after).length).toBeGreaterThan(0);
    if (number % 2 === 1) expect(roomsWith(id, after)).toEqual(['protected']);
    for (const { store } of after.unlockedRooms()) expect(findInconsistencies(store)).toEqual([]);
    after.close();
  });
});
