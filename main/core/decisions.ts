import { z } from 'zod';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { ItemKind } from '../incidents/repository.ts';
import { listLowerings } from '../incidents/repository.ts';
import { getIncident } from '../incidents/service.ts';
import { takenDecisions } from '../assessments/service.ts';
import { payloadsOf } from '../audit/repository.ts';
import { listUsers } from '../vault/repository.ts';
import type { Vault } from '../vault/session.ts';

/** A decision about an incident, wherever it was recorded. */
export interface IncidentDecision {
  /**
   * `logged`: a row of the log; `lowered`: a marking, by two persons; `dispatched`: a way out that asked for one;
   * `assessed`: whether the incident is to be reported.
   */
  readonly kind: 'logged' | 'lowered' | 'dispatched' | 'assessed';
  readonly at: string;
  /** What was decided, where it is words of a person's own; else null, and `item` or `way` says it. */
  readonly text: string | null;
  readonly item: { readonly kind: ItemKind; readonly key: string } | null;
  readonly way: string | null;
  readonly reason: string | null;
  readonly by: readonly string[];
}

const exportPayload = z.object({
  way: z.string(),
  decision: z
    .object({
      reason: z.string(),
      decidedBy: z.string(),
      secondBy: z.string().nullish(),
      at: z.string(),
    })
    .nullable(),
});

/**
 * Every decision about an incident that the unlocked rooms know of, the first one first.
 * @throws SigillError `usage` where no unlocked room knows the incident
 */
export function decisionsOf(vault: Vault, id: IncidentId): IncidentDecision[] {
  const none = { text: null, item: null, way: null };
  const logged = getIncident(vault, id)
    .log.filter(({ kind }) => kind === 'beslut')
    .map(({ at, text, by }): IncidentDecision => ({
      ...none,
      kind: 'logged',
      at,
      text,
      reason: null,
      by: by === null ? [] : [by],
    }));
  const recorded = vault.unlockedRooms().flatMap(({ store }) => {
    const names = new Map(listUsers(store).map((user) => [user.id, user.name]));
    const nameOf = (userId: string): string => names.get(userId) ?? userId;
    const lowered = listLowerings(store, id).map((lowering): IncidentDecision => ({
      ...none,
      kind: 'lowered',
      at: lowering.at,
      item: { kind: lowering.kind, key: lowering.key },
      reason: lowering.reason,
      by: [nameOf(lowering.firstUser), nameOf(lowering.secondUser)],
    }));
    const dispatched = payloadsOf(store.database, 'export.made', id).flatMap(
      ({ payload }): IncidentDecision[] => {
        const told = exportPayload.safeParse(payload);
        if (!told.success || told.data.decision === null) return [];
        const { reason, decidedBy, secondBy, at } = told.data.decision;
        const by = [decidedBy, ...(secondBy ? [secondBy] : [])];
        return [{ ...none, kind: 'dispatched', at, way: told.data.way, reason, by }];
      },
    );
    return [...lowered, ...dispatched];
  });
  const assessed = takenDecisions(vault, id).map((decision): IncidentDecision => ({
    ...none,
    kind: 'assessed',
    at: decision.at,
    text: `${decision.decidedName} (${decision.assessment}).${decision.deviates ? ' Avviker från förslaget.' : ''}`,
    reason: decision.reason,
    by: [decision.by],
  }));
  return [...logged, ...recorded, ...assessed].sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at),
  );
}
