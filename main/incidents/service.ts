import { randomUUID } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentDraft } from '../../shared/domain/incident-file.ts';
import type { Incident, IncidentId, IncidentState } from '../../shared/domain/incident.ts';
import type { Marking } from '../../shared/domain/marking.ts';
import { sortIntoRoom, type Marked, type Room } from '../../shared/domain/room.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { makeIncidentId } from './incident-id.ts';
import { requireBelowCeiling } from './items.ts';
import { randomLogKey } from './log-key.ts';
import { finishPending, undoPending } from './pending.ts';
import {
  addPending,
  addRegime,
  addRevision,
  findIncident,
  insertIncident,
  setProtectedPart,
  setState,
  type IncidentRow,
  type ItemKind,
  type ItemReference,
} from './repository.ts';
import { viewIncident, viewIncidents, type OpenStores } from './view.ts';

export { makeLogKey } from './log-key.ts';
export { finishPending } from './pending.ts';

/** What can be marked: its kind, its key, its content. */
interface NewItem {
  readonly kind: ItemKind;
  readonly key: string;
  readonly content: unknown;
  readonly marking: Marking;
}

function itemsOf(draft: IncidentDraft): NewItem[] {
  return [
    { kind: 'title', key: '', content: { text: draft.title.text }, marking: draft.title.marking },
    ...draft.facts.map(({ id, text, codes, marking }): NewItem => ({
      kind: 'fact',
      key: id,
      content: { text, codes },
      marking,
    })),
    ...draft.times.map(({ id, at, precision, marking }): NewItem => ({
      kind: 'time',
      key: id,
      content: { at, precision },
      marking,
    })),
    ...draft.log.map(({ marking, ...content }): NewItem => ({
      kind: 'log',
      key: randomLogKey(),
      content,
      marking,
    })),
  ];
}

/** An item in the room its marking sends it to. */
type SortedItem = { [R in Room]: { room: R; kind: ItemKind; key: string; marked: Marked<R, unknown> } }[Room];

function sortItem({ kind, key, content, marking }: NewItem): SortedItem {
  return { kind, key, ...sortIntoRoom(content, marking) };
}

/** Which stores a view may draw from, by what is unlocked and what was asked for. */
function storesOf(vault: Vault, rooms: 'open' | 'protected' | 'both' = 'both'): OpenStores {
  return {
    open: rooms === 'protected' ? null : (vault.room('open')?.store ?? null),
    protected: rooms === 'open' ? null : (vault.room('protected')?.store ?? null),
  };
}

/** @throws SigillError `usage` where no unlocked room knows the incident */
export function getIncident(
  vault: Vault,
  id: IncidentId,
  rooms: 'open' | 'protected' | 'both' = 'both',
): Incident {
  if (rooms !== 'both') vault.requireRoom(rooms);
  const incident = viewIncident(storesOf(vault, rooms), id);
  if (!incident) throw new SigillError('usage', `Incidenten ${id} finns inte i de rum som är upplåsta.`);
  return incident;
}

export function listAllIncidents(vault: Vault): Incident[] {
  return viewIncidents(storesOf(vault));
}

/**
 * Stores incidents, all or none: first the protected halves with a note that the work is not finished, then the open
 * halves, then the note is taken away. What a crash leaves between is undone or finished by `finishPending`.
 * @param sensitiveRegimes regimes that are kept in the protected room where the incident has a part there
 * @returns the new ids, in the order given
 * @throws SigillError `unlock` where something is klassat and the protected room is locked, `policy` where something is
 *   above the ceiling; nothing is stored
 */
export function importIncidents(
  vault: Vault,
  drafts: readonly IncidentDraft[],
  sensitiveRegimes: ReadonlySet<string>,
): IncidentId[] {
  const open = vault.requireRoom('open');
  for (const { marking } of drafts.flatMap(itemsOf)) requireBelowCeiling(vault, marking.level);
  const at = vault.now().toISOString();
  const work = drafts.map((draft) => ({ id: makeIncidentId(), draft, items: itemsOf(draft).map(sortItem) }));
  const parted = work.filter(({ items }) => items.some((item) => item.room === 'protected'));
  const secret = parted.length > 0 ? requireProtectedForImport(vault) : null;

  if (secret) {
    vault.transaction(secret, () => {
      for (const one of parted) {
        insertIncident(secret.store, rowOf(one.id, one.draft, at, secret.actor.userId));
        insertItems(secret, one.id, one.items, at);
        for (const regime of one.draft.regimes) {
          if (sensitiveRegimes.has(regime)) addRegime(secret.store, one.id, regime);
        }
        addPending(secret.store, {
          id: randomUUID(),
          kind: 'import',
          incidentId: one.id,
          itemKind: null,
          itemKey: null,
          at,
        });
        vault.audit(secret, 'incident.imported', one.id, { incident: one.id });
      }
    });
  }
  try {
    vault.transaction(open, () => {
      for (const { id, draft, items } of work) {
        const isParted = items.some((item) => item.room === 'protected');
        insertIncident(open.store, rowOf(id, draft, at, open.actor.userId));
        insertItems(open, id, items, at);
        for (const regime of draft.regimes) {
          if (!(isParted && sensitiveRegimes.has(regime))) addRegime(open.store, id, regime);
        }
        if (isParted) setProtectedPart(open.store, id);
        vault.audit(open, 'incident.imported', id, { incident: id });
      }
    });
  } catch (error) {
    undoPending(vault, sensitiveRegimes);
    throw error;
  }
  finishPending(vault, sensitiveRegimes);
  return work.map(({ id }) => id);
}

function requireProtectedForImport(vault: Vault): UnlockedRoom<'protected'> {
  const room = vault.room('protected');
  if (!room) {
    throw new SigillError(
      'unlock',
      'Det som ska läsas in rymmer säkerhetsskyddsklassificerade uppgifter. Lås upp skyddade rummet och försök igen. ' +
        'Inget har lästs in.',
      [],
      '--protected-pass',
    );
  }
  return room;
}

function rowOf(id: IncidentId, draft: IncidentDraft, at: string, userId: string): IncidentRow {
  return {
    id,
    organisationKind: draft.organisationKind,
    exercise: draft.exercise,
    state: 'draft',
    createdAt: at,
    createdBy: userId,
  };
}

function insertItems<R extends 'open' | 'protected'>(
  unlocked: UnlockedRoom<R>,
  incidentId: IncidentId,
  items: readonly SortedItem[],
  at: string,
): void {
  const note = { change: 'created', reason: null, decisionId: null, at, by: unlocked.actor.userId } as const;
  for (const item of items) {
    if (item.room !== unlocked.room) continue;
    const reference: ItemReference = { incidentId, kind: item.kind, key: item.key };
    if (item.room === 'open')
      addRevision((unlocked as UnlockedRoom<'open'>).store, reference, item.marked, note);
    else addRevision((unlocked as UnlockedRoom<'protected'>).store, reference, item.marked, note);
  }
}

/**
 * Moves an incident between draft, active and closed. Both halves follow, so both rooms must be unlocked where there
 * are two.
 */
export function changeState(vault: Vault, id: IncidentId, state: IncidentState): void {
  const incident = getIncident(vault, id);
  if (incident.protectedPartHidden) vault.requireRoom('protected');
  if (incident.hasProtectedPart) vault.requireRoom('open');
  for (const unlocked of vault.unlockedRooms()) {
    if (!findIncident(unlocked.store, id)) continue;
    vault.transaction(unlocked, () => {
      setState(unlocked.store, id, state);
      vault.audit(unlocked, 'incident.state', id, { incident: id, state });
    });
  }
}
