import type { AnswerOf } from '../../../shared/contract/contract.ts';

export interface FactContent {
  readonly text: string;
  readonly codes: readonly string[];
}

function contentOf(content: unknown): FactContent | null {
  const { text, codes } = (content ?? {}) as { text?: unknown; codes?: unknown };
  if (typeof text !== 'string' || !Array.isArray(codes)) return null;
  return codes.every((code) => typeof code === 'string') ? { text, codes } : null;
}

/**
 * What a fact said before its last change.
 * @returns null where the last thing that happened to it is not that it was written anew
 */
export function contentBefore(history: AnswerOf<'incidents.history'>): FactContent | null {
  const [before, last] = history.slice(-2);
  return last?.change === 'revised' && before ? contentOf(before.content) : null;
}
