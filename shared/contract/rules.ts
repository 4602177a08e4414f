import { z } from 'zod';
import { packManifestSchema } from '../domain/rule-pack.ts';
import { codeListSchema, regimeSchema } from '../domain/rules.ts';
import { operation } from './operation.ts';
import { incidentId, instant, nothing, text } from './schemas.ts';

/** SHA-256 in hex: of a pack, and of a publisher's key. */
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const reason = text.max(2000);
const file = (most: number) => z.base64().max(Math.ceil((most * 4) / 3) + 4);
/** Larger than any pack that is taken, so that the core can say in words that it is too large. */
const signedPack = { pack: file(6 * 1024 * 1024), signature: file(64 * 1024) };
const second = { secondUser: text, secondPassphrase: text };

const ruleChange = z.strictObject({
  change: z.enum(['new', 'changed', 'gone']),
  kind: text,
  id: text,
  name: text,
  sentences: z.array(text),
});
const publisherKey = z.strictObject({
  fingerprint: digest,
  publisher: text,
  name: text,
  isRevoked: z.boolean(),
});
const plan = z.strictObject({
  manifest: packManifestSchema,
  digest,
  key: publisherKey.nullable(),
  changes: z.array(ruleChange),
});
const decision = { reason: text, at: instant };

/** The rules that are in force, the packs that they come from, and by which an incident is judged. */
export const rulesArea = {
  codeLists: operation({
    request: nothing,
    answer: z.array(codeListSchema),
    room: 'none',
    changes: false,
  }),
  regimes: operation({ request: nothing, answer: z.array(regimeSchema), room: 'none', changes: false }),
  installed: operation({
    request: nothing,
    answer: z.strictObject({
      packs: z.array(
        z.strictObject({
          manifest: packManifestSchema,
          digest,
          isInForce: z.boolean(),
          signedBy: digest.nullable(),
          taken: z.strictObject({ at: instant, by: text }).nullable(),
          /** Why its rules cannot be read by this Sigill; else null. */
          unreadable: text.nullable(),
        }),
      ),
      decisions: z.array(
        z.strictObject({ ...decision, by: text, kind: z.enum(['shipped', 'taken', 'rolled-back']) }),
      ),
      keys: z.array(
        publisherKey.extend({ decided: z.strictObject({ ...decision, by: z.array(text) }).nullable() }),
      ),
      /** What came with this Sigill and is newer than what is in force. */
      newer: plan.nullable(),
    }),
    room: 'open',
    changes: false,
  }),
  /** What a pack would change. Nothing is changed yet. */
  inspect: operation({ request: z.strictObject(signedPack), answer: plan, room: 'open', changes: false }),
  take: operation({
    request: z.strictObject({ ...signedPack, digest, reason }),
    answer: nothing,
    room: 'open',
    changes: true,
  }),
  takeShipped: operation({
    request: z.strictObject({ reason }),
    answer: nothing,
    room: 'open',
    changes: true,
  }),
  /** `target`: the digest of a pack that the vault has had, or `own-none`. */
  inspectRollback: operation({
    request: z.strictObject({ target: text.max(64) }),
    answer: z.array(ruleChange),
    room: 'open',
    changes: false,
  }),
  rollback: operation({
    request: z.strictObject({ target: text.max(64), reason }),
    answer: nothing,
    room: 'open',
    changes: true,
  }),
  /** Whose key a file holds, to be compared before two persons decide. */
  readKey: operation({
    request: z.strictObject({ file: file(64 * 1024) }),
    answer: publisherKey,
    room: 'open',
    changes: false,
  }),
  trustKey: operation({
    request: z.strictObject({ file: file(64 * 1024), reason, ...second }),
    answer: nothing,
    room: 'open',
    changes: true,
  }),
  revokeKey: operation({
    request: z.strictObject({ fingerprint: digest, reason, ...second }),
    answer: nothing,
    room: 'open',
    changes: true,
  }),
  ofIncident: operation({
    request: z.strictObject({ incident: incidentId }),
    answer: z.strictObject({
      judgedBy: z.array(text),
      /** Why the rules kept for it cannot be read; else null. */
      unreadable: text.nullable(),
      day: z.iso.date(),
      newer: z.strictObject({ packs: z.array(text), sentences: z.array(text) }).nullable(),
      decisions: z.array(z.strictObject({ ...decision, by: text })),
    }),
    room: 'open',
    changes: false,
  }),
  /** The incident is judged by the rules in force from now on, by decision. */
  takeForIncident: operation({
    request: z.strictObject({ incident: incidentId, reason }),
    answer: nothing,
    room: 'open',
    changes: true,
  }),
} as const;
