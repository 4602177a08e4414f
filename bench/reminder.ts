import { randomUUID } from 'node:crypto';
import { allChangedSinceSent } from '../main/core/changed-since.ts';
import { makeReport } from '../main/core/make-report.ts';
import { insertDispatch } from '../main/dispatches/repository.ts';
import { writeItem } from '../main/incidents/marking.ts';
import { importIncidents } from '../main/incidents/service.ts';
import { canonicalText, documentDigest } from '../main/reports/digest.ts';
import { loadRulePack } from '../main/rules/load.ts';
import { makeTestVault } from '../main/testing/vault.ts';
import type { IncidentId } from '../shared/domain/incident.ts';
import { OPEN_MARKING } from '../shared/domain/marking.ts';
import { sortIntoRoom } from '../shared/domain/room.ts';
import { caseOf } from './cases.ts';

/**
 * `npm run bench:reminder [-- 10000]`: how long it takes to find what has been changed after it was sent, in a vault where
 * every incident goes on and has a report that was sent; and to make a report whose form asks why it is late.
 */

const count = Number(process.argv[2] ?? '10000');
const AT_A_TIME = 500;
const CHANGED = 100;
const FORM = 'frivillig-slutrapport';
const rules = loadRulePack();
const made = await makeTestVault();
let now = new Date('2026-01-01T08:00:00Z');
const vault = await made.open(['open', 'protected'], () => now);
const open = vault.requireRoom('open');
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function send(incidentId: IncidentId): void {
  const order = { incidentId, formId: FORM, version: 'open', draft: true } as const;
  const document = { ...makeReport(vault, rules, order), draft: false };
  const { marking, openLevel } = document;
  const sorted = sortIntoRoom(canonicalText(document), marking);
  if (sorted.room !== 'open') throw new TypeError('An open version lies in the open room.');
  const row = {
    id: randomUUID(),
    incidentId,
    form: FORM,
    version: 'open',
    way: 'epost',
    isDraft: false,
    documentHash: documentDigest(document),
    details: JSON.stringify({ marking, openLevel }),
    madeAt: now.toISOString(),
    madeBy: open.actor.userId,
  } as const;
  insertDispatch(open.store, row, sorted.marked);
}

function change(incidentId: IncidentId): void {
  const reference = { incidentId, kind: 'fact', key: 'konsekvenser' } as const;
  const content = { text: `Ändrat ${incidentId}`, codes: [] };
  writeItem(vault, reference, content, OPEN_MARKING, null, new Set());
}

async function measure(what: string): Promise<void> {
  // What the making has left to be freed is freed first: it is no part of what is measured.
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  const begun = performance.now();
  const { length } = await allChangedSinceSent(vault, rules);
  say(`${what}: ${length} found in ${Math.round(performance.now() - begun)} ms`);
}

try {
  const ids: IncidentId[] = [];
  for (let first = 0; first < count; first += AT_A_TIME) {
    const numbers = Array.from({ length: Math.min(AT_A_TIME, count - first) }, (_unused, i) => first + i);
    ids.push(...importIncidents(vault, numbers.map(caseOf), new Set()));
  }
  now = new Date('2026-01-02T08:00:00Z');
  vault.transaction(open, () => ids.forEach(send));
  now = new Date('2026-01-03T08:00:00Z');
  await measure('Nothing changed');
  ids.slice(0, CHANGED).forEach(change);
  await measure(`${CHANGED} changed`);
  const [late] = importIncidents(vault, [{ ...caseOf(1), regimes: ['GDPR', 'CSL', 'DORA'] }], new Set());
  if (!late) throw new TypeError('An incident that was stored has an id.');
  for (const formId of ['imy-anmalan', 'dora-initial']) {
    const begun = performance.now();
    for (let time = 0; time < CHANGED; time += 1)
      makeReport(vault, rules, { incidentId: late, formId, version: 'open', draft: true });
    say(`${formId} with its deadlines: ${((performance.now() - begun) / CHANGED).toFixed(1)} ms`);
  }
} finally {
  vault.close();
  made.remove();
}
