import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyAudit } from '../core/audit.ts';
import { openSession, type RoomSecret } from '../core/open-session.ts';
import { loadRulePack } from '../rules/load.ts';
import { shareNothing } from '../testing/made-once.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Room } from '../../shared/domain/room.ts';
import { readRecoveryCode } from './recovery-code.ts';
import type { RecoverySheet } from './recovery-sheet.ts';
import { readVaultFile } from './vault-file.ts';
import { listUsers } from './repository.ts';
import { listedNameOf } from './listed-name.ts';
import { resetPassphrases } from './reset.ts';
import { Vault } from './session.ts';
import { addUserToRooms, removeUserFromRooms } from './users.ts';

vi.mock(import('./key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);
/** What was printed: the codes stand nowhere else. */
const codes = vi.hoisted(() => ({ open: '', protected: '' }));
vi.mock(import('./recovery-sheet.ts'), () => ({
  async recoverySheet({ room, code }: RecoverySheet) {
    codes[room] = code;
    return new Uint8Array([37]);
  },
}));

const NEW = {
  open: 'violin ankare paprika tegel måsunge',
  protected: 'nio trötta bävrar bygger långsamt kring fyren',
};
const BO = 'mossa cykel trumpet granit valross';
const rules = loadRulePack();

let template: TestVault;
let folder = '';
beforeAll(async () => {
  // The codes are caught while they are printed: the vault must be made here.
  shareNothing();
  template = await makeTestVault();
});
afterAll(() => template.remove());
beforeEach(() => {
  folder = join(template.root, 'kopia.sigill');
  rmSync(folder, { recursive: true, force: true });
  cpSync(template.folder, folder, { recursive: true });
});

const byCode = (room: Room): RoomSecret => ({ kind: 'recovery', code: codes[room] });
const byPassphrase = (text: string): RoomSecret => ({
  kind: 'passphrase',
  passphrase: Buffer.from(text, 'utf8'),
});

async function inVault<T>(
  secrets: Partial<Record<Room, RoomSecret>>,
  work: (vault: Vault) => Promise<T> | T,
  userName = USER,
): Promise<T> {
  const vault = await openSession({ folder, userName, secrets }, rules);
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}
const names = (vault: Vault, room: Room): [string, boolean][] =>
  listUsers(vault.requireRoom<Room>(room).store)
    .filter(({ kind }) => kind === 'person')
    .map(({ name, removedAt }) => [name, removedAt === null]);

describe('a reset', () => {
  it('of both rooms gives one new key, listed apart from the old one, and the same name to log in by', async () => {
    await inVault({ open: byCode('open'), protected: byCode('protected') }, async (vault) => {
      expect(await resetPassphrases(vault, ` ${USER}`, NEW)).toEqual({
        rooms: ['open', 'protected'],
        listedName: `${USER} (2)`,
      });
    });
    const secrets = { open: byPassphrase(NEW.open), protected: byPassphrase(NEW.protected) };
    await inVault(secrets, (vault) => {
      const actors = vault.unlockedRooms().map(({ actor }) => [actor.name, actor.userId]);
      expect(actors[0]).toEqual(actors[1]);
      expect(actors[0]?.[0]).toBe(USER);
      for (const room of ['open', 'protected'] as const) {
        expect(names(vault, room)).toEqual([
          [USER, false],
          [`${USER} (2)`, true],
        ]);
        expect(listedNameOf(vault, room, USER)).toBe(`${USER} (2)`);
      }
      expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
    });
    await expect(inVault({ open: byPassphrase(PASSPHRASES.open) }, () => undefined)).rejects.toMatchObject({
      kind: 'unlock',
    });
  });

  it('again gets the next number, and the chain is still whole', async () => {
    for (const [passphrase, listed] of [
      [NEW.open, `${USER} (2)`],
      [BO, `${USER} (3)`],
    ] as const) {
      const made = await inVault({ open: byCode('open') }, (vault) =>
        resetPassphrases(vault, USER, { open: passphrase }),
      );
      expect(made.listedName).toBe(listed);
    }
    await inVault({ open: byPassphrase(BO) }, (vault) => {
      expect(names(vault, 'open').filter(([, active]) => active)).toEqual([[`${USER} (3)`, true]]);
      expect(verifyAudit(vault)[0]?.faults).toEqual([]);
    });
  });

  it('is done by the recovery code alone: neither by another user nor by oneself', async () => {
    const own = { open: byPassphrase(PASSPHRASES.open) };
    await inVault(own, (vault) => addUserToRooms(vault, 'Bo Ås', { open: BO }));
    for (const name of ['Bo Ås', USER]) {
      const attempt = inVault({ open: byPassphrase(PASSPHRASES.open) }, (vault) =>
        resetPassphrases(vault, name, { open: NEW.open }),
      );
      await expect(attempt).rejects.toMatchObject({ kind: 'policy' });
    }
    // The code of one room does nothing in the other.
    const mixed = { open: byPassphrase(PASSPHRASES.open), protected: byCode('protected') };
    await expect(inVault(mixed, (vault) => resetPassphrases(vault, USER, NEW))).rejects.toMatchObject({
      kind: 'policy',
    });
    expect(readVaultFile(folder).rooms.open.slots).toHaveLength(3);
  });

  it('is refused whole: for whom there is not, is removed or is the code itself, weak, or the same in both rooms', async () => {
    await inVault({ open: byPassphrase(PASSPHRASES.open) }, async (vault) => {
      await addUserToRooms(vault, 'Bo Ås', { open: BO });
      removeUserFromRooms(vault, 'Bo Ås', ['open']);
    });
    const before = readFileSync(join(folder, 'vault.json'), 'utf8');
    await inVault({ open: byCode('open'), protected: byCode('protected') }, async (vault) => {
      const size = vault.unlockedRooms().map(({ store }) => listUsers(store).length);
      for (const [name, passphrases] of [
        ['Ingen', NEW],
        ['Bo Ås', { open: NEW.open }],
        ['Återställningsnyckel', NEW],
        [USER, {}],
        [USER, { open: NEW.open, protected: 'sommar2026' }],
        [USER, { open: NEW.open, protected: NEW.open }],
        // She has it already, for the room that is not being reset.
        [USER, { open: PASSPHRASES.protected }],
      ] as const) {
        await expect(resetPassphrases(vault, name, passphrases)).rejects.toMatchObject({ kind: 'usage' });
      }
      expect(vault.unlockedRooms().map(({ store }) => listUsers(store).length)).toEqual(size);
    });
    expect(readFileSync(join(folder, 'vault.json'), 'utf8')).toBe(before);
  });

  it('that was cut off between the database and vault.json is made again', async () => {
    const files = ['vault.json', 'vault.copy.json'];
    const before = files.map((name) => readFileSync(join(folder, name)));
    await inVault({ open: byCode('open') }, (vault) => resetPassphrases(vault, USER, { open: NEW.open }));
    files.forEach((name, index) => writeFileSync(join(folder, name), before[index] ?? ''));
    await expect(inVault({ open: byPassphrase(NEW.open) }, () => undefined)).rejects.toMatchObject({
      kind: 'unlock',
    });
    await expect(inVault({ open: byPassphrase(PASSPHRASES.open) }, () => undefined)).rejects.toMatchObject({
      kind: 'unlock',
    });
    const made = await inVault({ open: byCode('open') }, (vault) =>
      resetPassphrases(vault, USER, { open: NEW.open }),
    );
    expect(made.listedName).toBe(`${USER} (3)`);
    await inVault({ open: byPassphrase(NEW.open) }, (vault) => {
      expect(names(vault, 'open').filter(([, active]) => active)).toEqual([[`${USER} (3)`, true]]);
    });
  });
});

describe('unlocking by the recovery code', () => {
  it('leaves the row whoever asks for it: the vault itself writes it', async () => {
    const vault = Vault.open(folder);
    const { store } = await vault.unlockWithRecovery('open', readRecoveryCode(codes.open));
    const last = store.database.prepare('SELECT action FROM audit_entry ORDER BY seq DESC LIMIT 1').pluck();
    expect(last.get()).toBe('recovery.used');
    vault.close();
  });

  it('leaves a row in the room it opened, and none where the code was mistyped', async () => {
    const used = (vault: Vault): unknown[] =>
      vault
        .requireRoom('open')
        .store.database.prepare("SELECT seq FROM audit_entry WHERE action = 'recovery.used'")
        .all();
    const mistyped = { open: byCode('open'), protected: { kind: 'recovery', code: 'ABCD' } as const };
    await expect(inVault(mistyped, () => undefined)).rejects.toMatchObject({ kind: 'usage' });
    await inVault({ open: byPassphrase(PASSPHRASES.open) }, (vault) => expect(used(vault)).toHaveLength(0));
    await inVault({ open: byCode('open') }, () => undefined);
    await inVault({ open: byPassphrase(PASSPHRASES.open) }, (vault) => expect(used(vault)).toHaveLength(1));
  });
});
