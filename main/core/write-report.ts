import { resolve } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import { formatsOf, type ReportDocument, type ReportFormat } from '../../shared/domain/report.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import type { DocumentLook } from '../documents/look.ts';
import { clear, requireClearance } from '../export/gate.ts';
import { getIncident } from '../incidents/service.ts';
import { rulesForIncident } from '../packs/for-incident.ts';
import { documentDigest } from '../reports/digest.ts';
import { renderDoraJson } from '../reports/dora/json.ts';
import { renderJson } from '../reports/json.ts';
import { renderReportPdf } from '../reports/pdf.ts';
import { renderText } from '../reports/text.ts';
import type { Vault } from '../vault/session.ts';
import { lookOf } from './look.ts';
import { gatePolicy, makeReport, receiptRoom, sealReport, type ReportOrder } from './make-report.ts';
import { requireForm } from './require-form.ts';
import { requireFree, writeOneFile } from './write-one-file.ts';

async function render(
  document: ReportDocument,
  format: Exclude<ReportFormat, 'dora-json'>,
  look: DocumentLook,
): Promise<Uint8Array> {
  if (format === 'pdf') return renderReportPdf(document, {}, look);
  if (format === 'kryfax') return renderReportPdf(document, {}, { ...look, isBlack: true });
  return format === 'txt' ? Buffer.from(renderText(document), 'utf8') : renderJson(document);
}

function doraBytes(vault: Vault, rules: RulePack, order: ReportOrder, document: ReportDocument): Uint8Array {
  const forIncident = rulesForIncident(vault, rules, getIncident(vault, order.incidentId));
  return renderDoraJson(document, requireForm(forIncident, order.formId), forIncident.codeLists);
}

/**
 * Writes one report to a file on the workstation, for reading. A report that lacks mandatory answers is written as a
 * draft; in EBA's structure, which knows no draft, it is not written. Through the gate like everything that leaves the vault: the workstation itself is a channel, up to its ceiling.
 * @throws SigillError `usage` where the file exists already (nothing is overwritten), or where the form has no such format
 */
export async function writeReportFile(
  vault: Vault,
  rules: RulePack,
  order: ReportOrder,
  format: ReportFormat,
  out: string,
): Promise<{ document: ReportDocument; file: { path: string; size: number; sha256: string } }> {
  if (!formatsOf(order.formId).includes(format)) {
    throw new SigillError('usage', 'EBA:s struktur är till för DORA:s formulär. Välj ett annat format.');
  }
  const complete = makeReport(vault, rules, order);
  // Before a checkpoint is written: what cannot be made leaves no trace of having been.
  if (format === 'dora-json') doraBytes(vault, rules, order, complete);
  const document = sealReport(
    vault,
    complete.missing.length > 0 ? makeReport(vault, rules, { ...order, draft: true }) : complete,
  );
  const room = receiptRoom(vault, rules, order, document);
  const clearance = clear(document, 'arbetsstation', gatePolicy(vault, rules), null);
  requireClearance(clearance, document, ['arbetsstation']);
  const path = resolve(out);
  requireFree(path);
  const bytes =
    format === 'dora-json'
      ? doraBytes(vault, rules, order, document)
      : await render(document, format, lookOf(vault, rules));
  const file = writeOneFile(path, bytes, ({ sha256 }, publish) =>
    vault.transaction(room, () => {
      vault.audit(room, 'report.written', order.incidentId, {
        incident: order.incidentId,
        form: order.formId,
        version: document.version,
        document: documentDigest(document),
        format,
        sha256,
      });
      publish();
    }),
  );
  return { document, file };
}
