import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../../../shared/domain/incident.ts';
import { changeOrganisation } from '../../../core/organisation.ts';
import { draftWith, importOne } from '../../../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { fileIn, mustSigill, refused, unlocking } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

let vault: TestVault;
let open: string[];
let incident: IncidentId;
beforeAll(async () => {
  vault = await makeTestVault('hemlig');
  const opened = await vault.open(['open', 'protected']);
  changeOrganisation(opened, { number: '212000-0000', contact: 'Vakthavande', phone: '010-123 45 67' });
  incident = importOne(opened, draftWith({}, { regimes: ['CSL'] }));
  opened.close();
  open = unlocking(vault, 'open', 'protected');
});
afterAll(() => vault.remove());

const write = (...more: string[]): string[] => [
  ...['incident', 'write', incident, ...open, '--level', 'oppen'],
  ...more,
];
const text = (words: string): string[] => ['--text-file', fileIn(vault, 'text.txt', words)];

it('a report of the act is made in the terminal alone: its facts, its own answers and its times', async () => {
  const report = [
    ...['portal', 'make', ...open, '--incident', incident, '--form', 'csl-upplysning', '--version', 'open'],
    ...['--channel', 'cyberportalen', '--out'],
  ];
  const lacking = await refused([...report, join(vault.root, 'ofullstandig')]);
  expect(lacking.message).toContain('obligatoriska uppgifter saknas');
  expect(lacking.faults.length).toBeGreaterThan(4);
  for (const fact of ['handelseforlopp', 'upptackt-hur', 'brottsmisstanke', 'omfattning', 'konsekvenser'])
    await mustSigill(write('--fact', fact, ...text(`Om ${fact}.`)));
  await mustSigill(write('--answer', 'csl-upplysning/pagar', '--code', 'ja'));
  await mustSigill(write('--time', 'detected', '--at', '2026-11-20T03:00:00+01:00', '--precision', 'hour'));
  await mustSigill([...report, join(vault.root, 'upplysning')]);
  const sheet = readFileSync(join(vault.root, 'upplysning', 'kopieringsblad.txt'), 'utf8');
  expect(sheet).toContain('Om handelseforlopp.');
  expect(sheet).toMatch(/pågår[^\n]*\*\n(?:Ja|ja)/i);
});

it('is refused in words where the form, the field, the code, the kind or the time is none', async () => {
  const words = async (...more: string[]): Promise<string> => {
    const { code, message, faults } = await refused(write(...more));
    expect(code).toBe(2);
    return [message, ...faults].join(' ');
  };
  expect(await words('--answer', 'finns-inte/x', '--code', 'ja')).toContain('csl-upplysning');
  expect(await words('--answer', 'csl-upplysning/organisation', ...text('x'))).toContain('pagar');
  expect(await words('--answer', 'csl-upplysning/pagar', '--code', 'kanske')).toContain('ja');
  expect(await words('--answer', 'csl-upplysning', '--code', 'ja')).toContain('snedstreck');
  expect(await words('--time', 'sen', '--at', '2026-11-20T03:00:00+01:00')).toContain('detected');
  expect(await words('--time', 'detected')).toContain('--at');
  expect(await words('--time', 'detected', '--at', '20/11 03:00')).toContain('svensk tid');
  expect(await words('--fact', 'omfattning', '--time', 'detected')).toContain('Ange en av');
  expect(await words(...text('x'))).toContain('Ange en av');
});
