import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { COPY_STATE_NAME } from '../../../shared/domain/register.ts';
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

/** Struck in the diary: it is back, or is no more. */
export function isStruck({ state }: Pick<Copy, 'state'>): boolean {
  return state === 'ater' || state === 'forstord';
}
