import { SigillError } from '../../shared/domain/error.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import type { Channel, Form, RulePack } from '../../shared/domain/rules.ts';
import { writeCheckpoint } from '../audit/repository.ts';
import { askGate, clear, explainClearance, type ChannelDecision, type Clearance } from '../export/gate.ts';
import { stageExportFolder, type ExportFile, type WrittenFile } from '../export/files.ts';
import { documentDigest } from '../reports/digest.ts';
import type { Vault } from '../vault/session.ts';
import {
  gatePolicy,
  makeReport,
  receiptRoom,
  reportRemarks,
  requireComplete,
  requireForm,
  sealReport,
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
 * Sends a report one way: report → gate → complete → files → read back → receipt in the audit. Nothing is written
 * before the gate has answered, what cannot be written whole is not there at all, and no files stand without a receipt.
 * A refusal is audited too.
 */
export async function dispatch(
  vault: Vault,
  rules: RulePack,
  order: DispatchOrder,
  way: WayOut,
): Promise<Dispatched> {
  const document = sealReport(vault, makeReport(vault, rules, order));
  const room = receiptRoom(vault, rules, order, document);
  const decision: ChannelDecision | null = order.decision
    ? {
        reason: order.decision.reason,
        decidedBy: order.decision.decidedBy?.trim() || room.actor.name,
        at: vault.now().toISOString(),
      }
    : null;
  const channels = way.channels(document, decision !== null);
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
    requireDeciderNamed(clearances, order);
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
  const remarks = [
    ...reportRemarks(rules, vault, order, document),
    ...wayRemarks(requireForm(rules, order.formId), channels),
  ];
  const files = await way.make(document, clearances, remarks);
  const staged = stageExportFolder(order.out, files);
  try {
    vault.transaction(room, () => {
      vault.audit(room, 'export.made', order.incidentId, {
        ...subject,
        draft: document.draft,
        answers: clearances.map(explainClearance),
        decision,
        files: staged.files,
        ...way.receipt(),
      });
      writeCheckpoint(room.store.database, vault.auditContext(room), 'expediering');
      staged.publish();
    });
  } catch (error) {
    staged.discard();
    throw error;
  }
  return { document, clearances, files: staged.files, remarks };
}

/**
 * The säkerhetsskyddschef's decision cannot be delegated (2 kap. 7 § säkerhetsskyddslagen): that it is hers is said, not
 * taken for granted because somebody was logged in.
 */
function requireDeciderNamed(clearances: readonly Clearance[], { decision }: DispatchOrder): void {
  const needed = clearances.find(({ answer }) => answer.decider === 'sakerhetsskyddschefen');
  if (!needed || decision?.decidedBy?.trim()) return;
  throw new SigillError(
    'policy',
    `Beslutet om ${needed.channel} är säkerhetsskyddschefens och kan inte delegeras. Ange vem som har fattat det ` +
      '(--decided-by) och försök igen.',
  );
}

/** What the person should know of the way she has chosen. */
function wayRemarks(form: Form, channels: readonly Channel[]): string[] {
  const remarks: string[] = [];
  if (!channels.some((channel) => form.channels.includes(channel))) {
    remarks.push(`Rutinen bakom formuläret nämner inte den här vägen (${form.channels.join(', ')}).`);
  }
  return remarks;
}
