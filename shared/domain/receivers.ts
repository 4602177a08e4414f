import type { DispatchEventKind, DispatchWay } from './dispatch.ts';
import { isSameName } from './names.ts';
import type { Addressed } from './to-whom.ts';

/** Who has had what was sent: each receiver by itself, for one who got no correction still has the old version. */

interface Told {
  readonly events: readonly { readonly event: DispatchEventKind; readonly at: string }[];
}

/** What tells the receivers of an expedition. */
interface SentTo {
  readonly way: DispatchWay;
  readonly details: Addressed & {
    readonly channel?: string | null | undefined;
    /** The expedition that it corrects, by its id. */
    readonly corrects?: string | undefined;
  };
}

/** One receiver, by all that it is called. */
export interface Receiver {
  /** null: the expedition does not say. */
  readonly name: string | null;
  readonly aliases: readonly string[];
}

/** The name of a recipient in the rules, by its id or by a key that has been chosen for it; null for another. */
export type RecipientName = (idOrKey: string) => string | null;

/** To the own operator is not yet sent. */
const GONE: ReadonlySet<DispatchEventKind> = new Set(['sent', 'received', 'receipted']);

/** When it was sent, ISO 8601, as far as is told; null where nothing is. A later step that is told proves it. */
export function sentAt({ events }: Told): string | null {
  return events.find(({ event }) => GONE.has(event))?.at ?? null;
}

/** Those that an expedition went to: the id of a recipient or what a person wrote, or the keys that a mail was encrypted to. */
export function receiversOf({ way, details }: SentTo, nameOf: RecipientName): Receiver[] {
  const { recipient, recipients = [], recipientNames = [], channel } = details;
  if (recipient) {
    const name = nameOf(recipient) ?? recipient;
    return [{ name, aliases: [recipient, name] }];
  }
  const count = Math.max(recipients.length, recipientNames.length);
  if (count === 0) return [{ name: null, aliases: [`${way} ${channel ?? ''}`] }];
  return Array.from({ length: count }, (_none, index) => {
    const key = recipients[index];
    const written = recipientNames[index];
    const bound = key === undefined ? null : nameOf(key);
    const aliases = [key, written, bound].filter((alias) => typeof alias === 'string');
    return { name: written ?? bound ?? key ?? null, aliases };
  });
}

export function isSameReceiver(one: Receiver, other: Receiver): boolean {
  return (
    (one.name === null) === (other.name === null) &&
    one.aliases.some((alias) => other.aliases.some((of) => isSameName(alias, of)))
  );
}

/** What one or several receivers have, and have had nothing newer instead of. */
export interface Held<E> {
  readonly expedition: E;
  /** Of those it went to, the ones who have nothing newer. */
  readonly receivers: readonly Receiver[];
}

/**
 * The last that each receiver has had of one document. What has only been made counts for those to whom nothing is told to
 * have gone. A correction by a way that does not say to whom is taken to go to those who had what it corrects.
 * @param expeditions of one form in one version, the newest first
 */
export function lastOfEach<E extends SentTo & Told & { readonly id: string }>(
  expeditions: readonly E[],
  nameOf: RecipientName,
): Held<E>[] {
  const byGone = Map.groupBy(expeditions, (one) => sentAt(one) !== null);
  const served: Receiver[] = [];
  const corrected = new Map<string, Receiver[]>();
  return [...(byGone.get(true) ?? []), ...(byGone.get(false) ?? [])].flatMap((expedition) => {
    const all = receiversOf(expedition, nameOf);
    const by = corrected.get(expedition.id) ?? [];
    const isServed = (receiver: Receiver): boolean =>
      by.some(({ name }) => name === null || receiver.name === null) ||
      served.some((other) => isSameReceiver(receiver, other));
    const receivers = all.filter((receiver) => !isServed(receiver));
    served.push(...all);
    const { corrects } = expedition.details;
    if (corrects !== undefined && sentAt(expedition) !== null)
      corrected.set(corrects, [...(corrected.get(corrects) ?? []), ...all]);
    return receivers.length === 0 ? [] : [{ expedition, receivers }];
  });
}
