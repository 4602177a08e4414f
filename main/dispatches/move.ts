import { joinMarkings, type Marking } from '../../shared/domain/marking.ts';
import type { ReportDocument } from '../../shared/domain/report.ts';
import { sortIntoRoom } from '../../shared/domain/room.ts';
import type { ItemReference } from '../incidents/repository.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import {
  findDecision,
  findDispatch,
  insertDecision,
  insertDispatch,
  listDispatches,
  readDocument,
} from './repository.ts';

/**
 * May a document hold a value? Where the value is named by its place, only if that place is told in it. The rows of a
 * chronology are numbered anew in each report, so any told row may be the one; and so may a regime that is telling, which
 * leaves the open room together with the first value that is raised.
 */
export function mayHold(
  document: ReportDocument,
  { kind, key }: Pick<ItemReference, 'kind' | 'key'>,
  sensitiveRegimes: ReadonlySet<string>,
): boolean {
  const origin = kind === 'title' ? 'title' : `${kind}:${key}`;
  const parts = document.sections.flatMap((section) => section.fields.flatMap((field) => field.parts));
  return parts.some((part) => {
    if (part.withheld) return false;
    if (kind === 'log' ? part.origin.startsWith('log:') : part.origin === origin) return true;
    return (
      part.origin === 'incident:regimes' &&
      [...sensitiveRegimes].some((regime) => part.text.split(', ').includes(regime))
    );
  });
}

/**
 * The first half of moving what was sent: every document in the open room that may hold a raised value is stored in the
 * protected room, in a row with the same id. Can be done again: what is there already stays as it is.
 * @param marking what the value was raised to
 * @returns ids of the rows in the open room whose documents are now to be removed there
 */
export function copyToProtectedRoom(
  vault: Vault,
  open: UnlockedRoom<'open'>,
  secret: UnlockedRoom<'protected'>,
  item: ItemReference,
  marking: Marking,
  sensitiveRegimes: ReadonlySet<string>,
): string[] {
  const holding = listDispatches(open.store, item.incidentId).flatMap((row) => {
    const content = row.hasDocument ? readDocument(open.store, row.id) : null;
    if (content === null) return [];
    const document = JSON.parse(content) as ReportDocument;
    return mayHold(document, item, sensitiveRegimes) ? [{ row, content, document }] : [];
  });
  const missing = holding.filter(({ row }) => findDispatch(secret.store, row.id) === null);
  if (missing.length > 0) {
    vault.transaction(secret, () => {
      for (const { row, content, document } of missing) {
        const sorted = sortIntoRoom(content, joinMarkings([document.marking, marking]));
        if (sorted.room !== 'protected') throw new TypeError('The document belongs to the open room.');
        insertDispatch(secret.store, row, sorted.marked);
        const decision = findDecision(open.store, row.id);
        if (decision) insertDecision(secret.store, decision);
      }
      vault.audit(secret, 'dispatch.raised', item.incidentId, {
        incident: item.incidentId,
        dispatches: missing.map(({ row }) => row.id),
      });
    });
  }
  return holding.map(({ row }) => row.id);
}
