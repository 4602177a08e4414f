import { SigillError } from '../../shared/domain/error.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import type { Channel, RulePack } from '../../shared/domain/rules.ts';
import { writeCheckpoint } from '../audit/repository.ts';
import { askGate, clear, explainAnswer, type ChannelDecision, type Clearance } from '../export/gate.ts';
import { writeExportFolder, type ExportFile, type WrittenFile } from '../export/files.ts';
import { documentDigest } from '../reports/digest.ts';
import type { Vault } from '../vault/session.ts';
import {
  gatePolicy,
  makeReport,
  reportRemarks,
  requireComplete,
  requireForm,
  roomOfDocument,
  type ReportOrder,
} from './make-report.ts';

/** What every way out needs to know. */
export interface DispatchOrder extends ReportOrder {
  /** The folder the files are made in; it must be new or empty. */
  readonly out: string;
  readonly decision: { readonly reason: string; readonly decidedBy: string | null } | null;
}

export interface Dispatched {
  readonly document: ReportDocument;
  readonly clearances: readonly Clearance[];
  readonly files: readonly WrittenFile[];
  readonly remarks: readonly string[];
}

/** What one way out adds: which clearances it needs, and how it makes its files. */
export interface WayOut {
  readonly name: 'epost' | 'signalskydd' | 'kuvert';
  /** The channels to be cleared, in order; all must be. */
  readonly channels: (document: ReportDocument, decided: boolean) => readonly Channel[];
  readonly make: (
    document: ReportDocument,
    clearances: readonly Clearance[],
    remarks: string[],
  ) => Promise<ExportFile[]>;
  /** For the receipt in the audit: recipients, medium, consignment. No facts. */
  readonly receipt: () => object;
}

/**
 * Sends a report one way: report → complete → gate → files → read back → receipt in the audit. Nothing is written
 * before the gate has answered, and what cannot be written whole is not there at all. A refusal is audited too.
 */
export async function dispatch(
  vault: Vault,
  rules: RulePack,
  order: DispatchOrder,
  way: WayOut,
): Promise<Dispatched> {
  const document = makeReport(vault, rules, order);
  const room = roomOfDocument(vault, document);
  const remarks = reportRemarks(rules, vault, order, document);
  const form = requireForm(rules, order.formId);
  const channels = way.channels(document, order.decision !== null);
  if (!channels.some((channel) => form.channels.includes(channel))) {
    remarks.push(`Rutinen bakom formuläret nämner inte den här vägen (${form.channels.join(', ')}).`);
  }
  const decision: ChannelDecision | null = order.decision
    ? {
        reason: order.decision.reason,
        decidedBy: order.decision.decidedBy ?? room.actor.name,
        at: vault.now().toISOString(),
      }
    : null;
  const subject = {
    incident: order.incidentId,
    form: order.formId,
    version: document.version,
    way: way.name,
    document: documentDigest(document),
    marking: document.marking,
  };
  const policy = gatePolicy(vault, rules);
  let clearances: Clearance[];
  try {
    clearances = channels.map((channel) => clear(document, channel, policy, decision));
  } catch (error) {
    if (error instanceof SigillError && error.kind === 'policy') {
      const answers = channels.map((channel) => askGate(document, channel, policy));
      vault.transaction(room, () =>
        vault.audit(room, 'gate.refused', order.incidentId, { ...subject, answers }),
      );
    }
    throw error;
  }
  // After the gate: that something may not go this way at all is worth knowing before one fills in what is missing.
  requireComplete(document);
  const files = await way.make(document, clearances, remarks);
  const written = writeExportFolder(order.out, files);
  vault.transaction(room, () => {
    vault.audit(room, 'export.made', order.incidentId, {
      ...subject,
      draft: document.draft,
      answers: clearances.map((clearance) => explainAnswer(clearance.answer)),
      decision,
      files: written,
      ...way.receipt(),
    });
    writeCheckpoint(room.store.database, vault.auditContext(room), 'expediering');
  });
  return { document, clearances, files: written, remarks };
}
