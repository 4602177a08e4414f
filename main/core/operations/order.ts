import type { IncidentId } from '../../../shared/domain/incident.ts';
import type { Level } from '../../../shared/domain/marking.ts';
import type { ReportOrder } from '../make-report.ts';

/** An order as it comes from the window. */
export interface RequestedOrder {
  readonly incident: string;
  readonly form: string;
  readonly version: 'full' | 'open';
  readonly openLevel: Level | null;
  readonly draft: boolean;
  readonly supplement?: boolean | undefined;
  readonly mask?: boolean | undefined;
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
    ...(supplement === true ? { isSupplement: true } : {}),
    ...(mask === true ? { mask: true } : {}),
    ...(openLevel === null ? {} : { openLevel }),
  };
}
