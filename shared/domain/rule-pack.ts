import { z } from 'zod';
import { ruleFileSchema } from './rules.ts';

/** Where a pack says what it is: the one file of it that is no rule. */
export const MANIFEST_FILE = 'paket.json';
/** The pack that all others build on, and that the program brings with it. */
export const BASE_PACK = 'sigill';

const packId = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
const text = z.string().min(1).max(500);
const sequence = z.number().int().min(1).max(1_000_000);
const ruleKind = z.enum(ruleFileSchema.options.map((option) => option.shape.kind.value));
export type RuleKind = z.infer<typeof ruleKind>;

/** `paket.json`: which pack this is, who answers for it, and what it stands on. */
export const packManifestSchema = z.strictObject({
  kind: z.literal('pack'),
  id: packId,
  name: text,
  /** Rises by every issue; a pack is never replaced by one with a lower number but by a decision to roll back. */
  sequence,
  /** What people call the issue. */
  version: text,
  /** Who signs it; the id of a publisher whose key is pinned. */
  publisher: packId,
  issued: z.iso.date(),
  /** null: stands alone. An organisation's own pack stands on Sigill's, of at least that number. */
  buildsOn: z.strictObject({ pack: packId, sequence }).nullable(),
  /** Rules of the pack below that this one puts its own wording or addresses in. */
  replaces: z.array(z.strictObject({ kind: ruleKind, id: z.string().min(1) })).optional(),
  note: text.optional(),
});
export type PackManifest = z.infer<typeof packManifestSchema>;

/** A key that packs are signed with, and whose it is. */
export const publisherKeySchema = z.strictObject({
  format: z.literal('sigill-utgivare/1'),
  publisher: packId,
  name: text,
  /** Ed25519, SubjectPublicKeyInfo in DER, base64. */
  publicKey: z.base64().length(60),
});
export type PublisherKey = z.infer<typeof publisherKeySchema>;

/** What lies beside a pack: `<file>.sig`. */
export const packSignatureSchema = z.strictObject({
  format: z.literal('sigill-signatur/1'),
  algorithm: z.literal('Ed25519'),
  /** Fingerprint of the key: SHA-256 over its DER, in hex. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.base64().length(88),
});
export type PackSignature = z.infer<typeof packSignatureSchema>;

/** One difference between two packs, a rule at a time, in Swedish. */
export interface RuleChange {
  readonly change: 'new' | 'changed' | 'gone';
  readonly kind: RuleKind;
  readonly id: string;
  readonly name: string;
  /** What is different, a sentence each; empty for what is new or gone. */
  readonly sentences: readonly string[];
}
