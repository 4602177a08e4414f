/** The ways out, as an expedition is stored. */
export const DISPATCH_WAYS = ['epost', 'signalskydd', 'kuvert', 'utskrift', 'portal'] as const;
export type DispatchWay = (typeof DISPATCH_WAYS)[number];

/** What can be told of an expedition after it was made. */
export const DISPATCH_EVENTS = ['sent', 'receipted', 'withdrawn'] as const;
export type DispatchEventKind = (typeof DISPATCH_EVENTS)[number];

export const DISPATCH_STATES = ['made', ...DISPATCH_EVENTS] as const;
export type DispatchState = (typeof DISPATCH_STATES)[number];

/** What the order of events rests on. */
export interface DispatchCourse {
  readonly way: DispatchWay;
  readonly draft: boolean;
  readonly carriage: string | null;
  readonly madeAt: string;
  readonly events: readonly { readonly event: DispatchEventKind; readonly at: string }[];
}

/** @returns how far it has come: what was last told of it */
export function stateOf({ events }: Pick<DispatchCourse, 'events'>): DispatchState {
  return events.at(-1)?.event ?? 'made';
}

/** True for what has been made to be sent and of which nothing is known yet that ends it. A print is in one's own hand. */
export function awaitsReceipt(course: DispatchCourse): boolean {
  const state = stateOf(course);
  return !course.draft && course.way !== 'utskrift' && (state === 'made' || state === 'sent');
}

/** Handed over from hand to hand, or typed into a portal that answers at once: sent and received in the same moment. */
function isHandedOver({ way, carriage }: DispatchCourse): boolean {
  return carriage === 'personlig-leverans' || way === 'utskrift' || way === 'portal';
}

/**
 * Which events can be told now. A draft is never sent, and can only be withdrawn. A receipt comes after the sending, but
 * for what is handed over by hand. A receipt ends it, and so does a withdrawal: what was received cannot be unsent.
 */
export function possibleEvents(course: DispatchCourse): readonly DispatchEventKind[] {
  const state = stateOf(course);
  if (state === 'receipted' || state === 'withdrawn') return [];
  if (course.draft) return ['withdrawn'];
  if (state === 'sent') return ['receipted', 'withdrawn'];
  return isHandedOver(course) ? ['sent', 'receipted', 'withdrawn'] : ['sent', 'withdrawn'];
}

const toMinute = (instant: string): number => Math.floor(Date.parse(instant) / 60_000);

/**
 * Why an event cannot be told, in Swedish, with what to do; null where it can. Times are compared by the minute, which
 * is how they are written.
 * @param now ISO 8601 instant
 */
export function whyNot(
  course: DispatchCourse,
  event: DispatchEventKind,
  at: string,
  note: string | null,
  now: string,
): string | null {
  if (!possibleEvents(course).includes(event)) return outOfOrder(course, event);
  if (event === 'withdrawn' && !note?.trim()) return 'Skriv varför expedieringen makuleras.';
  if (toMinute(at) > toMinute(now)) return 'Tidpunkten ligger i framtiden. Skriv när det skedde.';
  const last = course.events.at(-1);
  if (last && toMinute(at) < toMinute(last.at)) {
    return 'Tidpunkten ligger före den förra händelsen. Skriv när det skedde.';
  }
  if (toMinute(at) < toMinute(course.madeAt)) {
    return 'Tidpunkten ligger före den då handlingen gjordes. Skriv när det skedde.';
  }
  return null;
}

function outOfOrder(course: DispatchCourse, event: DispatchEventKind): string {
  const state = stateOf(course);
  if (state === 'withdrawn') return 'Expedieringen är makulerad. Gör en ny om handlingen ska sändas.';
  if (state === 'receipted')
    return 'Kvittensen är redan mottagen. Inget mer kan registreras på expedieringen.';
  if (course.draft)
    return 'Ett utkast kan inte sändas eller kvitteras. Gör en slutlig handling och expediera den.';
  if (event === 'sent') return 'Expedieringen är redan registrerad som avsänd.';
  return 'Registrera först när handlingen avsändes. Kvittensen kommer därefter.';
}
