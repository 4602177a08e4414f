import { makeIncidentId } from '../incidents/incident-id.ts';

/** A new random code of 60 bits for a copy or a medium, without dashes as a scanner types it. It tells nothing. */
export function makeCode(): string {
  return makeIncidentId().replaceAll('-', '');
}
