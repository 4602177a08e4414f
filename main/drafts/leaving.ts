import { joinMarkings, type Level } from '../../shared/domain/marking.ts';
import { sortIntoRoom } from '../../shared/domain/room.ts';
import { rewriteDatabase } from '../incidents/repository.ts';
import { removeMigrationCopies } from '../store/migrate.ts';
import { emptyLog, type Store } from '../store/store.ts';
import { findUserById } from '../vault/repository.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import {
  clearLeaving,
  deleteDraft,
  deleteDraftsOfSubject,
  draftsOfSubject,
  findDraft,
  listLeaving,
  noteLeaving,
  putDraft,
  type Leaving,
} from './repository.ts';

/**
 * How a draft leaves the open room for the protected one. What was written there may be klassat, so its bytes must be in
 * no file of the open room afterwards. The two rooms have no transaction in common: a note in the protected room says
 * what is to be erased, and `finishDrafts` does it, at once or at the next unlocking of both.
 */

/** A draft that is in the protected room for other reasons than its own marking. */
export const LOWEST_PROTECTED: Level = 'begransat-hemlig';

/** `secure_delete` clears the row where it stands, not the copies that moving rows between pages has left behind. */
export function scrubOpenRoom(store: Store<'open'>): void {
  rewriteDatabase(store);
  emptyLog(store);
  removeMigrationCopies(store);
}

/**
 * Copies drafts from the open room to the protected one, each to the same person there, where she has no newer one. To be
 * called before they are erased. Who has no way into the protected room cannot have a draft there: hers is not copied.
 */
export function carryDrafts(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  { subject, savedBy }: Leaving,
  atLeast: Level = LOWEST_PROTECTED,
): void {
  const rows = draftsOfSubject(open.store, subject).filter(
    (row) => savedBy === null || row.savedBy === savedBy,
  );
  if (rows.length === 0) return;
  vault.transaction(secret, () => {
    for (const row of rows) {
      const owner = findUserById(secret.store, row.savedBy)?.id ?? actorFor(row.savedBy, open, secret);
      if (owner === null) continue;
      const known = findDraft(secret.store, subject, owner);
      if (known && known.savedAt >= row.savedAt) continue;
      const levels = [atLeast, known?.level ?? atLeast].map((level) => ({ level, basis: [] }));
      const sorted = sortIntoRoom(JSON.parse(row.content) as object, joinMarkings(levels));
      if (sorted.room !== 'protected') throw new TypeError('The draft belongs to the open room.');
      putDraft(secret.store, { ...row, savedBy: owner }, sorted.marked);
    }
  });
}

/** A reset in one room gives the same person another id there than in the other. */
function actorFor(
  savedBy: string,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
): string | null {
  return savedBy === open.actor.userId ? secret.actor.userId : null;
}

/**
 * Erases from the open room the drafts that the protected room has noted, and everything that is left of them. The note
 * is taken away last, so that all of this is done again if it was not finished. Does nothing where a room is locked.
 * @throws SigillError where another program reads the database, or the disk is full; the note stays
 */
export function finishDrafts(vault: Vault): void {
  const open = vault.room('open');
  const secret = vault.room('protected');
  if (!open || !secret) return;
  const leaving = listLeaving(secret.store);
  if (leaving.length === 0) return;
  for (const one of leaving) carryDrafts(vault, open, secret, one);
  vault.transaction(open, () => {
    for (const { subject, savedBy } of leaving) {
      if (savedBy === null) deleteDraftsOfSubject(open.store, subject);
      else deleteDraft(open.store, subject, savedBy);
    }
  });
  scrubOpenRoom(open.store);
  vault.transaction(secret, () => clearLeaving(secret.store));
}

/** Moves everybody's drafts of a subject that has become the protected room's. Both rooms must be unlocked. */
export function moveDraftsOut(vault: Vault, subject: string): void {
  const open = vault.requireRoom('open');
  const secret = vault.requireRoom('protected');
  if (draftsOfSubject(open.store, subject).length === 0) return;
  vault.transaction(secret, () => noteLeaving(secret.store, { subject, savedBy: null }));
  finishDrafts(vault);
}
