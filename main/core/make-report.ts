import { SigillError } from '../../shared/domain/error.ts';
import type { Incident, IncidentId } from '../../shared/domain/incident.ts';
import {
  isProtectedLevel,
  joinMarkings,
  makeMarking,
  type Level,
  type Marking,
} from '../../shared/domain/marking.ts';
import { PERSONAL_DATA_NAME } from '../../shared/domain/personal-data.ts';
import { fieldText, type ReportDocument, type ReportVersion } from '../../shared/domain/report.ts';
import type { Form, RulePack } from '../../shared/domain/rules.ts';
import { standardText } from '../../shared/domain/standard-text.ts';
import { roomOf, type Room } from '../../shared/domain/room.ts';
import { alsoReportsTo } from '../../shared/domain/supervision.ts';
import { writeCheckpoint } from '../audit/repository.ts';
import type { GatePolicy } from '../export/gate.ts';
import { actOf, supervisorsOf } from '../deadlines/recipients.ts';
import { incidentDeadlines } from '../deadlines/service.ts';
import { readDutySettings } from '../deadlines/settings.ts';
import { getIncident } from '../incidents/service.ts';
import { rulesForIncident, rulesInForce, sensitiveRegimes } from '../packs/for-incident.ts';
import { diaryNumberOf } from '../register/numbering.ts';
import { codePointWords, isHidden } from '../documents/hidden.ts';
import { undrawableIn } from '../documents/text.ts';
import { buildReport } from '../reports/build.ts';
import { personalDataIn, withoutPersonalData, type FieldWithPersonalData } from '../reports/personal-data.ts';
import { requireForm } from './require-form.ts';
import { supplementOf } from './supplement.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';

export interface ReportOrder {
  readonly incidentId: IncidentId;
  readonly formId: string;
  readonly version: ReportVersion;
  /** What an open version lets through; `oppen` unless given. */
  readonly openLevel?: Level;
  readonly draft: boolean;
  /** Tells first what has changed since the last one sent by the same form in the same version. */
  readonly isSupplement?: boolean;
  /** The expedition that it corrects; the last one sent unless given. */
  readonly supplements?: string;
  /** A fixed word stands in the place of what names or reaches a person; on an open line always. */
  readonly mask?: boolean;
}

/**
 * Builds a report from what the unlocked rooms hold. It has no checkpoint yet: {@link sealReport} for what is to leave.
 * @throws SigillError `unlock` without the open room: every incident has a part there, and a report from the protected
 *   room alone would pass for whole without it
 */
export function makeReport(vault: Vault, rules: RulePack, order: ReportOrder): ReportDocument {
  return build(vault, rules, order, true);
}

/** What is read out on an open line tells no personal data (the form's own instruction), whatever is asked for. */
function isMasked({ audience }: Form, { mask }: ReportOrder): boolean {
  return audience === 'open-line' || mask === true;
}

/** @param mayMask false for what was found, whatever the order says */
function build(vault: Vault, rules: RulePack, order: ReportOrder, mayMask: boolean): ReportDocument {
  const open = vault.requireRoom('open');
  const incident = getIncident(vault, order.incidentId);
  const forIncident = rulesForIncident(vault, rules, incident);
  const form = requireForm(forIncident, order.formId);
  const provision = latenessOf(vault, rules, order, incident, forIncident);
  // Before all that the document passes: what is compared, hashed, cleared, kept and sent is the masked one.
  const mask = (document: ReportDocument): ReportDocument =>
    mayMask && isMasked(form, order)
      ? withoutPersonalData(document, { form, organisation: open.organisation })
      : document;
  const built = buildReport({
    form,
    incident,
    organisation: open.organisation,
    version: order.version,
    ...(order.openLevel === undefined ? {} : { openLevel: order.openLevel }),
    author: open.actor.name,
    createdAt: vault.now().toISOString(),
    draft: order.draft,
    codeLists: forIncident.codeLists,
    sensitiveRegimes: sensitiveRegimes(forIncident),
    diaryNumber: diaryNumberOf(vault, order.incidentId),
    lateBy: provision === null ? null : { provision, words: lateWords(forIncident) },
  });
  const report = mask(built);
  return order.isSupplement === true ? supplementOf(vault, forIncident, order, report, mask) : report;
}

/** What of a report names or reaches a person. */
export interface PersonalDataFound {
  readonly fields: readonly FieldWithPersonalData[];
  /** Masked in the report that was ordered. */
  readonly isMasked: boolean;
  /** For an open line: there is no choice. */
  readonly isAlwaysMasked: boolean;
}

/**
 * Which fields hold personal data of which kinds, masked or not, in what the order gives.
 * @throws SigillError as {@link makeReport}
 */
export function personalDataOf(vault: Vault, rules: RulePack, order: ReportOrder): PersonalDataFound {
  const { organisation } = vault.requireRoom('open');
  const forIncident = rulesForIncident(vault, rules, getIncident(vault, order.incidentId));
  const form = requireForm(forIncident, order.formId);
  const whole = build(vault, rules, order, false);
  return {
    fields: personalDataIn(whole, { form, organisation }),
    isMasked: isMasked(form, order),
    isAlwaysMasked: form.audience === 'open-line',
  };
}

/** The same in words, for the receipt of a report and for the terminal. */
export function personalDataRemarks(vault: Vault, rules: RulePack, order: ReportOrder): string[] {
  const { fields, isMasked: isDone } = personalDataOf(vault, rules, order);
  return fields.map(({ label, kinds }) => {
    const names = kinds.map((kind) => PERSONAL_DATA_NAME[kind]).join(', ');
    return isDone
      ? `I ”${label}” är ${names} maskerat.`
      : `I ”${label}” står ${names}. Det går att maskera i rapporten.`;
  });
}

/** The text is one with its reason; in a report the reason is the answer to it. */
function lateWords({ texts }: RulePack): string {
  return standardText(texts, 'sen-rapport', { skal: '' }).trim();
}

/** The provision that asks why the report comes late, where a step that the form is for is late now; else null. */
function latenessOf(
  vault: Vault,
  rules: RulePack,
  { incidentId, formId }: ReportOrder,
  { regimes }: Incident,
  forIncident: RulePack,
): string | null {
  // Most forms are for no step that asks, and then nothing needs to be counted.
  const isAsked = regimes.some((id) =>
    forIncident.regimes
      .get(id)
      ?.steps.some(({ asksReasonWhenLate, forms }) => asksReasonWhenLate && forms.includes(formId)),
  );
  if (!isAsked) return null;
  const late = incidentDeadlines(vault, rules, incidentId).deadlines.find(
    ({ state, lateReason, forms }) =>
      state === 'overdue' && lateReason !== null && forms.some(({ id }) => id === formId),
  );
  return late?.lateReason?.provision ?? null;
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

/**
 * The gate's table as it is in force today, with the ceiling of this vault.
 * @param formId the form of the report, where it is one: only those of the telling regimes are where klassat belongs
 */
export function gatePolicy(vault: Vault, rules: RulePack, formId: string | null = null): GatePolicy {
  const anyRoom = vault.unlockedRooms()[0];
  if (!anyRoom) throw new SigillError('unlock', 'Lås upp minst ett rum.');
  const inForce = rulesInForce(vault, rules);
  const isForOthers = formId !== null && !isTelling(inForce, formId);
  return { table: inForce.channelTable, ceiling: anyRoom.ceiling, isForOthers };
}

/** A form that belongs to the telling regimes alone: säkerhetsskydd and signalskydd. One that is not known does not. */
export function isTelling(rules: RulePack, formId: string): boolean {
  const telling = sensitiveRegimes(rules);
  const form = rules.forms.get(formId);
  return form !== undefined && form.regimes.every((regime) => telling.has(regime));
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
  requireForm(forIncident, order.formId);
  return isTelling(forIncident, order.formId) && incident.hasProtectedPart
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
    ...incident.answers,
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
  remarks.push(...undrawableRemarks(document), ...recipientRemarks(vault, rules, form));
  if (incident.protectedPartHidden) {
    remarks.push('En del av incidenten ligger i skyddade rummet, som är låst, och är inte med.');
  }
  return remarks;
}

/** Said before a report is made: the receiver must be told of a character that stands there by its number. */
function undrawableRemarks(document: ReportDocument): string[] {
  return document.sections.flatMap(({ fields }) =>
    fields.flatMap((field) => {
      const found = undrawableIn(fieldText(field));
      const hidden = numbersOf(found.filter((character) => isHidden(character)));
      const unknown = numbersOf(found.filter((character) => !isHidden(character)));
      return [
        ...(hidden === ''
          ? []
          : [`${field.label}: tecken som inte syns skrivs ut med sitt nummer, i PDF och i text: ${hidden}.`]),
        ...(unknown === ''
          ? []
          : [
              `${field.label}: tecken som inget av Sigills typsnitt har: ${unknown}. I PDF står numret i en ruta, i text tecknet självt.`,
            ]),
      ];
    }),
  );
}

const numbersOf = (characters: readonly string[]): string =>
  characters.map((character) => codePointWords(character)).join(' ');

/** Who else is told, and by whom, for this organisation: the supervisory authorities are two, by two acts. */
function recipientRemarks(vault: Vault, rules: RulePack, form: Form): string[] {
  const settings = readDutySettings(vault);
  const acts = new Set(
    form.regimes.flatMap((id) => {
      const regime = rules.regimes.get(id);
      return (regime && actOf(regime)) ?? [];
    }),
  );
  const table = rules.supervision.get('SSF');
  const also = acts.has('SSF') && table ? alsoReportsTo(table, settings.securityGroup) : [];
  return [
    ...also.map((id) => `Anmälan görs också till ${rules.recipients.get(id)?.name ?? id}.`),
    ...[...acts].flatMap((act) =>
      supervisorsOf(rules, act, settings).map(
        ({ authority, group }) =>
          `Tillsynsmyndighet: ${authority?.name ?? 'länsstyrelsen; ange län under Inställningar'} (${group}). ${TOLD_BY[act]}`,
      ),
    ),
  ];
}

const TOLD_BY = {
  CSL: 'Den får rapporten av CSIRT-enheten.',
  SSF: 'Den underrättas av Säkerhetspolisen; en signalskyddsincident anmäls till den.',
} as const;

/** @throws SigillError `usage`: a final report must have every mandatory answer; a draft need not */
export function requireComplete(document: ReportDocument): void {
  if (document.draft || document.missing.length === 0) return;
  throw new SigillError(
    'usage',
    'Rapporten kan inte bli slutlig: obligatoriska uppgifter saknas. Fyll i dem, eller gör ett utkast.',
    document.missing.map((field) => field.label),
    '--draft',
  );
}
