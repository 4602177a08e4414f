import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOMS, type Room } from '../../../shared/domain/room.ts';
import { finishPending } from '../../incidents/service.ts';
import { judgePassphrase } from '../../vault/passphrase.ts';
import { readRecoveryCode } from '../../vault/recovery-code.ts';
import { listUnprovenRecovery, proveRecovery } from '../../vault/recovery-proof.ts';
import type { UnlockedRoom, Vault } from '../../vault/session.ts';
import { readVaultFile, slotsOf } from '../../vault/vault-file.ts';
import { createWholeVault } from '../create-vault.ts';
import { tellingRegimes } from '../../packs/for-incident.ts';
import { changeDutySettings } from '../../deadlines/settings.ts';
import { describeDuties } from '../duties.ts';
import { changeOrganisation, cleanOrganisation } from '../organisation.ts';
import { requirePlace } from './place.ts';
import type { AreaHandlers, CoreState } from './state.ts';

function described(unlocked: UnlockedRoom<Room>): { room: Room; user: string; since: string } {
  return { room: unlocked.room, user: unlocked.actor.name, since: unlocked.since.toISOString() };
}

async function enter(
  core: CoreState,
  folder: string,
  unlock: (vault: Vault) => Promise<UnlockedRoom<Room>>,
): Promise<{ room: Room; user: string; since: string }> {
  const vault = core.hold(folder);
  try {
    const unlocked = await unlock(vault);
    finishPending(vault, tellingRegimes(vault, core.rules));
    return described(unlocked);
  } finally {
    await core.releaseIfLocked();
    void core.goOn();
  }
}

export const vaultHandlers: AreaHandlers<'vault'> = {
  status({ folder }, { core }) {
    const exists = existsSync(join(folder, 'vault.json')) || existsSync(join(folder, 'vault.copy.json'));
    const unlocked = core.vault?.unlockedRooms() ?? [];
    const file = exists ? readVaultFile(folder) : null;
    return {
      exists,
      isFolder: existsSync(folder),
      vaultId: file?.vaultId ?? null,
      users: file
        ? ROOMS.flatMap((room) =>
            slotsOf(file, room)
              .filter((slot) => slot.kind === 'passphrase')
              .map((slot) => ({ room, name: slot.userName })),
          )
        : [],
      unlocked: unlocked.map(described),
      ceiling: unlocked[0]?.ceiling ?? null,
    };
  },
  judgePassphrase: ({ passphrase, room, personal }) => judgePassphrase(passphrase, room, personal),
  async create(request, { core, progress }) {
    progress('Valvet skapas');
    requirePlace(request.folder);
    requirePlace(request.recoveryFolder);
    const { recoverySheets, ...created } = await createWholeVault({
      folder: request.folder,
      recoveryFolder: request.recoveryFolder,
      organisation: cleanOrganisation({
        name: request.organisationName,
        kind: request.organisationKind,
        number: null,
        contact: null,
        phone: null,
        hours: null,
        address: [],
        email: request.email,
      }),
      ceiling: request.ceiling,
      userName: request.userName,
      passphrases: request.passphrases,
      now: core.now(),
    });
    const printable = recoverySheets.map(({ room, pdf }) => ({
      room,
      pdf: Buffer.from(pdf).toString('base64'),
    }));
    return { ...created, recoverySheets: printable };
  },
  unlock: ({ folder, room, userName, passphrase }, { core }) =>
    enter(core, folder, (vault) =>
      vault.unlock<Room>(room, userName, Buffer.from(passphrase, 'utf8'), 'later'),
    ),
  unlockWithRecovery: ({ folder, room, code }, { core }) =>
    enter(core, folder, (vault) => vault.unlockWithRecovery<Room>(room, readRecoveryCode(code))),
  unprovenRecovery: (_request, { core }) => listUnprovenRecovery(core.requireVault()),
  async proveRecovery({ room, code }, { core, progress }) {
    progress('Koden prövas');
    await proveRecovery(core.requireVault(), room, readRecoveryCode(code));
    return null;
  },
  async lock(_request, { core, tellLocked }) {
    await core.close();
    tellLocked('Du låste valvet. Allt som var sparat finns kvar.');
    return null;
  },
  async lockRoom({ room }, { core }) {
    await core.lockRoom(room);
    return null;
  },
  duties: (_request, { core }) => describeDuties(core.requireVault(), core.rules),
  changeDuties(change, { core }) {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    changeDutySettings(core.requireVault(), core.rules, given);
    return null;
  },
  organisation: (_request, { core }) =>
    (core.requireVault().unlockedRooms()[0] ?? core.requireVault().requireRoom('open')).organisation,
  changeOrganisation(change, { core }) {
    return changeOrganisation(
      core.requireVault(),
      Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
    );
  },
};
