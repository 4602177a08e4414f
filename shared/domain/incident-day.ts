import { DEADLINE_ZONE } from './deadline.ts';
import type { Incident } from './incident.ts';

const swedishDay = new Intl.DateTimeFormat('sv-SE', { timeZone: DEADLINE_ZONE, dateStyle: 'short' });

/**
 * The day that decides which version of a rule is the right one: that of kännedom, else of the identification, the
 * detection or the event itself, else the one the incident was written on.
 * @returns as `2026-11-25`, in Swedish time
 */
export function incidentDay({ times, createdAt }: Pick<Incident, 'times' | 'createdAt'>): string {
  const first = (['aware', 'identified', 'detected', 'occurred'] as const)
    .map((id) => times.find((time) => time.id === id)?.at)
    .find((at) => at !== undefined);
  return swedishDay.format(new Date(first ?? createdAt));
}
