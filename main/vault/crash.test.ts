import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyStored } from '../audit/repository.ts';
import { findInconsistencies } from '../store/store.ts';
import { filesWith, spellingsOf } from '../store/testing/sample.ts';
import { Vault } from './session.ts';
import { ANNA, makeWorkplace, ORGANISATION, PASSPHRASES, unlock, type Workplace } from './testing/vaults.ts';

vi.mock('./key-derivation.ts', async (original) =>
  (await import('./testing/derivations.ts')).rememberDerivations(await original()),
);

const WRITER = fileURLToPath(new URL('./testing/writer.ts', import.meta.url));
const CANARY = 'KANARIE-Åsnebrygga-4711';
const ROUNDS = 4;
let place: Workplace;

beforeAll(async () => {
  place = await makeWorkplace();
});
afterAll(() => place.remove());

/** What must stand in no file of a vault. The user's name stands in vault.json, and is no secret. */
const secretWords = (): string[] => [
  CANARY,
  ORGANISATION.name,
  ...Object.values(PASSPHRASES),
  ...Object.values(place.codes),
  'SQLite format 3',
  'item_revision',
  'kvalificerat-hemlig',
];

interface Killed {
  readonly acknowledged: number;
}

/** Lets a process write, looks at the files while it does, and kills it with `kill -9`. */
async function writeAndKill(folder: string, transactions: number): Promise<Killed> {
  const writer = spawn(process.execPath, [WRITER, folder, CANARY], { stdio: ['ignore', 'pipe', 'inherit'] });
  let acknowledged = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged = Number(line);
    if (acknowledged === Math.ceil(transactions / 2)) expect(filesWith(folder, secretWords())).toEqual([]);
    if (acknowledged >= transactions) {
      // Not just after a transaction each time: somewhere in the next ones.
      await wait(Math.random() * 5);
      writer.kill('SIGKILL');
    }
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  expect(writer.signalCode).toBe('SIGKILL');
  return { acknowledged };
}

describe('kill -9 in the middle of writing', () => {
  it('loses nothing that was acknowledged, leaves no lock, and no word of any value in any file', async () => {
    const folder = place.fresh();
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { acknowledged } = await writeAndKill(folder, 5 + Math.floor(Math.random() * 40));
      expect(readdirSync(folder)).toEqual(
        expect.arrayContaining(['open.db-wal', 'protected.db-wal', 'lock.db']),
      );
      expect(statSync(join(folder, 'open.db-wal')).size).toBeGreaterThan(0);
      expect(filesWith(folder, secretWords()), `round ${round}`).toEqual([]);

      const vault = Vault.open(folder);
      for (const room of ['open', 'protected'] as const) {
        const { store } = await unlock(vault, room);
        const rows = store.database
          .prepare("SELECT count(*) FROM room_setting WHERE key LIKE 'rad-%' AND instr(value, ?) = 1")
          .pluck()
          .get(CANARY);
        expect(rows, `round ${round}, ${room}`).toBeGreaterThanOrEqual(acknowledged);
        expect(findInconsistencies(store)).toEqual([]);
        const verdict = verifyStored(store.database, { vaultId: vault.file.vaultId, room });
        expect(verdict.faults).toEqual([]);
        store.database.prepare("DELETE FROM room_setting WHERE key LIKE 'rad-%'").run();
        // What was erased is gone from the log too, which is not yet home.
        expect(filesWith(folder, secretWords())).toEqual([]);
      }
      vault.close();
      expect(readdirSync(folder).filter((name) => /-wal|-shm|-journal/.test(name))).toEqual([]);
      expect(filesWith(folder, secretWords())).toEqual([]);
    }
  });

  it('is searched for in every spelling: the search finds what is there', () => {
    for (const [index, spelling] of spellingsOf(CANARY).entries()) {
      writeFileSync(join(place.root, `kontroll-${index}`), Buffer.concat([Buffer.alloc(4099), spelling]));
    }
    expect(filesWith(place.root, [CANARY])).toHaveLength(4);
    // And the one name that may be read without a key is found where it may.
    expect(
      filesWith(place.fresh(), [ANNA])
        .map((path) => basename(path))
        .sort(),
    ).toEqual(['vault.copy.json', 'vault.json']);
  });
});
