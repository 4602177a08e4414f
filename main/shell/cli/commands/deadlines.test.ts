import { afterAll, beforeAll, expect, it } from 'vitest';
import { casePath, makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { mustSigill, refused, sigill, unlocking } from '../testing/run.ts';

let vault: TestVault;
let id: string;
beforeAll(async () => {
  vault = await makeTestVault();
  const answer = await mustSigill([
    'incident',
    'import',
    ...unlocking(vault, 'open', 'protected'),
    casePath('miljodata-2025'),
  ]);
  id = answer[0].incident;
});
afterAll(() => vault.remove());

it('shows every step of an incident, with its rule, where it comes from and how it was counted', async () => {
  const json = await mustSigill(['deadlines', ...unlocking(vault, 'open', 'protected'), '--incident', id]);
  expect(json.clock).toMatchObject({ isConfirmed: false, reason: 'never' });
  const gdpr = json.deadlines.find(
    (one: { regime: { id: string }; step: { id: string } }) =>
      one.regime.id === 'GDPR' && one.step.id === 'anmalan',
  );
  expect(gdpr).toMatchObject({
    limit: { amount: 72, unit: 'hour' },
    confidence: 'statute',
    state: 'overdue',
  });
  expect(Date.parse(gdpr.due.at) - Date.parse(gdpr.start.at)).toBe(72 * 3_600_000);

  const { out, err } = await sigill([
    'deadlines',
    ...unlocking(vault, 'open', 'protected'),
    '--incident',
    id,
  ]);
  expect(err).toContain('Datorns klocka är inte bekräftad');
  expect(out).toContain('Personuppgiftsincident: Anmälan till Integritetsskyddsmyndigheten');
  expect(out).toMatch(/Försenad [\d\s]+ d: senast /);
  expect(out).toContain('(lagtext)');
  expect(out).not.toContain('undefined');
});

it('shows what is due in all incidents where none is named', async () => {
  const { deadlines } = await mustSigill(['deadlines', ...unlocking(vault, 'open', 'protected')]);
  expect(deadlines.length).toBeGreaterThan(0);
  for (const { state } of deadlines) expect(['running', 'overdue', 'waiting']).toContain(state);
});

it('refuses what is no incident', async () => {
  const words = ['deadlines', ...unlocking(vault, 'open'), '--incident'];
  expect(await refused([...words, 'x'])).toMatchObject({ code: 2, kind: 'usage' });
  expect(await refused([...words, 'K7M2-9QXA-4D1F'])).toMatchObject({ code: 2, kind: 'usage' });
});
