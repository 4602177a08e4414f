import type { IncidentId } from '../../shared/domain/incident.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { listChangedAfterSending } from '../dispatches/repository.ts';
import { findLastSent, listExpeditions, type Expedition } from '../dispatches/service.ts';
import { getIncident } from '../incidents/service.ts';
import { compareReports } from '../reports/difference.ts';
import { withoutSupplement } from '../reports/supplement.ts';
import type { Vault } from '../vault/session.ts';
import { makeReport } from './make-report.ts';

/** What was sent, and says something else now. */
export interface ChangedReport {
  readonly expedition: Expedition;
  /** The labels of the fields that differ, in the order of the form. */
  readonly fields: readonly string[];
}

/** As many as a person can look into; the rest come when these have been dealt with. */
const MOST_INCIDENTS = 40;
/** A log grows by itself: that it has is no change of what was told. */
const PASSED_OVER = new Set(['logg']);

function changedOf(vault: Vault, rules: RulePack, id: IncidentId): ChangedReport[] {
  const incident = getIncident(vault, id);
  const seen = new Set<string>();
  return listExpeditions(vault, id).flatMap(({ form, version, details }) => {
    const { openLevel } = details;
    const name = `${form} ${version} ${openLevel ?? ''}`;
    if (seen.has(name) || !rules.forms.has(form) || (version !== 'full' && version !== 'open')) return [];
    seen.add(name);
    const last = findLastSent(vault, id, { form, version, openLevel });
    if (!last?.document) return [];
    const now = makeReport(vault, rules, {
      incidentId: id,
      formId: form,
      version,
      ...(openLevel === null ? {} : { openLevel }),
      draft: true,
    });
    const { sections } = compareReports(withoutSupplement(last.document), now, incident.protectedPartHidden);
    const fields = sections
      .flatMap((section) => section.fields)
      .filter(({ id: field }) => !PASSED_OVER.has(field))
      .map(({ label }) => label);
    return fields.length === 0 ? [] : [{ expedition: last.expedition, fields }];
  });
}

/**
 * What has been sent and says something else now: of one incident, or of every one that is not closed.
 * A report whose document lies in a locked room is not there, for nothing can be said of it.
 * @throws SigillError `unlock` without the open room
 */
export function changedSinceSent(
  vault: Vault,
  rules: RulePack,
  incident: IncidentId | null,
): ChangedReport[] {
  if (incident !== null) return changedOf(vault, rules, incident);
  vault.requireRoom('open');
  const ids = new Set(vault.unlockedRooms().flatMap(({ store }) => listChangedAfterSending(store)));
  return [...ids]
    .slice(0, MOST_INCIDENTS)
    .filter((id) => getIncident(vault, id).state !== 'closed')
    .flatMap((id) => changedOf(vault, rules, id));
}
