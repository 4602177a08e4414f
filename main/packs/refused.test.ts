import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { LONGEST_LIMIT } from '../../shared/domain/rules.ts';
import { loadRulePack } from '../rules/load.ts';
import type { RuleFiles } from '../rules/read.ts';
import { dumpRows } from '../store/testing/rows.ts';
import { addSecondPerson, secondPerson } from '../testing/incidents.ts';
import { laterPack, makePublisher, signed, type Content } from '../testing/rule-packs.ts';
import { makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { trustKey } from './publishers.ts';
import { inspectPack, takePack } from './take.ts';

/** What is properly signed and still no rules to go by: each is refused in its own words, and leaves nothing. */
const rules = loadRulePack();
const sigill = makePublisher('sigill', 'Sigill-projektet');
const norrdal = makePublisher('norrdal', 'Norrdals kommun');
let test: TestVault;
let vault: Vault;

beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  await addSecondPerson(vault);
  for (const { file } of [sigill, norrdal])
    await trustKey(vault, file, 'Uppläst per telefon', secondPerson('open'));
});
afterAll(() => {
  vault.close();
  test.remove();
});

/** The faults of a pack that must be refused, both when it is shown and when it is taken. */
function faultsOf(files: RuleFiles, publisher = sigill): readonly string[] {
  const pack = signed(files, publisher);
  const before = dumpRows(vault.requireRoom('open').store);
  const faults = [
    () => inspectPack(vault, rules, pack),
    () => takePack(vault, rules, pack, { digest: '', reason: 'Ny lag' }),
  ].map((work) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof SigillError)) throw error;
      expect(error.kind).toBe('usage');
      return error.faults;
    }
    throw new Error('It was not refused.');
  });
  expect(dumpRows(vault.requireRoom('open').store)).toEqual(before);
  expect(faults[0]).toEqual(faults[1]);
  return faults[0] ?? [];
}

const list = (value: unknown): Content[] => value as Content[];
/** A regime with more in its first step. */
const withStep =
  (more: Content) =>
  (regime: Content): Content => {
    const [first, ...rest] = list(regime['steps']);
    return { ...regime, steps: [{ ...first, ...more }, ...rest] };
  };

describe('a limit beyond all sense', () => {
  it.each([
    ['hour', 99_999_999_999],
    ['hour', LONGEST_LIMIT.hour + 1],
    ['week', LONGEST_LIMIT.week + 1],
    ['month', 9_999_999],
    ['month', LONGEST_LIMIT.month + 1],
  ] as const)('in %ss (%d) is refused', (unit, amount) => {
    const change = withStep({ start: 'aware', limit: { amount, unit } });
    const most = amount > LONGEST_LIMIT.hour ? LONGEST_LIMIT.hour : LONGEST_LIMIT[unit];
    expect(faultsOf(laterPack(2, { 'regimes/polis.json': change }))).toContain(
      `regimes/polis.json: steps[0].limit.amount: får vara högst ${String(most)}.`,
    );
  });

  it('is refused in an own aim, an earlier limit, an override and the days of a letter', () => {
    const most = `får vara högst ${String(LONGEST_LIMIT.hour)}.`;
    const aim = { ownTarget: { hours: 9_999_999, note: 'x' } };
    expect(faultsOf(laterPack(2, { 'regimes/polis.json': withStep(aim) }))).toEqual([
      `regimes/polis.json: steps[0].ownTarget.hours: ${most}`,
    ]);
    const earlier = { noLaterThan: { start: 'aware', amount: 9_999_999, unit: 'hour' } };
    expect(faultsOf(laterPack(2, { 'regimes/dora.json': withStep(earlier) }))).toEqual([
      `regimes/dora.json: steps[0].noLaterThan.amount: ${most}`,
    ]);
    const override = {
      when: { organisationKind: 'kommun' },
      limit: { amount: 9_999_999, unit: 'hour' },
      wording: 'x',
    };
    expect(faultsOf(laterPack(2, { 'regimes/gdpr.json': withStep({ overrides: [override] }) }))).toEqual([
      `regimes/gdpr.json: steps[0].overrides[0].limit.amount: ${most}`,
    ]);
    const slow = (letters: Content): Content => ({
      ...letters,
      channels: list(letters['channels']).map((channel) => ({ ...channel, workdays: 1_000_000 })),
    });
    expect(faultsOf(laterPack(2, { 'channels/postgang.json': slow }))).toContain(
      'channels/postgang.json: channels[0].workdays: får vara högst 250.',
    );
  });
});
