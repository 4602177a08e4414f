import { randomUUID, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SigillError } from '../../shared/domain/error.ts';
import type { Level } from '../../shared/domain/marking.ts';
import type { Organisation } from '../../shared/domain/report.ts';
import { isAlike } from '../../shared/domain/passphrase.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../shared/domain/room.ts';
import { appendAudit } from '../audit/repository.ts';
import { MIGRATIONS } from '../store/migrations/index.ts';
import { migrate } from '../store/migrate.ts';
import { flushFolder } from '../store/private-file.ts';
import { causeOf, explainSystem } from '../store/system-error.ts';
import { abandonStore, assertEncrypted, closeStore, openStore, type Store } from '../store/store.ts';
import { calibrate, normalPassphrase, passphraseBytes, type KdfParameters } from './key-derivation.ts';
import { judgePassphrase } from './passphrase.ts';
import { makeRecoveryCode } from './recovery-code.ts';
import { addSlot, addUser, writeSetting } from './repository.ts';
import { makeRoomSecrets, makeSlot, publicKeyOf, signingKeyOf, wipe, type SlotOwner } from './slots.ts';
import { newUserName, RECOVERY_USER_NAME } from './user-name.ts';
import { writeVaultFile, type KeySlot } from './vault-file.ts';

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

/** @throws SigillError `usage` where both rooms would have the same passphrase, or one that is read as the same */
export function requireDifferent(one: string, other: string): void {
  if (!isAlike(normalPassphrase(one), normalPassphrase(other))) return;
  throw new SigillError(
    'usage',
    'De två rummen måste ha olika lösenfraser: annars öppnar den ena även det andra.',
  );
}

/**
 * Creates a vault with both rooms, the first user and a recovery key for each room. It is made in a folder beside its
 * place and renamed last, so that a failure anywhere leaves nothing.
 * @throws SigillError `usage`: the folder cannot be made or is not empty, a passphrase is weak, or both rooms were given
 *   the same one
 */
export async function createVault(request: NewVault): Promise<{ vaultId: string; kdf: KdfParameters }> {
  const target = freePlace(request.folder);
  const userName = newUserName(request.userName);
  requireDifferent(request.passphrases.open, request.passphrases.protected);
  for (const room of ROOMS) {
    requireStrongPassphrase(request.passphrases[room], room, [userName, request.organisation.name]);
  }
  const kdf = request.kdf ?? (await calibrate());
  const workshop = makeWorkshop(target);
  try {
    const vaultId = await fillWorkshop(workshop.folder, { ...request, userName }, kdf);
    // Not recursively: whatever somebody has put there in the meantime is not ours to remove.
    if (existsSync(target)) rmdirSync(target);
    renameSync(workshop.folder, target);
    flushFolder(dirname(target));
    return { vaultId, kdf };
  } catch (error) {
    workshop.remove();
    throw explainFolder(error, target);
  }
}

/** @throws SigillError `usage` where there is something already */
function freePlace(folder: string): string {
  const path = resolve(folder);
  try {
    // A link to an empty folder is to become a link to the vault.
    const target = existsSync(path) ? realpathSync(path) : path;
    if (!existsSync(target) || readdirSync(target).length === 0) return target;
  } catch (error) {
    throw explainFolder(error, path);
  }
  throw new SigillError('usage', `${path} finns redan och är inte tom. Välj en ny mapp för valvet.`);
}

interface Workshop {
  readonly folder: string;
  /** Takes it away with all that is in it, and with the folders that were made to hold it. */
  readonly remove: () => void;
}

function makeWorkshop(target: string): Workshop {
  const parent = dirname(target);
  try {
    const firstMade = mkdirSync(parent, { recursive: true, mode: 0o700 });
    const folder = join(parent, `.${basename(target)}.${randomUUID().slice(0, 8)}.part`);
    mkdirSync(folder, { mode: 0o700 });
    return {
      folder,
      remove() {
        rmSync(folder, { recursive: true, force: true });
        if (firstMade !== undefined) removeEmptyFolders(parent, resolve(firstMade));
      },
    };
  } catch (error) {
    throw explainFolder(error, target);
  }
}

function removeEmptyFolders(from: string, to: string): void {
  try {
    for (let folder = from; folder.startsWith(to); folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // Somebody has put something there: then it stays.
  }
}

function explainFolder(error: unknown, target: string): unknown {
  // What the store has put into words speaks of a room that is there, and of what was saved in it.
  const first = error instanceof SigillError ? error.cause : error;
  return causeOf(first)
    ? explainSystem(first, `Valvet kan inte skapas i ${target}`, 'Inget har skapats.')
    : error;
}

/** Makes a whole vault in a folder, and delivers the recovery codes. */
async function fillWorkshop(folder: string, request: NewVault, kdf: KdfParameters): Promise<string> {
  const vaultId = randomUUID();
  const userId = randomUUID();
  const open = await createRoom('open', folder, vaultId, userId, kdf, request);
  const secret = await createRoom('protected', folder, vaultId, userId, kdf, request);
  writeVaultFile(folder, {
    format: 'sigill-vault/1',
    vaultId,
    createdAt: request.now.toISOString(),
    rooms: {
      open: { file: 'open.db', slots: open.slots },
      protected: { file: 'protected.db', slots: secret.slots },
    },
  });
  await request.deliverRecovery({ open: open.recoveryCode, protected: secret.recoveryCode });
  return vaultId;
}

async function createRoom(
  room: Room,
  folder: string,
  vaultId: string,
  userId: string,
  kdf: KdfParameters,
  request: NewVault,
): Promise<{ slots: KeySlot[]; recoveryCode: string }> {
  const secrets = makeRoomSecrets();
  const recoverySecrets = makeRoomSecrets(Buffer.from(secrets.dataKey));
  const recovery = makeRecoveryCode();
  const passphrase = passphraseBytes(request.passphrases[room]);
  let store: Store<Room> | null = null;
  try {
    store = openStore(join(folder, `${room}.db`), room, secrets.dataKey, true);
    migrate(store, secrets.dataKey, MIGRATIONS);
    const person: SlotOwner = { vaultId, room, userId, userName: request.userName, kind: 'passphrase' };
    const envelope: SlotOwner = {
      vaultId,
      room,
      userId: `recovery-${room}`,
      userName: RECOVERY_USER_NAME,
      kind: 'recovery',
    };
    const slots: [KeySlot, KeySlot] = [
      await makeSlot(person, secrets, passphrase, kdf, request.now),
      await makeSlot(envelope, recoverySecrets, recovery.secret, kdf, request.now),
    ];
    writeFirstRows(
      store,
      request,
      vaultId,
      [
        { owner: person, publicKey: publicKeyOf(secrets), slot: slots[0] },
        { owner: envelope, publicKey: publicKeyOf(recoverySecrets), slot: slots[1] },
      ],
      signingKeyOf(secrets),
    );
    if (store.room === 'open') await request.prepareOpenRoom(store as unknown as Store<'open'>, userId);
    closeStore(store);
    assertEncrypted(store.path);
    return { slots, recoveryCode: recovery.code };
  } finally {
    if (store) abandonStore(store);
    passphrase.fill(0);
    wipe(secrets);
    wipe(recoverySecrets);
    recovery.secret.fill(0);
  }
}

interface FirstUser {
  readonly owner: SlotOwner;
  readonly publicKey: string;
  readonly slot: KeySlot;
}

/** What every room holds from the start: who it is, who may come in, and the first row of the audit. */
function writeFirstRows(
  store: Store<Room>,
  request: NewVault,
  vaultId: string,
  [person, envelope]: readonly [FirstUser, FirstUser],
  signingKey: KeyObject,
): void {
  const at = request.now.toISOString();
  store.database
    .transaction(() => {
      writeSetting(store, 'vaultId', vaultId);
      writeSetting(store, 'room', store.room);
      writeSetting(store, 'ceiling', request.ceiling);
      writeSetting(store, 'organisation', JSON.stringify(request.organisation));
      for (const { owner, publicKey, slot } of [person, envelope]) {
        const kind = owner.kind === 'recovery' ? 'recovery' : 'person';
        addUser(store, { id: owner.userId, name: owner.userName, kind, publicKey, addedAt: at });
        addSlot(store, slot.id, owner.userId, at);
      }
      appendAudit(
        store.database,
        { vaultId, room: store.room, actorId: person.owner.userId, signingKey, at: request.now },
        'vault.created',
        vaultId,
        { ceiling: request.ceiling, users: [person.owner.userName, envelope.owner.userName] },
      );
    })
    .immediate();
}
