import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import { CHANNELS } from '../../../shared/domain/rules.ts';
import type { Level } from '../../../shared/domain/marking.ts';
import { askGate, clear, requireClearance } from '../../export/gate.ts';
import { renderReportPdf } from '../../reports/pdf.ts';
import { dispatch, type Dispatched, type DispatchOrder } from '../dispatch.ts';
import { gatePolicy, makeReport, reportRemarks, type ReportOrder } from '../make-report.ts';
import { byEmail, byEnvelope, bySignalskydd } from '../ways-out.ts';
import type { AreaHandlers } from './state.ts';

interface RequestedOrder {
  readonly incident: string;
  readonly form: string;
  readonly version: 'full' | 'open';
  readonly openLevel: Level | null;
  readonly draft: boolean;
}

function orderOf({ incident, form, version, openLevel, draft }: RequestedOrder): ReportOrder {
  return {
    incidentId: incident as IncidentId,
    formId: form,
    version,
    draft,
    ...(openLevel === null ? {} : { openLevel }),
  };
}

function dispatchOrderOf(request: RequestedOrder & Pick<DispatchOrder, 'out' | 'decision'>): DispatchOrder {
  return { ...orderOf(request), out: request.out, decision: request.decision };
}

function described({ document, clearances, files, remarks }: Dispatched): AnswerOf<'reports.byEmail'> {
  return { marking: document.marking, answers: clearances.map(({ answer }) => answer), files, remarks };
}

export const reportsHandlers: AreaHandlers<'reports'> = {
  forms: (_request, { core }) => [...core.rules.forms.values()],
  build(request, { core }) {
    const vault = core.requireVault();
    const document = makeReport(vault, core.rules, orderOf(request));
    return { document, remarks: reportRemarks(core.rules, vault, orderOf(request), document) };
  },
  async preview(request, { core }) {
    const vault = core.requireVault();
    const document = makeReport(vault, core.rules, orderOf(request));
    // What is shown on the screen has passed the gate like all else: the workstation is a channel up to its ceiling.
    requireClearance(clear(document, 'arbetsstation', gatePolicy(vault, core.rules), null), document, [
      'arbetsstation',
    ]);
    return { pdf: Buffer.from(await renderReportPdf(document)).toString('base64') };
  },
  gate(request, { core }) {
    const vault = core.requireVault();
    const document = makeReport(vault, core.rules, { ...orderOf(request), draft: true });
    const policy = gatePolicy(vault, core.rules);
    return CHANNELS.map((channel) => askGate(document, channel, policy));
  },
  async byEmail(request, { core, progress }) {
    const vault = core.requireVault();
    progress('E-posten görs, krypteras och läses tillbaka');
    return described(await dispatch(vault, core.rules, dispatchOrderOf(request), byEmail(vault, request.to)));
  },
  async bySignalskydd({ medium, grade, recipientName, ...request }, { core, progress }) {
    const vault = core.requireVault();
    progress('Mappen för signalskydd görs och läses tillbaka');
    const way = bySignalskydd({ medium, grade, recipientName });
    return described(await dispatch(vault, core.rules, dispatchOrderOf(request), way));
  },
  async byEnvelope(request, { core, progress }) {
    const vault = core.requireVault();
    progress('Utskriften görs och läses tillbaka');
    const way = byEnvelope(vault, core.rules, request.form, {
      carriage: request.carriage,
      layout: request.layout,
      copies: request.copies,
      recipientId: request.recipient,
      attention: request.attention,
      securityBag: request.securityBag,
      consignment: request.consignment,
    });
    return described(await dispatch(vault, core.rules, dispatchOrderOf(request), way));
  },
};
