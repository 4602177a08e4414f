import { describe, expect, it } from 'vitest';
import type { Written } from '../../components/passphrases.ts';
import { demandsOf, EMPTY_PLAN, faultsOf, foldersOf, isStepDone, pathIn, type Plan } from './plan.ts';

const written = (secret: string, repeated = secret, isAccepted = true): Written => ({
  secret,
  repeated,
  isAccepted,
});
const READY: Plan = {
  ...EMPTY_PLAN,
  secrets: { open: written('a'), protected: written('b') },
  parent: '/valv',
  recoveryParent: '/media/usb',
};

describe('the plan for a new vault', () => {
  it('asks for what the law asks before a class may be handled, and more from konfidentiell', () => {
    expect(demandsOf('sekretess')).toEqual([]);
    expect(demandsOf('begransat-hemlig').join()).toContain('3 kap. 1 §');
    expect(demandsOf('begransat-hemlig').join()).not.toContain('samråd');
    expect(demandsOf('konfidentiell').join()).toContain('3 kap. 2 §');
    const confirmed = demandsOf('hemlig');
    expect(isStepDone(1, { ...READY, ceiling: 'hemlig' })).toBe(false);
    expect(isStepDone(1, { ...READY, ceiling: 'hemlig', confirmed })).toBe(true);
    expect(isStepDone(1, { ...READY, ceiling: 'hemlig', confirmed: confirmed.slice(1) })).toBe(false);
  });

  it('takes two different passphrases, each judged good enough and written twice alike', () => {
    const isDone = (open: Written, secret: Written): boolean =>
      isStepDone(3, { ...READY, secrets: { open, protected: secret } });
    expect(isDone(written('a'), written('b'))).toBe(true);
    expect(isDone(written('a'), written('b', 'x'))).toBe(false);
    expect(isDone(written('a'), written('b', 'b', false))).toBe(false);
    expect(isDone(written('a'), written('a'))).toBe(false);
    expect(isDone(written('a b'), written(' A b'))).toBe(false);
    expect(isDone(written('a'), written(''))).toBe(false);
  });

  it.each([
    [0, { organisationName: 'x'.repeat(201) }, 'organisationName', 'högst 200'],
    [0, { organisationName: 'K\u202e' }, 'organisationName', 'dolt tecken'],
    [0, { organisationName: 'K', email: 'å@b.se' }, 'email', 'namn@exempel.se'],
    [2, { userName: 'x'.repeat(101) }, 'userName', 'högst 100'],
    [2, { userName: 'Anna\u200bEk' }, 'userName', 'dolt tecken'],
    [4, { vaultName: '../x' }, 'vaultName', 'ingen sökväg'],
    [4, { recoveryParent: '/valv' }, 'recoveryParent', 'en annan plats'],
  ] as const)('tells in step %i what the core would refuse: %j', (step, part, field, words) => {
    const plan: Plan = { ...READY, organisationKind: 'kommun', ...part };
    expect(faultsOf(plan)[field]).toContain(words);
    expect(isStepDone(step, plan)).toBe(false);
  });

  it('makes paths as the computer writes them, and takes no path for a name', () => {
    expect(pathIn('C:\\Valv', 'a')).toBe('C:\\Valv\\a');
    expect(pathIn('/valv/', 'a')).toBe('/valv/a');
    expect(foldersOf(READY)?.folder).toBe('/valv/incidenter.sigill');
    expect(isStepDone(4, { ...READY, vaultName: '../annat' })).toBe(false);
    expect(isStepDone(4, { ...READY, vaultName: 'Åre 2026' })).toBe(true);
  });
});
