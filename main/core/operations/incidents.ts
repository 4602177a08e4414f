import type { z } from 'zod';
import type { itemReference } from '../../../shared/contract/schemas.ts';
import { SigillError } from '../../../shared/domain/error.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import { historyOf } from '../../incidents/history.ts';
import { findItem, lowerMarking, raiseMarking, wantedMarking, writeItem } from '../../incidents/marking.ts';
import type { ItemReference } from '../../incidents/repository.ts';
import { changeState, getIncident, listAllIncidents, makeLogKey } from '../../incidents/service.ts';
import { decisionsOf } from '../decisions.ts';
import { importIncidentTexts, knownCodes } from '../import-incidents.ts';
import { sensitiveRegimes } from '../open-session.ts';
import type { AreaHandlers } from './state.ts';

function referenceOf({ incident, kind, key }: z.infer<typeof itemReference>): ItemReference {
  return { incidentId: incident as IncidentId, kind, key };
}

export const incidentsHandlers: AreaHandlers<'incidents'> = {
  list: (_request, { core }) => listAllIncidents(core.requireVault()),
  summaries: (request, { core }) => core.summaries().page(request),
  get: ({ incident }, { core }) => getIncident(core.requireVault(), incident as IncidentId),
  import: ({ files }, { core }) => importIncidentTexts(core.requireVault(), core.rules, files),
  write({ item, text, codes, level, basis, reason }, { core }) {
    const vault = core.requireVault();
    if (item.kind !== 'fact') throw new SigillError('usage', 'Bara uppgifter skrivs så här.');
    const known = knownCodes(core.rules);
    if (codes.some((code) => !known.has(code)))
      throw new SigillError('usage', 'Ett val står inte i någon kodlista.');
    const reference = referenceOf(item);
    const marking = wantedMarking(vault, level, basis);
    writeItem(vault, reference, { text, codes }, marking, reason, sensitiveRegimes(core.rules));
    const now = findItem(vault, reference)?.item.marking ?? marking;
    return { marking: now };
  },
  log({ incident, kind, at, text, level, basis }, { core }) {
    const vault = core.requireVault();
    const reference: ItemReference = { incidentId: incident as IncidentId, kind: 'log', key: makeLogKey() };
    const marking = wantedMarking(vault, level, basis);
    const by = vault.requireRoom('open').actor.name;
    const content = { at: at ?? vault.now().toISOString(), kind, text, by };
    writeItem(vault, reference, content, marking, null, sensitiveRegimes(core.rules));
    return { key: reference.key, marking };
  },
  raise({ item, level, basis, reason }, { core }) {
    const vault = core.requireVault();
    const wanted = wantedMarking(vault, level, basis);
    const now = raiseMarking(vault, referenceOf(item), wanted, reason, sensitiveRegimes(core.rules));
    return { marking: now };
  },
  async lower({ item, level, basis, reason, secondUser, secondPassphrase }, { core }) {
    const vault = core.requireVault();
    const wanted = wantedMarking(vault, level, basis);
    const second = { userName: secondUser, passphrase: Buffer.from(secondPassphrase, 'utf8') };
    const now = await lowerMarking(vault, referenceOf(item), wanted, reason, second);
    return { marking: now };
  },
  history: ({ item }, { core }) => historyOf(core.requireVault(), referenceOf(item)),
  decisions: ({ incident }, { core }) => decisionsOf(core.requireVault(), incident as IncidentId),
  changeState({ incident, state }, { core }) {
    changeState(core.requireVault(), incident as IncidentId, state);
    return null;
  },
};
