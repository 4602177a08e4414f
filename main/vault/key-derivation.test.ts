import fc from 'fast-check';
import { argon2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import {
  argon2id,
  calibrate,
  DERIVATION_FLOOR,
  deriveKey,
  fitParameters,
  passphraseBytes,
  type KdfParameters,
} from './key-derivation.ts';

const utf8 = new TextEncoder();
const salt = Uint8Array.from({ length: 16 }, (_, index) => index);

/** OpenSSL's Argon2, which shares no code with the Rust one. */
function opensslArgon2id(
  secret: Uint8Array,
  nonce: Uint8Array,
  { memoryKiB, iterations, parallelism }: KdfParameters,
): string {
  return argon2Sync('argon2id', {
    message: secret,
    nonce,
    parallelism,
    tagLength: 32,
    memory: memoryKiB,
    passes: iterations,
  }).toString('hex');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('argon2id', () => {
  it('agrees with OpenSSL for any secret, salt and parameters', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 80 }),
        fc.uint8Array({ minLength: 16, maxLength: 64 }),
        fc.record({
          memoryKiB: fc.integer({ min: 128, max: 1024 }),
          iterations: fc.integer({ min: 1, max: 4 }),
          parallelism: fc.integer({ min: 1, max: 16 }),
        }),
        async (secret, nonce, parameters) => {
          expect(hex(await argon2id(secret, nonce, parameters))).toBe(
            opensslArgon2id(secret, nonce, parameters),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives a known answer of the reference implementation', async () => {
    // phc-winner-argon2, test.c: hashtest(version 0x13, t=2, m=8 (256 KiB), p=1, "password", "somesalt", Argon2_id)
    const key = await argon2id(utf8.encode('password'), utf8.encode('somesalt'), {
      memoryKiB: 256,
      iterations: 2,
      parallelism: 1,
    });
    expect(hex(key)).toBe('9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe');
  });
});

describe('deriveKey', () => {
  it('derives at the floor as OpenSSL does', async () => {
    const secret = passphraseBytes('korrekt häst batteri häftklammer');
    expect(hex(await deriveKey(secret, salt, DERIVATION_FLOOR))).toBe(
      opensslArgon2id(secret, salt, DERIVATION_FLOOR),
    );
  });

  it.each([
    [{ memoryKiB: 262_143 }, salt],
    [{ memoryKiB: 4_194_305 }, salt],
    [{ memoryKiB: Number.NaN }, salt],
    [{ memoryKiB: 262_144.5 }, salt],
    [{ iterations: 2 }, salt],
    [{ iterations: 65 }, salt],
    [{ parallelism: 3 }, salt],
    [{ parallelism: 17 }, salt],
    [{}, salt.subarray(0, 15)],
    [{}, new Uint8Array(65)],
  ])('refuses %j before any work is done', async (change, usedSalt) => {
    const refused = deriveKey(utf8.encode('x'), usedSalt, { ...DERIVATION_FLOOR, ...change });
    await expect(refused).rejects.toSatisfy(
      (error) => error instanceof SigillError && error.kind === 'damaged' && error.faults.length === 1,
    );
  });
});

describe('passphraseBytes', () => {
  it('is the same for every way to write å, ä and ö', () => {
    const composed = 'åäö ÅÄÖ';
    expect(hex(passphraseBytes(composed.normalize('NFD')))).toBe(hex(passphraseBytes(composed)));
    expect(hex(passphraseBytes('\u212bngström'))).toBe(hex(passphraseBytes('Ångström')));
    expect(hex(passphraseBytes('två\u00a0ord'))).toBe(hex(passphraseBytes('två ord')));
  });

  it('keeps case and space', () => {
    expect(hex(passphraseBytes('Ord '))).not.toBe(hex(passphraseBytes('ord')));
  });

  it.each(['', 'häst\ud800'])('refuses %j', (text) => {
    expect(() => passphraseBytes(text)).toThrow(SigillError);
  });
});

describe('calibrate', () => {
  const gibibyte = 2 ** 30;

  it('never goes under the floor, however slow the machine', () => {
    expect(fitParameters(60_000, 1000, 4 * gibibyte)).toEqual(DERIVATION_FLOOR);
  });

  it('spends time on memory first, then on iterations', () => {
    expect(fitParameters(300, 1000, 32 * gibibyte)).toEqual({
      memoryKiB: 524_288,
      iterations: 5,
      parallelism: 4,
    });
    expect(fitParameters(50, 1000, 64 * gibibyte)).toEqual({
      memoryKiB: 1_048_576,
      iterations: 15,
      parallelism: 4,
    });
  });

  it('leaves memory for the rest of the machine', () => {
    expect(fitParameters(100, 1000, 3 * gibibyte)).toEqual({
      memoryKiB: 262_144,
      iterations: 30,
      parallelism: 4,
    });
  });

  it('always gives parameters that deriveKey takes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e5, noNaN: true }),
        fc.double({ min: 1e9, max: 1e12, noNaN: true }),
        (floorMs, targetMs, machine) => {
          const fitted = fitParameters(floorMs, targetMs, machine);
          expect(fitted.memoryKiB).toBeGreaterThanOrEqual(DERIVATION_FLOOR.memoryKiB);
          expect(fitted.memoryKiB).toBeLessThanOrEqual(1_048_576);
          expect(fitted.iterations).toBeGreaterThanOrEqual(3);
          expect(fitted.iterations).toBeLessThanOrEqual(64);
          expect(Number.isInteger(fitted.iterations)).toBe(true);
        },
      ),
    );
  });

  it('measures this machine', async () => {
    const fitted = await calibrate(1);
    expect(fitted).toEqual(DERIVATION_FLOOR);
  });
});
