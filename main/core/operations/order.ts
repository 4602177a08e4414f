import type { IncidentId } from '../../../shared/domain/incident.ts';
import type { Level } from '../../../shared/domain/marking.ts';
import type { SecondPerson } from '../../vault/second-person.ts';
import type { DecisionOrder } from '../dispatch-decision.ts';
import type { ReportOrder } from '../make-report.ts';

/** An order as it comes from the window. */
export interface RequestedOrder {
  readonly incident: string;
  readonly form: string;
  readonly version: 'full' | 'open';
  readonly openLevel: Level | null;
  readonly draft: boolean;
  readonly supplement?: boolean | string | undefined;
  readonly mask?: boolean | undefined;
}

/** The second person of a decision, with her passphrase as bytes that can be wiped. */
export function secondOf(
  second: { readonly userName: string; readonly passphrase: string } | null,
): SecondPerson | null {
  return second && { userName: second.userName, passphrase: Buffer.from(second.passphrase, 'utf8') };
}

/** A decision as it comes from the window. */
export function decisionOf(
  requested: {
    readonly reason: string;
    readonly decidedBy: string | null;
    readonly second?: { readonly userName: string; readonly passphrase: string } | null | undefined;
  } | null,
): DecisionOrder {
  if (requested === null) return null;
  const { reason, decidedBy, second = null } = requested;
  return {
    reason,
    decidedBy,
    second: secondOf(second),
  };
}

export function orderOf({
  incident,
  form,
  version,
  openLevel,
  draft,
  supplement,
  mask,
}: RequestedOrder): ReportOrder {
  return {
    incidentId: incident as IncidentId,
    formId: form,
    version,
    draft,
    ...(supplement === undefined || supplement === false ? {} : { isSupplement: true }),
    ...(typeof supplement === 'string' ? { supplements: supplement } : {}),
    ...(mask === true ? { mask: true } : {}),
    ...(openLevel === null ? {} : { openLevel }),
  };
}
