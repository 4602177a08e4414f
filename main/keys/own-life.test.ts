import { afterAll, describe, expect, it } from 'vitest';
import { openGnupg } from '../testing/gnupg.ts';
import { inspectPublicKey } from './inspect.ts';
import { extendOwnKey, lifeInSeconds, makeRevocation } from './own-life.ts';
import { createOwnKey } from './own.ts';

const at = new Date('2026-11-22T13:05:00Z');
const gnupg = openGnupg();
afterAll(() => gnupg?.close());

describe('the life of an own key', () => {
  it('is counted in calendar years from now, in seconds from its creation', () => {
    const created = new Date('2024-02-29T00:00:00Z');
    expect(lifeInSeconds(created, created, 1)).toBe(366 * 86_400);
    expect(lifeInSeconds(created, new Date('2025-02-28T00:00:00Z'), 2)).toBe((365 + 730) * 86_400);
    expect(lifeInSeconds(created, created, null)).toBe(0);
  });

  it('can be set when it is made, moved with the same fingerprint, and taken away', async () => {
    const own = await createOwnKey({ name: 'Vi', email: 'vi@exempel.se', at, years: 1 });
    expect(own.expiresAt).toBe('2027-11-22T13:05:00.000Z');
    await expect(inspectPublicKey(own.armoredPublic, new Date('2027-11-23T00:00:00Z'))).rejects.toMatchObject(
      { kind: 'usage' },
    );
    const later = new Date('2027-10-01T08:00:00Z');
    const extended = await extendOwnKey({ armoredPrivate: own.armoredPrivate, at: later, years: 2 });
    expect(extended.expiresAt).toBe('2029-10-01T08:00:00.000Z');
    expect(await inspectPublicKey(extended.armoredPublic, new Date('2028-01-01T00:00:00Z'))).toMatchObject({
      fingerprint: own.fingerprint,
      userIds: ['Vi <vi@exempel.se>'],
      expiresAt: '2029-10-01T08:00:00.000Z',
    });
    const endless = await extendOwnKey({ armoredPrivate: extended.armoredPrivate, at: later, years: null });
    expect(endless.expiresAt).toBeNull();
  });

  it.skipIf(gnupg === null)('is moved and ended for GnuPG too', async () => {
    const made = new Date(Date.now() - 60_000);
    const own = await createOwnKey({ name: 'Prov', email: 'prov@exempel.se', at: made, years: 1 });
    const now = new Date();
    const extended = await extendOwnKey({ armoredPrivate: own.armoredPrivate, at: now, years: 3 });
    gnupg?.run(['--import'], own.armoredPublic);
    gnupg?.run(['--import'], extended.armoredPublic);
    const listed = (): string[] =>
      gnupg
        ?.must(['--with-colons', '--list-keys', own.fingerprint])
        .toString()
        .match(/^pub:.*$/m)?.[0]
        .split(':') ?? [];
    expect(Number(listed()[6])).toBe(Math.floor(Date.parse(extended.expiresAt ?? '') / 1000));
    expect(listed()[1]).not.toBe('r');
    const certificate = await makeRevocation({ armoredPrivate: extended.armoredPrivate, at: now });
    gnupg?.run(['--import'], certificate);
    expect(listed()[1]).toBe('r');
  });
});
