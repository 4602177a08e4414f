import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeMarking } from '../../shared/domain/marking.ts';
import { lowerMarking, writeItem } from '../incidents/marking.ts';
import { makeLogKey } from '../incidents/service.ts';
import { loadRulePack } from '../rules/load.ts';
import {
  addSecondPerson,
  draftWith,
  factOf,
  importOne,
  SECOND,
  secondPerson,
  SENSITIVE,
} from '../testing/incidents.ts';
import { makeTestVault, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { decisionsOf } from './decisions.ts';
import { dispatch } from './dispatch.ts';
import { bySignalskydd } from './ways-out.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  await addSecondPerson(vault);
});
afterAll(() => {
  vault.close();
  test.remove();
});

it('gathers what was decided in the log, about a marking and about a way out, in order', async () => {
  const id = importOne(vault, draftWith({ orsak: ['Grävskada', 'hemlig'] }, { exercise: true }));
  const open = makeMarking('oppen', []);
  const log = { at: '2020-01-01T00:00:00.000Z', kind: 'beslut', text: 'Krisledningen kallas.', by: 'Eva' };
  writeItem(vault, { incidentId: id, kind: 'log', key: makeLogKey() }, log, open, null, SENSITIVE);
  await dispatch(
    vault,
    loadRulePack(),
    {
      incidentId: id,
      formId: 'msb-slutrapport',
      version: 'full',
      draft: true,
      out: join(test.root, 'ut'),
      decision: { reason: 'Graden räcker.', decidedBy: 'Säkerhetsskyddschefen' },
    },
    bySignalskydd(vault, loadRulePack(), { medium: null, grade: 'SG S', recipientName: null }),
  );
  const wanted = makeMarking('begransat-hemlig', ['15 kap. 2 § OSL']);
  await lowerMarking(vault, factOf(id, 'orsak'), wanted, 'Läget är känt.', secondPerson('protected'));

  expect(decisionsOf(vault, id)).toMatchObject([
    { kind: 'logged', text: 'Krisledningen kallas.', by: ['Eva'] },
    { kind: 'dispatched', way: 'signalskydd', reason: 'Graden räcker.', by: ['Säkerhetsskyddschefen'] },
    { kind: 'lowered', item: { kind: 'fact', key: 'orsak' }, reason: 'Läget är känt.', by: [USER, SECOND] },
  ]);
  vault.lockRoom('protected');
  expect(decisionsOf(vault, id).map(({ kind }) => kind)).toEqual(['logged']);
});
