import { createHash } from 'node:crypto';
import type * as keyDerivation from '../vault/key-derivation.ts';

type KeyDerivation = typeof keyDerivation;

/**
 * The real key derivation, which does not do the same work twice: a command opens the vault anew each time, and a test
 * runs many commands on one vault. Half a second of Argon2id each would be most of what the tests do. For `vi.mock`; the
 * tests that start processes derive every key.
 */
export function rememberKeys(real: KeyDerivation): KeyDerivation {
  const known = new Map<string, Uint8Array>();
  return {
    ...real,
    async deriveKey(secret, salt, parameters) {
      const name = createHash('sha256')
        .update(JSON.stringify([parameters.memoryKiB, parameters.iterations, parameters.parallelism]))
        .update(salt)
        .update(secret)
        .digest('hex');
      const key = known.get(name) ?? (await real.deriveKey(secret, salt, parameters));
      // The caller wipes what it gets.
      known.set(name, Uint8Array.from(key));
      return Uint8Array.from(key);
    },
  };
}
