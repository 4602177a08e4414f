import { RETURNED_ID } from '../../shared/domain/form-answer.ts';
import { SigillError } from '../../shared/domain/error.ts';
import { OPEN_MARKING } from '../../shared/domain/marking.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { recordStep } from '../deadlines/service.ts';
import { recordEvent, requireDocument, type Expedition } from '../dispatches/service.ts';
import { copyRowsOf, type CopyRow } from '../export/portal/copy-sheet.ts';
import { getIncident } from '../incidents/service.ts';
import { writeTogether } from '../incidents/together.ts';
import { writeItem } from '../incidents/marking.ts';
import { rulesForIncident, tellingRegimes } from '../packs/for-incident.ts';
import type { Vault } from '../vault/session.ts';

/** What is to be copied into a portal, from the document as it was kept, and where the portal is. */
export interface CopySheet {
  readonly expedition: Expedition;
  readonly rows: readonly CopyRow[];
  readonly places: readonly { readonly name: string; readonly line: string; readonly note: string | null }[];
}

/** @throws SigillError `usage` where the expedition was made for no portal, or has been withdrawn */
export function readCopySheet(vault: Vault, shipped: RulePack, dispatch: string): CopySheet {
  const { expedition, document } = requireDocument(vault, dispatch);
  if (expedition.way !== 'portal' || expedition.state === 'withdrawn')
    throw new SigillError('usage', 'Det finns inget kopieringsblad för den här expedieringen. Gör ett nytt.');
  const rules = rulesForIncident(vault, shipped, getIncident(vault, expedition.incidentId));
  const form = rules.forms.get(expedition.form);
  return { expedition, rows: copyRowsOf(document, form), places: placesOf(rules, form?.recipients ?? []) };
}

function placesOf(rules: RulePack, recipients: readonly string[]): CopySheet['places'] {
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

/** What a portal gave back. */
export interface HandedIn {
  readonly dispatch: string;
  /** ISO 8601. */
  readonly at: string;
  /** What the receiver calls the report. */
  readonly reference: string;
  readonly receipt: string | null;
  /** The step of a regime that is done by it. */
  readonly step: { readonly regime: string; readonly step: string } | null;
}

/**
 * Records that a report has been handed in by a portal: what it gave back, that the step is done, and the id as a value of
 * its own, which the field of the next report is answered by. All of it, or nothing.
 *
 * While the protected room is locked nobody can know whether the value has been raised into it: then the id stands beside
 * the expedition alone.
 * @throws SigillError `usage` where the expedition was made for no portal, or the times are out of order
 */
export function recordHandedIn(vault: Vault, rules: RulePack, given: HandedIn): Expedition {
  const { expedition } = requireDocument(vault, given.dispatch);
  if (expedition.way !== 'portal')
    throw new SigillError('usage', 'Expedieringen är inte gjord för en portal.');
  const { at, step } = given;
  const { incidentId, form } = expedition;
  const [id, receipt] = [given.reference.trim(), given.receipt?.trim()];
  const reference = { incidentId, kind: 'answer', key: `${form}/${RETURNED_ID}` } as const;
  const sensitive = tellingRegimes(vault, rules);
  const isKept = !getIncident(vault, incidentId).protectedPartHidden;
  const about = isKept ? [{ reference, marking: OPEN_MARKING }] : [];
  return writeTogether(vault, about, sensitive, () => {
    let done = recordEvent(vault, given.dispatch, 'sent', at, `Incident-ID ${id}`);
    if (receipt) done = recordEvent(vault, given.dispatch, 'receipted', at, `Kvittens ${receipt}`);
    if (step !== null)
      recordStep(vault, rules, {
        incident: incidentId,
        ...step,
        event: 'done',
        at,
        note: `Incident-ID ${id}`,
      });
    if (isKept) writeItem(vault, reference, { text: id, codes: [] }, OPEN_MARKING, null, sensitive);
    return done;
  });
}
