import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Recipient } from '../../shared/domain/rules.ts';
import { checkAddress } from '../addresses/service.ts';
import { getIncident } from '../incidents/service.ts';
import { rulesForIncident } from '../packs/for-incident.ts';
import { trustKey } from '../packs/publishers.ts';
import { inspectPack, takePack } from '../packs/take.ts';
import { loadRulePack } from '../rules/load.ts';
import { addSecondPerson, draftWith, importOne, secondPerson } from '../testing/incidents.ts';
import { laterPack, makePublisher, signed } from '../testing/rule-packs.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { chooseAddress, requireConfirmed, type ChosenAddress } from './choose-address.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
const MOVED = ['Integritetsskyddsmyndigheten', 'Box 9', '100 00 Stockholm'];
let test: TestVault;
let vault: Vault;
let id: IncidentId;
beforeAll(async () => {
  test = await makeTestVault('hemlig');
  vault = await test.open(['open', 'protected'], () => new Date('2026-11-26T12:00:00Z'));
  await addSecondPerson(vault);
  id = importOne(vault, draftWith({ handelse: ['x', 'oppen'] }, { regimes: ['GDPR'] }));
  const publisher = makePublisher('sigill');
  await trustKey(vault, publisher.file, 'Utgivaren har visat den.', secondPerson('open'));
  const moved = (recipient: Recipient): Recipient => ({
    ...recipient,
    addresses: recipient.addresses.map((one) =>
      one.type === 'post' ? { ...one, lines: MOVED, status: 'unconfirmed' } : one,
    ),
  });
  const pack = signed(laterPack(2, { 'recipients/imy.json': moved as never }), publisher);
  takePack(vault, rules, pack, { digest: inspectPack(vault, rules, pack).digest, reason: 'Ny adress.' });
});
afterAll(() => {
  vault.close();
  test.remove();
});

const chosen = (): ChosenAddress =>
  chooseAddress(
    vault,
    rulesForIncident(vault, rules, getIncident(vault, id)),
    'imy-anmalan',
    null,
    'rek',
    '2026-11-26',
  );

it('is where the recipient is reached today, for an incident of older rules too, and confirmed by its very lines', () => {
  expect(chosen()).toMatchObject({ lines: MOVED, status: 'unconfirmed', check: null });
  expect(() => requireConfirmed(chosen(), null)).toThrow(/inte bekräftad/);
  const [address] = (rules.recipients.get('imy')?.addresses ?? []).filter(({ type }) => type === 'post');
  const told = { recipient: 'imy', address: address?.id ?? '', at: '2026-11-26T10:00:00+01:00' };
  checkAddress(vault, rules, { ...told, outcome: 'confirmed', by: 'Anna', how: 'växeln' });
  expect(chosen()).toMatchObject({ lines: MOVED, status: 'confirmed', check: { checkedBy: 'Anna' } });
  checkAddress(vault, rules, { ...told, outcome: 'wrong', by: 'Bo', how: 'växeln' });
  expect(chosen).toThrow(/Välj en annan mottagare/);
});
