import { isRevokedSubkey } from './inspect.ts';
import { mergeCopies } from './merge-copies.ts';
import { FORGIVING_CONFIG, openpgp } from './openpgp-config.ts';
import { SigillError } from '../../shared/domain/error.ts';
import type { OwnYears } from '../../shared/domain/own-key.ts';

/** How an own key ends: on a day that can be moved, or by the certificate that lies in the safe. */

interface OwnSecret {
  /** Without a passphrase, as it stands in the encrypted database. */
  readonly armoredPrivate: string;
  readonly at: Date;
}

interface ExtendedKey {
  readonly armoredPublic: string;
  readonly armoredPrivate: string;
  /** ISO 8601 UTC instant; null without an end. */
  readonly expiresAt: string | null;
}

/**
 * How many seconds after its creation a key ends, so many calendar years from now (RFC 9580 5.2.3.13).
 * @returns 0 for a key without an end
 */
export function lifeInSeconds(created: Date, from: Date, years: OwnYears | null): number {
  if (years === null) return 0;
  const end = new Date(from);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return Math.floor((end.getTime() - created.getTime()) / 1000);
}

/**
 * Moves the end of an own key. Fingerprint and key material stay; what has been handed out must be replaced by the new copy,
 * or others will go on seeing the old end.
 * @throws SigillError `usage` where a user id of the key cannot be signed anew
 */
export async function extendOwnKey({
  armoredPrivate,
  at,
  years,
}: OwnSecret & { readonly years: OwnYears | null }): Promise<ExtendedKey> {
  const secret = await openpgp.readPrivateKey({ armoredKey: armoredPrivate });
  const keyExpirationTime = lifeInSeconds(secret.getCreationTime(), at, years);
  const extended = await signAnew(secret, keyExpirationTime, at).catch(() => {
    throw new SigillError(
      'usage',
      'Nyckelns slutdatum går inte att ändra här. Skapa en ny nyckel i stället.',
    );
  });
  // What was left out comes back as it was, and with it all that was said of the key before.
  const privateKey = await mergeCopies(extended, secret);
  const end = await privateKey.getExpirationTime();
  return {
    armoredPublic: privateKey.toPublic().armor(),
    armoredPrivate: privateKey.armor(),
    expiresAt: end instanceof Date ? end.toISOString() : null,
  };
}

/**
 * Signs what is in use of a key once more, with another end. The library signs every part that it is given, and drops what was said of it
 * before: a subkey or a user id that is revoked is not given to it, or it would be good again.
 */
async function signAnew(
  secret: openpgp.PrivateKey,
  keyExpirationTime: number,
  date: Date,
): Promise<openpgp.PrivateKey> {
  const [living, unrevoked] = await Promise.all([subkeysInUse(secret, date), subkeysInUse(secret, null)]);
  const userIDs = (await usersInUse(secret)).map(({ name, email, comment }) => ({ name, email, comment }));
  const make = async (subkeys: openpgp.Subkey[]): Promise<openpgp.PrivateKey> => {
    const bare = await openpgp.readPrivateKey({ binaryKey: secret.write() });
    const kept = new Set(subkeys.map((subkey) => subkey.getFingerprint()));
    bare.subkeys = bare.subkeys.filter((subkey) => kept.has(subkey.getFingerprint()));
    const order = { privateKey: bare, userIDs, keyExpirationTime, date, format: 'object' } as const;
    return (await openpgp.reformatKey(order)).privateKey;
  };
  const made = await make(living);
  const canEncrypt = await made.getEncryptionKey(undefined, date).catch(() => null);
  // Where the subkeys have run out together with the key it is they whose end is moved.
  return canEncrypt ? made : make(unrevoked);
}

/** @param at null: also those that have run out */
async function subkeysInUse(secret: openpgp.PrivateKey, at: Date | null): Promise<openpgp.Subkey[]> {
  const found: openpgp.Subkey[] = [];
  for (const subkey of secret.subkeys) {
    if (await isRevokedSubkey(subkey, at ?? new Date())) continue;
    // One for logging in to other machines is not signed anew: the library would make it one to encrypt to.
    if (!(await isForMail(subkey))) continue;
    const end = at === null ? null : await subkey.getExpirationTime(at).catch(() => null);
    if (at !== null && end instanceof Date && end <= at) continue;
    found.push(subkey);
  }
  return found;
}

/** RFC 9580 5.2.3.29, the first octet of the key flags: what signs, and what encrypts. */
const FOR_MAIL = 0x02 | 0x04 | 0x08;

async function isForMail(subkey: openpgp.Subkey): Promise<boolean> {
  const binding = await subkey
    .verify(undefined, FORGIVING_CONFIG)
    .catch(() => subkey.bindingSignatures.at(-1));
  const flags = binding?.keyFlags?.[0] ?? null;
  return flags === null || (flags & FOR_MAIL) !== 0;
}

async function usersInUse({ users, keyPacket }: openpgp.PrivateKey): Promise<openpgp.UserIDPacket[]> {
  const found: openpgp.UserIDPacket[] = [];
  for (const user of users) {
    const revoked = await Promise.all(
      user.selfCertifications.map((signature) =>
        user.isRevoked(signature, keyPacket, new Date(), FORGIVING_CONFIG),
      ),
    );
    if (user.userID && !revoked.includes(true)) found.push(user.userID);
  }
  return found;
}

/**
 * The certificate that revokes an own key (RFC 9580 5.2.1.11), to be kept where the key is not. No reason is given in it:
 * why it will be used is not known yet.
 * @returns armored, as every OpenPGP program imports it
 */
export async function makeRevocation({ armoredPrivate, at }: OwnSecret): Promise<string> {
  const key = await openpgp.readPrivateKey({ armoredKey: armoredPrivate });
  const { publicKey } = await openpgp.revokeKey({
    key,
    reasonForRevocation: { flag: openpgp.enums.reasonForRevocation.noReason, string: '' },
    date: at,
    format: 'object',
    // Without the random note that every other signature of ours has: half as much to type from paper, and the same each time.
    config: { nonDeterministicSignaturesViaNotation: false },
  });
  const certificate = await publicKey.getRevocationCertificate(at);
  if (typeof certificate !== 'string') throw new TypeError('A key that was revoked has no certificate.');
  // Without the comment line: less to type from paper.
  return certificate
    .replace(/\r\n/g, '\n')
    .replace(/^Comment:.*\n/m, '')
    .trimEnd();
}
