import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { at, draftWith, importOne } from '../../../testing/incidents.ts';
import { makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { fileIn, mustSigill, refused, sigill, unlocking } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

let vault: TestVault;
let open: string[];
let incident: string;
const CANARY = 'Björktrast svarar';

beforeAll(async () => {
  vault = await makeTestVault();
  const opened = await vault.open(['open', 'protected']);
  try {
    const facts = {
      handelse: ['Servern svarar inte', 'oppen'],
      konsekvenser: ['Handläggningen står still', 'oppen'],
      system: [CANARY, 'hemlig'],
    } as const;
    const aware = {
      id: 'aware',
      at: new Date(Date.now() - 3_600_000).toISOString(),
      precision: 'exact',
    } as const;
    const details = { regimes: ['STAT-2026'], times: [{ ...aware, marking: at('oppen') }] };
    incident = importOne(opened, draftWith(facts, details));
  } finally {
    opened.close();
  }
  open = unlocking(vault, 'open', 'protected');
});
afterAll(() => vault.remove());

const making = (out: string, ...more: string[]): string[] => [
  ...[
    'portal',
    'make',
    ...open,
    '--incident',
    incident,
    '--form',
    'stat-varning',
    '--channel',
    'cyberportalen',
  ],
  ...['--out', join(vault.root, out), ...more],
];

it('makes a sheet, shows it field by field, and records what came back', async () => {
  expect((await refused(making('full', '--version', 'full'))).message).toMatch(/aldrig en fullständig/);
  const words = ['--version', 'open', '--reserve', 'driftstörning', '--reserve-limit', 'i dag 14.00'];
  const { dispatch } = await mustSigill(making('blad', ...words));
  const sheet = readFileSync(join(vault.root, 'blad', 'kopieringsblad.txt'), 'utf8');
  expect(sheet).toContain('Orsak: driftstörning. Fristen i dag 14.00 löper oförändrat.');
  expect(sheet).not.toContain(CANARY);

  const { out } = await sigill(['portal', 'show', ...open, '--dispatch', dispatch]);
  expect(out).toMatch(
    /https:\/\/cyberportal\.ncsc\.se[^]*\n2\. Kort beskrivning av händelsen \*\nServern svarar inte\n/,
  );
  expect(out).not.toContain(CANARY);

  const done = ['portal', 'done', ...open, '--dispatch', dispatch, '--id', 'CP-77', '--receipt', 'K-1'];
  expect((await refused([...done, '--regime', 'STAT-2026'])).message).toMatch(/både regelverk och steg/);
  await mustSigill([...done, '--regime', 'STAT-2026', '--step', 'varning']);
  const listed = await sigill(['portal', 'list', ...open, '--incident', incident]);
  expect(listed.out).toMatch(/stat-varning, .*kvitterat\n {2}Incident-ID CP-77\n {2}Kvittens K-1/);
  const { deadlines } = await mustSigill(['deadlines', ...open, '--incident', incident]);
  expect(deadlines.find((one: { step: { id: string } }) => one.step.id === 'varning').state).toBe('done');
});

it('tells what has changed since, and makes the supplement', async () => {
  const list = ['supplement', 'list', ...open];
  expect((await sigill(list)).out).toBe('Inget som har skickats säger något annat nu.\n');
  const file = fileIn(vault, 'konsekvenser.txt', 'Handläggningen stod still i två dygn');
  const writing = ['incident', 'write', incident, ...open, '--fact', 'konsekvenser', '--level', 'oppen'];
  await mustSigill([...writing, '--text-file', file]);
  expect((await sigill(list)).out).toMatch(
    /stat-varning, öppen version, skickad .*\n {2}[0-9a-f-]{36}\n {2}Ändrat: Bedömd påverkan\n/,
  );
  expect(await mustSigill([...list, '--incident', incident])).toHaveLength(1);
  const { dispatch } = await mustSigill(making('komplettering', '--version', 'open', '--supplement'));
  const { out } = await sigill(['portal', 'show', ...open, '--dispatch', dispatch]);
  expect(out).toMatch(
    /Komplettering\/korrigering till rapport Incident-ID CP-77, .*ändrade uppgifter om Bedömd påverkan/,
  );
});
