import { SigillError } from '../../../shared/domain/error.ts';
import { causeOf } from '../../store/system-error.ts';

/**
 * Errors of the file system and of SQLite, in words and with the exit code they should have.
 * @returns null for what is not one of them: a fault in Sigill
 */
export function explainForeign(error: unknown): SigillError | null {
  if (!(error instanceof Error)) return null;
  const { syscall, path } = error as NodeJS.ErrnoException;
  const cause = causeOf(error);
  if (!cause) return null;
  if (error.name === 'SqliteError') {
    const kept = 'Ändringen har inte sparats; det som var sparat finns kvar.';
    return new SigillError(cause.kind, `En av valvets databaser: ${cause.reason}. ${kept} ${cause.advice}`);
  }
  if (syscall === undefined) return null;
  // A file that a person has pointed out: whatever is wrong with it, the vault is not damaged.
  return new SigillError('usage', `${path ?? 'En fil eller mapp'}: ${cause.reason}.`);
}
