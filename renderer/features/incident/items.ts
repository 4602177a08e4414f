import type { AnswerOf, RequestOf } from '../../../shared/contract/contract.ts';
import { FACT_IDS, type FactId } from '../../../shared/domain/incident.ts';

export type Incident = AnswerOf<'incidents.get'>;
export type ItemReference = RequestOf<'incidents.raise'>['item'];
export type Fact = Incident['facts'][number];

export function factItem(incident: string, id: FactId): ItemReference {
  return { incident, kind: 'fact', key: id };
}

/** The facts in the order of the forms, and those that nobody has answered yet. */
export function sortFacts(incident: Incident): { answered: Fact[]; missing: FactId[] } {
  const byId = new Map(incident.facts.map((fact) => [fact.id, fact]));
  const answered = FACT_IDS.flatMap((id) => byId.get(id) ?? []);
  return { answered, missing: FACT_IDS.filter((id) => !byId.has(id)) };
}

export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Words and the spaces between them, so that what is shown can be put together again exactly. */
const tokens = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];

/** Longer texts than this are shown whole, before and after: a table of all pairs of words would take the memory. */
const MOST_TOKENS = 2_000;

/** What was taken away and what was added between two revisions, by words (longest common subsequence). */
export function difference(before: string, after: string): DiffPart[] {
  const [old, now] = [tokens(before), tokens(after)];
  if (before === after) return [{ kind: 'same', text: after }];
  if (old.length > MOST_TOKENS || now.length > MOST_TOKENS) {
    return join([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]);
  }
  const length = commonLengths(old, now);
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [oldWord, newWord] = [old[i], now[j]];
    if (oldWord !== undefined && oldWord === newWord) {
      parts.push({ kind: 'same', text: oldWord });
      i += 1;
      j += 1;
    } else if (
      oldWord !== undefined &&
      (newWord === undefined || (length[i + 1]?.[j] ?? 0) >= (length[i]?.[j + 1] ?? 0))
    ) {
      parts.push({ kind: 'removed', text: oldWord });
      i += 1;
    } else {
      parts.push({ kind: 'added', text: newWord ?? '' });
      j += 1;
    }
  }
  return join(parts);
}

function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const length = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const [row, below] = [length[i] ?? [], length[i + 1] ?? []];
    for (let j = now.length - 1; j >= 0; j -= 1) {
      row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return length;
}

function join(parts: readonly DiffPart[]): DiffPart[] {
  const joined: DiffPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last?.kind === part.kind)
      joined[joined.length - 1] = { kind: part.kind, text: last.text + part.text };
    else joined.push(part);
  }
  return joined.filter(({ text }) => text !== '');
}

/** The text of a revision, whatever kind of value it is of. */
export function textOfContent(content: unknown): string {
  if (typeof content !== 'object' || content === null) return '';
  const { text, codes, at, value, unit, currency, decidedName, reason } = content as Readonly<
    Record<string, unknown>
  >;
  const lines = [
    typeof text === 'string' ? text : '',
    Array.isArray(codes) && codes.length > 0 ? `[${codes.join('; ')}]` : '',
    typeof text !== 'string' && decidedName === undefined && typeof at === 'string' ? at : '',
    // An answer of an assessment, and the decision.
    [value, unit, currency].filter((part) => typeof part === 'string' || typeof part === 'number').join(' '),
    [decidedName, reason].filter((part) => typeof part === 'string').join('\n'),
  ];
  return lines.filter((line) => line !== '').join('\n');
}
