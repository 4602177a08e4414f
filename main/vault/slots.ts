import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  randomUUID,
  type KeyObject,
} from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Room } from '../../shared/domain/room.ts';
import { deriveKey, type KdfParameters } from './key-derivation.ts';
import type { KeySlot } from './vault-file.ts';

/**
 * A key slot wraps two secrets for one user: the room's 256-bit data key, which all users of the room share, and the
 * user's own 256-bit Ed25519 seed, which nobody else has. So one user of a room cannot sign the audit as another.
 */
export interface RoomSecrets {
  /** 32 bytes. */
  readonly dataKey: Buffer;
  /** 32 bytes. */
  readonly signingSeed: Buffer;
}

const KEY_SIZE = 32;
const NONCE_SIZE = 12;
const SALT_SIZE = 16;
/** Said outright: without it, Node takes a tag cut to four bytes for a whole one. */
const WRAP = { authTagLength: 16 } as const;
/** DER prefix of a PKCS#8 Ed25519 private key (RFC 8410); the 32-byte seed follows. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function makeRoomSecrets(dataKey: Buffer = randomBytes(KEY_SIZE)): RoomSecrets {
  return { dataKey, signingSeed: randomBytes(KEY_SIZE) };
}

export function wipe(secrets: RoomSecrets): void {
  secrets.dataKey.fill(0);
  secrets.signingSeed.fill(0);
}

export function signingKeyOf(secrets: RoomSecrets): KeyObject {
  const der = Buffer.concat([PKCS8_ED25519, secrets.signingSeed]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

/** @returns SPKI DER in base64, as it stands in the room's list of users */
export function publicKeyOf(secrets: RoomSecrets): string {
  return createPublicKey(signingKeyOf(secrets)).export({ format: 'der', type: 'spki' }).toString('base64');
}

export interface SlotOwner {
  readonly vaultId: string;
  readonly room: Room;
  readonly userId: string;
  readonly userName: string;
  readonly kind: 'passphrase' | 'recovery';
}

/** What the wrap is bound to: a slot moved to another room, user, vault or other parameters does not open. */
function associatedData(owner: SlotOwner, slotId: string, createdAt: string, kdf: KeySlot['kdf']): Buffer {
  return Buffer.from(
    String(canonicalize({ format: 'sigill-slot/1', ...owner, slotId, createdAt, kdf })),
    'utf8',
  );
}

/**
 * Wraps a room's secrets under a passphrase or a recovery code.
 * @param secret the bytes that open the slot; stays the caller's to wipe
 */
export async function makeSlot(
  owner: SlotOwner,
  secrets: RoomSecrets,
  secret: Uint8Array,
  parameters: KdfParameters,
  at: Date,
): Promise<KeySlot> {
  const id = randomUUID();
  const createdAt = at.toISOString();
  const salt = randomBytes(SALT_SIZE);
  const kdf: KeySlot['kdf'] = {
    algorithm: 'argon2id',
    memoryKiB: parameters.memoryKiB,
    iterations: parameters.iterations,
    parallelism: parameters.parallelism,
    salt: salt.toString('base64'),
  };
  const wrappingKey = await deriveKey(secret, salt, parameters);
  const plain = Buffer.concat([secrets.dataKey, secrets.signingSeed]);
  const nonce = randomBytes(NONCE_SIZE);
  try {
    const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce, WRAP);
    cipher.setAAD(associatedData(owner, id, createdAt, kdf));
    const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
    return {
      id,
      kind: owner.kind,
      userId: owner.userId,
      userName: owner.userName,
      createdAt,
      kdf,
      wrap: {
        algorithm: 'aes-256-gcm',
        nonce: nonce.toString('base64'),
        ciphertext: ciphertext.toString('base64'),
        tag: cipher.getAuthTag().toString('base64'),
      },
    };
  } finally {
    plain.fill(0);
    wrappingKey.fill(0);
  }
}

/**
 * Opens a slot.
 * @returns the secrets, or null where the passphrase or code is not the one (or the slot is not for this place)
 * @throws SigillError `damaged` where the parameters are outside what Sigill ever writes
 */
export async function openSlot(
  vaultId: string,
  room: Room,
  slot: KeySlot,
  secret: Uint8Array,
): Promise<RoomSecrets | null> {
  const wrappingKey = await deriveKey(secret, Buffer.from(slot.kdf.salt, 'base64'), slot.kdf);
  const owner: SlotOwner = { vaultId, room, userId: slot.userId, userName: slot.userName, kind: slot.kind };
  let plain: Buffer | null = null;
  try {
    const nonce = Buffer.from(slot.wrap.nonce, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, nonce, WRAP);
    decipher.setAAD(associatedData(owner, slot.id, slot.createdAt, slot.kdf));
    decipher.setAuthTag(Buffer.from(slot.wrap.tag, 'base64'));
    // GCM deciphers as it goes: all of the plain text is here, and final() only says whether to believe it.
    plain = decipher.update(Buffer.from(slot.wrap.ciphertext, 'base64'));
    decipher.final();
    return {
      dataKey: Buffer.from(plain.subarray(0, KEY_SIZE)),
      signingSeed: Buffer.from(plain.subarray(KEY_SIZE, 2 * KEY_SIZE)),
    };
  } catch {
    return null;
  } finally {
    plain?.fill(0);
    wrappingKey.fill(0);
  }
}
