import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ROOMS, type Room } from '../../shared/domain/room.ts';
import { readChain, verifyStored } from '../audit/repository.ts';
import { readRecoveryCode } from './recovery-code.ts';
import { findUser, listUsers } from './repository.ts';
import { Vault } from './session.ts';
import {
  ANNA,
  bytesOf,
  contentOf,
  describeError,
  editSlots,
  failureOf,
  makeWorkplace,
  openFilesIn,
  openWith,
  OTHER_PASSPHRASES,
  PASSPHRASES,
  tryRoom,
  unlock,
  type Workplace,
} from './testing/vaults.ts';
import { RECOVERY_USER_NAME } from './user-name.ts';
import { addUserToRooms, changePassphrases, removeUserFromRooms } from './users.ts';
import { readVaultFile, slotsOf } from './vault-file.ts';

vi.mock('./key-derivation.ts', async (original) =>
  (await import('./testing/derivations.ts')).cheapenDerivations(await original()),
);

const BO = 'Bo Ek';
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

async function open(folder: string, ...rooms: readonly Room[]): Promise<Vault> {
  const vault = await openWith(folder, ...rooms);
  opened.push(vault);
  return vault;
}

async function openAs(
  folder: string,
  userName: string,
  passphrases: Partial<Record<Room, string>>,
): Promise<Vault> {
  const vault = Vault.open(folder);
  opened.push(vault);
  for (const room of ROOMS) {
    const passphrase = passphrases[room];
    if (passphrase !== undefined) await vault.unlock(room, userName, bytesOf(passphrase));
  }
  return vault;
}

/** A vault with Bo in both rooms, closed. */
async function withBo(): Promise<string> {
  const folder = place.fresh();
  const vault = await openWith(folder, 'open', 'protected');
  await addUserToRooms(vault, BO, OTHER_PASSPHRASES);
  vault.close();
  return folder;
}

const faultsOf = (vault: Vault): unknown[] =>
  vault
    .unlockedRooms()
    .flatMap(({ room, store }) => verifyStored(store.database, { vaultId: vault.file.vaultId, room }).faults);

describe('adding a user', () => {
  it('refuses a name that reads as one that is there, in either room', async () => {
    const vault = await open(await withBo(), 'open', 'protected');
    for (const name of [BO.toLocaleUpperCase('sv'), ANNA.replace('A', '\uff21')]) {
      const error = await addUserToRooms(vault, name, { open: OTHER_PASSPHRASES.open }).catch(
        (e: unknown) => e,
      );
      expect(describeError(error), name).toMatch(/^usage: .* läses som .*, som redan finns/);
    }
    expect(listUsers(vault.requireRoom('open').store)).toHaveLength(3);
  });

  it('gives her a way in and a signing key of her own, by which the audit tells who did what', async () => {
    const folder = await withBo();
    const vault = await openAs(folder, BO, OTHER_PASSPHRASES);
    for (const unlocked of vault.unlockedRooms()) {
      expect(unlocked.actor.name).toBe(BO);
      vault.transaction(unlocked, () => vault.audit(unlocked, 'test.by-bo', null, {}));
      const { store } = unlocked;
      const keys = listUsers(store).map((user) => user.publicKey);
      expect(new Set(keys).size).toBe(3);
      const chain = readChain(store.database);
      expect(chain.at(-1)).toMatchObject({ action: 'test.by-bo', actor: findUser(store, BO)?.id });
      expect(chain.find((entry) => entry.action === 'user.added')).toMatchObject({
        actor: findUser(store, ANNA)?.id,
        object: findUser(store, BO)?.id,
      });
    }
    expect(faultsOf(vault)).toEqual([]);
    const [open, secret] = vault.unlockedRooms();
    expect(open?.actor.userId).toBe(secret?.actor.userId);
    expect(await tryAfterClose(vault, folder)).toBe('opened');
  });

  async function tryAfterClose(vault: Vault, folder: string): Promise<string> {
    vault.close();
    return tryRoom(folder, 'open');
  }

  it('in one room first and the other later keeps one id, also when the first room is locked then', async () => {
    for (const [first, later] of [
      ['open', 'protected'],
      ['protected', 'open'],
    ] as const) {
      const folder = place.fresh();
      const one = await open(folder, first);
      await addUserToRooms(one, BO, { [first]: OTHER_PASSPHRASES[first] });
      one.close();
      const two = await open(folder, later);
      await addUserToRooms(two, ` ${BO.replace(' ', '  ')}`, { [later]: OTHER_PASSPHRASES[later] });
      two.close();
      const vault = await openAs(folder, BO, OTHER_PASSPHRASES);
      const [open1, open2] = vault.unlockedRooms().map(({ actor }) => actor.userId);
      expect(open1).toBe(open2);
      vault.close();
    }
  });

  it('needs the room to be unlocked, and a passphrase for some room', async () => {
    const vault = await open(place.fresh(), 'open');
    expect(await failureOf(() => addUserToRooms(vault, BO, OTHER_PASSPHRASES))).toMatchObject({
      kind: 'unlock',
    });
    expect(await failureOf(() => addUserToRooms(vault, BO, {}))).toMatchObject({ kind: 'usage' });
    expect(findUser(vault.requireRoom('open').store, BO)).toBeNull();
  });

  it('is refused whole where one passphrase is weak, taken for both rooms, or the name is no name', async () => {
    const folder = place.fresh();
    const vault = await open(folder, 'open', 'protected');
    const { open: fine } = OTHER_PASSPHRASES;
    for (const [name, passphrases] of [
      [BO, { open: fine, protected: 'sommar2026' }],
      [BO, { open: fine, protected: fine.normalize('NFD') }],
      [BO, { open: '' }],
      ['  ', { open: fine }],
      [RECOVERY_USER_NAME.normalize('NFD'), { open: fine }],
      [`Bo\u200bEk`, { open: fine }],
      [ANNA.normalize('NFD'), { open: fine }],
    ] as const) {
      expect(await failureOf(() => addUserToRooms(vault, name, passphrases)), name).toMatchObject({
        kind: 'usage',
      });
    }
    for (const { store } of vault.unlockedRooms()) expect(listUsers(store)).toHaveLength(2);
    expect(slotsOf(readVaultFile(folder), 'open')).toHaveLength(2);
  });

  it('with the passphrase she has in the other room is refused, whenever that was chosen', async () => {
    const folder = place.fresh();
    const vault = await open(folder, 'open', 'protected');
    await addUserToRooms(vault, BO, { open: OTHER_PASSPHRASES.protected });
    const error = await failureOf(() =>
      addUserToRooms(vault, BO, { protected: OTHER_PASSPHRASES.protected }),
    );
    expect(describeError(error)).toMatch(/^usage: De två rummen måste ha olika lösenfraser/);
    await addUserToRooms(vault, BO, { protected: OTHER_PASSPHRASES.open });
  });

  it('is refused where vault.json gives her somebody else’s id', async () => {
    const folder = await withBo();
    const anna = slotsOf(readVaultFile(folder), 'open').find((slot) => slot.userName === ANNA);
    editSlots(folder, 'protected', (slots) =>
      slots.map((slot) =>
        slot.userName === BO ? { ...slot, userName: 'Eva', userId: anna?.userId ?? '' } : slot,
      ),
    );
    const vault = await open(folder, 'open');
    const error = await failureOf(() => addUserToRooms(vault, 'Eva', { open: OTHER_PASSPHRASES.open }));
    expect(describeError(error)).toMatch(/^damaged: vault\.json stämmer inte med öppna rummet/);
  });
});

describe('removing a user', () => {
  it('shuts her out, also when the old vault.json is put back', async () => {
    const folder = await withBo();
    const old = join(place.root, 'gammal.json');
    copyFileSync(join(folder, 'vault.json'), old);
    const vault = await open(folder, 'open');
    removeUserFromRooms(vault, ` ${BO} `, ['open']);
    vault.close();
    expect(await tryRoom(folder, 'open', OTHER_PASSPHRASES.open, BO)).toMatch(
      /^unlock: Fel användare eller lösenfras/,
    );
    expect(await tryRoom(folder, 'protected', OTHER_PASSPHRASES.protected, BO)).toBe('opened');
    copyFileSync(old, join(folder, 'vault.json'));
    expect(await tryRoom(folder, 'open', OTHER_PASSPHRASES.open, BO)).toMatch(
      /^unlock: Nyckelplatsen för Bo Ek är borttagen ur öppna rummet; vault\.json stämmer inte/,
    );
    // The next who may come in cleans it: a removed slot still wraps the data key.
    expect(await tryRoom(folder, 'open')).toBe('opened');
    expect(slotsOf(readVaultFile(folder), 'open').map((slot) => slot.userName)).not.toContain(BO);
  });

  it('keeps what she signed, and her name for her', async () => {
    const folder = await withBo();
    const asBo = await openAs(folder, BO, { open: OTHER_PASSPHRASES.open });
    asBo.close();
    const vault = await open(folder, 'open');
    removeUserFromRooms(vault, BO, ['open']);
    expect(faultsOf(vault)).toEqual([]);
    for (const name of [BO, ` ${BO}`, 'Bo  Ek']) {
      const error = await failureOf(() => addUserToRooms(vault, name, { open: OTHER_PASSPHRASES.open }));
      expect(describeError(error)).toMatch(/^usage: Namnet Bo Ek har använts av en borttagen användare/);
    }
    expect(await failureOf(() => removeUserFromRooms(vault, BO, ['open']))).toMatchObject({ kind: 'usage' });
    await addUserToRooms(vault, 'Bo Ek 2', { open: OTHER_PASSPHRASES.open });
  });

  it('is from all the rooms named, or from none', async () => {
    const folder = await withBo();
    const mixed = Vault.open(folder);
    opened.push(mixed);
    await unlock(mixed, 'open');
    await unlock(mixed, 'protected', OTHER_PASSPHRASES.protected, BO);
    const error = await failureOf(() => removeUserFromRooms(mixed, BO, ['open', 'protected']));
    expect(error).toMatchObject({ kind: 'policy' });
    mixed.close();
    expect(await tryRoom(folder, 'open', OTHER_PASSPHRASES.open, BO)).toBe('opened');

    const half = await open(folder, 'open');
    expect(await failureOf(() => removeUserFromRooms(half, BO, ['open', 'protected']))).toMatchObject({
      kind: 'unlock',
    });
    half.close();
    expect(await tryRoom(folder, 'open', OTHER_PASSPHRASES.open, BO)).toBe('opened');

    const both = await open(folder, 'open', 'protected');
    expect(removeUserFromRooms(both, BO, ['protected', 'open'])).toEqual(['open', 'protected']);
    both.close();
    for (const room of ['open', 'protected'] as const)
      expect(await tryRoom(folder, room, OTHER_PASSPHRASES[room], BO)).toMatch(/^unlock/);
  });

  it('is refused for oneself, the recovery key, somebody unknown, and the last person', async () => {
    const folder = await withBo();
    const vault = await open(folder, 'open');
    const kindOf = async (name: string): Promise<string> =>
      (await failureOf(() => removeUserFromRooms(vault, name, ['open']))).kind;
    expect(await kindOf(ANNA)).toBe('policy');
    expect(await kindOf(RECOVERY_USER_NAME)).toBe('policy');
    expect(await kindOf('Okänd')).toBe('usage');
    vault.close();

    const byRecovery = Vault.open(folder);
    opened.push(byRecovery);
    await byRecovery.unlockWithRecovery('open', readRecoveryCode(place.codes.open));
    removeUserFromRooms(byRecovery, BO, ['open']);
    const last = await failureOf(() => removeUserFromRooms(byRecovery, ANNA, ['open']));
    expect(describeError(last)).toBe('policy: Den sista användaren i öppna rummet tas inte bort.');
    byRecovery.close();
    expect(await tryRoom(folder, 'open')).toBe('opened');
  });
});

describe('changing a passphrase', () => {
  it('writes one slot anew: the database keeps its key and its salt, the old passphrase is refused', async () => {
    const folder = place.fresh();
    const saltOf = (): string => readFileSync(join(folder, 'open.db')).subarray(0, 16).toString('hex');
    const old = join(place.root, 'före-byte.json');
    copyFileSync(join(folder, 'vault.json'), old);
    const protectedBefore = contentOf(folder)['protected.db'];
    const salt = saltOf();
    const vault = await open(folder, 'open');
    const key = vault.requireRoom('open').secrets.dataKey.toString('hex');
    const seed = vault.requireRoom('open').secrets.signingSeed.toString('hex');
    await changePassphrases(vault, { open: OTHER_PASSPHRASES.open });
    vault.close();

    expect(saltOf()).toBe(salt);
    expect(contentOf(folder)['protected.db']).toBe(protectedBefore);
    expect(await tryRoom(folder, 'open')).toMatch(/^unlock: /);
    const again = await openAs(folder, ANNA, { open: OTHER_PASSPHRASES.open });
    expect(again.requireRoom('open').secrets.dataKey.toString('hex')).toBe(key);
    expect(again.requireRoom('open').secrets.signingSeed.toString('hex')).toBe(seed);
    again.close();
    expect(await tryRoom(folder, 'protected')).toBe('opened');

    copyFileSync(old, join(folder, 'vault.json'));
    expect(await tryRoom(folder, 'open')).toMatch(/^unlock: Nyckelplatsen för Anna Åberg är borttagen/);
  });

  it('can be done twice, and a user added after it, before the room is locked', async () => {
    const folder = place.fresh();
    const vault = await open(folder, 'open', 'protected');
    await changePassphrases(vault, { open: OTHER_PASSPHRASES.protected });
    await changePassphrases(vault, OTHER_PASSPHRASES);
    await addUserToRooms(vault, BO, PASSPHRASES);
    vault.close();
    for (const room of ROOMS) {
      expect(await tryRoom(folder, room)).toMatch(/^unlock: /);
      expect(await tryRoom(folder, room, OTHER_PASSPHRASES[room])).toBe('opened');
      expect(await tryRoom(folder, room, PASSPHRASES[room], BO)).toBe('opened');
    }
    expect(await tryRoom(folder, 'open', OTHER_PASSPHRASES.protected)).toMatch(/^unlock: /);
  });

  it('to that of the other room is refused, and to a weak one, and nothing is changed', async () => {
    const folder = place.fresh();
    const vault = await open(folder, 'open', 'protected');
    const before = readFileSync(join(folder, 'vault.json'), 'utf8');
    for (const passphrases of [
      { open: PASSPHRASES.protected },
      { protected: PASSPHRASES.open },
      { open: OTHER_PASSPHRASES.open, protected: OTHER_PASSPHRASES.open },
      { open: OTHER_PASSPHRASES.open, protected: 'kort' },
      { open: '' },
      {},
    ]) {
      expect(await failureOf(() => changePassphrases(vault, passphrases))).toMatchObject({ kind: 'usage' });
    }
    vault.close();
    const openAlone = await open(folder, 'open');
    const error = await failureOf(() => changePassphrases(openAlone, { open: PASSPHRASES.protected }));
    expect(describeError(error)).toMatch(/^usage: De två rummen måste ha olika lösenfraser/);
    expect(readFileSync(join(folder, 'vault.json'), 'utf8')).toBe(before);
    // The two may change places: neither is what it was.
    openAlone.close();
    const both = await open(folder, 'open', 'protected');
    await changePassphrases(both, { open: PASSPHRASES.protected, protected: PASSPHRASES.open });
  });

  it('is refused for the recovery key, before anything is changed in the other room', async () => {
    const folder = place.fresh();
    const vault = await open(folder, 'open');
    await vault.unlockWithRecovery('protected', readRecoveryCode(place.codes.protected));
    const before = readFileSync(join(folder, 'vault.json'), 'utf8');
    expect(await failureOf(() => changePassphrases(vault, OTHER_PASSPHRASES))).toMatchObject({
      kind: 'policy',
    });
    expect(readFileSync(join(folder, 'vault.json'), 'utf8')).toBe(before);
    // What the recovery key is for: a new person is let in, and Anna, who forgot, is taken out.
    await addUserToRooms(vault, 'Eva', { protected: OTHER_PASSPHRASES.protected });
    removeUserFromRooms(vault, ANNA, ['protected']);
    expect(faultsOf(vault)).toEqual([]);
    vault.close();
    expect(await tryRoom(folder, 'protected', OTHER_PASSPHRASES.protected, 'Eva')).toBe('opened');
    expect(await unlockFails(folder)).toBe(true);
  });

  async function unlockFails(folder: string): Promise<boolean> {
    const vault = Vault.open(folder);
    try {
      await unlock(vault, 'protected');
      return false;
    } catch {
      return true;
    } finally {
      vault.close();
    }
  }
});
