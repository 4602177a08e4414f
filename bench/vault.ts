import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeState, importIncidents, listAllIncidents } from '../main/incidents/service.ts';
import { makeTestVault, testVaultIn, type TestVault } from '../main/testing/vault.ts';
import { caseOf } from './cases.ts';

const AT_A_TIME = 500;
/** Most of ten thousand are over. */
const ONE_ONGOING_IN = 100;
const MINUTE_MS = 60_000;

/** A vault with so many made-up incidents, stored as the program itself stores what it reads in. */
export async function makeFullVault(count: number): Promise<TestVault> {
  const made = await makeTestVault();
  let now = new Date('2026-01-01T08:00:00Z');
  const vault = await made.open(['open', 'protected'], () => now);
  try {
    for (let first = 0; first < count; first += AT_A_TIME) {
      now = new Date(now.getTime() + MINUTE_MS);
      const numbers = Array.from({ length: Math.min(AT_A_TIME, count - first) }, (_unused, i) => first + i);
      const ids = importIncidents(vault, numbers.map(caseOf), new Set());
      for (const [index, id] of ids.entries())
        if (index % ONE_ONGOING_IN !== 0) changeState(vault, id, 'closed');
    }
  } finally {
    vault.close();
  }
  return made;
}

/**
 * The same, kept in a folder from one run to the next. What is measured is a copy, so that every run finds it as it was made.
 * @param kept made the first time
 * @throws Error where what is kept there has another number of incidents
 */
export async function makeKeptVault(count: number, kept: string): Promise<TestVault> {
  if (!existsSync(kept)) {
    const made = await makeFullVault(count);
    // Under its own name only when it is whole.
    const aside = `${kept}.halvt`;
    rmSync(aside, { recursive: true, force: true });
    cpSync(made.root, aside, { recursive: true });
    renameSync(aside, kept);
    made.remove();
  }
  const root = mkdtempSync(join(tmpdir(), 'sigill-'));
  cpSync(kept, root, { recursive: true });
  const copy = testVaultIn(root);
  const found = await countIncidents(copy);
  if (found === count) return copy;
  copy.remove();
  throw new Error(
    `The vault in ${kept} has ${found} incidents, not ${count}. Remove it, or name another folder.`,
  );
}

async function countIncidents(made: TestVault): Promise<number> {
  const vault = await made.open(['open', 'protected']);
  try {
    return listAllIncidents(vault).length;
  } finally {
    vault.close();
  }
}
