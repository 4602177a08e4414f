import { randomUUID } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import {
  describeMarking,
  isAtMost,
  joinMarkings,
  LEVEL_NAME,
  levelRank,
  makeMarking,
  sameMarking,
  type Level,
  type Marking,
} from '../../shared/domain/marking.ts';
import { ROOM_NAME, roomOf, sortIntoRoom, type Room } from '../../shared/domain/room.ts';
import { removeMigrationCopies } from '../store/migrate.ts';
import { emptyLog } from '../store/store.ts';
import { findUser } from '../vault/repository.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { openSlot, wipe } from '../vault/slots.ts';
import { slotsOf } from '../vault/vault-file.ts';
import { passphraseBytes } from '../vault/key-derivation.ts';
import {
  addMarkingDecision,
  addPending,
  addRevision,
  findIncident,
  hasProtectedPart,
  insertIncident,
  latestItem,
  listRevisions,
  type ItemReference,
  type ItemRow,
  type RevisionNote,
} from './repository.ts';
import { finishPending, markSpecialHandling } from './service.ts';

/** A value where it stands now. */
type Found =
  | { readonly room: 'open'; readonly unlocked: UnlockedRoom<'open'>; readonly item: ItemRow }
  | { readonly room: 'protected'; readonly unlocked: UnlockedRoom<'protected'>; readonly item: ItemRow };

/** @returns the value, from the protected room first, or null */
export function findItem(vault: Vault, reference: ItemReference): Found | null {
  const secret = vault.room('protected');
  const inProtected = secret ? latestItem(secret.store, reference) : null;
  if (secret && inProtected) return { room: 'protected', unlocked: secret, item: inProtected };
  const open = vault.room('open');
  const inOpen = open ? latestItem(open.store, reference) : null;
  return open && inOpen ? { room: 'open', unlocked: open, item: inOpen } : null;
}

function requireItem(vault: Vault, reference: ItemReference): Found {
  const found = findItem(vault, reference);
  if (!found) {
    throw new SigillError(
      'usage',
      'Uppgiften finns inte i de rum som är upplåsta. Kontrollera incident och uppgift.',
    );
  }
  return found;
}

/** The marking that was asked for, checked. @throws SigillError `usage` without basis, `policy` above the ceiling */
export function wantedMarking(vault: Vault, level: Level, basis: readonly string[]): Marking {
  const ceiling = vault.unlockedRooms()[0]?.ceiling ?? 'oppen';
  if (!isAtMost(level, ceiling)) {
    throw new SigillError('policy', `Valvet får inte rymma något över ${LEVEL_NAME[ceiling]}.`);
  }
  try {
    return makeMarking(level, basis);
  } catch {
    throw new SigillError('usage', 'Ange minst en bestämmelse (--basis), till exempel "18 kap. 8 § OSL".');
  }
}

function noteOf(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  change: RevisionNote['change'],
  more: Partial<RevisionNote> = {},
): RevisionNote {
  return {
    change,
    reason: null,
    decisionId: null,
    at: vault.now().toISOString(),
    by: unlocked.actor.userId,
    ...more,
  };
}

function payloadOf(reference: ItemReference, marking: Marking): object {
  return { incident: reference.incidentId, kind: reference.kind, key: reference.key, level: marking.level };
}

/**
 * Raises the marking of a value, or adds provisions to it. From the open room to the protected one the value moves with
 * its whole history, and is erased where it stood: rows, free pages, the write-ahead log and kept copies.
 * @returns the marking it has now
 * @throws SigillError `policy` where it would be lowered: that is a decision by two persons
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
      `Uppgiften är ${describeMarking(current)}. Att sänka en märkning är ett beslut av två personer, med skäl ` +
        '(--reason, --second-user och den andres lösenfras).',
    );
  }
  const next = joinMarkings([current, wanted]);
  if (sameMarking(next, current)) return current;
  const value = JSON.parse(found.item.content) as unknown;
  if (roomOf(next.level) === found.room) {
    addInSameRoom(vault, found, reference, value, next, noteOf(vault, found.unlocked, 'raised', { reason }));
    return next;
  }
  moveToProtectedRoom(vault, reference, next, reason, sensitiveRegimes);
  return next;
}

function addInSameRoom(
  vault: Vault,
  found: Found,
  reference: ItemReference,
  value: unknown,
  marking: Marking,
  note: RevisionNote,
): void {
  const sorted = sortIntoRoom(value, marking);
  vault.transaction<Room, void>(found.unlocked, () => {
    if (sorted.room === 'open' && found.room === 'open') {
      addRevision(found.unlocked.store, reference, sorted.marked, note);
    } else if (sorted.room === 'protected' && found.room === 'protected') {
      addRevision(found.unlocked.store, reference, sorted.marked, note);
    } else {
      throw new TypeError('The value belongs to the other room.');
    }
    vault.audit(found.unlocked, `item.${note.change}`, reference.incidentId, payloadOf(reference, marking));
  });
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
  if (!incident) throw new TypeError('An item without its incident.');
  vault.transaction(secret, () => {
    if (!findIncident(secret.store, incident.id))
      insertIncident(secret.store, { ...incident, createdBy: secret.actor.userId });
    for (const earlier of history) {
      // What was written before is the same information: it takes the new marking with it.
      const sorted = sortIntoRoom(JSON.parse(earlier.content) as unknown, next);
      if (sorted.room !== 'protected') throw new TypeError('The value belongs to the open room.');
      addRevision(secret.store, reference, sorted.marked, {
        change: earlier.change,
        reason: `då ${LEVEL_NAME[earlier.marking.level]}`,
        decisionId: null,
        at: earlier.changedAt,
        by: earlier.changedBy,
      });
    }
    const latest = history.at(-1);
    if (!latest) throw new TypeError('An item without a revision.');
    const sorted = sortIntoRoom(JSON.parse(latest.content) as unknown, next);
    if (sorted.room !== 'protected') throw new TypeError('The value belongs to the open room.');
    addRevision(secret.store, reference, sorted.marked, noteOf(vault, secret, 'raised', { reason }));
    addPending(secret.store, {
      id: randomUUID(),
      kind: 'raise',
      incidentId: reference.incidentId,
      itemKind: reference.kind,
      itemKey: reference.key,
      at: vault.now().toISOString(),
    });
    vault.audit(secret, 'item.raised', reference.incidentId, payloadOf(reference, next));
  });
  finishPending(vault, sensitiveRegimes);
  emptyLog(open.store);
  removeMigrationCopies(open.store);
}

/** The second person of a decision: she proves who she is with her own passphrase for the room. */
export interface SecondPerson {
  readonly userName: string;
  /** UTF-8; wiped before return. */
  readonly passphrase: Buffer;
}

/**
 * Lowers a marking by decision of two persons. Out of the protected room only the value as it stands now goes; its
 * history stays there.
 * @throws SigillError `policy` where the second person is the first; `unlock` for a wrong passphrase
 */
export async function lowerMarking(
  vault: Vault,
  reference: ItemReference,
  wanted: Marking,
  reason: string,
  second: SecondPerson,
): Promise<Marking> {
  const found = requireItem(vault, reference);
  if (levelRank(wanted.level) >= levelRank(found.item.marking.level)) {
    throw new SigillError('usage', 'Märkningen är inte lägre än den som gäller.');
  }
  if (reason.trim() === '') throw new SigillError('usage', 'Ange skälet till beslutet (--reason).');
  const secondUser = await proveSecondPerson(vault, found.unlocked, second);
  const decision = {
    id: randomUUID(),
    incidentId: reference.incidentId,
    reason: reason.trim(),
    firstUser: found.unlocked.actor.userId,
    secondUser,
    at: vault.now().toISOString(),
  };
  const value = JSON.parse(found.item.content) as unknown;
  const sorted = sortIntoRoom(value, wanted);
  if (sorted.room === found.room) {
    vault.transaction<Room, void>(found.unlocked, () => addMarkingDecision(found.unlocked.store, decision));
    addInSameRoom(
      vault,
      found,
      reference,
      value,
      wanted,
      noteOf(vault, found.unlocked, 'lowered', { reason: decision.reason, decisionId: decision.id }),
    );
    return wanted;
  }
  if (sorted.room !== 'open' || found.room !== 'protected')
    throw new TypeError('Lowering goes to the open room.');
  const secret = found.unlocked;
  const open = vault.requireRoom('open');
  // First the open room gets the value, then the protected one lets go of it: a crash between leaves it in both, where
  // the protected one counts. The reason may itself be telling, and stays in the protected room.
  vault.transaction(open, () => {
    addRevision(
      open.store,
      reference,
      sorted.marked,
      noteOf(vault, open, 'lowered', { reason: 'Beslut av två personer' }),
    );
    vault.audit(open, 'item.lowered', reference.incidentId, payloadOf(reference, wanted));
  });
  vault.transaction(secret, () => {
    addMarkingDecision(secret.store, decision);
    const kept = sortIntoRoom(value, found.item.marking);
    if (kept.room !== 'protected') throw new TypeError('The value belongs to the open room.');
    const note = noteOf(vault, secret, 'released', { reason: decision.reason, decisionId: decision.id });
    addRevision(secret.store, reference, kept.marked, note);
    vault.audit(secret, 'item.released', reference.incidentId, {
      ...payloadOf(reference, wanted),
      decision: decision.id,
      second: secondUser,
    });
  });
  return wanted;
}

async function proveSecondPerson(
  vault: Vault,
  unlocked: UnlockedRoom<Room>,
  second: SecondPerson,
): Promise<string> {
  const secret = passphraseBytes(second.passphrase.toString('utf8'));
  second.passphrase.fill(0);
  try {
    const user = findUser(unlocked.store, second.userName);
    if (user?.id === unlocked.actor.userId) {
      throw new SigillError('policy', 'Beslutet kräver två personer: den andra måste vara någon annan.');
    }
    const slots = slotsOf(vault.file, unlocked.room).filter(
      (slot) => slot.userId === user?.id && slot.kind === 'passphrase' && !user.removedAt,
    );
    for (const slot of slots) {
      const secrets = await openSlot(vault.file.vaultId, unlocked.room, slot, secret);
      if (secrets) {
        wipe(secrets);
        return slot.userId;
      }
    }
  } finally {
    secret.fill(0);
  }
  throw new SigillError(
    'unlock',
    `Fel användare eller lösenfras för den andra personen i ${ROOM_NAME[unlocked.room]}. Märkningen är oförändrad.`,
  );
}

/**
 * Writes a value anew, or for the first time. The marking is at least what it was: writing never lowers it.
 * @throws SigillError `unlock` where the value may stand in the protected room and that is locked
 */
export function writeItem(
  vault: Vault,
  reference: ItemReference,
  content: unknown,
  marking: Marking,
  reason: string | null,
  sensitiveRegimes: ReadonlySet<string>,
): void {
  const found = findItem(vault, reference);
  if (found) {
    const next = raiseMarking(
      vault,
      reference,
      joinMarkings([found.item.marking, marking]),
      reason,
      sensitiveRegimes,
    );
    const moved = requireItem(vault, reference);
    addInSameRoom(
      vault,
      moved,
      reference,
      content,
      next,
      noteOf(vault, moved.unlocked, 'revised', { reason }),
    );
    return;
  }
  writeFirst(vault, reference, content, marking, reason, sensitiveRegimes);
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
  if (
    reference.kind !== 'log' &&
    !vault.room('protected') &&
    hasProtectedPart(open.store, reference.incidentId)
  ) {
    throw new SigillError(
      'unlock',
      'En del av incidenten ligger i skyddade rummet, och uppgiften kan finnas där. Lås upp det (--protected-pass).',
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
    if (!findIncident(secret.store, incident.id))
      insertIncident(secret.store, { ...incident, createdBy: secret.actor.userId });
    addRevision(secret.store, reference, sorted.marked, noteOf(vault, secret, 'created', { reason }));
    vault.audit(secret, 'item.created', reference.incidentId, payloadOf(reference, marking));
  });
}
