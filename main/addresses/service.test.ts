import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RulePack } from '../../shared/domain/rules.ts';
import { verifyAudit } from '../core/audit.ts';
import { loadRulePack } from '../rules/load.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { addressStandings, bindKey, checkAddress, type AddressCheckOrder } from './service.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
const now = new Date('2026-11-22T12:00:00Z');
let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open'], () => now);
});
afterAll(() => {
  vault.close();
  test.remove();
});

const standing = (address: string, pack: RulePack = rules) =>
  addressStandings(vault, pack).find((one) => one.recipient === 'cert-se' && one.address === address);
const told: AddressCheckOrder = {
  recipient: 'cert-se',
  address: 'rek-solna',
  outcome: 'confirmed',
  at: '2026-11-22T11:00:00+01:00',
  by: 'Anna',
  how: 'telefon 010-240 40 40, vakthavande',
};

describe('an address', () => {
  it('stands as the rules say until somebody has asked, and then as was answered last', () => {
    expect(standing('rek-solna')).toMatchObject({ status: 'historical', check: null });
    checkAddress(vault, rules, told);
    expect(standing('rek-solna')).toMatchObject({
      status: 'confirmed',
      check: { checkedAt: told.at, checkedBy: 'Anna', checkedHow: told.how },
    });
    checkAddress(vault, rules, { ...told, outcome: 'wrong', by: 'Bo' });
    expect(standing('rek-solna')).toMatchObject({ status: 'wrong', check: { checkedBy: 'Bo' } });
    const rows = vault
      .requireRoom('open')
      .store.database.prepare(
        "SELECT payload FROM audit_payload JOIN audit_entry USING (seq) WHERE action = 'address.checked'",
      )
      .all() as { payload: string }[];
    expect(rows).toHaveLength(2);
    expect(rows[0]?.payload).toContain('vakthavande');
    expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('that the rules have changed since is one that nobody has confirmed', () => {
    checkAddress(vault, rules, { ...told, address: 'post-karlstad' });
    expect(standing('post-karlstad')?.status).toBe('confirmed');
    const cert = rules.recipients.get('cert-se');
    if (!cert) throw new Error('no CERT-SE');
    const moved = {
      ...cert,
      addresses: cert.addresses.map((one) =>
        one.id === 'post-karlstad' ? { ...one, lines: ['CERT-SE', '111 11 Stockholm'] } : one,
      ),
    };
    const pack: RulePack = { ...rules, recipients: new Map([...rules.recipients, ['cert-se', moved]]) };
    expect(standing('post-karlstad', pack)).toMatchObject({ status: 'unconfirmed', check: null });
  });

  it.each([
    [{ recipient: 'finns-inte' }],
    [{ address: 'finns-inte' }],
    [{ by: '  ' }],
    [{ how: '' }],
    [{ how: 'x'.repeat(501) }],
    [{ at: 'i går' }],
    [{ at: '2027-11-22T11:00:00+01:00' }],
    [{ at: '1990-01-01T00:00:00Z' }],
  ])('takes no note of %j', (change) => {
    const before = addressStandings(vault, rules);
    expect(() => checkAddress(vault, rules, { ...told, ...change })).toThrow(
      expect.objectContaining({ kind: 'usage' }) as Error,
    );
    expect(addressStandings(vault, rules)).toEqual(before);
  });

  it('has no key that is not there, is not for e-mail, or that nobody gave a reason for', () => {
    const order = { recipient: 'cert-se', address: 'epost', fingerprint: 'A'.repeat(40), reason: 'telefon' };
    const usage = expect.objectContaining({ kind: 'usage' }) as Error;
    expect(() => bindKey(vault, rules, order)).toThrow(usage);
    expect(() => bindKey(vault, rules, { ...order, address: 'rek-solna' })).toThrow(usage);
    expect(() => bindKey(vault, rules, { ...order, fingerprint: null, reason: ' ' })).toThrow(usage);
  });
});
