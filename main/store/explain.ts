import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, type Room } from '../../shared/domain/room.ts';
import { causeOf, explainSystem } from './system-error.ts';

/**
 * Turns an error of SQLite or of the file system that a person can do something about into words. Other errors, a
 * refused constraint among them, pass as they are.
 */
export function explainSqlite(error: unknown, room: Room): unknown {
  if (error instanceof SigillError) return error;
  const isDamage = causeOf(error)?.kind === 'damaged';
  return explainSystem(
    error,
    `Databasen för ${ROOM_NAME[room]}`,
    isDamage ? 'Det andra rummet berörs inte.' : 'Det sista har inte sparats; det som var sparat finns kvar.',
  );
}
