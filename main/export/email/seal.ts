import { SigillError } from '../../../shared/domain/error.ts';
import type { UsableKey } from '../../keys/inspect.ts';
import { openpgp } from '../../keys/openpgp-config.ts';

/** The key that signs, and that the archive copy is encrypted to. */
export interface SealingKey {
  readonly usable: UsableKey;
  readonly secret: openpgp.PrivateKey;
}

export interface SealRequest {
  readonly content: Uint8Array;
  /** The name a program proposes for the decrypted file; it is inside the encryption. */
  readonly filename: string;
  /** Without repeats. */
  readonly recipients: readonly UsableKey[];
  readonly own: SealingKey;
  readonly at: Date;
}

/** Every key that a message is encrypted to, ourselves included, once each. */
export function readersOf(recipients: readonly UsableKey[], own: SealingKey): UsableKey[] {
  const readers = new Map<string, UsableKey>();
  for (const reader of [...recipients, own.usable]) readers.set(reader.inspected.fingerprint, reader);
  return [...readers.values()];
}

/**
 * Signs and encrypts into one OpenPGP message, armored with CRLF (RFC 3156 6.2: signed inside, so that nobody on the
 * way sees who signed).
 *
 * The message is always PKESK v3 and SEIPDv1 with MDC (RFC 4880 5.1 and 5.13). Where every recipient announces
 * SEIPDv2, openpgp.js would choose that, whatever `aeadProtect` says, and neither GnuPG nor Sequoia 1.x could read
 * it; so the session key is made first, and its AEAD algorithm is not passed on.
 *
 * The key ids of the readers stand in clear in the message. Hidden recipients (key id zero) would be better for
 * privacy, but sqop and RNP do not try their keys on them.
 */
export async function seal({ content, filename, recipients, own, at }: SealRequest): Promise<string> {
  const encryptionKeys = readersOf(recipients, own).map((reader) => reader.key);
  const sessionKey = await openpgp.generateSessionKey({ encryptionKeys, date: at });
  try {
    const armored = await openpgp.encrypt({
      message: await openpgp.createMessage({ binary: content, filename, date: at }),
      encryptionKeys,
      signingKeys: own.secret,
      sessionKey: { data: sessionKey.data, algorithm: sessionKey.algorithm },
      date: at,
      format: 'armored',
    });
    return armored.replace(/\r?\n/g, '\r\n');
  } finally {
    sessionKey.data.fill(0);
  }
}

/**
 * Reads a sealed message back as the archive copy will be read: it must consist of one session key packet for each
 * reader and one integrity protected packet, be signed once, by us, and give the same bytes. What cannot be checked
 * without the recipient's secret key is that her session key packet opens; that it names her key can.
 * @throws SigillError `damaged` where anything differs: the message is not to be sent.
 */
export async function checkSealed(armored: string, request: SealRequest): Promise<void> {
  const { own, at } = request;
  const message = await openpgp.readMessage({ armoredMessage: armored }).catch(() => null);
  if (message === null) throw damaged('det går inte att läsa');
  requirePackets(message, request);
  const opened = await openpgp
    .decrypt({
      message,
      decryptionKeys: own.secret,
      verificationKeys: own.usable.key,
      expectSigned: true,
      date: at,
      format: 'binary',
    })
    .catch(() => null);
  if (opened === null) throw damaged('arkivkopian går inte att öppna');
  await requireSignedOnce(opened.signatures);
  if (Buffer.compare(opened.data, request.content) !== 0) throw damaged('innehållet är ett annat');
}

/**
 * Of a signature it is known only when all has been read whether it is good.
 * @throws SigillError `damaged` where there is not one signature, and it ours and good
 */
export async function requireSignedOnce(
  signatures: readonly { readonly verified: Promise<unknown> }[],
): Promise<void> {
  const good = await Promise.all(signatures.map(({ verified }) => verified)).catch(() => []);
  if (good.length !== 1) throw damaged('underskriften går inte att verifiera');
}

/**
 * The outer form: one version 3 session key packet for each reader and none else, and one SEIPDv1 packet.
 * @throws SigillError `damaged` where it is another
 */
export function requirePackets(
  message: openpgp.Message<openpgp.MaybeStream<string>>,
  { recipients, own }: Pick<SealRequest, 'recipients' | 'own'>,
): void {
  const sessionKeys = message.packets.slice(0, -1);
  const data = message.packets.at(-1);
  if (
    !sessionKeys.every(
      (packet) => packet instanceof openpgp.PublicKeyEncryptedSessionKeyPacket && versionOf(packet) === 3,
    ) ||
    !(data instanceof openpgp.SymEncryptedIntegrityProtectedDataPacket && versionOf(data) === 1)
  ) {
    throw damaged('det har inte det format som alla mottagare läser');
  }
  const expected = readersOf(recipients, own).map((reader) => reader.encryptionKeyId.toHex());
  const actual = message.getEncryptionKeyIDs().map((keyId) => keyId.toHex());
  if (expected.sort().join() !== actual.sort().join()) throw damaged('det är krypterat till fel nycklar');
}

function versionOf(packet: openpgp.AnyPacket): unknown {
  return 'version' in packet ? packet.version : null;
}

export function damaged(what: string): SigillError {
  return new SigillError(
    'damaged',
    `Det krypterade meddelandet blev fel (${what}). Inget har lämnats ut. Försök igen, och anmäl felet om det upprepas.`,
  );
}
