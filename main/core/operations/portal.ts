import { requireDocument, recordEvent } from '../../dispatches/service.ts';
import { recordStep } from '../../deadlines/service.ts';
import { copyRowsOf } from '../../export/portal/copy-sheet.ts';
import type { RulePack } from '../../../shared/domain/rules.ts';
import { SigillError } from '../../../shared/domain/error.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import { changedSinceSent } from '../changed-since.ts';
import { dispatch, dispatchOnScreen } from '../dispatch.ts';
import { requireForm } from '../make-report.ts';
import { getIncident } from '../../incidents/service.ts';
import { rulesForIncident } from '../../packs/for-incident.ts';
import { byPortal } from '../portal.ts';
import { described } from './described.ts';
import { shown } from './dispatches.ts';
import { decisionOf, orderOf } from './order.ts';
import type { AreaHandlers } from './state.ts';

function placesOf(rules: RulePack, formId: string): { name: string; line: string; note: string | null }[] {
  const recipients = rules.forms.get(formId)?.recipients ?? [];
  return recipients.flatMap((id) => {
    const recipient = rules.recipients.get(id);
    return (recipient?.addresses ?? [])
      .filter(({ type }) => type === 'portal')
      .map(({ lines, note }) => ({
        name: recipient?.name ?? id,
        line: lines.join(', '),
        note: note ?? null,
      }));
  });
}

/** Copying mode for the portals: a part of the reports' area. */
export const portalHandlers: Pick<
  AreaHandlers<'reports'>,
  'byPortal' | 'portalSheet' | 'portalDone' | 'changedSinceSent'
> = {
  changedSinceSent: ({ incident }, { core }) =>
    changedSinceSent(core.requireVault(), core.rules, incident as IncidentId | null).map(
      ({ expedition, fields }) => ({ expedition: shown(expedition), fields: [...fields] }),
    ),
  async byPortal({ channel, reserve, out, decision, ...request }, { core, signal, progress }) {
    const vault = core.requireVault();
    if (request.version === 'full') {
      throw new SigillError(
        'usage',
        'I en portal lämnas en begränsad eller öppen version, aldrig en fullständig.',
      );
    }
    const way = byPortal(
      { form: requireForm(core.rules, request.form), channel, reserve },
      core.workers.bound(signal),
    );
    const order = { ...orderOf(request), decision: decisionOf(decision) };
    if (out === null) return described(await dispatchOnScreen(vault, core.rules, order, way));
    progress('Kopieringsbladet görs och läses tillbaka');
    return described(await dispatch(vault, core.rules, { ...order, out }, way, signal));
  },
  portalSheet({ dispatch: id }, { core }) {
    const { expedition, document } = requireDocument(core.requireVault(), id);
    if (expedition.way !== 'portal' || expedition.state === 'withdrawn')
      throw new SigillError(
        'usage',
        'Det finns inget kopieringsblad för den här expedieringen. Gör ett nytt.',
      );
    const vault = core.requireVault();
    const rules = rulesForIncident(vault, core.rules, getIncident(vault, expedition.incidentId));
    return {
      expedition: shown(expedition),
      channel: expedition.details.channel ?? 'cyberportalen',
      places: placesOf(rules, expedition.form),
      rows: copyRowsOf(document, rules.forms.get(expedition.form)),
    };
  },
  portalDone({ dispatch: id, at, reference, receipt, step }, { core }) {
    const vault = core.requireVault();
    const { expedition } = requireDocument(vault, id);
    if (expedition.way !== 'portal')
      throw new SigillError('usage', 'Expedieringen är inte gjord för en portal.');
    let done = recordEvent(vault, id, 'sent', at, `Incident-ID ${reference}`);
    if (receipt?.trim()) done = recordEvent(vault, id, 'receipted', at, `Kvittens ${receipt.trim()}`);
    if (step !== null) {
      recordStep(vault, core.rules, {
        incident: expedition.incidentId,
        ...step,
        event: 'done',
        at,
        note: `Incident-ID ${reference}`,
      });
    }
    return shown(done);
  },
};
