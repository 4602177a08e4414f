import { inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib';
import * as openpgp from 'openpgp';

const { enums } = openpgp;

/** The shortest RSA modulus that gives 128 bits of strength (NIST SP 800-57 part 1, table 2). */
export const SMALLEST_RSA = 3072;

/**
 * What Sigill asks of OpenPGP beyond the defaults of openpgp.js 6, and the defaults it leans on, said aloud so that
 * an update of the library cannot change them in silence.
 */
const strict: openpgp.PartialConfig = {
  // Old readers (GnuPG 2.2 and 2.4, Sequoia 1.x) know version 4 keys and SEIPDv1 with its MDC (RFC 4880), and fail on
  // version 6 keys and SEIPDv2 (RFC 9580); main/export/email/epost.interop.test.ts asks the programs themselves.
  v6Keys: false,
  aeadProtect: false,
  enableParsingV5Entities: false,
  parseAEADEncryptedV4KeysAsLegacy: false,

  preferredSymmetricAlgorithm: enums.symmetric.aes256,
  preferredHashAlgorithm: enums.hash.sha512,
  // Compression before encryption leaks something of the content through the length.
  preferredCompressionAlgorithm: enums.compression.uncompressed,

  minRSABits: SMALLEST_RSA,
  rejectPublicKeyAlgorithms: new Set([enums.publicKey.elgamal, enums.publicKey.dsa]),
  rejectCurves: new Set([enums.curve.secp256k1]),
  // SHA-1 is refused for certifications too, not only for messages (RFC 9580 9.5: SHA-1 is not to be relied on).
  rejectHashAlgorithms: new Set([enums.hash.md5, enums.hash.ripemd, enums.hash.sha1]),
  rejectMessageHashAlgorithms: new Set([enums.hash.md5, enums.hash.ripemd, enums.hash.sha1]),

  allowUnauthenticatedMessages: false,
  allowUnauthenticatedStream: false,
  allowInsecureDecryptionWithSigningKeys: false,
  allowInsecureVerificationWithReformattedKeys: false,
  allowMissingKeyFlags: false,
  enforceGrammar: true,
  ignoreMalformedPackets: false,

  // Nothing we read is large: a small message must not become a large one, nor a key file claim gigabytes of memory.
  maxDecompressedMessageSize: 64 * 1024 * 1024,
  maxArgon2MemoryExponent: 16,

  showVersion: false,
  showComment: false,
};

Object.assign(openpgp.config, strict);
Object.freeze(openpgp.config);

interface Compressed {
  readonly algorithm: openpgp.enums.compression;
  compressed: Uint8Array | ReadableStream<Uint8Array>;
}
type Decompress = (this: Compressed, config?: openpgp.Config) => Promise<void>;

const packet = openpgp.CompressedDataPacket.prototype as unknown as { decompress: Decompress };
const { decompress } = packet;

/**
 * Sequoia hides the length of a message by padding after the end of the compressed stream, unless it is told not to.
 * Node's DecompressionStream, which openpgp.js uses, takes that for damage. The padding is cut off first; all else,
 * and the limit of how large a message may become, is the library's own.
 */
packet.decompress = async function (this: Compressed, config = openpgp.config) {
  const inflate =
    this.algorithm === enums.compression.zlib
      ? inflateSync
      : this.algorithm === enums.compression.zip
        ? inflateRawSync
        : null;
  if (inflate !== null) {
    const whole = await readWhole(this.compressed);
    this.compressed = whole;
    const options: ZlibOptions = { info: true, maxOutputLength: config.maxDecompressedMessageSize };
    try {
      const { engine } = inflate(whole, options) as unknown as { engine: { bytesWritten: number } };
      this.compressed = whole.subarray(0, engine.bytesWritten);
    } catch {
      // Damaged or too large: the library says so in its own words.
    }
  }
  return decompress.call(this, config);
};

/** The library hands the bytes over whole or as a stream of its own, also where the message was given whole. */
async function readWhole(data: Compressed['compressed']): Promise<Uint8Array> {
  if (data instanceof Uint8Array) return data;
  const reader = data.getReader();
  const chunks: Uint8Array[] = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  return Buffer.concat(chunks);
}

/**
 * openpgp.js, configured. This is the only file that imports the library itself: whoever gets it from here has it
 * with the settings above, and no one can change them afterwards.
 */
export { openpgp };

/**
 * The same settings without any demand on strength. Only for telling *why* a key is refused, and for believing a
 * revocation: that somebody revoked a key with a signature over SHA-1 is no reason to go on using the key.
 */
export const FORGIVING_CONFIG: openpgp.Config = Object.freeze({
  ...openpgp.config,
  minRSABits: 0,
  rejectPublicKeyAlgorithms: new Set<openpgp.enums.publicKey>(),
  rejectCurves: new Set<openpgp.enums.curve>(),
  rejectHashAlgorithms: new Set<openpgp.enums.hash>(),
  rejectMessageHashAlgorithms: new Set<openpgp.enums.hash>(),
});
