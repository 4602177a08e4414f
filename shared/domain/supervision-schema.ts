import { z } from 'zod';

/**
 * The shape of a table of supervision: which authority supervises whom, by one act. There are two such acts, and they
 * divide the country in two different ways; they are two files and are never merged.
 */

/** `CSL`: 7–15 §§ cybersäkerhetsförordningen (2025:1507); `SSF`: 8 kap. 1 § säkerhetsskyddsförordningen (2021:955). */
export const SUPERVISION_ACTS = ['CSL', 'SSF'] as const;
export type SupervisionAct = (typeof SUPERVISION_ACTS)[number];

/** The counties (län). */
export const COUNTIES = [
  'blekinge',
  'dalarna',
  'gotland',
  'gavleborg',
  'halland',
  'jamtland',
  'jonkoping',
  'kalmar',
  'kronoberg',
  'norrbotten',
  'skane',
  'stockholm',
  'sodermanland',
  'uppsala',
  'varmland',
  'vasterbotten',
  'vasternorrland',
  'vastmanland',
  'vastra-gotaland',
  'orebro',
  'ostergotland',
] as const;
export type County = (typeof COUNTIES)[number];

const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const text = z.string().min(1);

/** What such a file has beside what every rule has. */
export const supervisionFields = {
  kind: z.literal('supervision'),
  act: z.enum(SUPERVISION_ACTS),
  authorities: z.array(z.strictObject({ id, name: text })).min(1),
  /** Sectors, or kinds of activity, as the act divides them. `by: county`: the länsstyrelse of the county. */
  groups: z
    .array(
      z.strictObject({
        id,
        name: text,
        /** The sector by code list NIS2-SEKTORER; left out where the group is none of them. */
        sector: id.optional(),
        by: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('authority'), authority: id }),
          z.strictObject({ kind: z.literal('county') }),
        ]),
        /** Recipients (ids of the pack) that are also told, beside those that everybody tells. */
        alsoReportTo: z.array(z.string()).min(1).optional(),
        provision: text,
        note: text.optional(),
      }),
    )
    .min(1),
  counties: z.array(z.strictObject({ county: z.enum(COUNTIES), authority: id })).min(1),
};
