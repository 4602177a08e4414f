import { randomUUID } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import { EARLIEST_YEAR, happenedFault } from '../../shared/domain/happened.ts';
import {
  describeMarking,
  joinMarkings,
  levelRank,
  makeMarking,
  sameMarking,
  type Level,
  type Marking,
} from '../../shared/domain/marking.ts';
import { describeTextFault, findTextFault, type TextFault } from '../../shared/domain/written-text.ts';
import { roomOf, sortIntoRoom, type Marked, type Room } from '../../shared/domain/room.ts';
import { moveDraftsOut } from '../drafts/leaving.ts';
import { subjectOf } from '../drafts/subject.ts';
import { dependentOf } from './dependents.ts';
import { raiseEntries } from '../register/raised.ts';
import type { Vault } from '../vault/session.ts';
import { findItem, noteOf, payloadOf, requireBelowCeiling, requireItem, reviseInPlace } from './items.ts';
import { isUnusedLogKey, useLogKey } from './log-key.ts';
import { finishPending, markSpecialHandling } from './pending.ts';
import {
  addPending,
  addRevision,
  findIncident,
  hasProtectedPart,
  insertIncident,
  listDecisions,
  listRevisions,
  type ItemReference,
  type ItemRow,
} from './repository.ts';
import type { TimeContent } from './view.ts';

export { findItem } from './items.ts';
export { lowerMarking } from './lower.ts';

/**
 * The marking that was asked for, checked.
 * @throws SigillError `usage` without basis, `policy` above the ceiling
 */
export function wantedMarking(vault: Vault, level: Level, basis: readonly string[]): Marking {
  requireBelowCeiling(vault, level);
  try {
    return makeMarking(level, basis);
  } catch {
    throw new SigillError(
      'usage',
      'Ange minst en bestämmelse, till exempel "18 kap. 8 § OSL".',
      [],
      '--basis',
    );
  }
}

/**
 * Raises the marking of a value, or adds provisions to it. From the open room to the protected one the value moves with
 * its whole history, and is erased where it stood: rows, free pages, the write-ahead log and kept copies.
 * @returns the marking it has now
 * @throws SigillError `policy` where it would be lowered (that is a decision by two persons), or is above the ceiling;
 *   `unlock` where it belongs in the protected room and that is locked. Nothing is changed.
 */
export function raiseMarking(
  vault: Vault,
  reference: ItemReference,
  wanted: Marking,
  reason: string | null,
  sensitiveRegimes: ReadonlySet<string>,
): Marking {
  const found = requireItem(vault, reference);
  const current = found.item.marking;
  if (levelRank(wanted.level) < levelRank(current.level)) {
    throw new SigillError(
      'policy',
      `Uppgiften är ${describeMarking(current)}. Att sänka en märkning är ett beslut av två personer, med skäl.`,
      [],
      '--reason, --second-user och den andres lösenfras',
    );
  }
  requireBelowCeiling(vault, wanted.level);
  const next = joinMarkings([current, wanted]);
  if (sameMarking(next, current)) return current;
  // First what tells of it: a crash between leaves the more secret order of the two.
  const dependent = dependentOf(reference);
  if (dependent && findItem(vault, dependent))
    raiseMarking(
      vault,
      dependent,
      joinMarkings([requireItem(vault, dependent).item.marking, next]),
      reason,
      sensitiveRegimes,
    );
  if (roomOf(next.level) !== found.room) {
    moveToProtectedRoom(vault, reference, next, reason, sensitiveRegimes);
    return next;
  }
  const value = JSON.parse(found.item.content) as unknown;
  const note = noteOf(vault, found.unlocked, 'raised', { reason });
  vault.transaction<Room, void>(found.unlocked, () => {
    reviseInPlace(vault, found, reference, value, next, note);
    raiseEntries(vault, found.unlocked, reference, next);
  });
  return next;
}

/** What was written before is the same information: it takes the new marking with it, and says which one it had. */
function historyReason({ reason, marking }: ItemRow): string {
  const then = `då ${describeMarking(marking)}`;
  return reason === null ? then : `${reason} (${then})`;
}

function markedForProtected(content: string, marking: Marking): Marked<'protected', unknown> {
  const sorted = sortIntoRoom(JSON.parse(content) as unknown, marking);
  if (sorted.room !== 'protected') throw new TypeError('The value belongs to the open room.');
  return sorted.marked;
}

function moveToProtectedRoom(
  vault: Vault,
  reference: ItemReference,
  next: Marking,
  reason: string | null,
  sensitiveRegimes: ReadonlySet<string>,
): void {
  const open = vault.requireRoom('open');
  const secret = vault.requireRoom('protected');
  const history = listRevisions(open.store, reference);
  const incident = findIncident(open.store, reference.incidentId);
  const latest = history.at(-1);
  if (!incident || !latest) throw new TypeError('An item without its incident.');
  vault.transaction(secret, () => {
    if (!findIncident(secret.store, incident.id))
      insertIncident(secret.store, { ...incident, createdBy: secret.actor.userId });
    for (const earlier of history) {
      addRevision(secret.store, reference, markedForProtected(earlier.content, next), {
        change: earlier.change,
        reason: historyReason(earlier),
        decisionId: null,
        at: earlier.changedAt,
        by: earlier.changedBy,
      });
    }
    const note = noteOf(vault, secret, 'raised', { reason });
    addRevision(secret.store, reference, markedForProtected(latest.content, next), note);
    addPending(secret.store, {
      id: randomUUID(),
      kind: 'raise',
      incidentId: reference.incidentId,
      itemKind: reference.kind,
      itemKey: reference.key,
      at: note.at,
    });
    vault.audit(secret, 'item.raised', reference.incidentId, {
      ...payloadOf(reference, next),
      // The open room's decisions about the value go with it. Not as rows: those who took them may have no way into
      // this room, and are then not in its list of users.
      decisions: listDecisions(open.store, reference),
    });
    // A document of this room may tell open values too.
    raiseEntries(vault, secret, reference, next);
  });
  finishPending(vault, sensitiveRegimes);
}

/**
 * Writes a value anew, or for the first time. The marking is at least what it was: writing never lowers it.
 * @throws SigillError `unlock` where the value may stand in the protected room and that is locked; `policy` above the
 *   ceiling; `usage` where a time or a row of the log lies ahead (limits are counted from what has happened), and where
 *   a text has signs that cannot be shown, or is too long
 */
export function writeItem(
  vault: Vault,
  reference: ItemReference,
  content: unknown,
  marking: Marking,
  reason: string | null,
  sensitiveRegimes: ReadonlySet<string>,
): void {
  requireBelowCeiling(vault, marking.level);
  requireHappened(vault, reference, content);
  requireWritable(reference, content);
  const found = findItem(vault, reference);
  if (!found) {
    writeFirst(vault, reference, content, marking, reason, sensitiveRegimes);
    useLogKey(reference.key);
    return;
  }
  const wanted = joinMarkings([found.item.marking, marking]);
  const next = raiseMarking(vault, reference, wanted, reason, sensitiveRegimes);
  const moved = requireItem(vault, reference);
  const note = noteOf(vault, moved.unlocked, 'revised', { reason });
  vault.transaction<Room, void>(moved.unlocked, () =>
    reviseInPlace(vault, moved, reference, content, next, note),
  );
}

function requireHappened(vault: Vault, { kind }: ItemReference, content: unknown): void {
  if (kind !== 'time' && kind !== 'log') return;
  const { at, precision = 'exact' } = content as Pick<TimeContent, 'at'> & Partial<TimeContent>;
  const fault = happenedFault(at, precision, vault.now());
  if (fault === 'ahead') {
    throw new SigillError(
      'usage',
      'Tiden ligger i framtiden. Skriv när det skedde, och kontrollera datorns klocka. Inget har sparats.',
    );
  }
  if (fault === 'too-early') {
    throw new SigillError(
      'usage',
      `Årtalet är före ${EARLIEST_YEAR}. Skriv hela årtalet, som 2026. Inget har sparats.`,
    );
  }
}

function requireWritable({ kind }: ItemReference, content: unknown): void {
  const { text, reason, by } = content as Readonly<Record<'text' | 'reason' | 'by', unknown>>;
  const fault = (value: unknown, as: 'title' | 'text'): TextFault | null =>
    typeof value === 'string' ? findTextFault(value, as) : null;
  // Times and answers of an assessment have none of them; a decision has its reason.
  const found =
    fault(text, kind === 'title' ? 'title' : 'text') ?? fault(reason, 'text') ?? fault(by, 'title');
  if (found) {
    const sentence = 'Inget har sparats; det som stod förut står kvar.';
    throw new SigillError('usage', `${describeTextFault(found)} ${sentence}`);
  }
}

function writeFirst(
  vault: Vault,
  reference: ItemReference,
  content: unknown,
  marking: Marking,
  reason: string | null,
  sensitiveRegimes: ReadonlySet<string>,
): void {
  const open = vault.requireRoom('open');
  const incident = findIncident(open.store, reference.incidentId);
  if (!incident) throw new SigillError('usage', 'Incidenten finns inte.');
  const isNew = reference.kind === 'log' && isUnusedLogKey(reference.key);
  if (!isNew && !vault.room('protected') && hasProtectedPart(open.store, reference.incidentId)) {
    throw new SigillError(
      'unlock',
      'En del av incidenten ligger i skyddade rummet, och uppgiften kan finnas där. Lås upp det.',
      [],
      '--protected-pass',
    );
  }
  const sorted = sortIntoRoom(content, marking);
  if (sorted.room === 'open') {
    vault.transaction(open, () => {
      addRevision(open.store, reference, sorted.marked, noteOf(vault, open, 'created', { reason }));
      vault.audit(open, 'item.created', reference.incidentId, payloadOf(reference, marking));
    });
    return;
  }
  const secret = vault.requireRoom('protected');
  // The pointer first: the other order could leave a value in the protected room that the open one does not know of.
  markSpecialHandling(vault, open, secret, reference.incidentId, sensitiveRegimes);
  vault.transaction(secret, () => {
    addRevision(secret.store, reference, sorted.marked, noteOf(vault, secret, 'created', { reason }));
    vault.audit(secret, 'item.created', reference.incidentId, payloadOf(reference, marking));
  });
  const subject = subjectOf(reference);
  if (subject !== null) moveDraftsOut(vault, subject);
}
