import { SigillError } from '../../../shared/domain/error.ts';
import { FACT_IDS, TIME_IDS, type IncidentId } from '../../../shared/domain/incident.ts';
import type { ItemReference } from '../../incidents/repository.ts';

/**
 * Reads what a person calls a value: `system` is a fact; `titel`; `tid:detected`; `logg:3f9a…` is an entry of the log by
 * its key. The English words that stand in the JSON answers do as well.
 */
export function readItemName(incidentId: IncidentId, name: string): ItemReference {
  const plain = name.trim().toLowerCase();
  if (plain === 'titel' || plain === 'title') return { incidentId, kind: 'title', key: '' };
  const [prefix, key = ''] = plain.split(':', 2);
  if ((prefix === 'tid' || prefix === 'time') && TIME_IDS.some((id) => id === key)) {
    return { incidentId, kind: 'time', key };
  }
  if ((prefix === 'logg' || prefix === 'log') && key !== '') return { incidentId, kind: 'log', key };
  if (FACT_IDS.some((id) => id === plain)) return { incidentId, kind: 'fact', key: plain };
  throw new SigillError('usage', 'Okänd uppgift (--fact). Ange ett av:', [
    FACT_IDS.join(', '),
    'titel',
    `tid: och ett av ${TIME_IDS.join(', ')}`,
    'logg: och radens nyckel, se incident show',
  ]);
}
