import type { Incident, IncidentId } from '../../shared/domain/incident.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { lastOfEach } from '../../shared/domain/receivers.ts';
import { changedAfter, listSentSince } from '../dispatches/repository.ts';
import { findLastSent, listExpeditions, listSent, type Expedition } from '../dispatches/service.ts';
import { getIncident } from '../incidents/service.ts';
import { readableRulesFor } from '../packs/for-incident.ts';
import { compareReports } from '../reports/difference.ts';
import { withoutPersonalData } from '../reports/personal-data.ts';
import type { Vault } from '../vault/session.ts';
import { requireNotCancelled } from '../workers/cancelled.ts';
import { recipientNameOf } from './bound-keys.ts';
import { makeReport } from './make-report.ts';
import { withSubjects } from './supplement-subjects.ts';

/** What was sent, and says something else now. */
export interface ChangedReport {
  readonly expedition: Expedition;
  /** Who have it and nothing newer, as they are called; empty where the expedition does not say. */
  readonly receivers: readonly string[];
  /** The labels of the fields that differ, in the order of the form. */
  readonly fields: readonly string[];
}

/** Short enough that nobody who asks for something else notices. */
const SLICE_MS = 10;
/** A log grows by itself: that it has is no change of what was told. */
const PASSED_OVER = new Set(['logg']);

function changedOf(vault: Vault, rules: RulePack, id: IncidentId): ChangedReport[] {
  const incident = getIncident(vault, id);
  const judged = readableRulesFor(vault, rules, incident);
  // That its rules cannot be read is told where its deadlines are.
  if ('reason' in judged) return [];
  const { forms } = judged.rules;
  const nameOf = recipientNameOf(vault, rules);
  const seen = new Set<string>();
  return listExpeditions(vault, id).flatMap(({ form, version, details }) => {
    const { openLevel } = details;
    const name = `${form} ${version} ${openLevel ?? ''}`;
    if (seen.has(name) || !forms.has(form) || (version !== 'full' && version !== 'open')) return [];
    seen.add(name);
    const sent = listSent(vault, id, { form, version, openLevel });
    return lastOfEach(sent, nameOf).flatMap(({ expedition, receivers }) => {
      const fields = changedFields(vault, rules, judged.rules, incident, expedition);
      const names = receivers.flatMap((receiver) => receiver.name ?? []);
      return fields.length === 0 ? [] : [{ expedition, receivers: names, fields }];
    });
  });
}

/** The labels of what differs now from one document as it went. */
function changedFields(
  vault: Vault,
  rules: RulePack,
  ofIncident: RulePack,
  incident: Incident,
  { id, form, version, details, madeAt }: Expedition,
): string[] {
  const { openLevel, masked = false } = details;
  if (version !== 'full' && version !== 'open') return [];
  const document = findLastSent(vault, incident.id, { form, version, openLevel }, id)?.document;
  if (!document) return [];
  const now = makeReport(vault, rules, {
    incidentId: incident.id,
    formId: form,
    version,
    ...(openLevel === null ? {} : { openLevel }),
    draft: true,
    // Compared in the same dress: that something is masked is no change of what was told.
    mask: masked,
  });
  const asked = ofIncident.forms.get(form);
  const { organisation } = vault.requireRoom('open');
  const mask = (report: ReportDocument): ReportDocument =>
    asked && (masked || asked.audience === 'open-line')
      ? withoutPersonalData(report, { form: asked, organisation })
      : report;
  const compared = withSubjects(vault, ofIncident, { document, madeAt }, now);
  return compareReports(mask(compared.then), mask(compared.now), incident.protectedPartHidden)
    .sections.flatMap((section) => section.fields)
    .filter(({ id: field }) => !PASSED_OVER.has(field))
    .map(({ label }) => label);
}

/** What has been sent of one incident and says something else now. @throws SigillError `unlock` without the open room */
export function changedSinceSent(vault: Vault, rules: RulePack, incident: IncidentId): ChangedReport[] {
  return changedOf(vault, rules, incident);
}

/**
 * As {@link changedSinceSent}, of every incident that is not closed. Those of which nothing has been written since are
 * found by an index and not read; the others are compared in slices, so that whoever asks for something else is answered.
 * A report whose document lies in a locked room is not there, for nothing can be said of it.
 * @throws Cancelled where nobody waits for the answer any more; SigillError `unlock` without the open room
 */
export async function allChangedSinceSent(
  vault: Vault,
  rules: RulePack,
  signal?: AbortSignal,
): Promise<ChangedReport[]> {
  const found: ChangedReport[] = [];
  let sliceBegan = performance.now();
  for (const id of writtenSinceSent(vault)) {
    if (performance.now() - sliceBegan > SLICE_MS) {
      await new Promise(setImmediate);
      requireNotCancelled(signal);
      sliceBegan = performance.now();
    }
    found.push(...changedOf(vault, rules, id));
  }
  return found;
}

/** Incidents of which something has been written after something was made to be sent, whichever room holds the one and the other. */
function writtenSinceSent(vault: Vault): IncidentId[] {
  vault.requireRoom('open');
  const stores = vault.unlockedRooms().map(({ store }) => store);
  const sent = new Map<IncidentId, string>();
  for (const { id, since } of stores.flatMap(listSentSince)) {
    const earlier = sent.get(id);
    if (earlier === undefined || since < earlier) sent.set(id, since);
  }
  const isChanged = stores.map(changedAfter);
  return [...sent].flatMap(([id, since]) => (isChanged.some((ask) => ask(id, since)) ? [id] : []));
}
