import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import type { Level } from '../../shared/domain/marking.ts';
import type { Organisation } from '../../shared/domain/report.ts';
import { ROOMS, type Room } from '../../shared/domain/room.ts';
import { writeExportFolder } from '../export/files.ts';
import { storeOwnKey } from './keys.ts';
import { createVault, type NewVault } from '../vault/create.ts';
import { recoverySheet } from '../vault/recovery-sheet.ts';

export interface WholeVaultRequest {
  readonly folder: string;
  /** A new or empty folder for the two PDF files. */
  readonly recoveryFolder: string;
  readonly organisation: Organisation;
  readonly ceiling: Level;
  readonly userName: string;
  readonly passphrases: Readonly<Record<Room, string>>;
  readonly now: Date;
  readonly kdf?: NewVault['kdf'];
}

export interface CreatedVault {
  readonly vaultId: string;
  readonly recoveryFiles: readonly string[];
  /** Fingerprint of the organisation's own OpenPGP key. */
  readonly ownKey: string;
}

const RECOVERY_FILE: Readonly<Record<Room, string>> = {
  open: 'aterstallningsnyckel-oppna-rummet.pdf',
  protected: 'aterstallningsnyckel-skyddade-rummet.pdf',
};

/**
 * Creates a vault ready for work: both rooms, the first user, the recovery keys as PDF, and the organisation's own
 * OpenPGP key, so that the first report can be signed the moment it is needed.
 */
export async function createWholeVault(request: WholeVaultRequest): Promise<CreatedVault> {
  const recoveryFolder = resolve(request.recoveryFolder);
  if (existsSync(recoveryFolder) && readdirSync(recoveryFolder).length > 0) {
    throw new SigillError(
      'usage',
      `Mappen ${recoveryFolder} är inte tom. Välj en ny mapp för återställningsnycklarna.`,
    );
  }
  let ownKey = '';
  const { vaultId } = await createVault({
    folder: request.folder,
    organisation: request.organisation,
    ceiling: request.ceiling,
    userName: request.userName,
    passphrases: request.passphrases,
    now: request.now,
    ...(request.kdf ? { kdf: request.kdf } : {}),
    async deliverRecovery(codes) {
      const files = [];
      for (const room of ROOMS) {
        const bytes = await recoverySheet({
          vaultName: request.folder.split(/[\\/]/).filter(Boolean).at(-1) ?? 'valv',
          organisation: request.organisation.name,
          room,
          code: codes[room],
          created: request.now,
          ceiling: request.ceiling,
        });
        files.push({ name: RECOVERY_FILE[room], bytes });
      }
      writeExportFolder(recoveryFolder, files);
    },
    async prepareOpenRoom(store, userId) {
      ownKey = await storeOwnKey(store, {
        name: request.organisation.name,
        email: request.organisation.email,
        userId,
        at: request.now,
      });
    },
  });
  return { vaultId, recoveryFiles: ROOMS.map((room) => `${recoveryFolder}/${RECOVERY_FILE[room]}`), ownKey };
}
