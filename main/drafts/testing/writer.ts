import type { IncidentId } from '../../../shared/domain/incident.ts';
import { openCopy } from '../../testing/incidents.ts';
import { saveDraft } from '../service.ts';

/**
 * Writes as a process of its own until it is killed: one draft in place of the other, as autosave does. Says the number
 * of each when it has been put.
 */
const [folder = '', incident = ''] = process.argv.slice(2);
const vault = await openCopy(folder, ['open', 'protected']);
for (let number = 1; ; number += 1) {
  saveDraft(vault, {
    subject: `fact:${incident}:system`,
    incident: incident as IncidentId,
    content: { text: `utkast ${number} `.repeat(50) },
    level: number % 2 === 0 ? 'oppen' : 'hemlig',
  });
  process.stdout.write(`${number}\n`);
}
