import { SigillError } from '../../shared/domain/error.ts';
import { isMailAddress } from '../../shared/domain/names.ts';
import { swedishDate } from '../../shared/domain/swedish-time.ts';
import { FORGIVING_CONFIG, openpgp, SMALLEST_RSA } from './openpgp-config.ts';
import { refuserOf, type KeyOwner, type Refuse } from './refusal.ts';

/** What a person must see of a public key before it is used, and what is kept of it. */
export interface InspectedKey {
  /** 40 hex digits in upper case. */
  readonly fingerprint: string;
  /** Only those that the key itself certifies and has not revoked; characters that cannot be seen are made visible. */
  readonly userIds: readonly string[];
  /** In lower case; only what can stand in a header as it is. */
  readonly emails: readonly string[];
  /** "RSA 4096", "Ed25519 / Curve25519". */
  readonly algorithm: string;
  /** Of the (sub)key that messages are encrypted to. */
  readonly encryptionAlgorithm: string;
  /** ISO 8601 UTC instants. */
  readonly createdAt: string;
  /** When the key can no longer be encrypted to: the earlier of what the key and its encryption subkey say. */
  readonly expiresAt: string | null;
  /** ASCII armor of the public parts only, without Version and Comment. */
  readonly armored: string;
  /** The owner's program prefers SEIPDv2 (RFC 9580). Sigill sends SEIPDv1 all the same: everyone reads it. */
  readonly announcesSeipd2: boolean;
  /** Encrypted to in the newer form of RFC 9580: some programs cannot open a message that has such a reader among others. */
  readonly hasModernEncryption: boolean;
}

/** A key that has passed, with what is needed to encrypt to it. */
export interface UsableKey {
  readonly inspected: InspectedKey;
  readonly key: openpgp.PublicKey;
  /** The (sub)key that a message made at that instant is encrypted to. */
  readonly encryptionKeyId: openpgp.KeyID;
}

/** A key with thousands of certifications is some hundred kilobytes; more than this is not a key. */
const LARGEST_FILE = 5 * 1024 * 1024;

/** RFC 9580 5.2.3.32, the first octet of the Features subpacket. */
const FEATURE_SEIPD2 = 0x08;

const NOT_A_KEY =
  'Filen är inte en publik OpenPGP-nyckel som går att läsa. ' +
  'Be mottagaren om en exporterad publik nyckel (.asc eller .gpg).';

const CURVE_NAME: Readonly<Record<string, string>> = {
  ed25519Legacy: 'Ed25519',
  curve25519Legacy: 'Curve25519',
  nistP256: 'NIST P-256',
  nistP384: 'NIST P-384',
  nistP521: 'NIST P-521',
};

/** The key types of RFC 9580 that carry their curve in their name. */
const MODERN_NAME: Readonly<Record<string, string>> = {
  ed25519: 'Ed25519 (RFC 9580)',
  x25519: 'X25519 (RFC 9580)',
  ed448: 'Ed448',
  x448: 'X448',
};

/**
 * openpgp.js checks signatures over these curves only with a package that it does not bring (eckey-utils): their
 * self-signatures and, worse, their revocations cannot be seen.
 */
const UNCHECKED_CURVE = /^brainpool/;

interface Strength {
  readonly words: string;
  readonly fault: 'weak' | 'unchecked' | null;
}

/** What is not known here is not strong: an allow list, unlike the library's own. */
function strengthOf(info: openpgp.AlgorithmInfo): Strength {
  switch (info.algorithm) {
    case 'rsaEncryptSign':
    case 'rsaEncrypt':
    case 'rsaSign': {
      const bits = info.bits ?? 0;
      return { words: `RSA ${bits}`, fault: bits >= SMALLEST_RSA ? null : 'weak' };
    }
    case 'ecdh':
    case 'ecdsa':
    case 'eddsaLegacy': {
      const curve = info.curve ?? info.algorithm;
      if (UNCHECKED_CURVE.test(curve)) return { words: curve, fault: 'unchecked' };
      const name = CURVE_NAME[curve];
      return { words: name ?? curve, fault: name === undefined ? 'weak' : null };
    }
    default: {
      const name = MODERN_NAME[info.algorithm];
      return { words: name ?? info.algorithm.toUpperCase(), fault: name === undefined ? 'weak' : null };
    }
  }
}

/** @throws SigillError where a key of this kind must not be encrypted to. */
function requireStrong({ words, fault }: Strength, refuse: Refuse): void {
  if (fault === null) return;
  const what =
    fault === 'weak' ? `är för svag (${words})` : `är av ett slag som Sigill inte kan kontrollera (${words})`;
  throw refuse(
    `${what}. Det krävs RSA ${SMALLEST_RSA} eller mer, Curve25519 eller NIST P-256 och uppåt`,
    'replace',
  );
}

/** Four and four, for reading aloud in a telephone. */
export function formatFingerprint(fingerprint: string): string {
  return (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');
}

function fingerprintOf(key: openpgp.Key): string {
  return key.getFingerprint().toUpperCase();
}

/** A user id is text that a stranger has written: nothing in it may turn the line around or hide a part of it. */
function visible(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

/** "2026-11-22 13.05 UTC" */
function minute(date: Date): string {
  return `${date.toISOString().slice(0, 10)} ${date.toISOString().slice(11, 16).replace(':', '.')} UTC`;
}

/** Text in any of the encodings that Windows programs save it in; null where it is binary. */
export function asText(material: Uint8Array | string): string | null {
  if (typeof material === 'string') return material;
  const [first = 0, second = 0] = material;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(material);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(material);
  if (first === 0xef && second === 0xbb) return new TextDecoder('utf-8').decode(material);
  // RFC 9580 4.2: the first bit of a packet is always set; armor is ASCII.
  return (first & 0x80) === 0 ? new TextDecoder('utf-8').decode(material) : null;
}

/** Cuts out every armored key, whatever stands around it. Line by line, so that no file can make it slow. */
export function armoredKeys(text: string): string[] {
  const blocks: string[] = [];
  let open: string[] | null = null;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (/^-----BEGIN PGP (PUBLIC|PRIVATE) KEY BLOCK-----/.test(line)) open = [];
    if (open === null) continue;
    open.push(line);
    if (!line.startsWith('-----END PGP ')) continue;
    blocks.push(`${open.join('\n')}\n`);
    open = null;
  }
  return blocks;
}

/** Every key in the file: several in one block, and several blocks after each other, which the library does not see. */
async function readAllKeys(material: Uint8Array | string): Promise<openpgp.Key[]> {
  if (material.length === 0 || material.length > LARGEST_FILE) throw new SigillError('usage', NOT_A_KEY);
  const text = asText(material);
  try {
    if (text === null) return await openpgp.readKeys({ binaryKeys: material as Uint8Array });
    const keys: openpgp.Key[] = [];
    for (const block of armoredKeys(text)) keys.push(...(await openpgp.readKeys({ armoredKeys: block })));
    return keys;
  } catch {
    throw new SigillError('usage', NOT_A_KEY);
  }
}

/** @throws SigillError `usage` for what is not one public key */
export async function readOneKey(material: Uint8Array | string): Promise<openpgp.PublicKey> {
  const keys = await readAllKeys(material);
  if (keys.some((key) => key.isPrivate())) {
    throw new SigillError(
      'usage',
      'Filen innehåller en hemlig nyckel. Läs aldrig in någon annans hemliga nyckel: be ägaren om den publika, ' +
        'och säg att den hemliga kan vara röjd.',
    );
  }
  const [key, ...others] = keys;
  if (key === undefined) throw new SigillError('usage', NOT_A_KEY);
  if (others.length > 0) {
    throw new SigillError(
      'usage',
      `Filen innehåller ${keys.length} nycklar. Välj en och be om den i en egen fil.`,
      keys.map((found) => formatFingerprint(fingerprintOf(found))),
    );
  }
  return key;
}

async function certifiedUsers(key: openpgp.PublicKey, at: Date): Promise<openpgp.UserIDPacket[]> {
  const users: openpgp.UserIDPacket[] = [];
  for (const user of key.users) {
    if (user.userID === null) continue;
    try {
      await user.verify(at);
      users.push(user.userID);
    } catch {
      // Revoked, expired, or put there by somebody else: it says nothing about whose key this is.
    }
  }
  return users;
}

/** Why there is no (sub)key to encrypt to. Always throws. */
async function refuseForEncryption(key: openpgp.PublicKey, refuse: Refuse, at: Date): Promise<never> {
  const forgiven = await key.getEncryptionKey(undefined, at, undefined, FORGIVING_CONFIG).catch(() => null);
  if (forgiven !== null) {
    requireStrong(strengthOf(forgiven.getAlgorithmInfo()), refuse);
    throw refuse('är för svag: den är signerad med SHA-1 eller äldre', 'sign-anew');
  }
  for (const subkey of key.subkeys) {
    const until = await subkey.getExpirationTime(at, FORGIVING_CONFIG).catch(() => null);
    if (until instanceof Date && until <= at) {
      throw refuse(
        `går inte att kryptera till: dess krypteringsnyckel gick ut ${swedishDate(until)}`,
        'renew',
      );
    }
  }
  throw refuse(
    'går inte att kryptera till: den saknar en giltig krypteringsnyckel (den kan vara gjord bara för signering, ' +
      'eller krypteringsnyckeln återkallad)',
    'replace',
  );
}

/**
 * Reads one public key and finds what a message is to be encrypted to at a given time (RFC 9580 10.1, and RFC 4880
 * for keys of version 4).
 * @param owner who can do something about what is wrong with it
 * @throws SigillError `usage`, saying what is wrong and what to do, for everything that must not be encrypted to.
 */
export async function readUsableKey(
  material: Uint8Array | string,
  at: Date,
  owner: KeyOwner = 'recipient',
): Promise<UsableKey> {
  const key = await readOneKey(material);
  const fingerprint = fingerprintOf(key);
  const refuse = refuserOf(owner, formatFingerprint(fingerprint));
  if (key.keyPacket.version !== 4) {
    throw refuse(
      `är av version ${key.keyPacket.version}. Sigill använder version 4, som alla program läser`,
      'replace',
    );
  }
  const primary = strengthOf(key.getAlgorithmInfo());
  requireStrong(primary, refuse);
  if (await key.isRevoked(undefined, undefined, at, FORGIVING_CONFIG)) {
    throw refuse('är återkallad av sin ägare', 'revoked');
  }
  const created = key.getCreationTime();
  if (created > at) {
    throw new SigillError(
      'usage',
      `Nyckeln ${formatFingerprint(fingerprint)} gäller först från ${minute(created)}. Kontrollera arbetsstationens klocka.`,
    );
  }
  const keyExpiry = await key.getExpirationTime(undefined, FORGIVING_CONFIG);
  if (keyExpiry instanceof Date && keyExpiry <= at) {
    throw refuse(`gick ut ${swedishDate(keyExpiry)}`, 'renew');
  }

  const encryptionKey = await key.getEncryptionKey(undefined, at).catch(() => null);
  if (encryptionKey === null) return refuseForEncryption(key, refuse, at);
  const encryption = strengthOf(encryptionKey.getAlgorithmInfo());
  requireStrong(encryption, refuse);
  const limits = [keyExpiry];
  if (encryptionKey instanceof openpgp.Subkey) {
    if (await isRevokedSubkey(encryptionKey, at)) {
      throw refuse('går inte att kryptera till: dess krypteringsnyckel är återkallad', 'replace');
    }
    limits.push(await encryptionKey.getExpirationTime(at));
  }
  const dates = limits.filter((limit): limit is Date => limit instanceof Date);
  const expires = dates.length > 0 ? new Date(Math.min(...dates.map((limit) => limit.getTime()))) : null;

  const users = await certifiedUsers(key, at);
  const { selfCertification } = await key.getPrimaryUser(at);
  return {
    key,
    encryptionKeyId: encryptionKey.getKeyID(),
    inspected: {
      fingerprint,
      userIds: users.map((user) => visible(user.userID)),
      emails: [...new Set(users.map((user) => user.email.toLowerCase()))].filter(isMailAddress),
      algorithm:
        primary.words === encryption.words ? primary.words : `${primary.words} / ${encryption.words}`,
      encryptionAlgorithm: encryption.words,
      createdAt: created.toISOString(),
      expiresAt: expires?.toISOString() ?? null,
      armored: key.toPublic().armor(),
      hasModernEncryption: encryptionKey.getAlgorithmInfo().algorithm in MODERN_NAME,
      announcesSeipd2: ((selfCertification.features?.[0] ?? 0) & FEATURE_SEIPD2) !== 0,
    },
  };
}

/** The library overlooks a revocation whose own signature it finds too weak; we do not. */
export async function isRevokedSubkey(subkey: openpgp.Subkey, at: Date): Promise<boolean> {
  for (const binding of subkey.bindingSignatures) {
    if (await subkey.isRevoked(binding, subkey.mainKey.keyPacket, at, FORGIVING_CONFIG)) return true;
  }
  return false;
}

/**
 * Reads a key that somebody has handed over and tells what it is.
 * @throws SigillError `usage` for what is not one usable public key: see `readUsableKey`.
 */
export async function inspectPublicKey(
  armoredOrBinary: Uint8Array | string,
  at: Date,
  owner: KeyOwner = 'recipient',
): Promise<InspectedKey> {
  return (await readUsableKey(armoredOrBinary, at, owner)).inspected;
}
