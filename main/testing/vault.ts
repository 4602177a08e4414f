import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Level } from '../../shared/domain/marking.ts';
import { createWholeVault } from '../core/create-vault.ts';
import { openSession } from '../core/open-session.ts';
import { loadRulePack } from '../rules/load.ts';
import type { Room } from '../../shared/domain/room.ts';
import { DERIVATION_FLOOR } from '../vault/key-derivation.ts';
import type { Vault } from '../vault/session.ts';
import { madeOnce } from './made-once.ts';

/** Passphrases that the judge accepts, one for each room. */
export const PASSPHRASES: Readonly<Record<Room, string>> = {
  open: 'korrekt häst batteri häftklammer moln',
  protected: 'sju gråa elefanter dansar varsamt bakom kvarnen',
};
export const USER = 'Anna Andersson';

export interface TestVault {
  /** A folder of the test's own; the vault lies in it. */
  readonly root: string;
  readonly folder: string;
  /** Unlocks the rooms named, with a clock that can be set. */
  readonly open: (rooms: readonly Room[], now?: () => Date) => Promise<Vault>;
  readonly remove: () => void;
}

/**
 * A real vault, with real Argon2id at its floor so that a test need not wait for the calibration. In a test run those of
 * one ceiling are copies of the same: same id, same keys.
 */
export async function makeTestVault(ceiling: Level = 'kvalificerat-hemlig'): Promise<TestVault> {
  const root = mkdtempSync(join(tmpdir(), 'sigill-'));
  await madeOnce(`valv-${ceiling}`, root, (folder) => createIn(folder, ceiling));
  return testVaultIn(root);
}

/** A vault that was made by {@link makeTestVault} and is still there. */
export function testVaultIn(root: string): TestVault {
  const folder = vaultFolderIn(root);
  return {
    root,
    folder,
    open: (rooms, now) =>
      openSession(
        {
          folder,
          userName: USER,
          secrets: Object.fromEntries(
            rooms.map((room) => [
              room,
              { kind: 'passphrase', passphrase: Buffer.from(PASSPHRASES[room], 'utf8') },
            ]),
          ),
          ...(now ? { now } : {}),
        },
        loadRulePack(),
      ),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function vaultFolderIn(root: string): string {
  return join(root, 'prov.sigill');
}

async function createIn(root: string, ceiling: Level): Promise<void> {
  await createWholeVault({
    folder: vaultFolderIn(root),
    recoveryFolder: join(root, 'kuvert'),
    organisation: {
      name: 'Provmyndigheten',
      kind: 'statlig-myndighet',
      number: '202100-0000',
      contact: 'Tjänsteman i beredskap',
      phone: '010-000 00 00',
      hours: 'dygnet runt',
      address: ['Provmyndigheten', 'Box 1', '111 11 Provstad'],
      email: 'prov@example.se',
    },
    ceiling,
    userName: USER,
    passphrases: PASSPHRASES,
    now: new Date(),
    kdf: DERIVATION_FLOOR,
  });
}

/** The path of a case that ships with the demo. */
export function casePath(name: string): string {
  return new URL(`../../demo/cases/${name}.json`, import.meta.url).pathname;
}

export function readCase(name: string): string {
  return readFileSync(casePath(name), 'utf8');
}
