import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { levelRank, type Marking } from '../../../shared/domain/marking.ts';
import { formatFingerprint } from '../../app/format.ts';
import { sv } from '../../text/sv.ts';

export type Expedition = AnswerOf<'reports.dispatches'>[number];
export type EventKind = Expedition['possible'][number];
export type NumberKind = Expedition['numbers'][number]['kind'];

const DAY_MS = 24 * 60 * 60 * 1000;

/** How many whole days an expedition has waited: since it was sent, or since it was made; null where it waits no more. */
export function daysOutstanding(expedition: Expedition, now: Date): number | null {
  if (!expedition.awaitsReceipt) return null;
  const since = expedition.events.at(-1)?.at ?? expedition.madeAt;
  return Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / DAY_MS));
}

/** How the row is to be handled: as the document was marked, or as high as what it holds has been raised to since. */
export function shownMarking({ level, details }: Pick<Expedition, 'level' | 'details'>): Marking {
  return levelRank(level) > levelRank(details.marking.level) ? { level, basis: [] } : details.marking;
}

/** The number that stands for a copy now: what was told last, else what was known when the papers were made. */
export function currentNumber(
  { details, numbers }: Pick<Expedition, 'details' | 'numbers'>,
  copy: number,
  kind: NumberKind,
): string | null {
  const told = numbers.findLast((one) => one.copy === copy && one.kind === kind);
  if (told) return told.number;
  const made = kind === 'security-bag' ? details.securityBag : details.consignment;
  return copy === 1 ? (made ?? null) : null;
}

/** What it is now, in words. A print that has only been made is not on its way anywhere. */
export function stateName({ state, way }: Pick<Expedition, 'state' | 'way'>): string {
  return state === 'made' && way === 'utskrift' ? sv.expedition.printedState : sv.expedition.states[state];
}

/**
 * To whom and by what, in one line: only what is known.
 * @param names of the recipients in the rules; one that is not among them is shown as it was written
 */
export function describeDetails(
  { way, details, numbers = [] }: Pick<Expedition, 'way' | 'details'> & Partial<Pick<Expedition, 'numbers'>>,
  names: ReadonlyMap<string, string> = new Map(),
): string {
  const text = sv.expedition;
  const { recipients = [], recipientNames, recipient, carriage, copies, medium, grade } = details;
  const first = (kind: NumberKind): string | null => currentNumber({ details, numbers }, 1, kind);
  const [securityBag, consignment] = [first('security-bag'), first('consignment')];
  const [only] = recipients;
  const keys = recipients.length === 1 && only !== undefined ? formatFingerprint(only) : null;
  const whom =
    recipientNames?.join(', ') ??
    keys ??
    (recipients.length > 1 ? text.keys(recipients.length) : recipient && (names.get(recipient) ?? recipient));
  return [
    carriage === undefined ? text.ways[way] : `${text.ways[way]}, ${text.carriages[carriage] ?? carriage}`,
    whom ? text.to(whom) : null,
    copies === undefined ? null : text.copies(copies),
    medium ? text.medium(medium) : null,
    grade ?? null,
    securityBag ? text.securityBag(securityBag) : null,
    consignment ? text.consignment(consignment) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
