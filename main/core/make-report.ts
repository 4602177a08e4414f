import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Level } from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportVersion } from '../../shared/domain/report.ts';
import type { Form, RulePack } from '../../shared/domain/rules.ts';
import { roomOf, type Room } from '../../shared/domain/room.ts';
import type { GatePolicy } from '../export/gate.ts';
import { getIncident } from '../incidents/service.ts';
import { buildReport } from '../reports/build.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { sensitiveRegimes } from './open-session.ts';

export interface ReportOrder {
  readonly incidentId: IncidentId;
  readonly formId: string;
  readonly version: ReportVersion;
  /** What an open version lets through; `oppen` unless given. */
  readonly openLevel?: Level;
  readonly draft: boolean;
}

/** @throws SigillError `usage` with the forms there are */
export function requireForm(rules: RulePack, formId: string): Form {
  const form = rules.forms.get(formId);
  if (!form) {
    throw new SigillError('usage', `Formuläret ${formId} finns inte.`, [
      `Välj ett av: ${[...rules.forms.keys()].join(', ')}`,
    ]);
  }
  return form;
}

/** Builds a report from what the unlocked rooms hold. */
export function makeReport(vault: Vault, rules: RulePack, order: ReportOrder): ReportDocument {
  const form = requireForm(rules, order.formId);
  const anyRoom = vault.unlockedRooms()[0];
  if (!anyRoom) throw new SigillError('unlock', 'Lås upp minst ett rum.');
  return buildReport({
    form,
    incident: getIncident(vault, order.incidentId),
    organisation: anyRoom.organisation,
    version: order.version,
    ...(order.openLevel === undefined ? {} : { openLevel: order.openLevel }),
    author: anyRoom.actor.name,
    createdAt: vault.now().toISOString(),
    draft: order.draft,
    codeLists: rules.codeLists,
    sensitiveRegimes: sensitiveRegimes(rules),
  });
}

/** The gate's table, with the ceiling of this vault. */
export function gatePolicy(vault: Vault, rules: RulePack): GatePolicy {
  const anyRoom = vault.unlockedRooms()[0];
  if (!anyRoom) throw new SigillError('unlock', 'Lås upp minst ett rum.');
  return { table: rules.channelTable, ceiling: anyRoom.ceiling };
}

/** The room whose audit tells of a document: that of its marking. */
export function roomOfDocument(vault: Vault, document: ReportDocument): UnlockedRoom<Room> {
  return vault.requireRoom<Room>(roomOf(document.marking.level));
}

/** What the person should know of a report beside the report itself, in Swedish. */
export function reportRemarks(
  rules: RulePack,
  vault: Vault,
  order: ReportOrder,
  document: ReportDocument,
): string[] {
  const form = requireForm(rules, order.formId);
  const incident = getIncident(vault, order.incidentId);
  const remarks: string[] = [];
  if (document.missing.length > 0) {
    remarks.push(
      `Obligatoriska uppgifter saknas: ${document.missing.map((field) => field.label).join('; ')}.`,
    );
  }
  if (incident.regimes.length > 0 && !form.regimes.some((regime) => incident.regimes.includes(regime))) {
    remarks.push(`Formuläret hör till ${form.regimes.join(', ')}, som incidenten inte har.`);
  }
  if (incident.protectedPartHidden) {
    remarks.push('En del av incidenten ligger i skyddade rummet, som är låst, och är inte med.');
  }
  return remarks;
}

/** @throws SigillError `usage`: a final report must have every mandatory answer; a draft need not */
export function requireComplete(document: ReportDocument): void {
  if (document.draft || document.missing.length === 0) return;
  throw new SigillError(
    'usage',
    'Rapporten kan inte bli slutlig: obligatoriska uppgifter saknas. Fyll i dem, eller gör ett utkast (--draft).',
    document.missing.map((field) => field.label),
  );
}
