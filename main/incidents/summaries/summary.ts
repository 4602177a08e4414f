import type { IncidentId, IncidentState } from '../../../shared/domain/incident.ts';
import { joinMarkings, type Marking } from '../../../shared/domain/marking.ts';
import type { HeadRow, ValueRow } from './repository.ts';

/** What the open rooms know of an incident without its values. */
export interface Head {
  readonly id: IncidentId;
  readonly exercise: boolean;
  readonly state: IncidentState;
  readonly createdAt: string;
  /** True where something lies in the protected room, and that room is locked. */
  readonly hasHiddenPart: boolean;
}

/** What a row shows of the values, and what it is found by. */
export interface Detail {
  /** null where the title lies in a room that is locked. */
  readonly title: string | null;
  readonly marking: Marking;
  readonly updatedAt: string;
  /** Lower case in Swedish: id, title, facts and log. Never leaves the core. */
  readonly haystack: string;
}

/** The same as the view of one incident: the open room's word first on what both know. */
export function headOf(open: HeadRow | undefined, secret: HeadRow | undefined): Head | null {
  const row = open ?? secret;
  if (!row) return null;
  return {
    id: row.id,
    exercise: row.exercise === 1,
    state: row.state,
    createdAt: row.createdAt,
    hasHiddenPart: open?.pointer === 1 && !secret,
  };
}

/**
 * Puts the values of one incident together.
 * @param values those of the protected room first: should a crash have left a value in both, that one counts
 */
export function detailOf(head: Head, values: readonly ValueRow[]): Detail {
  const seen = new Set<string>();
  const texts: string[] = [head.id];
  const markings = new Map<string, Marking>();
  let title: string | null = null;
  let updatedAt = head.createdAt;
  for (const { kind, key, content, level, basis, changedAt } of values) {
    const name = `${kind}:${key}`;
    if (seen.has(name)) continue;
    seen.add(name);
    if (changedAt > updatedAt) updatedAt = changedAt;
    const marking = level + basis;
    if (!markings.has(marking)) markings.set(marking, { level, basis: JSON.parse(basis) as string[] });
    if (kind === 'time' || kind === 'assessment-answer' || kind === 'assessment') continue;
    const { text } = JSON.parse(content) as { text: string };
    texts.push(text);
    if (kind === 'title') title = text;
  }
  return {
    title,
    marking: joinMarkings(markings.values()),
    updatedAt,
    haystack: lowerCase(texts.join('\n')),
  };
}

/** As Swedish is written in small letters, so that a search finds it in any case. */
export function lowerCase(text: string): string {
  return text.toLocaleLowerCase('sv');
}
