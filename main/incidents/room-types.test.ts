import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { LEVELS } from '../../shared/domain/marking.ts';
import { ROOMS, roomOf, sortIntoRoom, type Marked, type Room } from '../../shared/domain/room.ts';
import { migrate } from '../store/migrate.ts';
import { MIGRATIONS } from '../store/migrations/index.ts';
import { closeStore, openStore, type Store } from '../store/store.ts';
import { at } from '../testing/incidents.ts';
import { writeSetting } from '../vault/repository.ts';
import { addRevision, insertIncident, type ItemReference, type RevisionNote } from './repository.ts';

/**
 * A value of one room cannot be handed the other. The compiler says so (tsc checks every `@ts-expect-error`: one that is
 * not needed is an error); `addRevision` says so should the compiler have been fooled; and so does the schema.
 */
const ITEM: ItemReference = { incidentId: 'K7M2-9QXA-4D1F' as IncidentId, kind: 'fact', key: 'system' };
const NOTE: RevisionNote = { change: 'created', reason: null, decisionId: null, at: 't', by: 'u' };

function sorted<R extends Room>(room: R): Marked<R, string> {
  const { marked } = sortIntoRoom('x', at(room === 'open' ? 'sekretess' : 'hemlig'));
  return marked as unknown as Marked<R, string>;
}

const root = mkdtempSync(join(tmpdir(), 'sigill-typ-'));
let open: Store<'open'>;
let secret: Store<'protected'>;

function newStore<R extends Room>(room: R): Store<R> {
  const key = randomBytes(32);
  const store = openStore(join(root, `${room}.db`), room, key, true);
  migrate(store, key, MIGRATIONS);
  writeSetting(store, 'ceiling', 'kvalificerat-hemlig');
  store.database
    .prepare(
      "INSERT INTO room_user (id, name, kind, public_key, added_at) VALUES ('u', 'u', 'person', 'k', 't')",
    )
    .run();
  insertIncident(store, {
    id: ITEM.incidentId,
    organisationKind: 'kommun',
    exercise: false,
    state: 'draft',
    createdAt: 't',
    createdBy: 'u',
  });
  return store;
}

beforeAll(() => {
  open = newStore('open');
  secret = newStore('protected');
});
afterAll(() => {
  closeStore(open);
  closeStore(secret);
  rmSync(root, { recursive: true });
});

describe('what is marked for one room cannot be written in the other', () => {
  it('each room takes its own', () => {
    expect(addRevision(open, ITEM, sorted('open'), NOTE)).toBe(1);
    expect(addRevision(secret, ITEM, sorted('protected'), NOTE)).toBe(1);
  });

  it('a classified value is refused by the open room', () => {
    expect(() =>
      // @ts-expect-error Marked<'protected'> is not Marked<'open'>.
      addRevision(open, ITEM, sorted('protected'), NOTE),
    ).toThrow(/other room/);
  });

  it('an open value is refused by the protected room', () => {
    expect(() =>
      // @ts-expect-error Marked<'open'> is not Marked<'protected'>.
      addRevision(secret, ITEM, sorted('open'), NOTE),
    ).toThrow(/other room/);
  });

  it('a store of whichever room takes nothing', () => {
    const either: Store<Room> = open;
    expect(() =>
      // @ts-expect-error Store<Room> does not say which room it is.
      addRevision(either, ITEM, sorted('protected'), NOTE),
    ).toThrow(/other room/);
    // @ts-expect-error Nor does it take what belongs there: the compiler cannot know that it does.
    expect(addRevision(either, ITEM, sorted('open'), NOTE)).toBe(2);
  });

  it('a store or a value that somebody made by hand is no store and no marked value', () => {
    // @ts-expect-error Only openStore makes one.
    const store: Store<'open'> = { room: 'open', path: open.path, database: open.database };
    // @ts-expect-error Only sortIntoRoom makes one.
    const marked: Marked<'open', string> = { value: 'x', marking: at('sekretess') };
    // @ts-expect-error A classified marking does not fit an open value at all.
    const lie: Marked<'open', string> = { ...sorted('open'), marking: at('hemlig') };
    expect(store.room).toBe(marked.marking.level === 'sekretess' ? 'open' : lie.value);
  });

  it('whatever the types say, the schema lets in no level of the other room', () => {
    for (const { store, level } of [
      { store: open, level: 'begransat-hemlig' },
      { store: secret, level: 'sekretess' },
    ]) {
      const insert = store.database.prepare(
        `INSERT INTO item_revision VALUES (?, 'fact', 'orsak', 1, '{}', ?, '["x"]', 'created', NULL, NULL, 't', 'u')`,
      );
      expect(() => insert.run(ITEM.incidentId, level)).toThrow(/CHECK constraint failed/);
    }
  });
});

describe('a value is sorted by its marking', () => {
  it.each(LEVELS)('%s: into the room of its level, frozen', (level) => {
    const { room, marked } = sortIntoRoom('x', at(level));
    expect(room).toBe(roomOf(level));
    expect(ROOMS).toContain(room);
    expect(Object.isFrozen(marked)).toBe(true);
  });
});
