import { describe, expect, it } from 'vitest';
import { createOwnKey } from './own.ts';
import { extendOwnKey, makeRevocation } from './own-life.ts';
import { openpgp } from './openpgp-config.ts';
import { takeInKey, type TakenIn } from './take-in.ts';

const created = new Date('2026-11-01T08:00:00Z');
const later = new Date('2026-11-10T08:00:00Z');
const at = new Date('2026-11-22T13:05:00Z');
const bytes = (armored: string): Uint8Array => Buffer.from(armored);

function usable(taken: TakenIn): Extract<TakenIn, { kind: 'usable' }>['inspected'] {
  if (taken.kind !== 'usable') throw new Error(taken.why);
  return taken.inspected;
}

function ended(taken: TakenIn): Extract<TakenIn, { kind: 'ended' }> {
  if (taken.kind !== 'ended') throw new Error('The key is usable.');
  return taken;
}

describe('two copies of a key', () => {
  it('say what the owner said last, whichever of them comes in last', async () => {
    const first = await createOwnKey({ name: 'CERT', email: 'cert@exempel.se', at: created });
    const renewed = await extendOwnKey({ armoredPrivate: first.armoredPrivate, at: later, years: 1 });
    for (const [known, came] of [
      [first.armoredPublic, renewed.armoredPublic],
      [renewed.armoredPublic, first.armoredPublic],
    ] as const) {
      const { expiresAt, fingerprint } = usable(await takeInKey({ key: bytes(came), known: [known], at }));
      expect(fingerprint).toBe(first.fingerprint);
      expect(expiresAt).toBe(renewed.expiresAt);
    }
  });

  it('are no key to encrypt to where either is revoked, and the copy that comes out bears the revocation', async () => {
    const own = await createOwnKey({ name: 'CERT', email: 'cert@exempel.se', at: created });
    const certificate = await makeRevocation({ armoredPrivate: own.armoredPrivate, at: later });
    const { publicKey } = await openpgp.revokeKey({
      key: await openpgp.readKey({ armoredKey: own.armoredPublic }),
      revocationCertificate: certificate,
      date: at,
      format: 'armored',
    });
    for (const [known, came] of [
      [own.armoredPublic, publicKey],
      [own.armoredPublic, certificate],
      [publicKey, own.armoredPublic],
    ] as const) {
      const taken = ended(await takeInKey({ key: bytes(came), known: [known], at }));
      expect(taken).toMatchObject({ fingerprint: own.fingerprint, isRevoked: true });
      expect(taken.why).toMatch(/återkallad/);
      expect(await (await openpgp.readKey({ armoredKey: taken.armored })).isRevoked()).toBe(true);
    }
  });

  it('that have run out are told with their end', async () => {
    const first = await createOwnKey({ name: 'CERT', email: 'cert@exempel.se', at: created });
    const renewed = await extendOwnKey({ armoredPrivate: first.armoredPrivate, at: later, years: 1 });
    const after = new Date('2028-01-01T00:00:00Z');
    const taken = await takeInKey({
      key: bytes(renewed.armoredPublic),
      known: [first.armoredPublic],
      at: after,
    });
    expect(ended(taken)).toMatchObject({ isRevoked: false, expiresAt: renewed.expiresAt });
  });

  it('are not disturbed by a false signature in the one that came', async () => {
    const own = await createOwnKey({ name: 'CERT', email: 'cert@exempel.se', at: created });
    const other = await createOwnKey({ name: 'Annan', email: 'annan@exempel.se', at: created });
    const forged = await openpgp.readKey({ armoredKey: own.armoredPublic });
    const stranger = await openpgp.readPrivateKey({ armoredKey: other.armoredPrivate });
    const { publicKey } = await openpgp.revokeKey({ key: stranger, date: later, format: 'object' });
    forged.revocationSignatures = publicKey.revocationSignatures;
    const [mine, theirs] = [forged.subkeys[0], stranger.subkeys[0]];
    if (mine && theirs) mine.bindingSignatures = theirs.bindingSignatures;
    const inspected = usable(await takeInKey({ key: bytes(forged.armor()), known: [own.armoredPublic], at }));
    expect(inspected).toMatchObject({ fingerprint: own.fingerprint, expiresAt: null });
  });
});

describe('a key that is not in the vault', () => {
  it('is refused where it must not be used, and a certificate that revokes it is no key', async () => {
    const own = await createOwnKey({ name: 'CERT', email: 'cert@exempel.se', at: created });
    const other = await createOwnKey({ name: 'Annan', email: 'annan@exempel.se', at: created });
    const certificate = await makeRevocation({ armoredPrivate: own.armoredPrivate, at: later });
    const known = [other.armoredPublic];
    await expect(takeInKey({ key: bytes(certificate), known, at })).rejects.toMatchObject({ kind: 'usage' });
    const early = new Date('2026-10-01T00:00:00Z');
    await expect(takeInKey({ key: bytes(own.armoredPublic), known, at: early })).rejects.toMatchObject({
      kind: 'usage',
    });
    expect(usable(await takeInKey({ key: bytes(own.armoredPublic), known, at })).fingerprint).toBe(
      own.fingerprint,
    );
  });
});
