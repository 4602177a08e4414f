import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { ROOMS } from '../../shared/domain/room.ts';
import { filesWith } from '../store/testing/sample.ts';
import { createVault, type NewVault } from './create.ts';
import { readRecoveryCode } from './recovery-code.ts';
import { findUser, listUsers, readSetting } from './repository.ts';
import { Vault } from './session.ts';
import { ANNA, failureOf, newVault, openFilesIn, openWith, PASSPHRASES, tryRoom } from './testing/vaults.ts';
import { RECOVERY_USER_NAME } from './user-name.ts';

vi.mock('./key-derivation.ts', async (original) =>
  (await import('./testing/derivations.ts')).cheapenDerivations(await original()),
);

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sigill-nytt-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Everything under the root, folders too. */
const everything = (): string[] => readdirSync(root, { recursive: true }).map(String).sort();

/** Asserts that creating fails, and that it leaves what was there before and nothing else. */
async function leavesNothing(folder: string, changes: Partial<NewVault>, kind?: string): Promise<string> {
  const before = everything();
  let message = '';
  try {
    await createVault(newVault(folder, changes));
  } catch (error) {
    message = (error as Error).message;
    if (kind !== undefined) expect(error).toMatchObject({ kind });
  }
  expect(message).not.toBe('');
  expect(everything()).toEqual(before);
  expect(openFilesIn(root)).toEqual([]);
  return message;
}

describe('a new vault', () => {
  it('is a folder of its owner alone, whatever the umask, in a path with spaces and åäö', async () => {
    const folder = join(root, 'Säkerhet & skydd', ' Åre valv.sigill');
    const umask = process.umask(0);
    try {
      await createVault(newVault(folder));
    } finally {
      process.umask(umask);
    }
    expect(readdirSync(join(root, 'Säkerhet & skydd'))).toEqual([' Åre valv.sigill']);
    expect(readdirSync(folder).sort()).toEqual(['open.db', 'protected.db', 'vault.copy.json', 'vault.json']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
    expect(openFilesIn(root)).toEqual([]);

    const vault = await openWith(folder, 'open', 'protected');
    for (const room of ROOMS) {
      const { store, actor, ceiling, organisation } = vault.requireRoom(room);
      expect([ceiling, organisation.name]).toEqual(['kvalificerat-hemlig', 'Provmyndigheten']);
      expect(readSetting(store, 'room')).toBe(room);
      expect(findUser(store, ANNA)?.id).toBe(actor.userId);
      expect(
        listUsers(store)
          .map(({ name, kind }) => `${name} ${kind}`)
          .sort(),
      ).toEqual([`${ANNA} person`, `${RECOVERY_USER_NAME} recovery`]);
    }
    // One person is one id; the keys of the rooms have nothing to do with each other.
    const open = vault.requireRoom('open');
    const secret = vault.requireRoom('protected');
    expect(open.actor.userId).toBe(secret.actor.userId);
    expect(open.secrets.dataKey.equals(secret.secrets.dataKey)).toBe(false);
    expect(open.secrets.signingSeed.equals(secret.secrets.signingSeed)).toBe(false);
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
    vault.close();
    expect(
      filesWith(folder, ['Provmyndigheten', '202100-0000', 'Tjänsteman', 'kvalificerat-hemlig']),
    ).toEqual([]);
  });

  it('takes the place of an empty folder, also through a link', async () => {
    mkdirSync(join(root, 'disk', 'tom'), { recursive: true });
    symlinkSync(join(root, 'disk', 'tom'), join(root, 'genväg'));
    await createVault(newVault(join(root, 'genväg')));
    expect(everything()).toContain(join('disk', 'tom', 'vault.json'));
    expect(await tryRoom(join(root, 'genväg'), 'open')).toBe('opened');
  });

  it('can be opened with the recovery code of each room, by a user of its own, and with no other code', async () => {
    const folder = join(root, 'valv');
    const codes = { open: '', protected: '' };
    await createVault(newVault(folder, { deliverRecovery: async (made) => void Object.assign(codes, made) }));
    expect(codes.open).not.toBe(codes.protected);
    const vault = Vault.open(folder);
    for (const room of ROOMS) {
      const other = room === 'open' ? 'protected' : 'open';
      const wrong = await failureOf(() => vault.unlockWithRecovery(room, readRecoveryCode(codes[other])));
      expect(wrong).toMatchObject({ kind: 'unlock' });
      expect(vault.room(room)).toBeNull();
      const secret = readRecoveryCode(codes[room]);
      const unlocked = await vault.unlockWithRecovery(room, secret);
      expect(unlocked.actor).toMatchObject({ name: RECOVERY_USER_NAME, userId: `recovery-${room}` });
      expect(secret.every((byte) => byte === 0)).toBe(true);
    }
    vault.close();
    // The name under which it acts is no way in by passphrase.
    expect(await tryRoom(folder, 'open', codes.open, RECOVERY_USER_NAME)).toMatch(/^unlock: /);
    expect(filesWith(folder, [codes.open, codes.protected, codes.open.replaceAll('-', '')])).toEqual([]);
  });

  it('is there only when the recovery codes have been delivered, and has its name last', async () => {
    const folder = join(root, 'valv');
    let seen: string[] = [];
    await createVault(
      newVault(folder, {
        deliverRecovery: async () => {
          seen = readdirSync(root);
        },
      }),
    );
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatch(/^\.valv\..*\.part$/);
    expect(readdirSync(root)).toEqual(['valv']);
  });
});

describe('a vault that is not made leaves nothing on the disk', () => {
  const folder = (): string => join(root, 'nya', 'mappar', 'valv');

  it('when the recovery codes cannot be delivered, or the open room cannot be prepared', async () => {
    const fail = async (): Promise<never> => {
      throw new Error('skrivaren är trasig');
    };
    expect(await leavesNothing(folder(), { deliverRecovery: fail })).toBe('skrivaren är trasig');
    expect(await leavesNothing(folder(), { prepareOpenRoom: fail })).toBe('skrivaren är trasig');
  });

  it('when a passphrase is weak, empty, or the same for both rooms however it was typed', async () => {
    const { open } = PASSPHRASES;
    for (const passphrases of [
      { open: 'sommar2026', protected: PASSPHRASES.protected },
      { open, protected: 'kort' },
      { open, protected: '' },
      { open: '', protected: '' },
      { open, protected: open },
      { open, protected: open.normalize('NFD') },
      { open, protected: open.replaceAll(' ', '\u00a0') },
    ]) {
      await leavesNothing(folder(), { passphrases }, 'usage');
    }
  });

  it('when the user has no name, a hidden sign in it, or the name of the recovery key', async () => {
    for (const userName of [
      '',
      '  ',
      `  ${RECOVERY_USER_NAME} `,
      RECOVERY_USER_NAME.normalize('NFD'),
      'Anna\u0000Ek',
      'Anna\u202eEk',
      'x'.repeat(101),
    ]) {
      await leavesNothing(folder(), { userName }, 'usage');
    }
  });

  it('when the place is taken: by a file, by a folder with something in it, by a file on the way there', async () => {
    writeFileSync(join(root, 'fil'), 'x');
    mkdirSync(join(root, 'full'));
    writeFileSync(join(root, 'full', 'brev.txt'), 'viktigt');
    for (const taken of ['fil', 'full', join('fil', 'valv')]) {
      await leavesNothing(join(root, taken), {}, 'usage');
    }
    expect(readFileSync(join(root, 'full', 'brev.txt'), 'utf8')).toBe('viktigt');
  });

  it('when somebody puts something in its place meanwhile, and that is not removed', async () => {
    mkdirSync(join(root, 'valv'));
    const error = await failureOf(() =>
      createVault(
        newVault(join(root, 'valv'), {
          deliverRecovery: async () => writeFileSync(join(root, 'valv', 'brev.txt'), 'viktigt'),
        }),
      ),
    );
    expect(error).toBeInstanceOf(SigillError);
    expect(error.message).toMatch(/finns redan något där.*Inget har skapats/);
    expect(everything()).toEqual(['valv', join('valv', 'brev.txt')]);
  });

  it('when two are made at once in the same place: one is made, and it is whole', async () => {
    const outcomes = await Promise.allSettled([
      createVault(newVault(join(root, 'valv'))),
      createVault(newVault(join(root, 'valv'))),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(readdirSync(root)).toEqual(['valv']);
    expect(await tryRoom(join(root, 'valv'), 'protected')).toBe('opened');
  });
});

describe('the name of a user', () => {
  it('is stored without spaces around it and in NFC, and is found however it was typed', async () => {
    const folder = join(root, 'valv');
    await createVault(newVault(folder, { userName: `  ${ANNA.normalize('NFD').replace(' ', '  ')} ` }));
    for (const typed of [ANNA, ANNA.normalize('NFD'), ` ${ANNA}\t`, ANNA.replace(' ', '   ')]) {
      expect(await tryRoom(folder, 'open', PASSPHRASES.open, typed), JSON.stringify(typed)).toBe('opened');
    }
    expect(await tryRoom(folder, 'open', PASSPHRASES.open, ANNA.toLowerCase())).toMatch(/^unlock: /);
  });
});
