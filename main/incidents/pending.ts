import { randomUUID } from 'node:crypto';
import { joinMarkings } from '../../shared/domain/marking.ts';
import { sortIntoRoom } from '../../shared/domain/room.ts';
import {
  addStepEvent,
  eraseRegimePayloads,
  eraseStepEvents,
  listStepEvents,
  type StepEvent,
} from '../deadlines/repository.ts';
import { copyToProtectedRoom } from '../dispatches/move.ts';
import { removeDocument } from '../dispatches/repository.ts';
import { copyEntriesToProtectedRoom, followMoved } from '../register/follow.ts';
import { eraseEntry, findEntryOf } from '../register/repository.ts';
import { carryDrafts, finishDrafts, scrubOpenRoom } from '../drafts/leaving.ts';
import { deleteDraftsOfSubject } from '../drafts/repository.ts';
import { subjectOf } from '../drafts/subject.ts';
import { findUserById } from '../vault/repository.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { payloadOf } from './items.ts';
import {
  addPending,
  addRegime,
  addRevision,
  deleteIncident,
  eraseAuditPayloads,
  eraseItem,
  findIncident,
  hasProtectedPart,
  insertIncident,
  latestItem,
  listDecisions,
  listIncidents,
  listPending,
  listRegimes,
  listRevisions,
  removePending,
  removeRegime,
  setProtectedPart,
  setState,
  type IncidentRow,
  type ItemReference,
  type ItemRow,
  type PendingOperation,
} from './repository.ts';

/**
 * Work over both rooms. Two databases have no transaction in common, so each such work is begun with a note in the
 * protected room, and what a crash or an error left between is finished or undone by the note.
 */

/**
 * Finishes what was left between the rooms. Runs whenever both are unlocked; does nothing else. An import whose open
 * half was never stored is undone; a value that is the protected room's is erased from the open one; and the state of
 * an incident is what the open room says. Drafts that were leaving the open room have left it.
 */
export function finishPending(vault: Vault, sensitiveRegimes: ReadonlySet<string>): void {
  const open = vault.room('open');
  const secret = vault.room('protected');
  if (!open || !secret) return;
  for (const operation of listPending(secret.store)) {
    if (operation.kind === 'import') finishImport(vault, open, secret, operation);
    else finishRaise(vault, open, secret, operation, sensitiveRegimes);
  }
  finishDrafts(vault);
  followMoved(vault, open, secret);
  followStates(vault, open, secret);
}

/** A state is changed in the open room first: where a crash came between, the protected half follows. */
function followStates(vault: Vault, open: UnlockedRoom<'open'>, secret: UnlockedRoom<'protected'>): void {
  const states = new Map(listIncidents(open.store).map(({ id, state }) => [id, state]));
  for (const { id, state } of listIncidents(secret.store)) {
    const wanted = states.get(id);
    if (wanted === undefined || wanted === state) continue;
    vault.transaction(secret, () => {
      setState(secret.store, id, wanted);
      vault.audit(secret, 'incident.state', id, { incident: id, state: wanted });
    });
  }
}

/** After an error in the middle of such work. Where the undoing fails too, the first error is the one to tell. */
export function undoPending(vault: Vault, sensitiveRegimes: ReadonlySet<string>): void {
  try {
    finishPending(vault, sensitiveRegimes);
  } catch {
    // The note stays: it is undone at the next unlocking of both rooms.
  }
}

function finishImport(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  { id, incidentId }: PendingOperation,
): void {
  const isWhole = findIncident(open.store, incidentId) !== null;
  vault.transaction(secret, () => {
    removePending(secret.store, id);
    if (isWhole) return;
    deleteIncident(secret.store, incidentId);
    vault.audit(secret, 'incident.import-undone', incidentId, { incident: incidentId });
  });
}

/**
 * The second half of a raise: the value leaves the open room with its whole history, the documents it was sent in and
 * everybody's drafts of it, and nothing of it stays in any file. The note is taken away last, so that all of this is done
 * again if it was not finished.
 */
function finishRaise(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  { id, incidentId, itemKind, itemKey }: PendingOperation,
  sensitiveRegimes: ReadonlySet<string>,
): void {
  if (itemKind !== null && itemKey !== null) {
    const item: ItemReference = { incidentId, kind: itemKind, key: itemKey };
    carryOver(vault, open, secret, item);
    const marking = listRevisions(secret.store, item).at(-1)?.marking;
    if (!marking) throw new TypeError('A value that was raised is not in the protected room.');
    // Also here and not in the first half: what was sent between a crash and now may hold the value too.
    const sent = copyToProtectedRoom(vault, open, secret, item, marking, sensitiveRegimes);
    copyEntriesToProtectedRoom(vault, open, secret, sent, marking);
    const subject = subjectOf(item);
    const level = latestItem(secret.store, item)?.marking.level;
    if (subject !== null) carryDrafts(vault, open, secret, { subject, savedBy: null }, level);
    moveTelling(vault, open, secret, incidentId, sensitiveRegimes, () => {
      for (const dispatch of sent) {
        removeDocument(open.store, dispatch);
        const entry = findEntryOf(open.store, dispatch);
        if (entry) eraseEntry(open.store, entry.serial);
      }
      eraseItem(open.store, item);
      eraseAuditPayloads(open.store, item);
      if (subject !== null) deleteDraftsOfSubject(open.store, subject);
    });
  } else {
    moveTelling(vault, open, secret, incidentId, sensitiveRegimes);
  }
  scrubOpenRoom(open.store);
  vault.transaction(secret, () => removePending(secret.store, id));
}

const sameRevision = (one: ItemRow, other: ItemRow): boolean =>
  one.changedAt === other.changedAt && one.changedBy === other.changedBy && one.content === other.content;

/**
 * After a crash somebody may have unlocked the open room alone and written the value anew, where it still stood. What
 * she wrote is not lost: it goes to the protected room too.
 */
function carryOver(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  item: ItemReference,
): void {
  const current = latestItem(secret.store, item);
  const known = listRevisions(secret.store, item);
  const late = listRevisions(open.store, item).filter(
    // Lowered without a decision of the open room's own: out of the protected room, and that is what is being undone.
    (row) =>
      !(row.change === 'lowered' && row.decisionId === null) &&
      !known.some((other) => sameRevision(row, other)),
  );
  if (!current || late.length === 0) return;
  vault.transaction(secret, () => {
    for (const row of late) {
      const marking = joinMarkings([current.marking, row.marking]);
      const sorted = sortIntoRoom(JSON.parse(row.content) as unknown, marking);
      if (sorted.room !== 'protected') throw new TypeError('The value belongs to the open room.');
      addRevision(secret.store, item, sorted.marked, {
        change: 'revised',
        reason: row.reason,
        decisionId: null,
        at: row.changedAt,
        by: row.changedBy,
      });
    }
    vault.audit(secret, 'item.carried-over', item.incidentId, {
      ...payloadOf(item, current.marking),
      decisions: listDecisions(open.store, item),
    });
  });
}

/**
 * Sets the neutral pointer in the open room, and moves the regimes that tell by their name that the matter is one of
 * säkerhetsskydd, with what has been said of their steps. Where there is something of the latter in the open room, the
 * work is noted first, so that a crash between the rooms leaves nothing of it there for long.
 */
export function markSpecialHandling(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  incidentId: IncidentRow['id'],
  sensitiveRegimes: ReadonlySet<string>,
): void {
  const telling = listRegimes(open.store, incidentId).filter((regime) => sensitiveRegimes.has(regime));
  if (!listStepEvents(open.store, incidentId).some(({ regime }) => telling.includes(regime))) {
    moveTelling(vault, open, secret, incidentId, sensitiveRegimes);
    return;
  }
  vault.transaction(secret, () =>
    addPending(secret.store, {
      id: randomUUID(),
      kind: 'raise',
      incidentId,
      // No value is raised: only the regimes go.
      itemKind: null,
      itemKey: null,
      at: vault.now().toISOString(),
    }),
  );
  finishPending(vault, sensitiveRegimes);
}

/**
 * The open room's audit tells of it once for each incident: a row for each value would be a count.
 * @param inOpenRoom what else is to be done in the same transaction of the open room
 */
function moveTelling(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  incidentId: IncidentRow['id'],
  sensitiveRegimes: ReadonlySet<string>,
  inOpenRoom: () => void = () => undefined,
): void {
  const incident = findIncident(open.store, incidentId);
  const telling = listRegimes(open.store, incidentId).filter((regime) => sensitiveRegimes.has(regime));
  const events = listStepEvents(open.store, incidentId).filter(({ regime }) => telling.includes(regime));
  if (incident && (telling.length > 0 || !findIncident(secret.store, incidentId))) {
    vault.transaction(secret, () => {
      if (!findIncident(secret.store, incidentId)) {
        insertIncident(secret.store, { ...incident, createdBy: secret.actor.userId });
      }
      for (const regime of telling) addRegime(secret.store, incidentId, regime);
      copyStepEvents(vault, open, secret, incidentId, events);
    });
  }
  const isMarked = hasProtectedPart(open.store, incidentId);
  vault.transaction(open, () => {
    inOpenRoom();
    for (const regime of telling) {
      removeRegime(open.store, incidentId, regime);
      eraseRegimePayloads(open.store, incidentId, regime);
    }
    if (events.length > 0) eraseStepEvents(open.store, incidentId, telling);
    if (!incident || isMarked) return;
    setProtectedPart(open.store, incidentId);
    vault.audit(open, 'incident.special-handling', incidentId, { incident: incidentId });
  });
}

/** Done again after a crash it adds nothing twice. Who recorded it may have no way into the protected room. */
function copyStepEvents(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  incidentId: IncidentRow['id'],
  events: readonly StepEvent[],
): void {
  const nameOf = (event: StepEvent): string =>
    findUserById(open.store, event.recordedBy)?.name ?? event.recordedBy;
  const keyOf = ({ regime, step, event, at, recordedAt }: StepEvent): string =>
    JSON.stringify([regime, step, event, at, recordedAt]);
  const known = new Set(listStepEvents(secret.store, incidentId).map(keyOf));
  const fresh = events.filter((event) => !known.has(keyOf(event)));
  for (const event of fresh) {
    const isKnown = findUserById(secret.store, event.recordedBy) !== null;
    const by = `(antecknat av ${nameOf(event)})`;
    addStepEvent(secret.store, incidentId, {
      ...event,
      note: isKnown ? event.note : event.note === null ? by : `${event.note} ${by}`,
      recordedBy: isKnown ? event.recordedBy : secret.actor.userId,
    });
  }
  if (fresh.length > 0)
    vault.audit(secret, 'deadline.moved', incidentId, { incident: incidentId, count: fresh.length });
}
