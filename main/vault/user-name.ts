import { SigillError } from '../../shared/domain/error.ts';
import { findUserNameFault, normalUserName } from '../../shared/domain/names.ts';

export { normalUserName, RECOVERY_USER_NAME } from '../../shared/domain/names.ts';

/** @throws SigillError `usage` for a name that no new user can have */
export function newUserName(name: string): string {
  const fault = findUserNameFault(name);
  if (fault !== null) throw new SigillError('usage', fault);
  return normalUserName(name);
}
