import { SigillError } from '../../shared/domain/error.ts';
import {
  armoredKeys,
  asText,
  inspectPublicKey,
  isRevokedSubkey,
  readOneKey,
  type InspectedKey,
} from './inspect.ts';
import { mergeCopies } from './merge-copies.ts';
import { FORGIVING_CONFIG, openpgp } from './openpgp-config.ts';

interface TakeInJob {
  readonly key: Uint8Array;
  /** Recipients' keys that are in the vault, armored. */
  readonly known: readonly string[];
  readonly at: Date;
}

/** What a file with a recipient's key says, together with the copy of it that is in the vault. */
export type TakenIn =
  | { readonly kind: 'usable'; readonly inspected: InspectedKey }
  /** A key that is in the vault, and that by this file must not be encrypted to any more. */
  | {
      readonly kind: 'ended';
      readonly fingerprint: string;
      readonly armored: string;
      readonly isRevoked: boolean;
      /** ISO 8601 UTC instant; null where it has no end. */
      readonly expiresAt: string | null;
      /** Why, in Swedish: a sentence. */
      readonly why: string;
    };

/**
 * Reads the key of a recipient, or the certificate that revokes one that is in the vault. The copy in the vault and the new one
 * are taken together: an older copy does not bring back what its owner has taken back since.
 * @throws SigillError `usage` for what is neither, and for a key that is not in the vault and must not be encrypted to
 */
export async function takeInKey({ key: material, known, at }: TakeInJob): Promise<TakenIn> {
  const copies = await Promise.all(known.map((armoredKey) => openpgp.readKey({ armoredKey })));
  const revoked = await revokedBy(material, copies, at);
  if (revoked) return look(revoked, at);
  const found = await readOneKey(material);
  const copy = copies.find((one) => one.getFingerprint() === found.getFingerprint());
  if (!copy) return { kind: 'usable', inspected: await inspectPublicKey(material, at) };
  return look(await mergeCopies(copy, found), at);
}

async function look(merged: openpgp.PublicKey, at: Date): Promise<TakenIn> {
  const armored = merged.armor();
  try {
    return { kind: 'usable', inspected: await inspectPublicKey(armored, at) };
  } catch (error) {
    if (!(error instanceof SigillError)) throw error;
    return {
      kind: 'ended',
      fingerprint: merged.getFingerprint().toUpperCase(),
      armored,
      isRevoked: await isRevoked(merged, at),
      expiresAt: await endOf(merged, at),
      why: error.message,
    };
  }
}

async function isRevoked(key: openpgp.PublicKey, at: Date): Promise<boolean> {
  if (await key.isRevoked(undefined, undefined, at, FORGIVING_CONFIG)) return true;
  const revoked = await Promise.all(key.subkeys.map((subkey) => isRevokedSubkey(subkey, at)));
  return revoked.includes(true);
}

/** When the key ends, or the last of its subkeys. */
async function endOf(key: openpgp.PublicKey, at: Date): Promise<string | null> {
  const whole = await key.getExpirationTime(undefined, FORGIVING_CONFIG).catch(() => null);
  const parts = await Promise.all(
    key.subkeys.map((subkey) => subkey.getExpirationTime(at, FORGIVING_CONFIG).catch(() => null)),
  );
  const ends = parts.filter((end): end is Date => end instanceof Date).map((end) => end.getTime());
  const last = ends.length > 0 && ends.length === parts.length ? Math.max(...ends) : Infinity;
  const end = Math.min(last, whole instanceof Date ? whole.getTime() : Infinity);
  return end === Infinity ? null : new Date(end).toISOString();
}

/** The key in the vault that a lone revocation certificate (RFC 9580 5.2.1.11) is of, with it; null where the file is something else. */
async function revokedBy(
  material: Uint8Array,
  copies: readonly openpgp.PublicKey[],
  at: Date,
): Promise<openpgp.PublicKey | null> {
  const [block, ...others] = armoredKeys(asText(material) ?? '');
  if (block === undefined || others.length > 0) return null;
  for (const key of copies) {
    const revoked = await openpgp
      .revokeKey({ key, revocationCertificate: block, date: at, format: 'object', config: FORGIVING_CONFIG })
      .catch(() => null);
    if (revoked) return revoked.publicKey;
  }
  return null;
}
