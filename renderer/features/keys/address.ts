import type { AnswerOf } from '../../../shared/contract/contract.ts';

/** One who is written to, with the addresses that the rules have. */
export type Recipient = AnswerOf<'keys.recipients'>[number];
export type Address = Recipient['addresses'][number];
