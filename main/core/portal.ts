import { SigillError } from '../../shared/domain/error.ts';
import type { Channel, Form, RulePack } from '../../shared/domain/rules.ts';
import { copyRowsOf, renderCopySheet, reserveCover, type CopyRow } from '../export/portal/copy-sheet.ts';
import { requireClearance } from '../export/gate.ts';
import { renderJson } from '../reports/json.ts';
import { runHere, type RunTask } from '../workers/tasks.ts';
import type { WayOut } from './dispatch.ts';

/** The columns of the channel table that are portals. */
export type PortalChannel = Extract<Channel, 'cyberportalen' | 'portal'>;

export interface PortalOrder {
  readonly form: Form;
  /** Of the rules that the incident is judged by. */
  readonly texts: RulePack['texts'];
  readonly channel: PortalChannel;
  readonly reserve: { readonly reason: string; readonly limit: string } | null;
}

/**
 * Into a portal by hand: what the channel may carry, to be copied on this screen or carried as a sheet. Only what lets
 * through at most sekretess is taken at all, so that what is klassat is not even asked about; the gate says the rest.
 * @throws SigillError `usage` where the form is not for that portal
 */
export function byPortal({ form, texts, channel, reserve }: PortalOrder, run: RunTask = runHere): WayOut {
  if (!form.channels.includes(channel))
    throw new SigillError('usage', 'Formuläret lämnas inte i den portalen. Välj en annan väg ut.');
  return {
    name: 'portal',
    channels: () => [channel],
    async make(document, clearances, remarks) {
      const [clearance] = clearances;
      if (!clearance) throw new TypeError('No clearance for the portal.');
      requireClearance(clearance, document, [channel]);
      const rows = copyRowsOf(document, form);
      remarks.push(...withheldRemarks(rows));
      const sheet = renderCopySheet(document, rows, reserve === null ? null : reserveCover(texts, reserve));
      return [
        { name: 'kopieringsblad.txt', bytes: new TextEncoder().encode(sheet) },
        { name: 'rapport.pdf', bytes: await run('reportPdf', { document }) },
        { name: 'rapport.json', bytes: renderJson(document) },
      ];
    },
    receipt: () => ({ channel, ...(reserve === null ? {} : { reserve: true }) }),
  };
}

/** Said when the sheet is made: the portal will ask for what is not on it. */
function withheldRemarks(rows: readonly CopyRow[]): string[] {
  const labels = rows.filter(({ required, isWithheld }) => required && isWithheld).map(({ label }) => label);
  return labels.length === 0
    ? []
    : [
        `Obligatoriska uppgifter är utelämnade, för portalen får inte rymma dem: ${labels.join('; ')}. Lämna dem en annan väg.`,
      ];
}
