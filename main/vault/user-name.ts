import { SigillError } from '../../shared/domain/error.ts';

/** The name under which the recovery key acts, so that its use is seen in the audit. */
export const RECOVERY_USER_NAME = 'Återställningsnyckel';

const LONGEST = 100;

/**
 * The form in which a user's name is stored and looked for: NFC, so that å is the same letter however it was typed, and
 * no space before, after or twice between. Capital and small letters are told apart.
 */
export function normalUserName(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/gu, ' ');
}

/**
 * The name of a new user. It stands in the audit, in exports and in `vault.json`, so it is one line that can be read.
 * @throws SigillError `usage`
 */
export function newUserName(name: string): string {
  const normal = normalUserName(name);
  if (normal === '' || normal === RECOVERY_USER_NAME)
    throw new SigillError('usage', 'Ange ett användarnamn.');
  if (normal.length > LONGEST || /\p{C}/u.test(normal)) {
    throw new SigillError(
      'usage',
      `Användarnamnet får ha högst ${LONGEST} tecken, och inga styrtecken eller dolda tecken.`,
    );
  }
  return normal;
}
