import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import type { Level } from '../../shared/domain/marking.ts';
import type { Organisation } from '../../shared/domain/report.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../shared/domain/room.ts';
import { appendAudit } from '../audit/repository.ts';
import { MIGRATIONS } from '../store/migrations/index.ts';
import { migrate } from '../store/migrate.ts';
import { assertEncrypted, closeStore, openStore, type Store } from '../store/store.ts';
import { calibrate, passphraseBytes, type KdfParameters } from './key-derivation.ts';
import { judgePassphrase } from './passphrase.ts';
import { makeRecoveryCode } from './recovery-code.ts';
import { addSlot, addUser, writeSetting } from './repository.ts';
import { makeRoomSecrets, makeSlot, publicKeyOf, signingKeyOf, wipe, type SlotOwner } from './slots.ts';
import { writeVaultFile, type KeySlot } from './vault-file.ts';

/** The name under which the recovery key acts, so that its use is seen in the audit. */
export const RECOVERY_USER_NAME = 'Återställningsnyckel';

export interface NewVault {
  readonly folder: string;
  readonly organisation: Organisation;
  readonly ceiling: Level;
  readonly userName: string;
  readonly passphrases: Readonly<Record<Room, string>>;
  readonly now: Date;
  /** Left out, Argon2id is calibrated to about a second on this machine. */
  readonly kdf?: KdfParameters;
  /** Delivers the recovery codes (to paper) before the vault gets its name: if it fails, there is no vault. */
  readonly deliverRecovery: (codes: Readonly<Record<Room, string>>) => Promise<void>;
  /** Puts what else a new vault must hold into the open room. */
  readonly prepareOpenRoom: (store: Store<'open'>, userId: string) => Promise<void>;
}

/** @throws SigillError `usage` with the advice, where a passphrase is too weak */
export function requireStrongPassphrase(passphrase: string, room: Room, personal: readonly string[]): void {
  const judgement = judgePassphrase(passphrase, room, personal);
  if (!judgement.accepted) {
    throw new SigillError('usage', `Lösenfrasen för ${ROOM_NAME[room]} är för svag.`, judgement.advice);
  }
}

/**
 * Creates a vault with both rooms, the first user and a recovery key for each room. It is made in a folder beside its
 * place and renamed last, so that a failure anywhere leaves nothing.
 * @throws SigillError `usage`: the folder exists, a passphrase is weak, or both rooms were given the same one
 */
export async function createVault(request: NewVault): Promise<{ vaultId: string; kdf: KdfParameters }> {
  const target = resolve(request.folder);
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new SigillError('usage', `${target} finns redan och är inte tom. Välj en ny mapp för valvet.`);
  }
  if (request.userName.trim() === '' || request.userName === RECOVERY_USER_NAME) {
    throw new SigillError('usage', 'Ange ett användarnamn.');
  }
  if (request.passphrases.open.normalize('NFKC') === request.passphrases.protected.normalize('NFKC')) {
    throw new SigillError(
      'usage',
      'De två rummen måste ha olika lösenfraser: annars öppnar den ena även det andra.',
    );
  }
  for (const room of ROOMS) {
    requireStrongPassphrase(request.passphrases[room], room, [request.userName, request.organisation.name]);
  }
  const kdf = request.kdf ?? (await calibrate());
  const workshop = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  const vaultId = randomUUID();
  const userId = randomUUID();
  const codes: Record<Room, string> = { open: '', protected: '' };
  const slots: Record<Room, KeySlot[]> = { open: [], protected: [] };
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    mkdirSync(workshop, { mode: 0o700 });
    for (const room of ROOMS) {
      const made = await createRoom(room, workshop, vaultId, userId, kdf, request);
      codes[room] = made.recoveryCode;
      slots[room] = made.slots;
    }
    writeVaultFile(workshop, {
      format: 'sigill-vault/1',
      vaultId,
      createdAt: request.now.toISOString(),
      rooms: {
        open: { file: 'open.db', slots: slots.open },
        protected: { file: 'protected.db', slots: slots.protected },
      },
    });
    await request.deliverRecovery(codes);
    if (existsSync(target)) rmSync(target, { recursive: true });
    renameSync(workshop, target);
    return { vaultId, kdf };
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    throw error;
  }
}

async function createRoom(
  room: Room,
  folder: string,
  vaultId: string,
  userId: string,
  kdf: KdfParameters,
  request: NewVault,
): Promise<{ slots: KeySlot[]; recoveryCode: string }> {
  const at = request.now.toISOString();
  const secrets = makeRoomSecrets();
  const recoverySecrets = makeRoomSecrets(Buffer.from(secrets.dataKey));
  const recovery = makeRecoveryCode();
  const store = openStore(join(folder, `${room}.db`), room, secrets.dataKey, true);
  try {
    migrate(store, secrets.dataKey, MIGRATIONS);
    const person: SlotOwner = { vaultId, room, userId, userName: request.userName, kind: 'passphrase' };
    const envelope: SlotOwner = {
      vaultId,
      room,
      userId: `recovery-${room}`,
      userName: RECOVERY_USER_NAME,
      kind: 'recovery',
    };
    const passphrase = passphraseBytes(request.passphrases[room]);
    const slots = [
      await makeSlot(person, secrets, passphrase, kdf, request.now),
      await makeSlot(envelope, recoverySecrets, recovery.secret, kdf, request.now),
    ];
    passphrase.fill(0);
    store.database
      .transaction(() => {
        writeSetting(store, 'vaultId', vaultId);
        writeSetting(store, 'room', room);
        writeSetting(store, 'ceiling', request.ceiling);
        writeSetting(store, 'organisation', JSON.stringify(request.organisation));
        addUser(store, {
          id: userId,
          name: request.userName,
          kind: 'person',
          publicKey: publicKeyOf(secrets),
          addedAt: at,
        });
        addUser(store, {
          id: envelope.userId,
          name: RECOVERY_USER_NAME,
          kind: 'recovery',
          publicKey: publicKeyOf(recoverySecrets),
          addedAt: at,
        });
        for (const slot of slots) addSlot(store, slot.id, slot.userId, at);
        const context = {
          vaultId,
          room,
          actorId: userId,
          signingKey: signingKeyOf(secrets),
          at: request.now,
        };
        appendAudit(store.database, context, 'vault.created', vaultId, {
          ceiling: request.ceiling,
          users: [request.userName, RECOVERY_USER_NAME],
        });
      })
      .immediate();
    if (store.room === 'open') await request.prepareOpenRoom(store as unknown as Store<'open'>, userId);
    return { slots, recoveryCode: recovery.code };
  } finally {
    closeStore(store);
    assertEncrypted(store.path);
    wipe(secrets);
    wipe(recoverySecrets);
    recovery.secret.fill(0);
  }
}
