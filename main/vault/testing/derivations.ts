import { createHash } from 'node:crypto';
import { shareNothing } from '../../testing/made-once.ts';
import type * as KeyDerivation from '../key-derivation.ts';

/**
 * The real Argon2id at its real cost, run once for each secret, salt and cost, and remembered. Tests do many things to
 * copies of one vault; without this they would mostly measure how long 256 MiB take. To be used so:
 *
 *     vi.mock('./key-derivation.ts', async (original) =>
 *       (await import('./testing/derivations.ts')).rememberDerivations(await original()),
 *     );
 */
export function rememberDerivations(real: typeof KeyDerivation): typeof KeyDerivation {
  const known = new Map<string, Promise<Uint8Array>>();
  const deriveKey: typeof real.deriveKey = async (secret, salt, parameters) => {
    const { memoryKiB, iterations, parallelism } = parameters;
    const name = createHash('sha256')
      .update(JSON.stringify([[...secret], [...salt], memoryKiB, iterations, parallelism]))
      .digest('hex');
    const derivation = known.get(name) ?? real.deriveKey(Uint8Array.from(secret), salt, parameters);
    known.set(name, derivation);
    // The caller wipes what it is given.
    return Uint8Array.from(await derivation);
  };
  return { ...real, deriveKey };
}

/**
 * Argon2id at a cost of nothing, for tests that make many vaults and ask about files and rows. That the real cost is
 * asked for is another test's matter: the bounds are kept. A vault made so opens for nobody who derives in earnest, so
 * the file that does this shares none.
 */
export function cheapenDerivations(real: typeof KeyDerivation): typeof KeyDerivation {
  shareNothing();
  const cheap = { memoryKiB: 64, iterations: 1, parallelism: 1 };
  const deriveKey: typeof real.deriveKey = async (secret, salt, { memoryKiB, iterations, parallelism }) => {
    const { DERIVATION_FLOOR: floor } = real;
    if (memoryKiB < floor.memoryKiB || iterations < floor.iterations || parallelism < floor.parallelism) {
      throw new Error('Less than the floor.');
    }
    return real.argon2id(secret, salt, cheap);
  };
  return { ...real, deriveKey };
}
