import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { IncidentDraft } from '../../shared/domain/incident-file.ts';
import type { FactId, IncidentId } from '../../shared/domain/incident.ts';
import { makeMarking, type Level, type Marking } from '../../shared/domain/marking.ts';
import type { Room } from '../../shared/domain/room.ts';
import { openSession, type RoomSecret } from '../core/open-session.ts';
import type { ItemReference } from '../incidents/repository.ts';
import { importIncidents } from '../incidents/service.ts';
import { loadRulePack } from '../rules/load.ts';
import { addUserToRooms } from '../vault/users.ts';
import type { UnlockedRoom, Vault } from '../vault/session.ts';
import { decryptedBytes } from './decrypted-pages.ts';
import { PASSPHRASES, USER } from './vault.ts';

/** The regimes that are kept in the protected room where the incident has a part there. */
export const SENSITIVE: ReadonlySet<string> = new Set(['SAK']);

/** The other person of a decision. */
export const SECOND = 'Bo Åström';
const SECOND_PASSPHRASES: Readonly<Record<Room, string>> = {
  open: 'fyra tysta renar korsar isen om natten',
  protected: 'gammal fyrvaktare räknar nio svarta måsar',
};

export async function addSecondPerson(vault: Vault): Promise<void> {
  await addUserToRooms(vault, SECOND, SECOND_PASSPHRASES);
}

export function secondPerson(room: Room): { userName: string; passphrase: Buffer } {
  return { userName: SECOND, passphrase: Buffer.from(SECOND_PASSPHRASES[room], 'utf8') };
}

/** A marking with the provision that goes with its level in these tests. */
export function at(level: Level): Marking {
  if (level === 'oppen') return makeMarking(level);
  return makeMarking(level, [level === 'sekretess' ? '18 kap. 8 § OSL' : '15 kap. 2 § OSL']);
}

/** An incident with an open title and the facts given. */
export function draftWith(
  facts: Partial<Record<FactId, readonly [text: string, level: Level]>>,
  change: Partial<IncidentDraft> = {},
): IncidentDraft {
  return {
    exercise: false,
    organisationKind: 'kommun',
    regimes: ['GDPR'],
    title: { text: 'Rubrik', marking: at('oppen') },
    times: [],
    facts: (Object.entries(facts) as [FactId, readonly [string, Level]][]).map(([id, [text, level]]) => ({
      id,
      text,
      codes: [],
      marking: at(level),
    })),
    log: [],
    ...change,
  };
}

export function importOne(vault: Vault, draft: IncidentDraft): IncidentId {
  const [id] = importIncidents(vault, [draft], SENSITIVE);
  if (!id) throw new TypeError('Nothing was imported.');
  return id;
}

export function factOf(incidentId: IncidentId, key: FactId): ItemReference {
  return { incidentId, kind: 'fact', key };
}

/** All that the room's key opens in its files as they lie on the disk now, rows and remains alike. */
export function bytesOf({ store, secrets }: UnlockedRoom<Room>): Buffer {
  return decryptedBytes(store.path, secrets.dataKey);
}

let copies = 0;

/**
 * Copies the vault folder as it lies on the disk now, with the rooms open: what a `kill -9` would leave. The copy can be
 * opened as a vault of its own.
 * @returns its folder
 */
export function crashedCopy(vault: Vault, root: string): string {
  copies += 1;
  const folder = join(root, `krasch-${copies}.sigill`);
  // Without what belongs to the process: the lock, and the memory it shares with others.
  cpSync(vault.folder, folder, { recursive: true, filter: (path) => !/lock\.db$|-shm$/.test(path) });
  return folder;
}

/** Opens such a copy as a vault of its own. */
export function openCopy(folder: string, rooms: readonly Room[]): Promise<Vault> {
  const passphrase = (room: Room): RoomSecret => ({
    kind: 'passphrase',
    passphrase: Buffer.from(PASSPHRASES[room], 'utf8'),
  });
  const secrets = Object.fromEntries(rooms.map((room) => [room, passphrase(room)]));
  return openSession({ folder, userName: USER, secrets }, loadRulePack());
}

/**
 * Does work over both rooms, and copies the vault before every transaction, after it, and at the end.
 * @returns the folders, in order
 */
export async function crashesDuring(vault: Vault, root: string, work: () => unknown): Promise<string[]> {
  const folders: string[] = [];
  const real = vault.transaction.bind(vault);
  vault.transaction = <R extends Room, T>(unlocked: UnlockedRoom<R>, inside: () => T): T => {
    folders.push(crashedCopy(vault, root));
    const result = real(unlocked, inside);
    folders.push(crashedCopy(vault, root));
    return result;
  };
  try {
    await work();
    folders.push(crashedCopy(vault, root));
  } finally {
    vault.transaction = real;
  }
  return folders;
}
