import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { POINTER_SENTENCE, type IncidentState } from '../../../shared/domain/incident.ts';

type Incident = AnswerOf<'incidents.list'>[number];

/** An incident that is not closed, and the time from which its own clock runs. */
export interface Ongoing {
  readonly id: string;
  readonly title: string;
  readonly state: IncidentState;
  readonly exercise: boolean;
  readonly from: 'aware' | 'identified' | 'detected' | 'created';
  readonly since: string;
}

/** Those in progress, the one that has waited longest first. */
export function ongoingOf(incidents: readonly Incident[]): Ongoing[] {
  return incidents
    .filter(({ state }) => state !== 'closed')
    .map((incident) => {
      const start = (['aware', 'identified', 'detected'] as const)
        .map((id) => incident.times.find((time) => time.id === id))
        .find((time) => time !== undefined);
      return {
        id: incident.id,
        title: incident.title?.text ?? POINTER_SENTENCE,
        state: incident.state,
        exercise: incident.exercise,
        from: (start?.id ?? 'created') as Ongoing['from'],
        since: start?.at ?? incident.createdAt,
      };
    })
    .sort((one, other) => Date.parse(one.since) - Date.parse(other.since));
}

/** Whole days, hours and minutes between two instants; never negative. */
export function passedSince(since: string, now: Date): { days: number; hours: number; minutes: number } {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000));
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}
