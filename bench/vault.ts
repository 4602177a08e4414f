import { changeState, importIncidents } from '../main/incidents/service.ts';
import { makeTestVault, type TestVault } from '../main/testing/vault.ts';
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
