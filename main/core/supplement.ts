import { SigillError } from '../../shared/domain/error.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { DispatchWay } from '../../shared/domain/dispatch.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { swedishTime } from '../../shared/domain/swedish-time.ts';
import { findLastSent, listSent, type Expedition, type LastSent } from '../dispatches/service.ts';
import { getIncident } from '../incidents/service.ts';
import { isSameReceiver, receiversOf, sentAt, type Receiver } from '../../shared/domain/receivers.ts';
import { numberOnPaper } from '../register/service.ts';
import { asSupplement, changedFieldOf } from '../reports/supplement.ts';
import { recipientNameOf } from './bound-keys.ts';
import { withSubjects } from './supplement-subjects.ts';
import type { Vault } from '../vault/session.ts';

/** A correction of what has been sent. That stays as it was: the correction is a document of its own, with its own clearance. */

/** Which incident is corrected, and which expedition of it; the last one unless given. */
interface Supplementing {
  readonly incidentId: IncidentId;
  readonly supplements?: string;
}

const NOTHING_SENT =
  'Inget har skickats med det här formuläret i den här versionen, så det finns inget att komplettera.';
const NOT_SENT =
  'Den expedieringen har inte skickats med det här formuläret i den här versionen, eller är återtagen. Välj en annan.';
const NOT_TOLD =
  'Handlingen är gjord men inte registrerad som avsänd, och bara det som har skickats rättas. Registrera att den har ' +
  'avsänts och gör sedan rättelsen. Har den inte gått: makulera den och gör en ny.';

/**
 * @param rules of the incident
 * @param mask does with what was sent as has been done with the report, so that like is held against like
 * @throws SigillError `usage` where nothing has been sent, or nobody has told that it has; `unlock` where what was sent lies in the locked room
 */
export function supplementOf(
  vault: Vault,
  rules: RulePack,
  { incidentId, supplements }: Supplementing,
  report: ReportDocument,
  mask: (document: ReportDocument) => ReportDocument,
): ReportDocument {
  const { form, version, openLevel } = report;
  const last = findLastSent(vault, incidentId, { form: form.id, version, openLevel }, supplements);
  if (!last) {
    throw new SigillError('usage', supplements === undefined ? NOTHING_SENT : NOT_SENT);
  }
  const { way, id, events, madeAt } = last.expedition;
  const at = sentAt(last.expedition);
  if (at === null) throw new SigillError('usage', NOT_TOLD, [], `sigill expedition tell ${id} --as sent`);
  if (!last.document) {
    throw new SigillError(
      'unlock',
      'Det som senast skickades ligger i skyddade rummet, som är låst. Lås upp det.',
    );
  }
  // What the receiver has it by: an id that a portal gave, or the number that stands on the paper.
  const given = way === 'portal' ? events.find(({ event }) => event === 'sent')?.note : null;
  const reference = given ?? numberOnPaper(vault, id);
  const { then, now } = withSubjects(vault, rules, { document: last.document, madeAt }, report);
  return asSupplement(
    mask(now),
    { document: mask(then), reference, at },
    getIncident(vault, incidentId).protectedPartHidden,
    rules.texts,
  );
}

const WAY_NAME: Readonly<Record<DispatchWay, string>> = {
  epost: 'e-post',
  signalskydd: 'signalskydd',
  kuvert: 'kuvert',
  utskrift: 'utskrift',
  portal: 'portal',
};

/** A correction goes the way that the document went which it corrects: the same hands have both. Where it does not, it is said. */
export function supplementRemarks(
  vault: Vault,
  rules: RulePack,
  order: Supplementing & { readonly isSupplement?: boolean },
  { form, version, openLevel, sections }: ReportDocument,
  way: DispatchWay,
): string[] {
  if (order.isSupplement !== true) return [];
  const last = findLastSent(
    vault,
    order.incidentId,
    { form: form.id, version, openLevel },
    order.supplements,
  );
  if (!last) return [];
  const remarks = otherReceivers(vault, rules, order.incidentId, { form: form.id, version, openLevel }, last);
  const isChanged = sections.some(({ fields }) => fields.some(({ id }) => changedFieldOf(id) !== null));
  if (!isChanged) {
    remarks.push(
      'Rättelsen säger att inget har ändrats. Makulera den om den inte ska sändas, och rätta uppgifterna i incidenten först.',
    );
  }
  if (last.expedition.way === way) return remarks;
  return [
    ...remarks,
    `Den handling som rättas gick med ${WAY_NAME[last.expedition.way]}, och rättelsen går med ${WAY_NAME[way]}. ` +
      'Säg till mottagaren, så att den som har den förra också får rättelsen.',
  ];
}

/** Which expedition a report corrects, for the one that it becomes itself. */
export function correctedBy(
  vault: Vault,
  order: Supplementing & { readonly isSupplement?: boolean },
  { form, version, openLevel }: ReportDocument,
): { readonly corrects?: string } {
  if (order.isSupplement !== true) return {};
  const sent = { form: form.id, version, openLevel };
  const last = findLastSent(vault, order.incidentId, sent, order.supplements);
  return last ? { corrects: last.expedition.id } : {};
}

/**
 * A correction is to reach those who have what it corrects. Said where it goes to somebody else, once the way has said to whom.
 * @param sent the correction itself
 */
export function otherReceiverRemarks(
  vault: Vault,
  rules: RulePack,
  order: Supplementing & { readonly isSupplement?: boolean },
  { form, version, openLevel }: ReportDocument,
  sent: Parameters<typeof receiversOf>[0],
): string[] {
  if (order.isSupplement !== true) return [];
  const same = { form: form.id, version, openLevel };
  const last = findLastSent(vault, order.incidentId, same, order.supplements);
  if (!last) return [];
  const nameOf = recipientNameOf(vault, rules);
  const corrected = receiversOf(last.expedition, nameOf);
  const gone = listSent(vault, order.incidentId, same).filter((one) => sentAt(one) !== null);
  const had = `Rättelsen gäller det som gick till ${namesIn(corrected)} ${sentWords(last.expedition)}`;
  return receiversOf(sent, nameOf).flatMap((receiver) => {
    // Of a way that does not say to whom nothing can be said.
    const isUnknown = receiver.name === null || corrected.some(({ name }) => name === null);
    if (isUnknown || corrected.some((one) => isSameReceiver(one, receiver))) return [];
    const own = gone.find((one) => receiversOf(one, nameOf).some((other) => isSameReceiver(other, receiver)));
    return [
      own
        ? `${had}, men sänds till ${receiver.name}, som fick en annan. Makulera den och gör en rättelse av den som gick dit ` +
          `${sentWords(own)}.`
        : `${had}. ${receiver.name} har inte fått den handlingen. Är det samma mottagare: skriv namnet som förra gången.`,
    ];
  });
}

/** Those who have the form by another expedition than the one that is corrected: a correction of that one does not tell them all. */
function otherReceivers(
  vault: Vault,
  rules: RulePack,
  incidentId: IncidentId,
  sent: Parameters<typeof listSent>[2],
  { expedition }: LastSent,
): string[] {
  const nameOf = recipientNameOf(vault, rules);
  const corrected = receiversOf(expedition, nameOf);
  const others = Map.groupBy(
    listSent(vault, incidentId, sent).flatMap((one) =>
      receiversOf(one, nameOf).flatMap((receiver) =>
        receiver.name === null || corrected.some((had) => isSameReceiver(had, receiver))
          ? []
          : [{ receiver: receiver.name, hasGone: sentAt(one) !== null }],
      ),
    ),
    ({ hasGone }) => hasGone,
  );
  const namesOf = (hasGone: boolean): string[] => [
    ...new Set((others.get(hasGone) ?? []).map(({ receiver }) => receiver)),
  ];
  const gone = namesOf(true);
  const made = namesOf(false).filter((receiver) => !gone.includes(receiver));
  if (gone.length + made.length === 0) return [];
  const also = [
    ...(gone.length === 0 ? [] : [`har också gått till ${gone.join('; ')}`]),
    ...(made.length === 0 ? [] : [`är gjord för ${made.join('; ')} men inte registrerad som avsänd`]),
  ];
  return [
    `Rättelsen gäller det som gick till ${namesIn(corrected)} ${sentWords(expedition)}. Samma handling ` +
      `${also.join(', och ')}. Den som har fått den ska ha en egen rättelse.`,
  ];
}

const namesIn = (receivers: readonly Receiver[]): string =>
  receivers.flatMap(({ name }) => name ?? []).join(', ') || 'en annan mottagare';

/** When it was sent, as people write it. */
function sentWords(expedition: Expedition): string {
  return swedishTime(new Date(sentAt(expedition) ?? expedition.madeAt));
}
