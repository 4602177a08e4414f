import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import { ROOM_NAME, type Room } from '../../shared/domain/room.ts';
import { auditFileText, exportChain, verifyStored, type StoredVerdict } from '../audit/repository.ts';
import { assertWhole, emptyLog, findInconsistencies } from '../store/store.ts';
import { explainSystem } from '../store/system-error.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';

/**
 * Writes a room's chain, without payloads, to a file that the stand-alone verifier reads.
 * @param room null: the one room that is unlocked
 * @throws SigillError `usage` where the file exists or cannot be written; nothing is left behind
 */
export function exportAudit(
  vault: Vault,
  room: Room | null,
  out: string,
): { room: Room; entries: number; path: string } {
  const unlocked = room === null ? onlyRoom(vault) : vault.requireRoom<Room>(room);
  const path = resolve(out);
  if (existsSync(path)) throw new SigillError('usage', `${path} finns redan. Välj ett annat namn.`);
  const part = `${path}.${process.pid}.part`;
  try {
    // The checkpoint that ends the export is kept only if the export could be written.
    const entries = vault.transaction(unlocked, () => {
      const chain = exportChain(unlocked.store.database, vault.auditContext(unlocked));
      writeNew(part, path, auditFileText(chain));
      return chain.entries.length;
    });
    renameSync(part, path);
    return { room: unlocked.room, entries, path };
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

function writeNew(part: string, path: string, text: string): void {
  try {
    writeFileSync(part, text, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    throw explainSystem(error, `Kan inte skriva ${path}`, 'Det som är sparat i valvet finns kvar.');
  }
}

function onlyRoom(vault: Vault): UnlockedRoom<Room> {
  const rooms = vault.unlockedRooms();
  const [first] = rooms;
  if (!first || rooms.length > 1)
    throw new SigillError('usage', 'Ange vilket rums kedja som avses.', [], '--room');
  return first;
}

export interface RoomVerdict extends StoredVerdict {
  readonly room: Room;
}

/**
 * Verifies each unlocked room: every page of its file, the inner order of the database, and the whole audit.
 * @throws SigillError `damaged` with every fault
 */
export function verifyAudit(vault: Vault): RoomVerdict[] {
  const verdicts: RoomVerdict[] = [];
  const faults: string[] = [];
  for (const unlocked of vault.unlockedRooms()) {
    const { room, store, secrets } = unlocked;
    emptyLog(store);
    assertWhole(store.path, room, secrets.dataKey);
    faults.push(...findInconsistencies(store).map((text) => `${ROOM_NAME[room]}: ${text}`));
    const verdict = verifyStored(store.database, { vaultId: vault.file.vaultId, room });
    verdicts.push({ room, ...verdict });
    for (const fault of verdict.faults) {
      faults.push(`${ROOM_NAME[room]}: ${fault.text}`);
    }
  }
  if (faults.length > 0) {
    throw new SigillError('damaged', 'Spårbarheten stämmer inte: något har ändrats utanför Sigill.', faults);
  }
  return verdicts;
}
