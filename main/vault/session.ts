import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { SigillError } from '../../shared/domain/error.ts';
import type { Level } from '../../shared/domain/marking.ts';
import type { Organisation } from '../../shared/domain/report.ts';
import { ROOM_NAME, ROOMS, type Room } from '../../shared/domain/room.ts';
import { appendAudit, writeCheckpoint, type AuditContext } from '../audit/repository.ts';
import { explainSqlite } from '../store/explain.ts';
import { MIGRATIONS } from '../store/migrations/index.ts';
import { migrate } from '../store/migrate.ts';
import { abandonStore, closeStore, isInPlace, openStore, type Store } from '../store/store.ts';
import { takeWriterLock, type WriterLock } from '../store/writer-lock.ts';
import { passphraseBytes } from './key-derivation.ts';
import { hasUncheckedEntries, isUsableSlot, readOrganisation, readSetting } from './repository.ts';
import { openSlot, signingKeyOf, wipe, type RoomSecrets } from './slots.ts';
import { finishSlots } from './unfinished.ts';
import { normalUserName } from './user-name.ts';
import { readVaultFile, slotsOf, type KeySlot, type VaultFile } from './vault-file.ts';

/** Who acts in a room: the user whose slot opened it. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  readonly signingKey: KeyObject;
}

/** A room whose database is open and whose key is in memory. */
export interface UnlockedRoom<R extends Room> {
  readonly room: R;
  readonly store: Store<R>;
  readonly actor: Actor;
  readonly secrets: RoomSecrets;
  readonly slotId: string;
  readonly since: Date;
  readonly ceiling: Level;
  readonly organisation: Organisation;
}

type Clock = () => Date;

/** Nothing is said to be saved that would be gone at the next lock. */
function gone(room: Room): SigillError {
  return new SigillError(
    'usage',
    `Valvets mapp är inte kvar: databasen för ${ROOM_NAME[room]} ligger inte längre där den öppnades. Det du gör nu sparas inte; det ` +
      'som sparades innan mappen försvann är orört där den nu finns. Kopiera det du har skrivit till papper, sätt tillbaka mediet ' +
      'eller mappen, lås och lås upp igen.',
  );
}

/**
 * A vault that this process holds: at first with both rooms locked. Each room is unlocked on its own; the key of one is
 * never in memory because the other was opened. Close it, and keys are wiped and the lock is given back.
 */
export class Vault {
  readonly folder: string;
  readonly now: Clock;
  #file: VaultFile;
  readonly #lock: WriterLock;
  #isClosed = false;
  readonly #rooms: { open: UnlockedRoom<'open'> | null; protected: UnlockedRoom<'protected'> | null } = {
    open: null,
    protected: null,
  };

  private constructor(folder: string, lock: WriterLock, file: VaultFile, now: Clock) {
    this.folder = folder;
    this.#lock = lock;
    this.#file = file;
    this.now = now;
  }

  /**
   * Takes hold of a vault.
   * @throws SigillError `usage` no vault there; `locked` another process has it; `damaged` vault.json is not whole
   */
  static open(folder: string, now: Clock = () => new Date()): Vault {
    // A relative path would lead elsewhere when the working folder changes, and SQLite trims the spaces off one.
    const path = resolve(folder);
    readVaultFile(path);
    const lock = takeWriterLock(path);
    try {
      return new Vault(path, lock, readVaultFile(path), now);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  get file(): VaultFile {
    return this.#file;
  }

  /** Takes note of a changed `vault.json`, already written. */
  replaceFile(file: VaultFile): void {
    this.#file = file;
  }

  /**
   * Unlocks a room with a user's passphrase.
   * @param passphrase UTF-8, wiped before return
   * @param judge `later`: the room can be read before every page has been judged. Whoever asks for it goes on with
   *   `store.check` and locks the room where that finds damage; nothing is written before it has come to its end.
   * @throws SigillError `unlock` for an unknown user or a wrong passphrase (not told apart); `damaged`
   */
  async unlock<R extends Room>(
    room: R,
    userName: string,
    passphrase: Buffer,
    judge: 'first' | 'later' = 'first',
  ): Promise<UnlockedRoom<R>> {
    const name = normalUserName(userName);
    const slots = slotsOf(this.#file, room).filter(
      (slot) => slot.kind === 'passphrase' && slot.userName === name,
    );
    try {
      const secret = passphraseBytes(passphrase.toString('utf8'));
      return await this.#unlockWith(room, slots, secret, judge, 'Fel användare eller lösenfras');
    } finally {
      passphrase.fill(0);
    }
  }

  /**
   * Unlocks a room with the recovery code from its sealed envelope. Whoever does leaves a row, even if she only reads.
   * @param secret the 20 bytes that the code stands for; wiped before return
   */
  async unlockWithRecovery<R extends Room>(room: R, secret: Uint8Array): Promise<UnlockedRoom<R>> {
    const slots = slotsOf(this.#file, room).filter((slot) => slot.kind === 'recovery');
    const unlocked = await this.#unlockWith(room, slots, secret, 'first', 'Fel återställningsnyckel');
    try {
      this.transaction(unlocked, () =>
        this.audit(unlocked, 'recovery.used', null, { slot: unlocked.slotId }),
      );
    } catch (error) {
      this.#leave(unlocked);
      throw error;
    }
    return unlocked;
  }

  async #unlockWith<R extends Room>(
    room: R,
    slots: readonly KeySlot[],
    secret: Uint8Array,
    judge: 'first' | 'later',
    failure: string,
  ): Promise<UnlockedRoom<R>> {
    try {
      this.#requireLocked(room);
      if (!existsSync(join(this.folder, this.#file.rooms[room].file))) {
        throw new SigillError(
          'damaged',
          `Databasen för ${ROOM_NAME[room]} saknas. Återställ valvet från säkerhetskopia.`,
        );
      }
      for (const slot of slots) {
        const secrets = await openSlot(this.#file.vaultId, room, slot, secret);
        if (secrets) return this.#enter(room, slot, secrets, judge);
      }
    } finally {
      secret.fill(0);
    }
    throw new SigillError('unlock', `${failure} för ${ROOM_NAME[room]}. Inget har öppnats.`);
  }

  #requireLocked(room: Room): void {
    if (this.#isClosed) throw new TypeError('The vault is closed.');
    if (this.#rooms[room]) throw new TypeError(`The ${room} room is open already.`);
  }

  #enter<R extends Room>(
    room: R,
    slot: KeySlot,
    secrets: RoomSecrets,
    judge: 'first' | 'later',
  ): UnlockedRoom<R> {
    const path = join(this.folder, this.#file.rooms[room].file);
    let store: Store<R> | null = null;
    try {
      // Once more: the vault may have been closed, or the room opened, while the key was being derived.
      this.#requireLocked(room);
      store = openStore(path, room, secrets.dataKey, false, judge);
      migrate(store, secrets.dataKey, MIGRATIONS);
      this.#requireOwnRoom(store, slot);
      const opened = store;
      const unlocked: UnlockedRoom<R> = {
        room,
        store: opened,
        actor: { userId: slot.userId, name: slot.userName, signingKey: signingKeyOf(secrets) },
        secrets,
        slotId: slot.id,
        since: this.now(),
        ceiling: readSetting(store, 'ceiling') as Level,
        // As it is now: it can be changed while the room is open.
        get organisation() {
          return readOrganisation(opened);
        },
      };
      this.#finishSlots(unlocked);
      (this.#rooms as Record<Room, UnlockedRoom<Room> | null>)[room] = unlocked;
      return unlocked;
    } catch (error) {
      if (store) abandonStore(store);
      wipe(secrets);
      throw explainSqlite(error, room);
    }
  }

  /** The room decides who may come in, not `vault.json`: that can be put back from an old copy by hand. */
  #requireOwnRoom(store: Store<Room>, slot: KeySlot): void {
    const name = ROOM_NAME[store.room];
    if (readSetting(store, 'vaultId') !== this.#file.vaultId || readSetting(store, 'room') !== store.room) {
      throw new SigillError('damaged', `Databasen för ${name} hör till ett annat valv eller rum.`);
    }
    if (!isUsableSlot(store, slot.id, slot.userId)) {
      throw new SigillError(
        'unlock',
        `Nyckelplatsen för ${slot.userName} är borttagen ur ${name}; vault.json stämmer inte med rummet.`,
      );
    }
  }

  #finishSlots(unlocked: UnlockedRoom<Room>): void {
    const { room, store, slotId, since, actor } = unlocked;
    this.#file = finishSlots({
      folder: this.folder,
      file: this.#file,
      room,
      store,
      slotId,
      at: since,
      tell: (slots) => this.audit(unlocked, 'user.slot-retired', actor.userId, { slots }),
    });
  }

  /** Out of a room again, before anything has been done in it. */
  #leave(unlocked: UnlockedRoom<Room>): void {
    (this.#rooms as Record<Room, UnlockedRoom<Room> | null>)[unlocked.room] = null;
    abandonStore(unlocked.store);
    wipe(unlocked.secrets);
  }

  /** @returns the room if it is unlocked now */
  room<R extends Room>(room: R): UnlockedRoom<R> | null {
    return this.#rooms[room] as UnlockedRoom<R> | null;
  }

  /** @throws SigillError `unlock` where the room is locked */
  requireRoom<R extends Room>(room: R): UnlockedRoom<R> {
    const unlocked = this.room(room);
    if (!unlocked) {
      throw new SigillError(
        'unlock',
        `Det här kräver att ${ROOM_NAME[room]} är upplåst.`,
        [],
        room === 'open' ? '--open-pass' : '--protected-pass',
      );
    }
    return unlocked;
  }

  unlockedRooms(): UnlockedRoom<Room>[] {
    return ROOMS.flatMap((room) => {
      const unlocked = this.#rooms[room];
      return unlocked ? [unlocked] : [];
    });
  }

  auditContext(unlocked: UnlockedRoom<Room>): AuditContext {
    return {
      vaultId: this.#file.vaultId,
      room: unlocked.room,
      actorId: unlocked.actor.userId,
      signingKey: unlocked.actor.signingKey,
      at: this.now(),
    };
  }

  /** Writes an audit row. To be called inside the transaction of the change it tells of. */
  audit(unlocked: UnlockedRoom<Room>, action: string, object: string | null, payload: unknown): void {
    appendAudit(unlocked.store.database, this.auditContext(unlocked), action, object, payload);
  }

  /**
   * Runs work in one immediate transaction of a room: all of it, or nothing. Where the room was opened before every page
   * had been judged, that is brought to its end first.
   * @throws SigillError `damaged`, `locked`, `usage` for what the disk or another program does to it; `usage` where the file no
   *   longer lies where it was opened
   */
  transaction<R extends Room, T>(unlocked: UnlockedRoom<R>, work: () => T): T {
    try {
      unlocked.store.check?.finish();
      if (!isInPlace(unlocked.store)) throw gone(unlocked.room);
      return unlocked.store.database.transaction(work).immediate();
    } catch (error) {
      throw explainSqlite(error, unlocked.room);
    }
  }

  /** Locks a room: a signed checkpoint, the log emptied, the database closed, the keys wiped. */
  lockRoom(room: Room): void {
    const unlocked = this.room(room);
    if (!unlocked) return;
    (this.#rooms as Record<Room, UnlockedRoom<Room> | null>)[room] = null;
    try {
      // Nothing is read or written any more in a room that has turned out to be damaged.
      const isSound = !unlocked.store.check?.isDamaged && isInPlace(unlocked.store);
      if (isSound && hasUncheckedEntries(unlocked.store)) {
        this.transaction(unlocked, () =>
          writeCheckpoint(unlocked.store.database, this.auditContext(unlocked), 'låsning'),
        );
      }
    } finally {
      try {
        closeStore(unlocked.store);
      } finally {
        wipe(unlocked.secrets);
      }
    }
  }

  /** Locks both rooms and gives the vault back, whatever happens to either. */
  close(): void {
    this.#isClosed = true;
    try {
      this.lockRoom('open');
    } finally {
      try {
        this.lockRoom('protected');
      } finally {
        this.#lock.release();
      }
    }
  }
}
