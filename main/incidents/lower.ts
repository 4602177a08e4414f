import { randomUUID } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import { isContained, levelRank, type Marking } from '../../shared/domain/marking.ts';
import { sortIntoRoom, type Marked, type Room } from '../../shared/domain/room.ts';
import { lowerEntries } from '../register/raised.ts';
import { proveSecondPerson, type SecondPerson } from '../vault/second-person.ts';
import type { Vault } from '../vault/session.ts';
import { noteOf, payloadOf, requireItem, reviseInPlace, type Found } from './items.ts';
import { undoPending } from './pending.ts';
import {
  addMarkingDecision,
  addPending,
  addRevision,
  removePending,
  type ItemReference,
  type MarkingDecision,
} from './repository.ts';

/**
 * Lowers a marking, or takes a provision from it, by decision of two persons. Out of the protected room only the value
 * as it stands now goes; its history stays there, and so does the reason, which may itself be telling.
 * @throws SigillError `policy` where the two are not two persons; `unlock` for a wrong passphrase. Nothing is changed.
 */
export async function lowerMarking(
  vault: Vault,
  reference: ItemReference,
  wanted: Marking,
  reason: string,
  second: SecondPerson,
): Promise<Marking> {
  try {
    const found = requireItem(vault, reference);
    const current = found.item.marking;
    if (levelRank(wanted.level) > levelRank(current.level) || isContained(current, wanted)) {
      throw new SigillError('usage', 'Märkningen är inte lägre än den som gäller.');
    }
    if (reason.trim() === '') throw new SigillError('usage', 'Ange skälet till beslutet.', [], '--reason');
    const sorted = sortIntoRoom(JSON.parse(found.item.content) as unknown, wanted);
    if (sorted.room !== found.room) vault.requireRoom(sorted.room);
    const decision: MarkingDecision = {
      id: randomUUID(),
      incidentId: reference.incidentId,
      reason: reason.trim(),
      firstUser: found.unlocked.actor.userId,
      secondUser: await proveSecondPerson(vault, found.unlocked, second, 'Märkningen är oförändrad.'),
      at: vault.now().toISOString(),
    };
    if (sorted.room === 'open' && found.room === 'protected') {
      release(vault, found, reference, sorted.marked, decision);
    } else {
      lowerInPlace(vault, found, reference, wanted, decision);
    }
    return wanted;
  } finally {
    second.passphrase.fill(0);
  }
}

/** Bound into the chain with the change, so that reason and persons cannot be made other afterwards. */
function decisionPayload({ id, reason, secondUser }: MarkingDecision): object {
  return { decision: id, reason, second: secondUser };
}

function lowerInPlace(
  vault: Vault,
  found: Found,
  reference: ItemReference,
  wanted: Marking,
  decision: MarkingDecision,
): void {
  const value = JSON.parse(found.item.content) as unknown;
  vault.transaction<Room, void>(found.unlocked, () => {
    addMarkingDecision(found.unlocked.store, decision);
    const note = noteOf(vault, found.unlocked, 'lowered', {
      reason: decision.reason,
      decisionId: decision.id,
    });
    reviseInPlace(vault, found, reference, value, wanted, note, decisionPayload(decision));
    lowerEntries(vault, found.unlocked, reference, wanted);
  });
}

/**
 * Out of the protected room. First a note that the value is the protected room's, then the open room gets it, then the
 * protected one records the decision, lets go of it and takes the note away. A crash between undoes the whole: the next
 * unlocking of both sees a value that has been raised and erases it from the open room.
 */
function release(
  vault: Vault,
  found: Extract<Found, { room: 'protected' }>,
  reference: ItemReference,
  lowered: Marked<'open', unknown>,
  decision: MarkingDecision,
): void {
  const secret = found.unlocked;
  const open = vault.requireRoom('open');
  const kept = sortIntoRoom(JSON.parse(found.item.content) as unknown, found.item.marking);
  if (kept.room !== 'protected') throw new TypeError('The value belongs to the open room.');
  const pendingId = randomUUID();
  vault.transaction(secret, () =>
    addPending(secret.store, {
      id: pendingId,
      kind: 'raise',
      incidentId: reference.incidentId,
      itemKind: reference.kind,
      itemKey: reference.key,
      at: decision.at,
    }),
  );
  try {
    vault.transaction(open, () => {
      const note = noteOf(vault, open, 'lowered', { reason: 'Beslut av två personer' });
      addRevision(open.store, reference, lowered, note);
      vault.audit(open, 'item.lowered', reference.incidentId, payloadOf(reference, lowered.marking));
    });
    vault.transaction(secret, () => {
      addMarkingDecision(secret.store, decision);
      const note = noteOf(vault, secret, 'released', { reason: decision.reason, decisionId: decision.id });
      addRevision(secret.store, reference, kept.marked, note);
      removePending(secret.store, pendingId);
      lowerEntries(vault, secret, reference, lowered.marking);
      vault.audit(secret, 'item.released', reference.incidentId, {
        ...payloadOf(reference, lowered.marking),
        ...decisionPayload(decision),
      });
    });
  } catch (error) {
    undoPending(vault, new Set());
    throw error;
  }
}
