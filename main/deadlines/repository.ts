import type { IncidentId } from '../../shared/domain/incident.ts';
import type { StepEventKind } from '../../shared/domain/incident-deadline.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { Store } from '../store/store.ts';

/** What has been said of a step of a regime. The latest counts; what was said before stays. */
export interface StepEvent {
  readonly regime: string;
  readonly step: string;
  readonly event: StepEventKind;
  /** When it was done or decided: "2026-11-22T03:00:00+01:00". */
  readonly at: string;
  readonly note: string | null;
  /** When it is to be done at the latest, by whoever asked for it; null for all but `requested`. */
  readonly due: string | null;
  readonly recordedAt: string;
  /** The id of the user. */
  readonly recordedBy: string;
}

/** Of one incident in this room, in the order they were recorded. */
export function listStepEvents(store: Store<Room>, id: IncidentId): StepEvent[] {
  return store.database
    .prepare<[string], StepEvent>(
      `SELECT regime, step, event, at, note, due, recorded_at AS recordedAt, recorded_by AS recordedBy
       FROM step_event WHERE incident_id = ? ORDER BY seq`,
    )
    .all(id);
}

export function addStepEvent(store: Store<Room>, id: IncidentId, event: StepEvent): void {
  store.database
    .prepare(
      `INSERT INTO step_event (incident_id, seq, regime, step, event, at, note, due, recorded_at, recorded_by)
       VALUES (?, 1 + (SELECT coalesce(max(seq), 0) FROM step_event WHERE incident_id = ?), ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      id,
      id,
      event.regime,
      event.step,
      event.event,
      event.at,
      event.note,
      event.due,
      event.recordedAt,
      event.recordedBy,
    );
}

/**
 * Erases what has been said of some regimes. What is left is numbered anew: a gap would tell how much was taken away.
 * To be called inside a transaction; see also `rewriteDatabase`.
 */
export function eraseStepEvents(store: Store<Room>, id: IncidentId, regimes: readonly string[]): void {
  const kept = listStepEvents(store, id).filter(({ regime }) => !regimes.includes(regime));
  store.database.prepare('DELETE FROM step_event WHERE incident_id = ?').run(id);
  for (const event of kept) addStepEvent(store, id, event);
}

/** Weeds out what the audit of a room tells of one regime of an incident. The chain keeps the hash. */
export function eraseRegimePayloads(store: Store<Room>, id: IncidentId, regime: string): void {
  store.database
    .prepare(
      `DELETE FROM audit_payload
       WHERE json_extract(payload, '$.incident') = ? AND json_extract(payload, '$.regime') = ?`,
    )
    .run(id, regime);
}

/** The incidents of a room that are not closed. Those that are may be thousands, and are not read. */
export function listOngoing(store: Store<Room>): IncidentId[] {
  return store.database
    .prepare<[], { id: IncidentId }>(
      "SELECT id FROM incident WHERE state <> 'closed' ORDER BY created_at, id",
    )
    .all()
    .map(({ id }) => id);
}
