import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SigillError } from '../../../shared/domain/error.ts';
import type { Organisation } from '../../../shared/domain/report.ts';
import type { Room } from '../../../shared/domain/room.ts';
import { createVault, type NewVault } from '../create.ts';
import { DERIVATION_FLOOR } from '../key-derivation.ts';
import { Vault, type UnlockedRoom } from '../session.ts';
import { readVaultFile, writeVaultFile, type KeySlot, type VaultFile } from '../vault-file.ts';

/** Passphrases that the judge accepts. */
export const PASSPHRASES: Readonly<Record<Room, string>> = {
  open: 'korrekt häst batteri häftklammer moln',
  protected: 'sju gråa elefanter dansar varsamt bakom kvarnen',
};
export const OTHER_PASSPHRASES: Readonly<Record<Room, string>> = {
  open: 'blå kanot över tyst fjällsjö imorgon',
  protected: 'tolv knarrande dörrar viskar norrut genom dimman',
};
export const ANNA = 'Anna Åberg';

export const ORGANISATION: Organisation = {
  name: 'Provmyndigheten',
  kind: 'statlig-myndighet',
  number: '202100-0000',
  contact: 'Tjänsteman i beredskap',
  phone: null,
  hours: null,
  address: [],
  email: null,
};

export function newVault(folder: string, changes: Partial<NewVault> = {}): NewVault {
  return {
    folder,
    organisation: ORGANISATION,
    ceiling: 'kvalificerat-hemlig',
    userName: ANNA,
    passphrases: PASSPHRASES,
    now: new Date(),
    kdf: DERIVATION_FLOOR,
    deliverRecovery: async () => undefined,
    prepareOpenRoom: async () => undefined,
    ...changes,
  };
}

export interface Workplace {
  /** A folder of the test file's own. */
  readonly root: string;
  /** The recovery codes of the vault that every other is a copy of. */
  readonly codes: Readonly<Record<Room, string>>;
  /** A vault of the test's own to do harm to: Argon2id at its floor is run once, and the rest are copies. */
  readonly fresh: () => string;
  readonly remove: () => void;
}

export async function makeWorkplace(): Promise<Workplace> {
  const root = mkdtempSync(join(tmpdir(), 'sigill-valv-'));
  const original = join(root, 'original.sigill');
  let codes: Readonly<Record<Room, string>> = { open: '', protected: '' };
  await createVault(
    newVault(original, {
      deliverRecovery: async (made) => {
        codes = { ...made };
      },
    }),
  );
  let made = 0;
  return {
    root,
    codes,
    fresh() {
      made += 1;
      const folder = join(root, `prov-${made}.sigill`);
      cpSync(original, folder, { recursive: true });
      return folder;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export function bytesOf(passphrase: string): Buffer {
  return Buffer.from(passphrase, 'utf8');
}

export function unlock<R extends Room>(
  vault: Vault,
  room: R,
  passphrase: string = PASSPHRASES[room],
  userName = ANNA,
): Promise<UnlockedRoom<R>> {
  return vault.unlock(room, userName, bytesOf(passphrase));
}

/** Opens a vault with the rooms named, as Anna. */
export async function openWith(folder: string, ...rooms: readonly Room[]): Promise<Vault> {
  const vault = Vault.open(folder);
  for (const room of rooms) await unlock(vault, room);
  return vault;
}

/** Opens a room once, and locks again. @returns what `work` gives, or the kind and words of the refusal */
export async function tryRoom(
  folder: string,
  room: Room,
  passphrase: string = PASSPHRASES[room],
  userName = ANNA,
): Promise<string> {
  const vault = Vault.open(folder);
  try {
    await unlock(vault, room, passphrase, userName);
    return 'opened';
  } catch (error) {
    return describeError(error);
  } finally {
    vault.close();
  }
}

export function describeError(error: unknown): string {
  return error instanceof SigillError ? `${error.kind}: ${error.message}` : String(error);
}

export async function failureOf(work: () => unknown): Promise<SigillError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof SigillError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** Changes `vault.json` as somebody would who knows the format: the checksum is counted anew. */
export function editVaultFile(folder: string, change: (file: VaultFile) => VaultFile): VaultFile {
  return writeVaultFile(folder, change(readVaultFile(folder)));
}

export function editSlots(
  folder: string,
  room: Room,
  change: (slots: readonly KeySlot[]) => readonly KeySlot[],
): void {
  editVaultFile(folder, (file) => ({
    ...file,
    rooms: { ...file.rooms, [room]: { ...file.rooms[room], slots: [...change(file.rooms[room].slots)] } },
  }));
}

/** SHA-256 of every file of a folder, by name. */
export function contentOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** The files under a folder that this process has open. Linux tells; elsewhere nothing is told, and nothing is asked. */
export function openFilesIn(folder: string): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}
