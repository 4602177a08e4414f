import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, type Room } from '../../shared/domain/room.ts';

/**
 * Turns an error of SQLite or of the file system that a person can do something about into words. Other errors, a
 * refused constraint among them, pass as they are.
 */
export function explainSqlite(error: unknown, room: Room): unknown {
  if (error instanceof SigillError) return error;
  const code = (error as { code?: string } | null)?.code ?? '';
  const name = ROOM_NAME[room];
  if (/^SQLITE_(NOTADB|CORRUPT)|^(SQLITE_)?(IOERR|EIO)/.test(code)) {
    return new SigillError(
      'damaged',
      `Databasen för ${name} går inte att läsa (${code}). Filen är skadad eller ändrad, eller disken är på väg att gå ` +
        'sönder. Ta en kopia av valvmappen och återställ från säkerhetskopia. Det andra rummet berörs inte.',
    );
  }
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) {
    return new SigillError(
      'locked',
      `Ett annat program använder databasen för ${name}. Stäng det och försök igen.`,
    );
  }
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) {
    return new SigillError(
      'usage',
      `Disken är full (${code}). Det som inte fick plats har inte sparats. Frigör plats.`,
    );
  }
  if (/^(SQLITE_(CANTOPEN|READONLY|PERM)|EACCES|EPERM|EROFS|EISDIR|EMFILE)/.test(code)) {
    return new SigillError(
      'usage',
      `Databasen för ${name} går inte att öppna för skrivning (${code}). Kontrollera rättigheterna till valvmappen och ` +
        'att disken inte är skrivskyddad. Inget har ändrats.',
    );
  }
  return error;
}
