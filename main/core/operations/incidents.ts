import type { z } from 'zod';
import type { itemReference } from '../../../shared/contract/schemas.ts';
import { SigillError } from '../../../shared/domain/error.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import type { Level, Marking } from '../../../shared/domain/marking.ts';
import { roomOf } from '../../../shared/domain/room.ts';
import { settleDraft } from '../../drafts/service.ts';
import { subjectOf } from '../../drafts/subject.ts';
import { historyOf } from '../../incidents/history.ts';
import { findItem, lowerMarking, raiseMarking, wantedMarking, writeItem } from '../../incidents/marking.ts';
import type { ItemReference } from '../../incidents/repository.ts';
import type { FactContent, TimeContent, TitleContent } from '../../incidents/view.ts';
import { changeState, getIncident, makeLogKey } from '../../incidents/service.ts';
import { rulesForIncident, tellingRegimes } from '../../packs/for-incident.ts';
import { checkAnswer } from '../check-answer.ts';
import { decisionsOf } from '../decisions.ts';
import { importIncidentTexts, knownCodes } from '../import-incidents.ts';
import type { AreaHandlers, CoreState } from './state.ts';

/** The subject of the draft of an incident that the decision tree has led to: its regimes have been decided. */
const NEW_INCIDENT = 'new-incident';

function referenceOf({ incident, kind, key }: z.infer<typeof itemReference>): ItemReference {
  return { incidentId: incident as IncidentId, kind, key };
}

interface Wanted {
  readonly level: Level;
  readonly basis: readonly string[];
  readonly reason: string | null;
}

/** Writes a value, and throws the draft of it away. @returns the marking it has now, at least what it had before */
function write(
  core: CoreState,
  reference: ItemReference,
  content: unknown,
  { level, basis, reason }: Wanted,
): { marking: Marking } {
  const vault = core.requireVault();
  const wanted = wantedMarking(vault, level, basis);
  writeItem(vault, reference, content, wanted, reason, tellingRegimes(vault, core.rules));
  const marking = findItem(vault, reference)?.item.marking ?? wanted;
  const subject = subjectOf(reference);
  if (subject !== null) settleDraft(vault, subject, roomOf(marking.level));
  return { marking };
}

/** What stands there already may stay, also where a newer rule pack no longer has it. */
function requireKnownCodes(core: CoreState, reference: ItemReference, codes: readonly string[]): void {
  const vault = core.requireVault();
  const item = findItem(vault, reference)?.item;
  const rules = rulesForIncident(vault, core.rules, getIncident(vault, reference.incidentId));
  const kept = item ? (JSON.parse(item.content) as FactContent).codes : [];
  const known = new Set([...knownCodes(rules), ...kept]);
  if (codes.some((code) => !known.has(code)))
    throw new SigillError('usage', 'Ett val står inte i någon kodlista.');
}

export const incidentsHandlers: AreaHandlers<'incidents'> = {
  summaries: (request, { core }) => core.summaries().page(request),
  get: ({ incident }, { core }) => getIncident(core.requireVault(), incident as IncidentId),
  import({ files, draft }, { core }) {
    const vault = core.requireVault();
    const ids = importIncidentTexts(vault, core.rules, files, draft === NEW_INCIDENT);
    if (draft !== undefined) {
      const isParted = ids.some((id) => getIncident(vault, id).hasProtectedPart);
      settleDraft(vault, draft, isParted ? 'protected' : 'open');
    }
    return ids;
  },
  write({ item, text, codes, ...wanted }, { core }) {
    if (item.kind !== 'fact') throw new SigillError('usage', 'Bara uppgifter skrivs så här.');
    const reference = referenceOf(item);
    requireKnownCodes(core, reference, codes);
    return write(core, reference, { text, codes } satisfies FactContent, wanted);
  },
  writeAnswer({ incident, form, field, text, codes, ...wanted }, { core }) {
    const { reference, content } = checkAnswer(core.requireVault(), core.rules, {
      ...{ incidentId: incident as IncidentId, form, field, text, codes },
      level: wanted.level,
    });
    return write(core, reference, content, wanted);
  },
  writeTitle({ incident, text, ...wanted }, { core }) {
    const title = text.trim();
    if (title === '') throw new SigillError('usage', 'Skriv en rubrik. Den tidigare står kvar.');
    const reference: ItemReference = { incidentId: incident as IncidentId, kind: 'title', key: '' };
    return write(core, reference, { text: title } satisfies TitleContent, wanted);
  },
  writeTime({ incident, time, at, precision, ...wanted }, { core }) {
    const reference: ItemReference = { incidentId: incident as IncidentId, kind: 'time', key: time };
    return write(core, reference, { at, precision } satisfies TimeContent, wanted);
  },
  log({ incident, kind, at, text, level, basis, draft }, { core }) {
    const vault = core.requireVault();
    const reference: ItemReference = { incidentId: incident as IncidentId, kind: 'log', key: makeLogKey() };
    const marking = wantedMarking(vault, level, basis);
    const by = vault.requireRoom('open').actor.name;
    const content = { at: at ?? vault.now().toISOString(), kind, text, by };
    writeItem(vault, reference, content, marking, null, tellingRegimes(vault, core.rules));
    if (draft !== undefined) settleDraft(vault, draft, roomOf(marking.level));
    return { key: reference.key, marking };
  },
  raise({ item, level, basis, reason }, { core }) {
    const vault = core.requireVault();
    const wanted = wantedMarking(vault, level, basis);
    const now = raiseMarking(vault, referenceOf(item), wanted, reason, tellingRegimes(vault, core.rules));
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
