import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { LEVEL_NAME } from '../../../shared/domain/marking.ts';
import { COPY_STATE_NAME } from '../../../shared/domain/register.ts';
import { formatDateTime } from '../../app/format.ts';
import { sv } from '../../text/sv.ts';

export type Entry = AnswerOf<'register.entries'>[number];
export type Copy = Entry['copies'][number];
export type Inventory = AnswerOf<'register.inventories'>[number];
export type Medium = AnswerOf<'register.media'>[number];

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days from an instant until now. */
export function daysSince(since: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / DAY_MS));
}

/** "Utlämnat: Bo Ek" */
export function describeState({ state, holder }: Pick<Copy, 'state' | 'holder'>): string {
  return sv.register.copyState(COPY_STATE_NAME[state], holder);
}

/** What a document was marked when its papers were made, and now; null where they say its class. */
export function describeRaised({ raised, level }: Pick<Entry, 'raised' | 'level'>): string | null {
  if (raised === null) return null;
  const day = formatDateTime(raised.at).slice(0, 10);
  return sv.register.raised(LEVEL_NAME[raised.from], LEVEL_NAME[level], day);
}

/** Struck in the diary: it is back, or is no more. */
export function isStruck({ state }: Pick<Copy, 'state'>): boolean {
  return state === 'ater' || state === 'forstord';
}
