import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ROOMS, type Room } from '../../shared/domain/room.ts';
import { openElsewhere } from '../store/testing/sample.ts';
import { hasUncheckedEntries, readSetting, writeSetting } from './repository.ts';
import { Vault } from './session.ts';
import {
  ANNA,
  bytesOf,
  contentOf,
  describeError,
  editSlots,
  editVaultFile,
  failureOf,
  makeWorkplace,
  openFilesIn,
  openWith,
  PASSPHRASES,
  tryRoom,
  unlock,
  type Workplace,
} from './testing/vaults.ts';

vi.mock('./key-derivation.ts', async (original) =>
  (await import('./testing/derivations.ts')).rememberDerivations(await original()),
);

const HOLDER = fileURLToPath(new URL('../store/testing/lock-holder.ts', import.meta.url));
let place: Workplace;
const opened: Vault[] = [];

beforeAll(async () => {
  place = await makeWorkplace();
});
afterEach(() => {
  for (const vault of opened.splice(0)) vault.close();
  expect(openFilesIn(place.root)).toEqual([]);
});
afterAll(() => place.remove());

function take(folder: string): Vault {
  const vault = Vault.open(folder);
  opened.push(vault);
  return vault;
}

const flip = (bytes: Buffer, offset: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(offset) ^ (1 << randomInt(8)), offset);
  return copy;
};

describe('unlocking', () => {
  it('of one room leaves the other locked: no key of it, and no work in it', async () => {
    for (const room of ROOMS) {
      const other: Room = room === 'open' ? 'protected' : 'open';
      const vault = take(place.fresh());
      await unlock(vault, room);
      expect(vault.room(other)).toBeNull();
      expect(vault.unlockedRooms().map((unlocked) => unlocked.room)).toEqual([room]);
      const error = await failureOf(() => vault.requireRoom(other));
      expect(error).toMatchObject({ kind: 'unlock' });
      expect(error.message).toContain('upplåst');
      expect(error.terminal).toBe(other === 'open' ? '--open-pass' : '--protected-pass');
    }
  });

  it('tells a wrong passphrase from an unknown user in no way', async () => {
    const folder = place.fresh();
    for (const room of ROOMS) {
      const wrong = await tryRoom(folder, room, 'fel fras som ingen har');
      expect(wrong).toMatch(
        /^unlock: Fel användare eller lösenfras för (öppna|skyddade) rummet\. Inget har öppnats\.$/,
      );
      expect(await tryRoom(folder, room, PASSPHRASES[room], 'Okänd Person')).toBe(wrong);
      expect(await tryRoom(folder, room, PASSPHRASES[room], '')).toBe(wrong);
    }
    expect(await tryRoom(folder, 'open', PASSPHRASES.protected)).toMatch(/^unlock: /);
  });

  it('takes NFKC of the passphrase, and trims nothing', async () => {
    const folder = place.fresh();
    expect(await tryRoom(folder, 'open', PASSPHRASES.open.normalize('NFD'))).toBe('opened');
    expect(await tryRoom(folder, 'open', ` ${PASSPHRASES.open}`)).toMatch(/^unlock: /);
    expect(await tryRoom(folder, 'open', `${PASSPHRASES.open}\n`)).toMatch(/^unlock: /);
    expect(await tryRoom(folder, 'open', '')).toMatch(/^usage: Lösenfrasen är tom/);
  });

  it('wipes the passphrase, whatever comes of it', async () => {
    const vault = take(place.fresh());
    for (const [room, text] of [
      ['open', 'fel fras'],
      ['open', PASSPHRASES.open],
      ['open', PASSPHRASES.open],
    ] as const) {
      const passphrase = bytesOf(text);
      await vault.unlock(room, ANNA, passphrase).catch(() => undefined);
      expect(passphrase.every((byte) => byte === 0)).toBe(true);
    }
  });

  it('twice at once opens once, and in a vault that was closed meanwhile not at all', async () => {
    const vault = take(place.fresh());
    const [one, other] = await Promise.allSettled([unlock(vault, 'open'), unlock(vault, 'open')]);
    expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected']);
    await expect(unlock(vault, 'open')).rejects.toThrow(/open already/);
    const late = unlock(vault, 'protected');
    vault.close();
    await expect(late).rejects.toThrow(/closed/);
    expect(vault.unlockedRooms()).toEqual([]);
  });
});

describe('a vault that is taken away while it is open', () => {
  const write = (vault: Vault, value: string): void => {
    const open = vault.requireRoom('open');
    vault.transaction(open, () => writeSetting(open.store, 'prov', value));
  };

  it.skipIf(process.platform === 'win32')(
    'says that nothing is saved any more, locks all the same, and has what was saved before when it is back',
    async () => {
      const folder = place.fresh();
      const vault = take(folder);
      await unlock(vault, 'open');
      write(vault, 'före');
      const elsewhere = `${folder}-flyttad`;
      cpSync(folder, elsewhere, { recursive: true });
      rmSync(folder, { recursive: true });
      const error = await failureOf(() => write(vault, 'efter'));
      expect(error).toMatchObject({ kind: 'usage' });
      expect(error.message).toMatch(/Valvets mapp är inte kvar.*sparas inte.*sätt tillbaka/);
      // Another vault in its place is not it.
      cpSync(elsewhere, folder, { recursive: true });
      expect((await failureOf(() => write(vault, 'efter'))).message).toMatch(/inte längre där/);
      vault.close();
      const again = take(folder);
      const open = await unlock(again, 'open');
      expect(readSetting(open.store, 'prov')).toBe('före');
    },
  );
});

describe('locking', () => {
  it('wipes the keys, signs what was done, and leaves two databases and no more', async () => {
    const folder = place.fresh();
    const vault = take(folder);
    const rooms = [await unlock(vault, 'open'), await unlock(vault, 'protected')];
    const secrets = rooms.map((room) => room.secrets);
    expect(secrets.some(({ dataKey }) => dataKey.every((byte) => byte === 0))).toBe(false);
    vault.close();
    for (const { dataKey, signingSeed } of secrets) {
      expect(Buffer.concat([dataKey, signingSeed]).every((byte) => byte === 0)).toBe(true);
    }
    expect(readdirSync(folder).sort()).toEqual([
      'lock.db',
      'open.db',
      'protected.db',
      'vault.copy.json',
      'vault.json',
    ]);
    const again = await openWith(folder, 'open', 'protected');
    opened.push(again);
    for (const { store } of again.unlockedRooms()) expect(hasUncheckedEntries(store)).toBe(false);
  });

  it('closes both rooms, wipes and lets go of the vault, also where it fails for one or both', async () => {
    for (const failures of [1, 2]) {
      const folder = place.fresh();
      const vault = await openWith(folder, 'open', 'protected');
      const rooms = vault.unlockedRooms();
      for (const room of rooms) vault.transaction(room, () => vault.audit(room, 'test', null, {}));
      const broken = vi.spyOn(vault, 'auditContext');
      for (let count = 0; count < failures; count += 1) {
        broken.mockImplementationOnce(() => {
          throw new Error('klockan är trasig');
        });
      }
      expect(() => vault.close()).toThrow('klockan är trasig');
      for (const { secrets, store } of rooms) {
        expect(store.database.open).toBe(false);
        expect(Buffer.concat([secrets.dataKey, secrets.signingSeed]).every((byte) => byte === 0)).toBe(true);
      }
      expect(openFilesIn(folder)).toEqual([]);
      expect(await tryRoom(folder, 'open')).toBe('opened');
    }
  });
});

describe('a vault', () => {
  it('is SQLCipher 4 in both rooms: a program by other hands reads it with the room’s key', async () => {
    const folder = place.fresh();
    const vault = await openWith(folder, 'open', 'protected');
    const keys = ROOMS.map((room) => Buffer.from(vault.requireRoom(room).secrets.dataKey));
    for (const room of ROOMS) {
      const unlocked = vault.requireRoom<Room>(room);
      vault.transaction(unlocked, () => vault.audit(unlocked, 'test', null, { text: `rad i ${room}` }));
    }
    vault.close();
    for (const [index, room] of ROOMS.entries()) {
      const database = openElsewhere(join(folder, `${room}.db`), keys[index] ?? Buffer.alloc(0));
      expect(database.pragma('cipher_integrity_check')).toEqual([]);
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(database.pragma('foreign_key_check')).toEqual([]);
      expect(database.prepare("SELECT value FROM room_setting WHERE key = 'room'").get()).toEqual({
        value: room,
      });
      expect(database.prepare('SELECT payload FROM audit_payload ORDER BY seq DESC LIMIT 1').get()).toEqual({
        payload: JSON.stringify({ text: `rad i ${room}` }),
      });
      database.close();
    }
  });

  it('is held by one process at a time', () => {
    const folder = place.fresh();
    const vault = take(folder);
    expect(spawnSync(process.execPath, [HOLDER, folder], { input: '' }).stdout.toString()).toBe('locked\n');
    expect(() => Vault.open(folder)).toThrow(/Valvet är öppet i ett annat program/);
    vault.close();
    expect(spawnSync(process.execPath, [HOLDER, folder], { input: '' }).stdout.toString()).toBe('held\n');
  });

  it('can be moved, renamed, and opened by a relative path although the working folder changes', async () => {
    const folder = place.fresh();
    const moved = join(place.root, ' Flyttat valv – åäö ');
    renameSync(folder, moved);
    const before = process.cwd();
    process.chdir(place.root);
    try {
      const vault = take(basename(moved));
      process.chdir(before);
      await unlock(vault, 'open');
      expect(vault.folder).toBe(moved);
    } finally {
      process.chdir(before);
    }
  });

  it('says in words when a transaction meets a full disk, and keeps nothing of it', async () => {
    const vault = take(place.fresh());
    const open = await unlock(vault, 'open');
    const pages = open.store.database.pragma('page_count', { simple: true }) as number;
    open.store.database.pragma(`max_page_count = ${pages + 2}`);
    const error = await failureOf(() =>
      vault.transaction(open, () => {
        for (let count = 0; count < 100; count += 1)
          writeSetting(open.store, `nyckel-${count}`, 'x'.repeat(2000));
      }),
    );
    expect(describeError(error)).toMatch(/^usage: .*disken är full.*det som var sparat finns kvar/);
    expect(
      open.store.database.prepare("SELECT count(*) FROM room_setting WHERE key LIKE 'nyckel%'").pluck().get(),
    ).toBe(0);
  });
});

describe('a damaged room', () => {
  it('is refused as damaged at any place of its file, and the other room opens', async () => {
    for (const room of ROOMS) {
      const other: Room = room === 'open' ? 'protected' : 'open';
      const folder = place.fresh();
      const path = join(folder, `${room}.db`);
      const whole = readFileSync(path);
      const places = [0, 15, 16, 28, 100, 4095, 4096, whole.length - 1];
      for (let count = 0; count < 25; count += 1) places.push(randomInt(whole.length));
      for (const offset of places) {
        const damaged = flip(whole, offset);
        writeFileSync(path, damaged);
        expect(await tryRoom(folder, room), `byte ${offset}`).toMatch(
          /^damaged: Databasen för (öppna|skyddade) rummet/,
        );
        expect(readFileSync(path).equals(damaged)).toBe(true);
      }
      const vault = take(folder);
      await expect(unlock(vault, room)).rejects.toMatchObject({ kind: 'damaged' });
      await unlock(vault, other);
      expect(vault.room(room)).toBeNull();
      vault.close();
      writeFileSync(path, whole);
      expect(await tryRoom(folder, room)).toBe('opened');
    }
  });

  it('is one that is cut, emptied, gone, or the other room’s file', async () => {
    const folder = place.fresh();
    const path = join(folder, 'open.db');
    const whole = readFileSync(path);
    for (const content of [
      whole.subarray(0, -1),
      whole.subarray(0, -4096),
      whole.subarray(0, 4096),
      Buffer.alloc(0),
    ]) {
      writeFileSync(path, content);
      expect(await tryRoom(folder, 'open')).toMatch(/^damaged: /);
      expect(readFileSync(path).equals(content)).toBe(true);
    }
    writeFileSync(path, readFileSync(join(folder, 'protected.db')));
    expect(await tryRoom(folder, 'open')).toMatch(/^damaged: /);
    rmSync(path);
    expect(await tryRoom(folder, 'open')).toMatch(/^damaged: Databasen för öppna rummet saknas/);
    expect(existsSync(path)).toBe(false);
    expect(await tryRoom(folder, 'protected')).toBe('opened');
  });

  it('leaves no log and no open file behind, and the vault goes on', async () => {
    const folder = place.fresh();
    const path = join(folder, 'protected.db');
    writeFileSync(path, flip(readFileSync(path), 5000));
    const names = readdirSync(folder);
    for (let count = 0; count < 5; count += 1)
      expect(await tryRoom(folder, 'protected')).toMatch(/^damaged: /);
    expect(readdirSync(folder)).toEqual([...names, 'lock.db'].sort());
    expect(openFilesIn(folder)).toEqual([]);
  });

  it('from a newer Sigill is refused in words and stays as it is', async () => {
    const folder = place.fresh();
    const vault = await openWith(folder, 'open');
    vault.requireRoom('open').store.database.pragma('user_version = 9990');
    vault.close();
    const before = contentOf(folder);
    expect(await tryRoom(folder, 'open')).toMatch(
      /^damaged: Databasen för öppna rummet är skriven av en nyare Sigill/,
    );
    expect(contentOf(folder)).toEqual(before);
    expect(await tryRoom(folder, 'protected')).toBe('opened');
  });
});

describe('vault.json changed by somebody who counts the checksum anew', () => {
  it('opens nothing by a slot moved to the other room, whichever passphrase is given', async () => {
    const folder = place.fresh();
    editVaultFile(folder, (file) => ({
      ...file,
      rooms: {
        open: { file: 'open.db', slots: file.rooms.protected.slots },
        protected: { file: 'protected.db', slots: file.rooms.open.slots },
      },
    }));
    for (const room of ROOMS) {
      for (const passphrase of Object.values(PASSPHRASES)) {
        expect(await tryRoom(folder, room, passphrase)).toMatch(/^unlock: /);
      }
    }
  });

  it('opens nothing by a slot with another name, another id or a weaker cost', async () => {
    const changes = [
      { userName: 'Bo Ek' },
      { userId: 'bo' },
      { id: 'annan' },
      { kdf: { memoryKiB: 64, iterations: 1, parallelism: 1 } },
      { kdf: { memoryKiB: 262_144, iterations: 4, parallelism: 4 } },
    ];
    for (const change of changes) {
      const folder = place.fresh();
      editSlots(folder, 'open', (slots) =>
        slots.map((slot) => ({ ...slot, ...change, kdf: { ...slot.kdf, ...(change.kdf ?? {}) } })),
      );
      const name = change.userName ?? ANNA;
      expect(await tryRoom(folder, 'open', PASSPHRASES.open, name), JSON.stringify(change)).toMatch(
        /^(unlock|damaged): /,
      );
    }
  });

  it('opens nothing with the id of another vault, or the slots of one', async () => {
    const folder = place.fresh();
    editVaultFile(folder, (file) => ({ ...file, vaultId: '0198c0de-0000-7000-8000-000000000000' }));
    expect(await tryRoom(folder, 'open')).toMatch(/^unlock: /);
  });

  it('without the checksum is told damaged before anything is tried', () => {
    const folder = place.fresh();
    const path = join(folder, 'vault.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(ANNA, 'Eva Åberg'));
    expect(() => Vault.open(folder)).toThrow(/Kopian vault\.copy\.json i samma mapp är hel/);
    expect(readdirSync(folder)).not.toContain('lock.db');
  });
});
