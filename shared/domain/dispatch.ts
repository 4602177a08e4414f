import { saysSomething } from './names.ts';

/** The ways out, as an expedition is stored. */
export const DISPATCH_WAYS = ['epost', 'signalskydd', 'kuvert', 'utskrift', 'portal'] as const;
export type DispatchWay = (typeof DISPATCH_WAYS)[number];

/** What can be told of an expedition after it was made. */
export const DISPATCH_EVENTS = ['handed-over', 'sent', 'received', 'receipted', 'withdrawn'] as const;
export type DispatchEventKind = (typeof DISPATCH_EVENTS)[number];

export const DISPATCH_STATES = ['made', ...DISPATCH_EVENTS] as const;
export type DispatchState = (typeof DISPATCH_STATES)[number];

/** Numbers that are known only when something has been packed or handed in, one for each copy. */
export const DISPATCH_NUMBER_KINDS = ['security-bag', 'consignment'] as const;
export type DispatchNumberKind = (typeof DISPATCH_NUMBER_KINDS)[number];

const LONGEST_NUMBER = 60;

/**
 * Why a number cannot be told, in Swedish, with what to do; null where it can. It stands in lists and on paper, and a reason
 * is asked for where another one stood there.
 * @param before what stands there now; null where nothing does
 */
export function whyNotNumber(
  course: Pick<DispatchCourse, 'way' | 'draft' | 'events'> & { readonly copies: number },
  copy: number,
  number: string | null,
  before: string | null,
  reason: string | null,
): string | null {
  if (course.way !== 'kuvert') return 'Säkerhetspåse och kollinummer hör till det som går i kuvert.';
  if (course.draft) return 'Ett utkast sänds inte. Gör en slutlig handling.';
  if (stateOf(course) === 'withdrawn') return 'Expedieringen är makulerad. Numret behövs inte.';
  if (!Number.isInteger(copy) || copy < 1 || copy > course.copies) {
    return `Välj ett exemplar från 1 till ${course.copies}.`;
  }
  if (number !== null && (number.length > LONGEST_NUMBER || !/^[\p{L}\p{N}/:.\-–_ ]+$/u.test(number))) {
    return `Numret ska ha högst ${LONGEST_NUMBER} tecken: bokstäver, siffror, mellanslag och / : . - _.`;
  }
  if (number === before) return 'Numret är redan det som står. Skriv ett annat.';
  if (before !== null && !reason?.trim()) return 'Skriv varför numret ändras. Det förra står kvar i listan.';
  return null;
}

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
  return !course.draft && course.way !== 'utskrift' && state !== 'receipted' && state !== 'withdrawn';
}

/** Handed over from hand to hand, or typed into a portal that answers at once: sent and received in the same moment. */
function isHandedOver({ way, carriage }: DispatchCourse): boolean {
  return carriage === 'personlig-leverans' || way === 'utskrift' || way === 'portal';
}

/**
 * By signalskydd a document passes through other hands: given to the operator, sent, received at the other end, receipted. A
 * step that nobody told may be passed over, for the later one proves it; none is told twice or afterwards. What has been
 * received cannot be withdrawn.
 */
const SIGNALSKYDD_EVENTS: Readonly<Record<DispatchState, readonly DispatchEventKind[]>> = {
  made: ['handed-over', 'sent', 'withdrawn'],
  'handed-over': ['sent', 'withdrawn'],
  sent: ['received', 'receipted', 'withdrawn'],
  received: ['receipted'],
  receipted: [],
  withdrawn: [],
};

/**
 * Which events can be told now. A draft is never sent, and can only be withdrawn. A receipt comes after the sending, but
 * for what is handed over by hand. A receipt ends it, and so does a withdrawal: what was received cannot be unsent.
 */
export function possibleEvents(course: DispatchCourse): readonly DispatchEventKind[] {
  const state = stateOf(course);
  if (state === 'receipted' || state === 'withdrawn') return [];
  if (course.draft) return ['withdrawn'];
  if (course.way === 'signalskydd') return SIGNALSKYDD_EVENTS[state];
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
  if (event === 'withdrawn' && !saysSomething(note)) return 'Skriv varför expedieringen makuleras.';
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
  if (event === 'handed-over' || event === 'received') {
    return course.way === 'signalskydd'
      ? 'Steget är redan registrerat eller passerat. Registrera nästa.'
      : 'Det registreras bara på det som går med signalskydd.';
  }
  if (event === 'withdrawn') return 'Mottagaren har fått handlingen. Den kan inte makuleras.';
  if (event === 'sent') return 'Expedieringen är redan registrerad som avsänd.';
  return 'Registrera först när handlingen avsändes. Kvittensen kommer därefter.';
}
