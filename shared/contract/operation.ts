import type { z } from 'zod';

/**
 * What the renderer may ask of the core. One table for each area; each entry says what goes in, what comes out, which
 * rooms must be unlocked, and whether anything is changed. Both ends take their types from here, and each end checks
 * what it receives: the core the request, the window the answer.
 */
export interface Operation<Request extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly request: Request;
  readonly answer: Answer;
  /** `none`: works locked; `any`: at least one room; else that room, or both. */
  readonly room: 'none' | 'any' | 'open' | 'protected' | 'both';
  readonly changes: boolean;
}

/** Keeps the exact schema types of an entry, which a plain annotation would widen. */
export function operation<Request extends z.ZodType, Answer extends z.ZodType>(
  entry: Operation<Request, Answer>,
): Operation<Request, Answer> {
  return entry;
}

export type Area = Readonly<Record<string, Operation>>;
