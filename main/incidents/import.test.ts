import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentDraft } from '../../shared/domain/incident-file.ts';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { importIncidentFiles, importIncidentTexts } from '../core/import-incidents.ts';
import { verifyAudit } from '../core/audit.ts';
import { loadRulePack } from '../rules/load.ts';
import {
  bytesOf,
  crashedCopy,
  crashesDuring,
  draftWith,
  importOne,
  openCopy,
  SENSITIVE,
} from '../testing/incidents.ts';
import { casePath, makeTestVault, PASSPHRASES, readCase, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { listIncidents, listPending, listRegimes } from './repository.ts';
import { getIncident, importIncidents, listAllIncidents } from './service.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const CANARY = 'KANARIE-IMPORT-4711';
const rules = loadRulePack();
const KLASSAD: IncidentDraft = draftWith(
  { system: [`Nod ${CANARY}`, 'hemlig'], parter: ['Kommunen.', 'oppen'] },
  { regimes: ['SAK', 'GDPR'] },
);

let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault('hemlig');
  vault = await test.open(['open', 'protected']);
});
afterAll(() => {
  vault.close();
  test.remove();
});

/** How many incidents each room knows, and how much work is unfinished. */
function counts(of = vault): { open: number; protected: number; pending: number } {
  const [open, secret] = [of.requireRoom('open').store, of.requireRoom('protected').store];
  return {
    open: listIncidents(open).length,
    protected: listIncidents(secret).length,
    pending: listPending(secret).length,
  };
}

describe('an import', () => {
  it('puts each value in the room of its marking, and in the other at most the pointer', () => {
    const id = importOne(vault, KLASSAD);
    const whole = getIncident(vault, id);
    expect(whole.facts.map(({ id: fact }) => fact)).toEqual(['parter', 'system']);
    expect(getIncident(vault, id, 'open')).toMatchObject({
      facts: [{ id: 'parter' }],
      hasProtectedPart: true,
      protectedPartHidden: true,
    });
    expect(getIncident(vault, id, 'protected')).toMatchObject({
      title: null,
      facts: [{ id: 'system' }],
      protectedPartHidden: false,
    });
    expect(bytesOf(vault.requireRoom('open')).includes(CANARY)).toBe(false);
    expect(bytesOf(vault.requireRoom('protected')).includes(CANARY)).toBe(true);
  });

  it('keeps a telling regime in the protected room where the incident has a part there, else with the rest', () => {
    const stored = (id: ReturnType<typeof importOne>): string[][] =>
      (['open', 'protected'] as const).map((room) => listRegimes(vault.requireRoom(room).store, id));
    expect(stored(importOne(vault, KLASSAD))).toEqual([['GDPR'], ['SAK']]);
    const open = draftWith({ parter: ['Kommunen.', 'sekretess'] }, { regimes: ['SAK', 'GDPR'] });
    expect(stored(importOne(vault, open))).toEqual([['GDPR', 'SAK'], []]);
  });

  it('of the shipped cases by file gives their ids in order', () => {
    const names = ['kalix-2021', 'ovning-sakerhetskanslig', 'servicecenter-2024'];
    const ids = importIncidentFiles(vault, rules, names.map(casePath));
    expect(ids.map((id) => getIncident(vault, id).exercise)).toEqual([false, true, false]);
    expect(getIncident(vault, ids[1] ?? ('' as IncidentId), 'open')).toMatchObject({
      title: null,
      regimes: ['STAT-2026'],
    });
  });
});

describe('an import is all or nothing', () => {
  afterEach(() => {
    const { database } = vault.requireRoom('open').store;
    database.exec('DROP TRIGGER IF EXISTS temp.fail');
  });

  it('over several files: a fault in one keeps the others out, and every fault of each is told', () => {
    const stored = counts();
    const bad = join(test.root, 'fel.json');
    writeFileSync(
      bad,
      JSON.stringify({ ...JSON.parse(readCase('kalix-2021')), regimes: ['X'], exercise: 1 }),
    );
    const latin = join(test.root, 'latin.json');
    writeFileSync(latin, Buffer.from(readCase('kalix-2021'), 'latin1'));
    const missing = join(test.root, 'saknas.json');
    try {
      importIncidentFiles(vault, rules, [casePath('kalix-2021'), missing, bad, latin, test.root]);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        kind: 'usage',
        faults: [
          `${missing}: kan inte läsas (platsen eller filen finns inte)`,
          `${latin}: filen: är inte giltig JSON (UTF-8)`,
          `${test.root}: kan inte läsas (det är en mapp)`,
          `${bad}: exercise: saknas eller har fel typ (ska vara true eller false)`,
          `${bad}: regimes[0]: okänd regim`,
        ],
      });
    }
    expect(counts()).toEqual(stored);
  });

  it('of a regime that is only there to be read: old cases come in, new ones do not', () => {
    const file = (aware: string): string =>
      JSON.stringify({
        ...JSON.parse(readCase('kalix-2021')),
        regimes: ['NIS1'],
        times: { aware: { at: aware, precision: 'exact' } },
      });
    const stored = counts();
    expect(() =>
      importIncidentTexts(vault, rules, [
        { name: 'ny', text: file('2026-01-15T00:01:00+01:00') },
        { name: 'gammal', text: file('2026-01-14T23:59:00+01:00') },
      ]),
    ).toThrow(
      expect.objectContaining({
        kind: 'usage',
        faults: ['ny: regimes: NIS1 upphörde 2026-01-14 och kan inte väljas för en incident från 2026-01-15'],
      }),
    );
    expect(counts()).toEqual(stored);
    const [old] = importIncidentTexts(vault, rules, [
      { name: 'gammal', text: file('2026-01-14T23:59:00+01:00') },
    ]);
    expect(getIncident(vault, old ?? ('' as IncidentId)).regimes).toEqual(['NIS1']);
  });

  it('over both rooms: an error in the open half undoes the protected one', () => {
    const stored = counts();
    vault
      .requireRoom('open')
      .store.database.exec(
        `CREATE TEMP TRIGGER fail BEFORE INSERT ON item_revision WHEN NEW.key = 'orsak' BEGIN SELECT RAISE(ABORT, 'no'); END`,
      );
    const drafts = [KLASSAD, draftWith({ system: ['x', 'hemlig'], orsak: ['y', 'oppen'] })];
    expect(() => importIncidents(vault, drafts, SENSITIVE)).toThrow('no');
    expect(counts()).toEqual(stored);
    expect(verifyAudit(vault).every(({ faults }) => faults.length === 0)).toBe(true);
  });

  it('above the ceiling: policy, before anything is stored', () => {
    const stored = counts();
    const drafts = [KLASSAD, draftWith({ system: ['x', 'kvalificerat-hemlig'] })];
    expect(() => importIncidents(vault, drafts, SENSITIVE)).toThrow(
      expect.objectContaining({ kind: 'policy' }),
    );
    expect(counts()).toEqual(stored);
  });

  it('with the protected room locked: unlock, and nothing in either room, also of those that are open', async () => {
    const stored = counts();
    vault.lockRoom('protected');
    try {
      expect(() =>
        importIncidentTexts(vault, rules, [
          { name: 'a', text: readCase('kalix-2021') },
          { name: 'b', text: readCase('ovning-sakerhetskanslig') },
        ]),
      ).toThrow(expect.objectContaining({ kind: 'unlock' }));
    } finally {
      await vault.unlock('protected', USER, Buffer.from(PASSPHRASES.protected));
    }
    expect(counts()).toEqual(stored);
  });

  it('with the open room locked: unlock', async () => {
    const stored = counts();
    vault.lockRoom('open');
    try {
      expect(() => importOne(vault, KLASSAD)).toThrow(expect.objectContaining({ kind: 'unlock' }));
    } finally {
      await vault.unlock('open', USER, Buffer.from(PASSPHRASES.open));
    }
    expect(counts()).toEqual(stored);
  });

  it('through a crash at any step: undone or whole at the next unlocking of both rooms', async () => {
    const stored = counts();
    const folders = await crashesDuring(vault, test.root, () => importOne(vault, KLASSAD));
    const found: { open: number; protected: number }[] = [];
    for (const folder of folders) {
      const crashed = await openCopy(folder, ['open', 'protected']);
      const { pending, ...halves } = counts(crashed);
      expect(pending).toBe(0);
      expect(halves.open - stored.open).toBe(halves.protected - stored.protected);
      expect(listAllIncidents(crashed)).toHaveLength(halves.open);
      expect(verifyAudit(crashed).every(({ faults }) => faults.length === 0)).toBe(true);
      expect(bytesOf(crashed.requireRoom('open')).includes(CANARY)).toBe(false);
      found.push(halves);
      crashed.close();
    }
    expect(found.map(({ open }) => open - stored.open)).toEqual(expect.arrayContaining([0, 1]));
  });

  it('and what a crash left of it is no incident while only the protected room is open', async () => {
    const folders = await crashesDuring(vault, test.root, () => importOne(vault, KLASSAD));
    const half = folders[1] ?? '';
    const crashed = await openCopy(half, ['protected']);
    const room = crashed.requireRoom('protected');
    const [pending] = listPending(room.store);
    expect(pending).toMatchObject({ kind: 'import' });
    const id = pending?.incidentId;
    if (!id) throw new TypeError();
    expect(listAllIncidents(crashed).map((one) => one.id)).not.toContain(id);
    expect(() => getIncident(crashed, id)).toThrow(expect.objectContaining({ kind: 'usage' }));
    crashed.close();
  });

  it('through a real kill -9 between the halves', async () => {
    const folder = crashedCopy(vault, join(test.root, 'dödad å'));
    const stored = counts();
    const [session, load, importing] = ['open-session', '../rules/load', 'import-incidents'].map(
      (name) => new URL(`../core/${name}.ts`, import.meta.url).href,
    );
    const program = `
      const { openSession } = await import('${session}');
      const { loadRulePack } = await import('${load}');
      const { importIncidentFiles } = await import('${importing}');
      const [folder, userName, open, secret, path] = process.argv.slice(1);
      const passphrase = (text) => ({ kind: 'passphrase', passphrase: Buffer.from(text) });
      const secrets = { open: passphrase(open), protected: passphrase(secret) };
      const vault = await openSession({ folder, userName, secrets }, loadRulePack());
      const real = vault.transaction.bind(vault);
      vault.transaction = (room, work) =>
        room.room === 'open' ? process.kill(process.pid, 'SIGKILL') : real(room, work);
      importIncidentFiles(vault, loadRulePack(), [path]);`;
    const parameters = [
      folder,
      USER,
      PASSPHRASES.open,
      PASSPHRASES.protected,
      casePath('ovning-sakerhetskanslig'),
    ];
    expect(() =>
      execFileSync(process.execPath, ['--input-type=module', '-e', program, ...parameters]),
    ).toThrow(expect.objectContaining({ signal: 'SIGKILL' }));
    const half = await openCopy(folder, ['protected']);
    expect(listPending(half.requireRoom('protected').store)).toHaveLength(1);
    half.close();
    const both = await openCopy(folder, ['open', 'protected']);
    expect(counts(both)).toEqual(stored);
    expect(verifyAudit(both).every(({ faults }) => faults.length === 0)).toBe(true);
    both.close();
  });
});

describe('a room that is asked for', () => {
  it('must be unlocked, and the incident known there', () => {
    const id = importOne(vault, draftWith({ parter: ['Kommunen.', 'oppen'] }));
    expect(() => getIncident(vault, id, 'protected')).toThrow(expect.objectContaining({ kind: 'usage' }));
    expect(getIncident(vault, id)).toMatchObject({ hasProtectedPart: false, protectedPartHidden: false });
  });
});
