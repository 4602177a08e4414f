import { copyFileSync, mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readChain, verifyStored } from '../audit/repository.ts';
import { readRecoveryCode } from './recovery-code.ts';
import { findUser, listRemovedSlots } from './repository.ts';
import { Vault } from './session.ts';
import {
  ANNA,
  makeWorkplace,
  openFilesIn,
  openWith,
  OTHER_PASSPHRASES,
  PASSPHRASES,
  tryRoom,
  unlock,
  type Workplace,
} from './testing/vaults.ts';
import { addUserToRooms, changePassphrases, removeUserFromRooms } from './users.ts';
import { readVaultFile, slotsOf } from './vault-file.ts';

vi.mock('./key-derivation.ts', async (original) =>
  (await import('./testing/derivations.ts')).cheapenDerivations(await original()),
);

const BO = 'Bo Ek';
const { open: NEW_PASSPHRASE } = OTHER_PASSPHRASES;
let place: Workplace;

beforeAll(async () => {
  place = await makeWorkplace();
});
afterEach(() => expect(openFilesIn(place.root)).toEqual([]));
afterAll(() => place.remove());

const namesIn = (folder: string): string[] =>
  slotsOf(readVaultFile(folder), 'open').map((slot) => slot.userName);

/** Does something to a vault, whose `vault.json` cannot be written: the room has changed, and nothing after that. */
async function cutOffBeforeVaultFile(folder: string, work: (vault: Vault) => unknown): Promise<void> {
  const inTheWay = join(folder, 'vault.json.next');
  const vault = await openWith(folder, 'open');
  mkdirSync(inTheWay);
  try {
    await expect(Promise.resolve().then(() => work(vault))).rejects.toThrow(/EISDIR/);
  } finally {
    rmdirSync(inTheWay);
    vault.close();
  }
}

async function faultsIn(folder: string, passphrase = PASSPHRASES.open): Promise<readonly unknown[]> {
  const vault = Vault.open(folder);
  const { store, room } = await unlock(vault, 'open', passphrase);
  const { faults } = verifyStored(store.database, { vaultId: vault.file.vaultId, room });
  vault.close();
  return faults;
}

describe('a crash between the room and vault.json', () => {
  it('while adding leaves her without a way in, and adding her again finishes it', async () => {
    const folder = place.fresh();
    await cutOffBeforeVaultFile(folder, (vault) => addUserToRooms(vault, BO, { open: NEW_PASSPHRASE }));
    expect(await tryRoom(folder, 'open', NEW_PASSPHRASE, BO)).toMatch(/^unlock: /);
    const vault = await openWith(folder, 'open');
    const { store } = vault.requireRoom('open');
    const id = findUser(store, BO)?.id;
    await addUserToRooms(vault, BO, { open: NEW_PASSPHRASE });
    expect(findUser(store, BO)?.id).toBe(id);
    await expect(addUserToRooms(vault, BO, { open: NEW_PASSPHRASE })).rejects.toThrow(/finns redan/);
    vault.close();
    expect(await tryRoom(folder, 'open', NEW_PASSPHRASE, BO)).toBe('opened');
    expect(await faultsIn(folder)).toEqual([]);
  });

  it('while adding does not make her count as the one who is left when another is removed', async () => {
    const folder = place.fresh();
    await cutOffBeforeVaultFile(folder, (vault) => addUserToRooms(vault, BO, { open: NEW_PASSPHRASE }));
    const vault = Vault.open(folder);
    await vault.unlockWithRecovery('open', readRecoveryCode(place.codes.open));
    expect(() => removeUserFromRooms(vault, ANNA, ['open'])).toThrow(/Den sista användaren i öppna rummet/);
    removeUserFromRooms(vault, BO, ['open']);
    vault.close();
    expect(await tryRoom(folder, 'open')).toBe('opened');
  });

  it('while removing shuts her out at once, and the next unlocking takes her slot out of vault.json', async () => {
    const folder = place.fresh();
    const vault = await openWith(folder, 'open');
    await addUserToRooms(vault, BO, { open: NEW_PASSPHRASE });
    vault.close();
    await cutOffBeforeVaultFile(folder, (open) => removeUserFromRooms(open, BO, ['open']));
    expect(namesIn(folder)).toContain(BO);
    expect(await tryRoom(folder, 'open', NEW_PASSPHRASE, BO)).toMatch(
      /^unlock: Nyckelplatsen för Bo Ek är borttagen/,
    );
    expect(await tryRoom(folder, 'open')).toBe('opened');
    expect(namesIn(folder)).not.toContain(BO);
    expect(readFileSync(join(folder, 'vault.copy.json'))).toEqual(readFileSync(join(folder, 'vault.json')));
  });

  it('while changing a passphrase leaves the old one, which can be changed again', async () => {
    const folder = place.fresh();
    await cutOffBeforeVaultFile(folder, (vault) => changePassphrases(vault, { open: NEW_PASSPHRASE }));
    expect(await tryRoom(folder, 'open', NEW_PASSPHRASE)).toMatch(/^unlock: /);
    const vault = await openWith(folder, 'open');
    await changePassphrases(vault, { open: NEW_PASSPHRASE });
    vault.close();
    expect(await tryRoom(folder, 'open')).toMatch(/^unlock: /);
    expect(await tryRoom(folder, 'open', NEW_PASSPHRASE)).toBe('opened');
    expect(await faultsIn(folder, NEW_PASSPHRASE)).toEqual([]);
  });

  it('after the new passphrase was written: the next unlocking marks the old slot as removed, in the audit', async () => {
    const folder = place.fresh();
    const old = join(place.root, 'gammal.json');
    copyFileSync(join(folder, 'vault.json'), old);
    const vault = await openWith(folder, 'open');
    // The last of its two transactions is the one that marks the old slot.
    const real = vault.transaction.bind(vault);
    let count = 0;
    const transaction = vi.spyOn(vault, 'transaction').mockImplementation((unlocked, work) => {
      count += 1;
      if (count === 2) throw new Error('strömavbrott');
      return real(unlocked, work);
    });
    await expect(changePassphrases(vault, { open: NEW_PASSPHRASE })).rejects.toThrow('strömavbrott');
    transaction.mockRestore();
    vault.close();

    const again = Vault.open(folder);
    const { store } = await unlock(again, 'open', NEW_PASSPHRASE);
    expect(listRemovedSlots(store).size).toBe(1);
    expect(readChain(store.database).at(-1)).toMatchObject({ action: 'user.slot-retired' });
    again.close();
    copyFileSync(old, join(folder, 'vault.json'));
    expect(await tryRoom(folder, 'open')).toMatch(/^unlock: Nyckelplatsen för Anna Åberg är borttagen/);
    copyFileSync(join(folder, 'vault.copy.json'), join(folder, 'vault.json'));
    expect(await faultsIn(folder, NEW_PASSPHRASE)).toEqual([]);
  });

  it('between vault.json and its copy: the next unlocking writes the copy anew', async () => {
    const folder = place.fresh();
    const copy = join(folder, 'vault.copy.json');
    for (const harm of [() => rmSync(copy), () => copyFileSync(join(folder, 'open.db'), copy)]) {
      harm();
      expect(await tryRoom(folder, 'open')).toBe('opened');
      expect(readFileSync(copy)).toEqual(readFileSync(join(folder, 'vault.json')));
    }
  });

  it('where an old vault.json was put back takes from the copy who has come in since', async () => {
    const folder = place.fresh();
    const old = join(place.root, 'gammal.json');
    copyFileSync(join(folder, 'vault.json'), old);
    const vault = await openWith(folder, 'open', 'protected');
    await addUserToRooms(vault, BO, OTHER_PASSPHRASES);
    vault.close();
    copyFileSync(old, join(folder, 'vault.json'));
    expect(await tryRoom(folder, 'open', NEW_PASSPHRASE, BO)).toMatch(/^unlock: /);
    expect(await tryRoom(folder, 'open')).toBe('opened');
    expect(await tryRoom(folder, 'open', NEW_PASSPHRASE, BO)).toBe('opened');
    expect(await tryRoom(folder, 'protected', OTHER_PASSPHRASES.protected, BO)).toBe('opened');
  });

  it('leaves the copy alone where it tells otherwise of the room that is locked', async () => {
    const folder = place.fresh();
    const old = join(place.root, 'gammal.json');
    copyFileSync(join(folder, 'vault.json'), old);
    const vault = await openWith(folder, 'protected');
    await addUserToRooms(vault, BO, { protected: OTHER_PASSPHRASES.protected });
    vault.close();
    copyFileSync(old, join(folder, 'vault.json'));
    expect(await tryRoom(folder, 'open')).toBe('opened');
    expect(await tryRoom(folder, 'protected', OTHER_PASSPHRASES.protected, BO)).toMatch(/^unlock: /);
    expect(await tryRoom(folder, 'protected')).toBe('opened');
    expect(await tryRoom(folder, 'protected', OTHER_PASSPHRASES.protected, BO)).toBe('opened');
  });

  it('keeps nobody out where vault.json cannot be written now', async () => {
    const folder = place.fresh();
    rmSync(join(folder, 'vault.copy.json'));
    mkdirSync(join(folder, 'vault.json.next'));
    expect(await tryRoom(folder, 'open')).toBe('opened');
  });
});
