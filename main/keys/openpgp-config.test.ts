import { describe, expect, it } from 'vitest';
import { FORGIVING_CONFIG, openpgp } from './openpgp-config.ts';

const { config, enums } = openpgp;

describe('the settings of openpgp.js', () => {
  it('are what docs and interoperability rest on', () => {
    expect({
      ...config,
      rejectHashAlgorithms: [...config.rejectHashAlgorithms].sort(),
      rejectMessageHashAlgorithms: [...config.rejectMessageHashAlgorithms].sort(),
      rejectPublicKeyAlgorithms: [...config.rejectPublicKeyAlgorithms].sort(),
      rejectCurves: [...config.rejectCurves],
    }).toMatchObject({
      v6Keys: false,
      aeadProtect: false,
      enableParsingV5Entities: false,
      minRSABits: 3072,
      rejectHashAlgorithms: [enums.hash.md5, enums.hash.sha1, enums.hash.ripemd],
      rejectMessageHashAlgorithms: [enums.hash.md5, enums.hash.sha1, enums.hash.ripemd],
      rejectPublicKeyAlgorithms: [enums.publicKey.elgamal, enums.publicKey.dsa],
      rejectCurves: [enums.curve.secp256k1],
      preferredSymmetricAlgorithm: enums.symmetric.aes256,
      preferredCompressionAlgorithm: enums.compression.uncompressed,
      allowUnauthenticatedMessages: false,
      allowUnauthenticatedStream: false,
      allowMissingKeyFlags: false,
      enforceGrammar: true,
      ignoreMalformedPackets: false,
      maxDecompressedMessageSize: 64 * 1024 * 1024,
      maxArgon2MemoryExponent: 16,
      showVersion: false,
      showComment: false,
    });
  });

  it('cannot be changed by anybody afterwards', () => {
    expect(Object.isFrozen(config)).toBe(true);
    expect(() => {
      config.minRSABits = 1024;
    }).toThrow(TypeError);
  });

  it('forgive weakness only in a copy of their own, and never unauthenticated messages', () => {
    expect(FORGIVING_CONFIG).toMatchObject({ minRSABits: 0, allowUnauthenticatedMessages: false });
    expect(FORGIVING_CONFIG.rejectHashAlgorithms.size).toBe(0);
    expect(config.rejectHashAlgorithms.size).toBe(3);
  });
});
