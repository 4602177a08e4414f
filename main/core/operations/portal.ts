import { SigillError } from '../../../shared/domain/error.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import { allChangedSinceSent, changedSinceSent } from '../changed-since.ts';
import { dispatch, dispatchOnScreen } from '../dispatch.ts';
import { requireForm } from '../require-form.ts';
import { getIncident } from '../../incidents/service.ts';
import { rulesForIncident } from '../../packs/for-incident.ts';
import { readCopySheet, recordHandedIn } from '../handed-in.ts';
import { byPortal } from '../portal.ts';
import { described } from './described.ts';
import { shown } from './dispatches.ts';
import { decisionOf, orderOf } from './order.ts';
import { requirePlace } from './place.ts';
import type { AreaHandlers } from './state.ts';

/** Copying mode for the portals: a part of the reports' area. */
export const portalHandlers: Pick<
  AreaHandlers<'reports'>,
  'byPortal' | 'portalSheet' | 'portalDone' | 'changedSinceSent'
> = {
  async changedSinceSent({ incident }, { core, signal }) {
    const vault = core.requireVault();
    const changed =
      incident === null
        ? await allChangedSinceSent(vault, core.rules, signal)
        : changedSinceSent(vault, core.rules, incident as IncidentId);
    return changed.map(({ expedition, receivers, fields }) => ({
      expedition: shown(expedition),
      receivers: [...receivers],
      fields: [...fields],
    }));
  },
  async byPortal({ channel, reserve, out, decision, ...request }, { core, signal, progress }) {
    const vault = core.requireVault();
    if (request.version === 'full') {
      throw new SigillError(
        'usage',
        'I en portal lämnas en begränsad eller öppen version, aldrig en fullständig.',
      );
    }
    const incident = getIncident(vault, request.incident as IncidentId);
    const rules = rulesForIncident(vault, core.rules, incident);
    const way = byPortal(
      { form: requireForm(rules, request.form), texts: rules.texts, channel, reserve },
      core.drawing(signal),
    );
    const order = { ...orderOf(request), decision: decisionOf(decision) };
    if (out === null) return described(await dispatchOnScreen(vault, core.rules, order, way));
    requirePlace(out);
    progress('Kopieringsbladet görs och läses tillbaka');
    return described(await dispatch(vault, core.rules, { ...order, out }, way, signal));
  },
  portalSheet({ dispatch: id }, { core }) {
    const { expedition, rows, places } = readCopySheet(core.requireVault(), core.rules, id);
    return {
      expedition: shown(expedition),
      channel: expedition.details.channel ?? 'cyberportalen',
      places: [...places],
      rows: [...rows],
    };
  },
  portalDone({ dispatch: id, at, reference, receipt, step }, { core }) {
    return shown(
      recordHandedIn(core.requireVault(), core.rules, { dispatch: id, at, reference, receipt, step }),
    );
  },
};
