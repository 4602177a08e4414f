import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { CHANNELS } from '../../../shared/domain/rules.ts';
import { askGate, clear, requireClearance } from '../../export/gate.ts';
import { rulesInForce } from '../../packs/for-incident.ts';
import { dispatch, dispatchToPrinter, type Dispatched, type DispatchOrder } from '../dispatch.ts';
import { gatePolicy, makeReport, reportRemarks } from '../make-report.ts';
import { byEmail, byEnvelope, byPrint, bySignalskydd } from '../ways-out.ts';
import { dispatchHandlers } from './dispatches.ts';
import { orderOf, type RequestedOrder } from './order.ts';
import type { AreaHandlers } from './state.ts';

function dispatchOrderOf(request: RequestedOrder & Pick<DispatchOrder, 'out' | 'decision'>): DispatchOrder {
  return { ...orderOf(request), out: request.out, decision: request.decision };
}

function described({ id, document, clearances, files, remarks }: Dispatched): AnswerOf<'reports.byEmail'> {
  return {
    dispatch: id,
    marking: document.marking,
    answers: clearances.map(({ answer }) => answer),
    files,
    remarks,
  };
}

export const reportsHandlers: AreaHandlers<'reports'> = {
  ...dispatchHandlers,
  forms(_request, { core }) {
    // Asked for where a report is about to be made: the first pages then need not wait for a thread to start.
    core.workers.warm();
    return [...rulesInForce(core.vault, core.rules).forms.values()];
  },
  build(request, { core }) {
    const vault = core.requireVault();
    const document = makeReport(vault, core.rules, orderOf(request));
    return { document, remarks: reportRemarks(core.rules, vault, orderOf(request), document) };
  },
  async preview(request, { core, signal }) {
    const vault = core.requireVault();
    const document = makeReport(vault, core.rules, orderOf(request));
    // What is shown on the screen has passed the gate like all else: the workstation is a channel up to its ceiling.
    requireClearance(clear(document, 'arbetsstation', gatePolicy(vault, core.rules), null), document, [
      'arbetsstation',
    ]);
    const pdf = await core.workers.run('reportPdf', { document }, signal);
    return { pdf: Buffer.from(pdf).toString('base64') };
  },
  gate(request, { core }) {
    const vault = core.requireVault();
    const document = makeReport(vault, core.rules, { ...orderOf(request), draft: true });
    const policy = gatePolicy(vault, core.rules);
    return CHANNELS.map((channel) => askGate(document, channel, policy));
  },
  async byEmail(request, { core, progress, signal }) {
    const vault = core.requireVault();
    progress('E-posten görs, krypteras och läses tillbaka');
    const way = byEmail(vault, request.to, core.workers.bound(signal));
    return described(await dispatch(vault, core.rules, dispatchOrderOf(request), way, signal));
  },
  async bySignalskydd({ medium, grade, recipientName, ...request }, { core, progress, signal }) {
    const vault = core.requireVault();
    progress('Mappen för signalskydd görs och läses tillbaka');
    const way = bySignalskydd({ medium, grade, recipientName }, core.workers.bound(signal));
    return described(await dispatch(vault, core.rules, dispatchOrderOf(request), way, signal));
  },
  async byEnvelope(request, { core, progress, signal }) {
    const vault = core.requireVault();
    progress('Utskriften görs och läses tillbaka');
    const order = {
      carriage: request.carriage,
      layout: request.layout,
      copies: request.copies,
      recipientId: request.recipient,
      attention: request.attention,
      securityBag: request.securityBag,
      consignment: request.consignment,
    };
    const way = byEnvelope(vault, core.rules, request.form, order, core.workers.bound(signal));
    return described(await dispatch(vault, core.rules, dispatchOrderOf(request), way, signal));
  },
  async print(request, { core, progress, signal }) {
    const vault = core.requireVault();
    progress('Sidorna görs');
    const order = { ...orderOf(request), decision: request.decision };
    const way = byPrint(core.workers.bound(signal));
    const { id, content, remarks } = await dispatchToPrinter(vault, core.rules, order, way, signal);
    return { dispatch: id, pdf: Buffer.from(content).toString('base64'), remarks };
  },
};
