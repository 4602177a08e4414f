import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import {
  isProtectedLevel,
  joinMarkings,
  makeMarking,
  type Level,
  type Marking,
} from '../../shared/domain/marking.ts';
import type { ReportDocument, ReportVersion } from '../../shared/domain/report.ts';
import type { Form, RulePack } from '../../shared/domain/rules.ts';
import { roomOf, type Room } from '../../shared/domain/room.ts';
import { writeCheckpoint } from '../audit/repository.ts';
import type { GatePolicy } from '../export/gate.ts';
import { getIncident } from '../incidents/service.ts';
import { rulesForIncident, rulesInForce, sensitiveRegimes } from '../packs/for-incident.ts';
import { buildReport } from '../reports/build.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';

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

/**
 * Builds a report from what the unlocked rooms hold. It has no checkpoint yet: {@link sealReport} for what is to leave.
 * @throws SigillError `unlock` without the open room: every incident has a part there, and a report from the protected
 *   room alone would pass for whole without it
 */
export function makeReport(vault: Vault, rules: RulePack, order: ReportOrder): ReportDocument {
  const open = vault.requireRoom('open');
  const incident = getIncident(vault, order.incidentId);
  const forIncident = rulesForIncident(vault, rules, incident);
  return buildReport({
    form: requireForm(forIncident, order.formId),
    incident,
    organisation: open.organisation,
    version: order.version,
    ...(order.openLevel === undefined ? {} : { openLevel: order.openLevel }),
    author: open.actor.name,
    createdAt: vault.now().toISOString(),
    draft: order.draft,
    codeLists: forIncident.codeLists,
    sensitiveRegimes: sensitiveRegimes(forIncident),
  });
}

const SHOWN_HASH_LENGTH = 16;

/**
 * Puts a checkpoint on a document: how far the audit had come when it was made, signed in the room of the document's
 * marking, and its size and the beginning of its hash on the paper. A chain that is cut or written anew afterwards does
 * not agree with what the receiver has. Before the gate, for a clearance is bound to the whole document.
 */
export function sealReport(vault: Vault, document: ReportDocument): ReportDocument {
  const room = roomOfDocument(vault, document);
  const { size, head } = vault.transaction(room, () =>
    writeCheckpoint(room.store.database, vault.auditContext(room), 'handling'),
  );
  const checkpoint = `${size} ${size === 1 ? 'rad' : 'rader'}, hash ${head.slice(0, SHOWN_HASH_LENGTH)}`;
  return { ...document, checkpoint };
}

/** The gate's table as it is in force today, with the ceiling of this vault. */
export function gatePolicy(vault: Vault, rules: RulePack): GatePolicy {
  const anyRoom = vault.unlockedRooms()[0];
  if (!anyRoom) throw new SigillError('unlock', 'Lås upp minst ett rum.');
  return { table: rulesInForce(vault, rules).channelTable, ceiling: anyRoom.ceiling };
}

/** The room of a document's marking. */
function roomOfDocument(vault: Vault, document: ReportDocument): UnlockedRoom<Room> {
  return vault.requireRoom<Room>(roomOf(document.marking.level));
}

/**
 * The room whose audit tells that a document was made: that of its marking. A form that belongs to telling regimes alone
 * tells of them by its name: where the incident has a protected part it is the protected room's to remember, whatever
 * the document holds.
 */
export function receiptRoom(
  vault: Vault,
  rules: RulePack,
  order: ReportOrder,
  document: ReportDocument,
): UnlockedRoom<Room> {
  const incident = getIncident(vault, order.incidentId);
  const forIncident = rulesForIncident(vault, rules, incident);
  const telling = sensitiveRegimes(forIncident);
  const isTelling = requireForm(forIncident, order.formId).regimes.every((regime) => telling.has(regime));
  return isTelling && incident.hasProtectedPart
    ? vault.requireRoom<Room>('protected')
    : roomOfDocument(vault, document);
}

/**
 * What the receipt of a document is marked where it is kept: as the document, and in the protected room as at least one of
 * the incident's protected parts, since it is kept there for what it tells of them.
 */
export function receiptMarking(
  vault: Vault,
  incidentId: IncidentId,
  document: ReportDocument,
  room: Room,
): Marking {
  if (room === 'open' || isProtectedLevel(document.marking.level)) return document.marking;
  const incident = getIncident(vault, incidentId);
  const parts = [
    ...(incident.title ? [incident.title] : []),
    ...incident.times,
    ...incident.facts,
    ...incident.log,
  ]
    .map(({ marking }) => marking)
    .filter(({ level }) => isProtectedLevel(level));
  // Where all of them have been lowered since, the room's lowest class remains.
  const least = parts.length > 0 ? parts : [makeMarking('begransat-hemlig', ['15 kap. 2 § OSL'])];
  return joinMarkings([document.marking, ...least]);
}

/** What the person should know of a report beside the report itself, in Swedish. */
export function reportRemarks(
  rules: RulePack,
  vault: Vault,
  order: ReportOrder,
  document: ReportDocument,
): string[] {
  const incident = getIncident(vault, order.incidentId);
  const form = requireForm(rulesForIncident(vault, rules, incident), order.formId);
  const remarks: string[] = [];
  if (document.missing.length > 0) {
    remarks.push(
      `Obligatoriska uppgifter saknas: ${document.missing.map((field) => field.label).join('; ')}.`,
    );
  }
  // Behind a locked door nobody knows which regimes the incident has.
  const hasOther = incident.regimes.length > 0 && !incident.protectedPartHidden;
  if (hasOther && !form.regimes.some((regime) => incident.regimes.includes(regime))) {
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
