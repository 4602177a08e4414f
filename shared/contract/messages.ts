import { z } from 'zod';
import type { ErrorKind } from '../domain/error.ts';

/** What travels between window and core, over whatever the shell has: a port, a pipe. Plain JSON. */
const callMessage = z.strictObject({
  kind: z.literal('call'),
  id: z.number().int().positive(),
  operation: z.string(),
  request: z.unknown(),
});
const cancelMessage = z.strictObject({ kind: z.literal('cancel'), id: z.number().int().positive() });
export const toCore = z.discriminatedUnion('kind', [callMessage, cancelMessage]);
export type ToCore = z.infer<typeof toCore>;

const errorKinds = ['usage', 'policy', 'unlock', 'damaged', 'locked', 'cancelled', 'fault'] as const;

/** `cancelled`: the person stopped it; `fault`: something nobody foresaw, whose text is not passed on. */
export type CallErrorKind = ErrorKind | 'cancelled' | 'fault';

const answerMessage = z.strictObject({
  kind: z.literal('answer'),
  id: z.number().int(),
  answer: z.unknown(),
});
const errorMessage = z.strictObject({
  kind: z.literal('error'),
  id: z.number().int(),
  error: z.strictObject({ kind: z.enum(errorKinds), message: z.string(), faults: z.array(z.string()) }),
});
/** How far a long piece of work has come; `done` of `total` where that is known. */
const progressMessage = z.strictObject({
  kind: z.literal('progress'),
  id: z.number().int(),
  text: z.string(),
  done: z.number().nullable(),
  total: z.number().nullable(),
});
/** Told without being asked: the rooms were locked, and everything shown must go. */
const lockedMessage = z.strictObject({ kind: z.literal('locked'), reason: z.string() });

export const fromCore = z.discriminatedUnion('kind', [
  answerMessage,
  errorMessage,
  progressMessage,
  lockedMessage,
]);
export type FromCore = z.infer<typeof fromCore>;
