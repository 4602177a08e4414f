import { createHash } from 'node:crypto';
import type * as KeyDerivation from '../vault/key-derivation.ts';

/**
 * For a test that unlocks the same vault many times: every key is derived with the real Argon2id the first time, and
 * remembered for the next. To be given to `vi.mock` for `vault/key-derivation.ts`.
 */
export async function rememberDerivedKeys(
  original: () => Promise<typeof KeyDerivation>,
): Promise<typeof KeyDerivation> {
  const real = await original();
  const known = new Map<string, Buffer>();
  return {
    ...real,
    async deriveKey(secret, salt, parameters) {
      const name = createHash('sha256')
        .update(
          JSON.stringify([
            Buffer.from(secret).toString('hex'),
            Buffer.from(salt).toString('hex'),
            parameters,
          ]),
        )
        .digest('hex');
      const key = known.get(name) ?? Buffer.from(await real.deriveKey(secret, salt, parameters));
      known.set(name, key);
      // A copy: the caller wipes what it is given.
      return Buffer.from(key);
    },
  };
}
