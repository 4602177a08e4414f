import { resolve } from 'node:path';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import { CHANNELS } from '../../../shared/domain/rules.ts';
import { readAttachments } from '../../export/email/attachments.ts';
import { askGate, clear, requireClearance } from '../../export/gate.ts';
import { chooseCarriage } from '../carriage.ts';
import { describeDestinations } from '../bound-keys.ts';
import { chooseAddress } from '../choose-address.ts';
import { dispatch, dispatchToPrinter, type DispatchOrder } from '../dispatch.ts';
import { takesTwo } from '../dispatch-decision.ts';
import { wantedMarking } from '../../incidents/marking.ts';
import { getIncident } from '../../incidents/service.ts';
import { rulesForIncident, rulesInForce } from '../../packs/for-incident.ts';
import { gatePolicy, makeReport, personalDataOf, receiptRoom, reportRemarks } from '../make-report.ts';
import { writeReportFile } from '../write-report.ts';
import { portalHandlers } from './portal.ts';
import { byEmail, byEnvelope, byPrint, bySignalskydd } from '../ways-out.ts';
import { described } from './described.ts';
import { dispatchHandlers } from './dispatches.ts';
import { decisionOf, orderOf, type RequestedOrder } from './order.ts';
import { requirePlace } from './place.ts';
import type { AreaHandlers } from './state.ts';

function dispatchOrderOf(
  request: RequestedOrder & { readonly out: string; readonly decision: Parameters<typeof decisionOf>[0] },
): DispatchOrder {
  requirePlace(request.out);
  return { ...orderOf(request), out: request.out, decision: decisionOf(request.decision) };
}

export const reportsHandlers: AreaHandlers<'reports'> = {
  ...dispatchHandlers,
  ...portalHandlers,
  forms({ incident }, { core }) {
    // Asked for where a report is about to be made: the first pages then need not wait for a thread to start.
    core.workers.warm();
    if (incident === null) return [...rulesInForce(core.vault, core.rules).forms.values()];
    const vault = core.requireVault();
    return [
      ...rulesForIncident(vault, core.rules, getIncident(vault, incident as IncidentId)).forms.values(),
    ];
  },
  build(request, { core }) {
    const vault = core.requireVault();
    const order = orderOf(request);
    const document = makeReport(vault, core.rules, order);
    const { fields, ...masking } = personalDataOf(vault, core.rules, order);
    return {
      document,
      remarks: reportRemarks(core.rules, vault, order, document),
      personalData: { ...masking, fields: fields.map(({ label, kinds }) => ({ label, kinds: [...kinds] })) },
    };
  },
  async preview(request, { core, signal }) {
    const vault = core.requireVault();
    const document = makeReport(vault, core.rules, orderOf(request));
    // What is shown on the screen has passed the gate like all else: the workstation is a channel up to its ceiling.
    requireClearance(clear(document, 'arbetsstation', gatePolicy(vault, core.rules), null), document, [
      'arbetsstation',
    ]);
    const pdf = await core.drawing(signal)('reportPdf', { document });
    return { pdf: Buffer.from(pdf).toString('base64') };
  },
  gate(request, { core }) {
    const vault = core.requireVault();
    const document = makeReport(vault, core.rules, { ...orderOf(request), draft: true });
    const policy = gatePolicy(vault, core.rules, request.form);
    const room = receiptRoom(vault, core.rules, orderOf(request), document);
    return CHANNELS.map((channel) => {
      const answer = askGate(document, channel, policy);
      return { ...answer, takesTwo: takesTwo(room, answer) };
    });
  },
  async writeFile({ format, out, ...request }, { core, progress }) {
    progress('Rapporten görs');
    const vault = core.requireVault();
    requirePlace(out);
    const { document, file } = await writeReportFile(vault, core.rules, orderOf(request), format, out);
    return { marking: document.marking, draft: document.draft, ...file };
  },
  async byEmail(request, { core, progress, signal }) {
    const vault = core.requireVault();
    if (request.attachments.length > 0) progress('Bilagorna läses');
    const attachments = await readAttachments(
      request.attachments.map(({ path, level, basis }) => ({
        path: resolve(path),
        marking: wantedMarking(vault, level, basis),
      })),
    );
    progress('E-posten görs, krypteras och läses tillbaka');
    const along = { attachments, out: request.out };
    const way = byEmail(vault, core.rules, request.to, core.drawing(signal), along);
    return described(await dispatch(vault, core.rules, dispatchOrderOf(request), way, signal));
  },
  async bySignalskydd(
    { medium, grade, recipientName, profile, format, fileName, ...request },
    { core, progress, signal },
  ) {
    const vault = core.requireVault();
    progress('Mappen för signalskydd görs och läses tillbaka');
    const way = bySignalskydd(
      vault,
      core.rules,
      {
        medium,
        grade,
        recipientName,
        profile: profile ?? null,
        format: format ?? null,
        fileName: fileName ?? null,
      },
      core.drawing(signal),
    );
    return described(await dispatch(vault, core.rules, dispatchOrderOf(request), way, signal));
  },
  async byEnvelope(request, { core, progress, signal }) {
    const vault = core.requireVault();
    progress('Utskriften görs och läses tillbaka');
    const order = {
      carriage: request.carriage,
      layout: request.layout,
      printer: request.printer ?? null,
      copies: request.copies,
      recipientId: request.recipient,
      attention: request.attention,
      securityBag: request.securityBag,
      consignment: request.consignment,
      addressReason: request.addressReason?.trim() || null,
    };
    const way = byEnvelope(vault, core.rules, request.form, order, core.drawing(signal));
    return described(await dispatch(vault, core.rules, dispatchOrderOf(request), way, signal));
  },
  labelAddress({ carriage, decided, ...request }, { core }) {
    const vault = core.requireVault();
    const today = vault.now().toISOString().slice(0, 'YYYY-MM-DD'.length);
    const policy = gatePolicy(vault, core.rules, request.form);
    const chosen =
      carriage ??
      chooseCarriage(makeReport(vault, core.rules, { ...orderOf(request), draft: true }), policy, decided);
    const { recipient, id, lines, ...rest } = chooseAddress(
      vault,
      core.rules,
      request.form,
      null,
      chosen,
      today,
    );
    return { ...rest, recipient: { id: recipient.id, name: recipient.name }, address: id, lines: [...lines] };
  },
  mailDestinations: ({ form, to }, { core }) =>
    describeDestinations(core.requireVault(), core.rules, form, to),
  async print(request, { core, progress, signal }) {
    const vault = core.requireVault();
    progress('Sidorna görs');
    const order = { ...orderOf(request), decision: decisionOf(request.decision) };
    const way = byPrint(core.drawing(signal));
    const { id, content, remarks } = await dispatchToPrinter(vault, core.rules, order, way, signal);
    return { dispatch: id, pdf: Buffer.from(content).toString('base64'), remarks };
  },
};
