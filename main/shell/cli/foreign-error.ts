import { SigillError } from '../../../shared/domain/error.ts';
import { reasonOf } from './input-file.ts';

/** What the file system says no to, and a person can mend. */
const FILE_CODES = new Set([
  'EACCES',
  'EEXIST',
  'EFBIG',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'ENOTEMPTY',
  'EPERM',
  'EROFS',
  'EXDEV',
]);
const WRITE_REASON: Readonly<Record<string, string>> = {
  EACCES: 'du har inte rätt att skriva eller läsa där',
  EPERM: 'du har inte rätt att skriva eller läsa där',
  ENOTDIR: 'en del av sökvägen är en fil',
  ENOSPC: 'det finns ingen plats kvar',
  EROFS: 'mediet är skrivskyddat',
  ENAMETOOLONG: 'namnet är för långt',
};

/**
 * Errors of the file system and of SQLite, in words and with the exit code they should have.
 * @returns null for what is not one of them: a fault in Sigill
 */
export function explainForeign(error: unknown): SigillError | null {
  if (!(error instanceof Error)) return null;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === undefined) return null;
  if (syscall !== undefined && FILE_CODES.has(code)) {
    const where = path === undefined ? 'En fil eller mapp' : path;
    return new SigillError('usage', `${where}: ${WRITE_REASON[code] ?? reasonOf(error)}.`);
  }
  return error.name === 'SqliteError' ? explainSqlite(code) : null;
}

function explainSqlite(code: string): SigillError | null {
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code)) {
    return new SigillError(
      'damaged',
      `En av valvets databaser går inte att läsa (${code}). Arbeta inte vidare i valvet: ta en kopia av mappen och ` +
        'återställ från säkerhetskopia.',
    );
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code)) {
    return new SigillError(
      'usage',
      `Valvets mapp går inte att skriva i (${code}). Valvet måste ligga på en disk som du får skriva på.`,
    );
  }
  if (code.startsWith('SQLITE_FULL')) {
    return new SigillError('usage', 'Disken är full. Ändringen har inte sparats. Gör plats och försök igen.');
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new SigillError(
      'locked',
      'Ett annat program har en av valvets databaser öppen. Stäng det och försök igen.',
    );
  }
  return null;
}
