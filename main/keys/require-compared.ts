import { SigillError } from '../../shared/domain/error.ts';
import { describeDistrust } from '../../shared/domain/key-distrust.ts';
import { formatFingerprint } from './inspect.ts';
import type { StoredKey } from './repository.ts';

/**
 * Lets through a recipient's key that two persons have compared and that nobody has taken out of use since.
 * @throws SigillError `policy` for every other, saying what stands in the way
 */
export function requireCompared(key: StoredKey): void {
  if (key.verifiedAt !== null) return;
  const named = `Nyckeln ${formatFingerprint(key.fingerprint)}`;
  const distrust = describeDistrust(key);
  throw new SigillError(
    'policy',
    distrust === null
      ? `${named} är inte verifierad. Jämför fingeravtrycket med mottagaren per telefon, två personer, och anteckna ` +
          'vilka ni var och numret ni ringde.'
      : `${named} är inte i bruk, och inget krypteras till den. ${distrust}. Välj mottagarens nya nyckel. ` +
          'Gäller den här ändå igen: jämför fingeravtrycket på nytt, två personer.',
    [],
    'key import med --verified-by, --verified-with, --phone och --verified-how',
  );
}
