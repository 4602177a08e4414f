import { hashRaw } from '@node-rs/argon2';
import { totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { SigillError } from '../../shared/domain/error.ts';

/**
 * From what a person remembers to a key: Argon2id (RFC 9106).
 *
 * The parameters are stored beside each key slot in the clear, so they are input like any other: a slot that asks for
 * less than the floor has been tampered with (or would make guessing cheap), and one that asks for far more would only
 * serve to hang the workstation.
 */
export interface KdfParameters {
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** The least Sigill uses: four times the memory of the second choice of RFC 9106 section 4, with its t and p. */
export const DERIVATION_FLOOR: KdfParameters = { memoryKiB: 262_144, iterations: 3, parallelism: 4 };
const CEILING: KdfParameters = { memoryKiB: 4_194_304, iterations: 64, parallelism: 16 };

/** Calibration stops here: a slot must open on a smaller machine than the one it was made on. */
const CALIBRATED_MEMORY_KIB = 1_048_576;
/** No more than this part of the machine's memory for one derivation. */
const MEMORY_SHARE = 1 / 8;

const KEY_BYTES = 32;
/** RFC 9106 section 3.1: 16 bytes are recommended for password hashing. */
const LEAST_SALT_BYTES = 16;
const MOST_SALT_BYTES = 64;
/** `Algorithm.Argon2id` and `Version.V0x13`: ambient const enums, which type stripping cannot inline. */
const ARGON2ID = 2;
const VERSION_13 = 1;

/**
 * The form of a passphrase that is judged and derived from: NFKC, so that å typed as one character and as a with a ring
 * after it are the same passphrase whatever keyboard or system it was typed on. Nothing is trimmed.
 * @throws SigillError `usage` where the text is empty or holds half of a surrogate pair, which has no UTF-8.
 */
export function normalPassphrase(passphrase: string): string {
  const normal = passphrase.normalize('NFKC');
  if (normal.length === 0) throw new SigillError('usage', 'Lösenfrasen är tom. Skriv din lösenfras.');
  if (!normal.isWellFormed()) {
    throw new SigillError(
      'usage',
      'Lösenfrasen innehåller ett tecken som inte går att lagra. Skriv den för hand.',
    );
  }
  return normal;
}

/**
 * The bytes a key is derived from: NFKC, then UTF-8. The caller wipes them.
 * @throws SigillError `usage`, see {@link normalPassphrase}.
 */
export function passphraseBytes(passphrase: string): Uint8Array {
  return new TextEncoder().encode(normalPassphrase(passphrase));
}

/**
 * Derives a key of 32 bytes. The work is done on the thread pool of libuv, not on the thread of the caller.
 * @param salt 16–64 bytes, random for each key slot.
 * @throws SigillError `damaged` where parameters or salt are outside their bounds, `unlock` where the machine could not
 *   give the memory.
 */
export async function deriveKey(
  secret: Uint8Array,
  salt: Uint8Array,
  parameters: KdfParameters,
): Promise<Uint8Array> {
  checkBounds(salt, parameters);
  try {
    return await argon2id(secret, salt, parameters);
  } catch {
    // The library's own text may name sizes but never the secret; still, a person needs to know what to do.
    const mebibytes = Math.ceil(parameters.memoryKiB / 1024);
    throw new SigillError(
      'unlock',
      `Datorn kunde inte räkna fram nyckeln: det behövs ${mebibytes} MiB ledigt minne. Stäng andra program och försök igen.`,
    );
  }
}

/**
 * Argon2id version 1.3 without Sigill's bounds. Internal: for {@link deriveKey} and for known-answer tests at small sizes.
 */
export async function argon2id(
  secret: Uint8Array,
  salt: Uint8Array,
  parameters: KdfParameters,
): Promise<Uint8Array> {
  const raw = await hashRaw(secret, {
    algorithm: ARGON2ID,
    version: VERSION_13,
    memoryCost: parameters.memoryKiB,
    timeCost: parameters.iterations,
    parallelism: parameters.parallelism,
    outputLen: KEY_BYTES,
    salt,
  });
  // A copy of our own: a Buffer may be a view of memory that is shared with others, and could then not be wiped.
  const key = Uint8Array.from(raw);
  raw.fill(0);
  return key;
}

function checkBounds(salt: Uint8Array, parameters: KdfParameters): void {
  const faults: string[] = [];
  const bound = (name: string, value: number, least: number, most: number): void => {
    if (!Number.isInteger(value) || value < least || value > most) {
      faults.push(`${name} är utanför ${least}–${most}`);
    }
  };
  bound('minne (KiB)', parameters.memoryKiB, DERIVATION_FLOOR.memoryKiB, CEILING.memoryKiB);
  bound('varv', parameters.iterations, DERIVATION_FLOOR.iterations, CEILING.iterations);
  bound('parallella banor', parameters.parallelism, DERIVATION_FLOOR.parallelism, CEILING.parallelism);
  bound('saltets längd', salt.length, LEAST_SALT_BYTES, MOST_SALT_BYTES);
  if (faults.length > 0) {
    throw new SigillError(
      'damaged',
      'Nyckelplatsens inställningar är orimliga: filen kan vara skadad eller ändrad. Återställ valvet från en säkerhetskopia.',
      faults,
    );
  }
}

/**
 * Finds parameters that take about `targetMs` on this machine and never less than the floor.
 *
 * The floor is run once. What is left of the time goes to memory first and then to iterations, the order of RFC 9106
 * section 4: memory is what an attacker's hardware has to pay for. The estimate is linear in memory × iterations.
 */
export async function calibrate(targetMs = 1000): Promise<KdfParameters> {
  const salt = new Uint8Array(LEAST_SALT_BYTES);
  const start = performance.now();
  await argon2id(new Uint8Array(KEY_BYTES), salt, DERIVATION_FLOOR);
  return fitParameters(performance.now() - start, targetMs, totalmem());
}

/** The arithmetic of {@link calibrate}, apart from the clock. Internal. */
export function fitParameters(floorMs: number, targetMs: number, machineBytes: number): KdfParameters {
  const { iterations: leastIterations, parallelism } = DERIVATION_FLOOR;
  const mostMemoryKiB = Math.min(CALIBRATED_MEMORY_KIB, (machineBytes * MEMORY_SHARE) / 1024);
  let memoryKiB = DERIVATION_FLOOR.memoryKiB;
  let milliseconds = floorMs;
  while (milliseconds * 2 <= targetMs && memoryKiB * 2 <= mostMemoryKiB) {
    memoryKiB *= 2;
    milliseconds *= 2;
  }
  const affordable = milliseconds > 0 ? Math.floor((targetMs * leastIterations) / milliseconds) : 0;
  const iterations = Math.min(CEILING.iterations, Math.max(leastIterations, affordable));
  return { memoryKiB, iterations, parallelism };
}
