import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FromCore } from '../../../shared/contract/messages.ts';
import { shapeAt } from '../../reports/dora/structure.ts';
import { ANSWERS, incidentWith } from '../../reports/dora/sample.ts';
import { CoreWindow } from '../../testing/core-window.ts';
import { draftWith, importOne } from '../../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../../testing/vault.ts';
import { verifyAudit } from '../audit.ts';

vi.mock(import('../../vault/key-derivation.ts'), async (original) =>
  (await import('../../testing/remember-keys.ts')).rememberKeys(await original()),
);

let vault: TestVault;
let window: CoreWindow;
let incident = '';
const FORM = 'dora-initial';
const path = (name: string): string => join(vault.root, name);
const write = (out: string, change: object = {}): Promise<FromCore> =>
  window.call('reports.writeFile', {
    ...{ incident, form: FORM, version: 'full', openLevel: null, draft: false },
    ...{ format: 'dora-json', out: path(out), ...change },
  });
const errorOf = (end: FromCore) => {
  if (end.kind !== 'error') throw new TypeError('It was written.');
  return end.error;
};
interface Rows {
  readonly reports: number;
  readonly checkpoints: number;
}
/** What the open room remembers, read by a program of its own while the vault is locked. */
async function rows(): Promise<Rows> {
  await window.host.lock('slut');
  const opened = await vault.open(['open']);
  expect(verifyAudit(opened).flatMap(({ faults }) => faults)).toEqual([]);
  const { database } = opened.requireRoom('open').store;
  const count = (sql: string): number => (database.prepare(sql).get() as { n: number }).n;
  const told = {
    reports: count(
      `SELECT count(*) AS n FROM audit_payload JOIN audit_entry USING (seq)
       WHERE action = 'report.written' AND payload LIKE '%"format":"dora-json"%'`,
    ),
    checkpoints: count(`SELECT count(*) AS n FROM audit_checkpoint WHERE reason = 'handling'`),
  };
  opened.close();
  await unlock();
  return told;
}
async function unlock(): Promise<void> {
  window = new CoreWindow();
  for (const room of ['open', 'protected'] as const) {
    const request = { folder: vault.folder, room, userName: USER, passphrase: PASSPHRASES[room] };
    await window.answer('vault.unlock', request);
  }
}

beforeAll(async () => {
  vault = await makeTestVault();
  const opened = await vault.open(['open', 'protected']);
  const { times, facts } = incidentWith(FORM, {});
  incident = importOne(opened, {
    ...draftWith({}),
    ...{ organisationKind: 'finansiell', regimes: ['DORA'], times, facts },
  });
  opened.close();
  await unlock();
});
afterAll(async () => {
  await window.host.lock('slut');
  vault.remove();
});

describe('a DORA report in EBA’s structure, written as a file', () => {
  it('is not written while something is missing: each field is told, and nothing is left behind', async () => {
    const before = await rows();
    const error = errorOf(await write('halv.json'));
    expect(error).toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('EBA:s struktur') as string,
    });
    expect(error.faults).toContain('Fält 2.5, Klassificeringskriterier som utlöste rapporten: saknas.');
    expect(readdirSync(vault.root).filter((name) => name.startsWith('halv'))).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  it('is written when all is answered, with its receipt, and is not written over', async () => {
    const before = await rows();
    await window.answer('vault.changeOrganisation', {
      contact: 'Vakten',
      phone: '010-123 45 67',
      email: 'vakten@provkommunen.se',
    });
    for (const { field, text, codes } of incidentWith(FORM, ANSWERS).answers) {
      const asked = await window.call('incidents.writeAnswer', {
        ...{ incident, form: FORM, field, text, codes },
        ...{ level: 'oppen', basis: [], reason: null },
      });
      // Those of the later reports are no fields of this form.
      if (asked.kind === 'error') expect(asked.error.message).toMatch(/inget eget fält/);
    }
    // The moments of the sample are long past, so the report is late, and the law asks why.
    expect(errorOf(await write('rapport.json')).faults).toEqual([
      'Rapporten lämnas efter fristens utgång. Skäl: saknas.',
    ]);
    await window.answer('incidents.writeAnswer', {
      ...{ incident, form: FORM, field: 'skal-sen-rapport', text: 'Reservkraften var slut.', codes: [] },
      ...{ level: 'oppen', basis: [], reason: null },
    });
    const written = await write('rapport.json');
    expect(written, JSON.stringify(written)).toMatchObject({
      answer: { draft: false, path: path('rapport.json') },
    });
    const report = JSON.parse(readFileSync(path('rapport.json'), 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({
      incidentSubmission: 'initial_notification',
      reportCurrency: 'SEK',
      primaryContact: { email: 'vakten@provkommunen.se', phone: '+46 10-123 45 67' },
      incident: {
        financialEntityCode: incident,
        detectionDateTime: '2026-11-20T04:30:00Z',
        otherInformation: expect.stringContaining('Skäl: Reservkraften var slut.') as string,
      },
    });
    for (const name of Object.keys(report)) expect(shapeAt([name])).toBeDefined();
    expect(errorOf(await write('rapport.json'))).toMatchObject({ kind: 'usage' });
    const after = await rows();
    expect(after.reports - before.reports).toBe(1);
  });

  it('is for the forms of DORA, and has no draft', async () => {
    expect(errorOf(await write('annan.json', { form: 'csl-upplysning' })).message).toMatch(/DORA:s formulär/);
    expect(errorOf(await write('utkast.json', { draft: true })).message).toMatch(
      /inget märke för ett utkast/,
    );
    expect(existsSync(path('annan.json')) || existsSync(path('utkast.json'))).toBe(false);
  });
});
