import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import {
  packSignatureSchema,
  publisherKeySchema,
  type PackSignature,
  type PublisherKey,
} from '../../shared/domain/rule-pack.ts';

/** What a signature file or a key file can be at most; both are a few hundred bytes. */
const LARGEST = 4 * 1024;

/** A publisher's key, as it is pinned: which one it is, and whether packs may still be taken by it. */
export interface PinnedKey extends PublisherKey {
  readonly fingerprint: string;
  readonly isRevoked: boolean;
}

/** @returns SHA-256 over the key's DER, in hex: what two people read to each other */
export function keyFingerprint(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
}

/** @returns the fingerprint in groups of four, capital letters */
export function spokenFingerprint(fingerprint: string): string {
  return (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');
}

/** Reads a publisher's key file. @throws SigillError `usage` */
export function readPublisherKey(bytes: Uint8Array): PublisherKey {
  const key = publisherKeySchema.safeParse(parse(bytes));
  if (!key.success || ed25519(key.data.publicKey) === null) {
    throw new SigillError('usage', 'Filen är ingen utgivarnyckel från rules:sign. Inget har ändrats.');
  }
  return key.data;
}

/** @returns the key, or null where it is no Ed25519 key written as DER says */
function ed25519(publicKey: string): KeyObject | null {
  try {
    const der = Buffer.from(publicKey, 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const isSame = key.export({ format: 'der', type: 'spki' }).equals(der);
    return key.asymmetricKeyType === 'ed25519' && isSame && der.toString('base64') === publicKey ? key : null;
  } catch {
    return null;
  }
}

/** Signs the bytes of a pack. @returns the text of its `.sig` */
export function signPack(text: string, privateKey: KeyObject): string {
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64');
  const signature: PackSignature = {
    format: 'sigill-signatur/1',
    algorithm: 'Ed25519',
    key: keyFingerprint(publicKey),
    signature: sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64'),
  };
  return `${JSON.stringify(signature, null, 2)}\n`;
}

/**
 * Finds the pinned key that a pack is signed with. Nothing in the pack has been believed before this.
 * @throws SigillError `policy` for an unknown or revoked key, `damaged` where the signature is not that of these bytes,
 *   `usage` where the file is no signature
 */
export function verifyPack(
  bytes: Uint8Array,
  signatureFile: Uint8Array,
  keys: readonly PinnedKey[],
): PinnedKey {
  const read = packSignatureSchema.safeParse(parse(signatureFile));
  if (!read.success) {
    throw new SigillError('usage', 'Filen bredvid regelpaketet (.sig) är ingen signatur från rules:sign.');
  }
  const { key: fingerprint, signature } = read.data;
  const key = keys.find((candidate) => candidate.fingerprint === fingerprint);
  if (!key) {
    throw new SigillError(
      'policy',
      'Regelpaketet är signerat med en nyckel som valvet inte litar på. Paketet används inte.',
      [
        `Nyckelns fingeravtryck: ${spokenFingerprint(fingerprint)}`,
        ...(keys.length === 0
          ? ['Valvet litar inte på någon utgivare ännu, så inget paket kan läsas in.']
          : []),
        'Att lita på en ny nyckel är ett beslut av två personer, under Regler.',
      ],
    );
  }
  if (key.isRevoked) {
    throw new SigillError(
      'policy',
      `Nyckeln som regelpaketet är signerat med (${key.name}) är återkallad. Paketet används inte.`,
      [`Nyckelns fingeravtryck: ${spokenFingerprint(fingerprint)}`],
    );
  }
  const publicKey = ed25519(key.publicKey);
  const raw = Buffer.from(signature, 'base64');
  if (
    !publicKey ||
    keyFingerprint(key.publicKey) !== fingerprint ||
    raw.toString('base64') !== signature ||
    !verify(null, bytes, publicKey, raw)
  ) {
    throw new SigillError(
      'damaged',
      'Signaturen stämmer inte med regelpaketet: någon av filerna är ändrad, skadad eller hör till ett annat paket. ' +
        'Paketet används inte. Hämta båda filerna på nytt.',
    );
  }
  return key;
}

function parse(bytes: Uint8Array): unknown {
  if (bytes.length > LARGEST) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
