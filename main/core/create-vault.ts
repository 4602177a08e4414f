import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import type { Level } from '../../shared/domain/marking.ts';
import type { Organisation } from '../../shared/domain/report.ts';
import { ROOMS, type Room } from '../../shared/domain/room.ts';
import { writeExportFolder } from '../export/files.ts';
import { storeOwnKey } from './keys.ts';
import { cleanOrganisation } from './organisation.ts';
import { createVault, type NewVault } from '../vault/create.ts';
import { recoverySheet } from '../vault/recovery-sheet.ts';

export interface WholeVaultRequest {
  readonly folder: string;
  /** A new or empty folder for the two PDF files, outside the vault. */
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
  /** The same sheets, to be printed at once. They hold the codes: not to be kept. */
  readonly recoverySheets: readonly { readonly room: Room; readonly pdf: Uint8Array }[];
  /** Fingerprint of the organisation's own OpenPGP key. */
  readonly ownKey: string;
}

const RECOVERY_FILE: Readonly<Record<Room, string>> = {
  open: 'aterstallningsnyckel-oppna-rummet.pdf',
  protected: 'aterstallningsnyckel-skyddade-rummet.pdf',
};

/**
 * Creates a vault ready for work: both rooms, the first user, the recovery keys as PDF, and the organisation's own
 * OpenPGP key, so that the first report can be signed the moment it is needed. All of it, or nothing: neither a vault
 * whose codes are nowhere, nor codes to no vault.
 */
export async function createWholeVault(request: WholeVaultRequest): Promise<CreatedVault> {
  const folder = resolve(request.folder);
  const recoveryFolder = resolve(request.recoveryFolder);
  requireRecoveryFolder(folder, recoveryFolder);
  const organisation = cleanOrganisation(request.organisation);
  let ownKey = '';
  const recoverySheets: { room: Room; pdf: Uint8Array }[] = [];
  let delivered = false;
  try {
    const { vaultId } = await createVault({
      folder,
      organisation,
      ceiling: request.ceiling,
      userName: request.userName,
      passphrases: request.passphrases,
      now: request.now,
      ...(request.kdf ? { kdf: request.kdf } : {}),
      async deliverRecovery(codes) {
        const files = [];
        for (const room of ROOMS) {
          const bytes = await recoverySheet({
            vaultName: folder.split(sep).at(-1) || 'valv',
            organisation: organisation.name,
            room,
            code: codes[room],
            created: request.now,
            ceiling: request.ceiling,
          });
          files.push({ name: RECOVERY_FILE[room], bytes });
          recoverySheets.push({ room, pdf: bytes });
        }
        writeExportFolder(recoveryFolder, files);
        delivered = true;
      },
      async prepareOpenRoom(store, userId) {
        ownKey = await storeOwnKey(store, {
          years: null,
          name: organisation.name,
          email: organisation.email,
          userId,
          at: request.now,
        });
      },
    });
    const recoveryFiles = ROOMS.map((room) => join(recoveryFolder, RECOVERY_FILE[room]));
    return { vaultId, recoveryFiles, recoverySheets, ownKey };
  } catch (error) {
    if (delivered)
      for (const room of ROOMS) rmSync(join(recoveryFolder, RECOVERY_FILE[room]), { force: true });
    throw error;
  }
}

/** Of the folder for the codes; the vault's own is looked at by `createVault`. Said before keys are derived for seconds. */
function requireRecoveryFolder(folder: string, recoveryFolder: string): void {
  // The code in the vault's own folder would open the vault for whoever copies the folder.
  if (isInside(folder, recoveryFolder) || isInside(recoveryFolder, folder)) {
    throw new SigillError(
      'usage',
      'Återställningskoderna får inte ligga i valvets mapp, och valvet inte i deras. Välj en annan mapp.',
      [],
      '--recovery-out',
    );
  }
  if (!existsSync(recoveryFolder)) return;
  if (!statSync(recoveryFolder).isDirectory()) {
    throw new SigillError('usage', `${recoveryFolder} är en fil. Välj en ny mapp för återställningskoderna.`);
  }
  if (readdirSync(recoveryFolder).length > 0) {
    throw new SigillError(
      'usage',
      `Mappen ${recoveryFolder} är inte tom. Välj en ny mapp för återställningskoderna.`,
    );
  }
}

function isInside(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path === '' || !(path === '..' || path.startsWith(`..${sep}`) || resolve(path) === path);
}
