import { z } from 'zod';
import { LEVELS, type Level } from './marking.ts';

/**
 * How a stamp looks: data, since PMFS 2022:1, which says it, could not be read, and since a customer has a routine of its
 * own. What it must hold is not free: `findStampFaults` (main/rules/check-stamp.ts) refuses one that lacks a part.
 */

/** What a line of a stamp is filled in with. */
export const STAMP_BLANKS = [
  'klass',
  'bestammelse',
  'organisation',
  'datum',
  'beteckning',
  'exemplar',
  'provas-av',
] as const;
export type StampBlank = (typeof STAMP_BLANKS)[number];

const text = z.string().min(1).max(200);
const markedLevel = z.enum(LEVELS.filter((level): level is Exclude<Level, 'oppen'> => level !== 'oppen'));
export type MarkedLevel = z.infer<typeof markedLevel>;

const stampLine = z.strictObject({
  /** With blanks in braces. Left out where it has blanks and none of them is filled in. */
  text,
  /** Size of the letters in points. */
  size: z.number().min(8).max(24),
  bold: z.boolean().optional(),
  /** Only for these; every marked level where it is not said. */
  levels: z.array(markedLevel).min(1).optional(),
});
export type StampLine = z.infer<typeof stampLine>;

export const stampShape = {
  kind: z.literal('stamp'),
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  frames: z.record(markedLevel, z.enum(['single', 'double'])),
  /** The stamp on the first page. */
  first: z.array(stampLine).min(1).max(12),
  /** The smaller one at the top of every page after it. */
  following: z.array(stampLine).min(1).max(5),
  /** Kvalificerat hemlig: who decides on disclosure, by the first provision that fits (1 § OSF 2009:641). */
  decides: z.array(z.strictObject({ basis: text, who: text })),
};

/** What of the rule is drawn. */
export type StampLayout = Readonly<z.infer<z.ZodObject<Omit<typeof stampShape, 'kind'>>>>;

/** The names in braces, in order. */
export function stampBlanksOf(line: string): string[] {
  return [...line.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}
